"""A workshop with open registration, clearly marked as a specimen. Its dates are relative to the day of loading."""

from datetime import time

OPENED_DAYS_AGO = 10
CLOSES_IN_DAYS = 20
BEGINS_IN_DAYS = 50
LASTS_DAYS = 3

EVENT = {
    "slug": "open-workshop",
    "reference": "SPEC-1",
    "kind": "workshop",
    "title_en": "Specimen Workshop: Digital Services of Parliaments",
    "title_es": "Taller de muestra: Servicios digitales de los parlamentos",
    "name_in_sentence_en": "the Specimen Workshop on the Digital Services of Parliaments",
    "name_in_sentence_es": "el Taller de muestra sobre los servicios digitales de los parlamentos",
    "theme_en": "From the paper form to the open record",
    "theme_es": "Del formulario en papel al archivo abierto",
    "summary_en": "A specimen made for the demonstration of Convoca: registration is open, nobody will meet.",
    "summary_es": "Evento de muestra para la demostración de Convoca: la inscripción está abierta, pero nadie se reunirá.",
    "zone": "America/Montevideo",
    "mode": "hybrid",
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
    "description_en": """
<p>This workshop is a specimen: it shows how an event looks while registration is open. Nobody is invited in earnest.</p>
<p>It would bring together members and staff of parliaments to look at the services that a parliament offers on the
web: the record of its sittings, the progress of bills, petitions, and the registration of visitors and delegations.</p>
<p>Each delegation would present one service that people like to use and one that they avoid, and leave with a short
list of what to mend first.</p>
""",
    "description_es": """
<p>Este taller es una muestra: permite ver cómo se presenta un evento mientras la inscripción está abierta. No se invita
a nadie en realidad.</p>
<p>Reuniría a miembros y personal de los parlamentos para examinar los servicios que un parlamento ofrece en la web:
las actas de sus sesiones, la tramitación de los proyectos de ley, las peticiones y la inscripción de visitantes y
delegaciones.</p>
<p>Cada delegación presentaría un servicio que se utiliza con gusto y otro que se evita, y volvería con una breve lista
de lo que conviene mejorar primero.</p>
""",
    "after_text_en": "<p>This workshop was a specimen; nobody met.</p>",
    "after_text_es": "<p>Este taller era una muestra; nadie se reunió.</p>",
}

ORGANISERS = [("x-specimen", "organised"), ("x-enplac", "framework")]

SECTIONS = [
    (
        "background",
        "<p>Parliaments publish more than ever, and people still telephone to ask. The workshop looks at why.</p>",
        "<p>Los parlamentos publican más que nunca, y la gente sigue llamando por teléfono para preguntar. El taller "
        "examina por qué.</p>",
    ),
    (
        "objectives",
        "<ul><li>To look at three services through the eyes of those who use them;</li><li>to agree on what makes a "
        "service plain, quick and open to all;</li><li>to write a list of what to mend first.</li></ul>",
        "<ul><li>Examinar tres servicios con los ojos de quienes los utilizan;</li><li>acordar qué hace que un servicio "
        "sea claro, rápido y accesible para todas las personas;</li><li>elaborar una lista de lo que conviene mejorar "
        "primero.</li></ul>",
    ),
    (
        "outcomes",
        "<p>One page for each delegation: what it will change, who will do it, and by when.</p>",
        "<p>Una página por delegación: qué va a cambiar, quién lo hará y en qué plazo.</p>",
    ),
    (
        "participants",
        "<p>Up to four persons for each parliament, members and staff, in a gender-balanced delegation.</p>",
        "<p>Hasta cuatro personas por parlamento, entre miembros y personal, en una delegación con equilibrio de "
        "género.</p>",
    ),
    (
        "languages",
        "<p>Interpretation is provided between English and Spanish.</p>",
        "<p>Se ofrece interpretación entre el español y el inglés.</p>",
    ),
]

PRACTICAL_NOTE = [
    (
        "registration",
        "<p>Up to four persons may come for each parliament, members and staff. Invited bodies may send observers.</p>"
        "<p>Delegations are registered online, through the personal link that each parliament receives by e-mail. A "
        "receipt is no confirmation: the secretariat looks at the data and answers by e-mail.</p>",
        "<p>Por cada parlamento pueden participar hasta cuatro personas, entre miembros y personal. Los organismos "
        "invitados pueden enviar delegaciones observadoras.</p>"
        "<p>Las delegaciones se inscriben en línea, mediante el enlace personal que cada parlamento recibe por correo "
        "electrónico. El acuse de recibo no equivale a una confirmación: la Secretaría examina los datos y responde "
        "por correo electrónico.</p>",
    ),
    (
        "delegates",
        "<p>A provisional list of participants is made after the last day of registration, the final one after the "
        "workshop. People are named on it as they have agreed.</p>",
        "<p>La lista provisional de participantes se elabora después del último día de inscripción, y la definitiva, "
        "después del taller. En ella figuran quienes hayan dado su consentimiento.</p>",
    ),
    (
        "modalities",
        "<p>The workshop is held in the room and online at once. Sessions at the same hour are held in different "
        "rooms.</p>"
        "<p>Each delegation brings:</p><ul><li>one service that people like to use;</li><li>one that they "
        "avoid.</li></ul>",
        "<p>El taller se celebra en la sala y en línea al mismo tiempo. Las sesiones simultáneas tienen lugar en salas "
        "distintas.</p>"
        "<p>Cada delegación presenta:</p><ul><li>un servicio que se utiliza con gusto;</li><li>otro que se "
        "evita.</li></ul>",
    ),
    (
        "cloakroom",
        "<p>This note is a specimen. In earnest it would say here where coats and bags are left.</p>",
        "<p>Esta nota es una muestra. En una nota verdadera se indicaría aquí dónde dejar abrigos y bolsos.</p>",
    ),
    (
        "visas",
        "<p>The secretariat gives a letter that supports the application for a visa to whoever is confirmed and has "
        "entered the data of the passport. The passport should be valid for six months after the workshop.</p>",
        "<p>La Secretaría expide una carta de apoyo a la solicitud de visado a quienes estén confirmados y hayan "
        "facilitado los datos del pasaporte. El pasaporte debe ser válido, como mínimo, hasta seis "
        "meses después del taller.</p>",
    ),
    (
        "hotels",
        "<p>Rooms are reserved and paid for by the delegations. In earnest a table of hotels would stand here.</p>",
        "<p>Las delegaciones reservan y pagan su alojamiento. En una nota verdadera figuraría aquí una lista de "
        "hoteles.</p>",
    ),
    (
        "transport",
        "<p>A bus leaves from the hotels for the specimen centre half an hour before the first session of each day.</p>",
        "<p>Un autobús sale de los hoteles hacia el centro de muestra media hora antes de la primera sesión de cada "
        "día.</p>",
    ),
]

# The day is counted from the first one (0); times are in the event's time zone.
SESSIONS = [
    (0, time(9, 0), time(9, 30), "opening", "Opening", "Apertura", "Hall A", "Sala A", []),
    (
        0,
        time(9, 30),
        time(11, 0),
        "plenary",
        "What people ask of a parliament",
        "Qué le pide la gente a un parlamento",
        "Hall A",
        "Sala A",
        [
            ("moderator", "Specimen One", "Moderator of the demonstration", "Moderadora de la demostración"),
            ("panellist", "Specimen Two", "Head of digital services", "Jefe de servicios digitales"),
            ("panellist", "Muestra Tres", "Librarian", "Bibliotecaria"),
        ],
    ),
    (0, time(11, 0), time(11, 30), "break", "Coffee", "Café", "", "", []),
    (
        0,
        time(11, 30),
        time(13, 0),
        "working",
        "One service, three users",
        "Un servicio, tres miradas",
        "Room 1",
        "Sala 1",
        [("moderator", "Muestra Cuatro", "Adviser", "Asesora")],
    ),
    (
        1,
        time(9, 30),
        time(11, 0),
        "parallel",
        "The open record of sittings",
        "El archivo abierto de las sesiones",
        "Room 1",
        "Sala 1",
        [("panellist", "Specimen Five", "Editor of the record", "Editor de las actas")],
    ),
    (
        1,
        time(9, 30),
        time(11, 0),
        "parallel",
        "Registration without paper",
        "Inscribirse sin papel",
        "Room 2",
        "Sala 2",
        [("panellist", "Muestra Seis", "Protocol officer", "Oficial de protocolo")],
    ),
    (
        2,
        time(9, 30),
        time(11, 30),
        "working",
        "What to mend first",
        "Qué mejorar primero",
        "Hall A",
        "Sala A",
        [],
    ),
    (2, time(11, 30), time(12, 0), "closing", "Closing", "Clausura", "Hall A", "Sala A", []),
]

LETTER = {
    "letterhead": "x-specimen",
    "place_en": "Montevideo",
    "place_es": "Montevideo",
    "subject_en": "Invitation to {event_in_sentence}",
    "subject_es": "Invitación a {event_in_sentence}",
    "closing_en": "Yours sincerely,",
    "closing_es": "Atentamente,",
    "enclosures_en": "Aide-memoire",
    "enclosures_es": "Nota recordatoria",
    "body_en": """
<p>{one:I am|two:We are} pleased to invite {parliament_in_sentence} to {event_in_sentence}, which would take place
{place_in_sentence} {dates_in_sentence}.</p>
<p>This letter is a specimen. In earnest it would say in this paragraph what the workshop is about, and the aide-memoire
enclosed would say the rest.</p>
<p>Kindly register your delegation of up to four persons no later than {deadline}, through the personal link that your
parliament receives by e-mail. The programme is published at {event_url}. For any question please write to {contact}, at
{contact_email}.</p>
""",
    "body_es": """
<p>{one:Me complace|two:Nos complace} invitar a {parliament_in_sentence} a {event_in_sentence}, que se celebraría
{place_in_sentence} {dates_in_sentence}.</p>
<p>Esta carta es una muestra. En una carta verdadera este párrafo explicaría de qué trata el taller, y la nota
recordatoria adjunta, lo demás.</p>
<p>Le {one:agradeceré|two:agradeceremos} que inscriba a su delegación, de hasta cuatro personas, a más tardar el
{deadline}, mediante el enlace personal que su parlamento recibe por correo electrónico. El programa se publica en
{event_url}. Para cualquier consulta puede dirigirse a {contact}, en {contact_email}.</p>
""",
    "body_for_bodies_en": """
<p>{one:I am|two:We are} pleased to invite {parliament_in_sentence} to send an observer to {event_in_sentence}, which
would take place {place_in_sentence} {dates_in_sentence}. This letter is a specimen.</p>
<p>Kindly register your representatives no later than {deadline}. The programme is published at {event_url}.</p>
""",
    "body_for_bodies_es": """
<p>{one:Me complace|two:Nos complace} invitar a {parliament_in_sentence} a enviar una delegación observadora
a {event_in_sentence}, que se celebraría {place_in_sentence} {dates_in_sentence}. Esta carta es una muestra.</p>
<p>Le {one:agradeceré|two:agradeceremos} que inscriba a sus representantes a más tardar el {deadline}. El programa se
publica en {event_url}.</p>
""",
}

SIGNATORIES = [
    {"name": "Specimen One", "title_en": "Secretary", "title_es": "Secretaria", "organisation": "x-specimen"},
    {
        "name": "Muestra Dos",
        "title_en": "Speaker of the host",
        "title_es": "Presidente del parlamento anfitrión",
        "organisation": "UY",
    },
]

INVITED = [
    "AR",
    "BO",
    "BR",
    "CL",
    "CO",
    "CR",
    "CU",
    "DO",
    "EC",
    "ES",
    "GT",
    "HN",
    "MX",
    "NI",
    "PA",
    "PE",
    "PY",
    "SR",
    "SV",
    "UY",
]
FREE_INVITATION = "PY"  # the demo prints the personal link of this invitation

# Delegations by state; people are role, form of address, given names, family names, gender, function.
DELEGATIONS = {
    "CL": ("draft", [("head", "senator", "Specimen", "One", "woman", "Senadora")]),
    "SR": (
        "submitted",
        [
            ("head", "hon", "Specimen", "Two", "man", "Vice-Speaker"),
            ("delegate", "ms", "Specimen", "Three", "woman", "Member of the Committee on ICT"),
            ("staff", "mr", "Specimen", "Four", "man", "Head of information technology"),
        ],
    ),
    "MX": (
        "returned",
        [
            ("head", "deputy", "Muestra", "Cinco Seis", "woman", "Diputada"),
            ("adviser", "dr", "Muestra", "Siete", "not_stated", "Asesoría"),
        ],
    ),
    "UY": (
        "confirmed",
        [
            ("head", "senator", "Muestra", "Ocho Nueve", "man", "Senador"),
            ("delegate", "deputy", "Muestra", "Diez", "woman", "Diputada"),
            ("staff", "ms", "Muestra", "Once", "woman", "Directora de tecnología"),
        ],
    ),
}
RETURN_REASON = "Muestra: indique, por favor, el cargo completo de la persona que asesora a la delegación."
