"""A workshop that ended last week, clearly marked as a specimen: for certificates, and documents listed first."""

from datetime import time

ENDED_DAYS_AGO = 7
LASTS_DAYS = 2
OPENED_DAYS_AGO = 70
CLOSED_DAYS_AGO = 25
SUBMITTED_DAYS_AGO = 30

EVENT = {
    "slug": "past-workshop",
    "reference": "SPEC-0",
    "kind": "workshop",
    "title_en": "Specimen Workshop: Open Committees",
    "title_es": "Taller de muestra: Comisiones abiertas",
    "name_in_sentence_en": "the Specimen Workshop on Open Committees",
    "name_in_sentence_es": "el Taller de muestra sobre comisiones abiertas",
    "theme_en": "Committees that can be followed",
    "theme_es": "Comisiones que se pueden seguir",
    "summary_en": "A specimen made for the demonstration of Convoca: it is over, and its documents can be taken away.",
    "summary_es": (
        "Evento de muestra para la demostración de Convoca: ya ha concluido y sus documentos se pueden descargar."
    ),
    "zone": "America/Montevideo",
    "mode": "in_person",
    "venue_en": "Specimen Conference Centre",
    "venue_es": "Centro de Conferencias de Muestra",
    "city_en": "Montevideo",
    "city_es": "Montevideo",
    "country_en": "Uruguay",
    "country_es": "Uruguay",
    "working_languages": "es,en",
    "contact_name": "Specimen Contact",
    "contact_gender": "f",
    "contact_unit_en": "Events Section",
    "contact_unit_es": "Sección de Eventos",
    "contact_email": "events@convoca.example",
    "list_publication": "record",
    "description_en": """
<p>This workshop is a specimen: it shows an event that is over. It would bring together those who open the work of
committees to the public.</p>
""",
    "description_es": """
<p>Este taller es una muestra: permite ver un evento que ya ha concluido. Reuniría a quienes abren al público el trabajo de
las comisiones.</p>
""",
    "after_text_en": "<p>This workshop was a specimen; nobody met. Its programme is below.</p>",
    "after_text_es": "<p>Este taller era una muestra; nadie se reunió. Su programa figura a continuación.</p>",
}

ORGANISERS = [("x-specimen", "organised"), ("UY", "hosted")]

SECTIONS = [
    (
        "objectives",
        "<p>To compare how committees publish their agenda, their papers and what they decide.</p>",
        "<p>Comparar cómo publican las comisiones su orden del día, sus documentos y sus decisiones.</p>",
    ),
]

# The day is counted from the first one (0); times are in the event's time zone.
SESSIONS = [
    (
        0,
        time(9, 30),
        time(12, 0),
        "plenary",
        "What a committee publishes",
        "Qué publica una comisión",
        "Hall A",
        "Sala A",
        [("panellist", "Specimen Six", "Clerk of a committee", "Secretario de una comisión")],
    ),
    (
        1,
        time(9, 30),
        time(12, 0),
        "working",
        "From the sitting to the record",
        "De la sesión al acta",
        "Hall A",
        "Sala A",
        [],
    ),
]

INVITED = ("AR", "SR", "UY")

DELEGATIONS = {
    "AR": (
        "confirmed",
        [
            ("head", "deputy", "Muestra", "Doce Trece", "woman", "Diputada"),
            ("staff", "mr", "Muestra", "Catorce", "man", "Secretario de comisión"),
        ],
    ),
    "SR": ("confirmed", [("head", "hon", "Specimen", "Fifteen", "woman", "Chair of the Committee on ICT")]),
}

FUNCTIONS = {
    "Chair of the Committee on ICT": "Presidenta de la Comisión de TIC",
    "Diputada": "Deputy",
    "Secretario de comisión": "Committee secretary",
}
