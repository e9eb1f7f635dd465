"""A statutory assembly, clearly marked as a specimen, some days after its registration closed."""

from datetime import time

OPENED_DAYS_AGO = 80
CLOSED_DAYS_AGO = 3
BEGINS_IN_DAYS = 24
LASTS_DAYS = 4
TRAVEL_CLOSES_IN_DAYS = 14
EXTENDED_BY_DAYS = 6  # from today, for one parliament

EVENT = {
    "slug": "specimen-assembly",
    "reference": "SPEC-A",
    "kind": "assembly",
    "title_en": "Specimen Assembly and Related Meetings",
    "title_es": "Asamblea de muestra y reuniones conexas",
    "name_in_sentence_en": "the Specimen Assembly and its related meetings",
    "name_in_sentence_es": "la Asamblea de muestra y sus reuniones conexas",
    "theme_en": "Parliaments that listen",
    "theme_es": "Parlamentos que escuchan",
    "summary_en": "A specimen made for the demonstration of Convoca: delegations in every state, nobody will meet.",
    "summary_es": (
        "Evento de muestra para la demostración de Convoca: delegaciones en todas las situaciones, pero nadie se reunirá."
    ),
    "zone": "Europe/Zurich",
    "mode": "in_person",
    "venue_en": "Specimen Hall",
    "venue_es": "Sala de Muestra",
    "city_en": "Geneva",
    "city_es": "Ginebra",
    "country_en": "Switzerland",
    "country_es": "Suiza",
    "working_languages": "en,es",
    "contact_name": "Specimen Contact",
    "contact_gender": "f",
    "contact_unit_en": "Assembly Section",
    "contact_unit_es": "Sección de la Asamblea",
    "contact_email": "assembly@convoca.example",
    "list_publication": "record",
    "description_en": """
<p>This assembly is a specimen: it shows how a statutory meeting looks once its registration has closed. Nobody is invited
in earnest.</p>
<p>Up to eight members for each parliament, ten where the country has at least 100 million inhabitants; advisers, staff and
accompanying persons come with the delegation. Observers send two representatives.</p>
""",
    "description_es": """
<p>Esta asamblea es una muestra: permite ver cómo se presenta una reunión estatutaria una vez cerrada la inscripción. No se
invita a nadie en realidad.</p>
<p>Hasta ocho integrantes por parlamento, diez si el país tiene al menos 100 millones de habitantes; quienes asesoran,
el personal y los acompañantes se inscriben con la delegación. Los observadores envían a dos representantes.</p>
""",
    "after_text_en": "<p>This assembly was a specimen; nobody met.</p>",
    "after_text_es": "<p>Esta asamblea era una muestra; nadie se reunió.</p>",
}

ORGANISERS = [("x-specimen", "organised"), ("UY", "hosted")]

SECTIONS = [
    (
        "background",
        "<p>Parliaments hear many voices and not all of them. The assembly would ask which ones are missing.</p>",
        "<p>Los parlamentos escuchan muchas voces, aunque no todas. La asamblea preguntaría cuáles faltan.</p>",
    ),
    (
        "participants",
        "<p>Delegations of parliaments, observers and guests. Delegations are asked to be balanced by gender.</p>",
        "<p>Delegaciones de los parlamentos, observadores y personas invitadas. Se pide a las delegaciones que mantengan "
        "el equilibrio de género.</p>",
    ),
    (
        "languages",
        "<p>Interpretation is provided between English and Spanish. Delegations may bring their own interpreters.</p>",
        "<p>Se ofrece interpretación entre el español y el inglés. Las delegaciones pueden acudir con sus propios "
        "intérpretes.</p>",
    ),
]

# Title, body in brackets and annotation, each in both languages.
AGENDA = [
    (
        "Election of the President of the Specimen Assembly",
        "Elección de la Presidencia de la Asamblea de muestra",
        "",
        "",
        "<p>The Assembly elects its President at its first sitting, on the proposal of the host parliament.</p>",
        "<p>La Asamblea elige su Presidencia en la primera sesión, a propuesta del parlamento anfitrión.</p>",
    ),
    (
        "Requests for the inclusion of an emergency item in the agenda",
        "Solicitudes de inclusión de un punto de urgencia en el orden del día",
        "",
        "",
        "<p>Any delegation may propose an item. The Assembly may include one, by two thirds of the votes cast.</p>",
        "<p>Toda delegación puede proponer un punto. La Asamblea puede incluir uno, por dos tercios de los votos "
        "emitidos.</p>",
    ),
    (
        "General debate: parliaments that listen",
        "Debate general: parlamentos que escuchan",
        "",
        "",
        "<p>Each delegation has seven minutes, which two of its members may share.</p>",
        "<p>Cada delegación dispone de siete minutos, que pueden compartir dos de sus integrantes.</p>",
    ),
    (
        "The voices that a parliament does not hear",
        "Las voces que un parlamento no oye",
        "Standing committee of the specimen",
        "Comisión permanente de muestra",
        "<p>The committee debates a draft resolution and drafts the text that it submits to the Assembly:</p>"
        "<ul><li>presentation by the rapporteurs;</li><li>debate;</li><li>drafting and adoption.</li></ul>",
        "<p>La comisión debate un proyecto de resolución y redacta el texto que presenta a la Asamblea:</p>"
        "<ul><li>presentación a cargo de las relatorías;</li><li>debate;</li><li>redacción y aprobación.</li></ul>",
    ),
    (
        "Report of the standing committee",
        "Informe de la comisión permanente",
        "Standing committee of the specimen",
        "Comisión permanente de muestra",
        "",
        "",
    ),
    (
        "Subject and rapporteurs for the next Specimen Assembly",
        "Tema y relatorías de la próxima Asamblea de muestra",
        "Standing committee of the specimen",
        "Comisión permanente de muestra",
        "",
        "",
    ),
    (
        "Accounts of the past year and budget of the next",
        "Cuentas del año transcurrido y presupuesto del próximo",
        "Governing Council",
        "Consejo Directivo",
        "<p>The Council hears the auditors before it votes.</p>",
        "<p>El Consejo escucha a la auditoría antes de votar.</p>",
    ),
]

SESSIONS = [
    (0, time(18, 0), time(19, 0), "opening", "Opening", "Apertura", "Hall A", "Sala A", []),
    (
        1,
        time(9, 30),
        time(12, 30),
        "plenary",
        "General debate: parliaments that listen",
        "Debate general: parlamentos que escuchan",
        "Hall A",
        "Sala A",
        [
            (
                "moderator",
                "Specimen Twenty",
                "Moderator of the demonstration",
                "Moderadora de la demostración",
            ),
            ("panellist", "Muestra Veintiuno", "Ombudsperson", "Defensor del pueblo"),
        ],
    ),
    (
        2,
        time(9, 30),
        time(12, 30),
        "working",
        "Standing committee of the specimen",
        "Comisión permanente de muestra",
        "Room 1",
        "Sala 1",
        [],
    ),
    (3, time(11, 0), time(12, 0), "closing", "Closing", "Clausura", "Hall A", "Sala A", []),
]

DECLARATIONS = [
    {
        "kind": "conduct",
        "statement_en": "The delegation accepts the code of conduct of the assembly.",
        "statement_es": "La delegación acepta el código de conducta de la asamblea.",
        "text_en": (
            "<p>Everybody at the assembly treats others with respect. Harassment of any kind is reported to the "
            "secretariat and may end the accreditation.</p>"
        ),
        "text_es": (
            "<p>En la asamblea se trata a todas las personas con respeto. Cualquier acoso se comunica a la Secretaría "
            "y puede poner fin a la acreditación.</p>"
        ),
        "is_required": True,
    },
    {
        "kind": "photos",
        "statement_en": "The delegation agrees to photographs and recordings of the public sittings.",
        "statement_es": "La delegación consiente las fotografías y grabaciones de las sesiones públicas.",
        "text_en": "<p>Public sittings are photographed, recorded and published. Who does not agree is seated apart.</p>",
        "text_es": (
            "<p>Las sesiones públicas se fotografían, se graban y se publican. Quien no lo consienta dispone de un "
            "lugar aparte.</p>"
        ),
        "is_required": False,
    },
]

PLACES = {"observers": 1, "accompanying": 12}

REMINDERS = [
    ("not_answered", 30),
    ("not_started", 14),
    ("not_submitted", 7),
    ("not_submitted", 2),
    ("travel", 5),
]

# Other invited parliaments and bodies, and their answers so far.
INVITED = [
    "AR",
    "BE",
    "CA",
    "DE",
    "DO",
    "EC",
    "FI",
    "GH",
    "IE",
    "JP",
    "KE",
    "KR",
    "NZ",
    "PH",
    "PT",
    "SE",
    "ZA",
]
OPENED = ["BE", "GH", "PT"]
ACCEPTED = ["CA", "KE"]
DECLINED = {"FI": "The parliament is dissolved on those days.", "EC": "El Pleno sesiona en esas fechas."}

# Delegations by state; people are role, form of address, given names, family names, gender, function.
DELEGATIONS = {
    "CL": (
        "confirmed",
        [
            (
                "head",
                "senator",
                "Muestra",
                "Uno Dos",
                "woman",
                "Presidenta de la Comisión de Relaciones Exteriores",
            ),
            ("delegate", "deputy", "Muestra", "Tres Cuatro", "man", "Diputado"),
            ("delegate", "deputy", "Muestra", "Cinco", "woman", "Diputada"),
            ("adviser", "dr", "Muestra", "Seis", "woman", "Asesora parlamentaria"),
            ("accompanying", "mr", "Muestra", "Siete", "man", ""),
        ],
    ),
    "ET": (
        "confirmed",
        [
            ("head", "hon", "ናሙና", "አንድ", "woman", "Deputy Speaker"),
            ("delegate", "hon", "ናሙና", "", "man", "Member of the Standing Committee"),
        ],
    ),
    "EG": (
        "submitted",
        [
            ("head", "hon", "عينة", "واحد", "man", "Chair of the Committee on Foreign Affairs"),
            ("delegate", "hon", "عينة", "اثنان", "woman", "Member of the House"),
        ],
    ),
    "CN": (
        "submitted",
        [
            ("head", "mr", "一", "样本", "man", "Vice-Chair of the Standing Committee"),
            ("delegate", "mr", "二", "样本", "man", "Member"),
            ("interpreter", "ms", "三", "样本", "woman", "Interpreter"),
        ],
    ),
    "BG": (
        "returned",
        [
            ("head", "ms", "Образец", "Първи", "woman", "Vice-President of the Assembly"),
            ("staff", "mr", "Образец", "Втори", "man", "Secretary"),
        ],
    ),
    "MX": (
        "draft",
        [
            ("head", "senator", "Muestra", "Ocho de la Nueve", "woman", "Senadora"),
            ("delegate", "deputy", "Muestra", "Diez", "man", "Diputado"),
        ],
    ),
    "FR": (
        "rejected",
        [("head", "mr", "Spécimen", "Onze-Douze", "man", "Conseiller")],
    ),
    "NO": (
        "withdrawn",
        [("head", "ms", "Prøve", "Tretten", "woman", "Member of the Storting")],
    ),
    "UY": (
        "confirmed",
        [
            ("head", "senator", "Muestra", "Catorce", "man", "Presidente del Senado"),
            ("deputy", "deputy", "Muestra", "Quince", "woman", "Presidenta de la Cámara de Representantes"),
            ("security", "mr", "Muestra", "Dieciséis", "man", "Seguridad"),
        ],
    ),
}

# Later changes to some of them.
REASONS = {
    "BG": "Muestra / Specimen: please give the full function of the secretary of the delegation.",
    "FR": "Specimen: only members of parliament may head a delegation.",
}
LATE = ("MX", "Muestra: la Mesa autorizó la misión después del cierre.")
EXTENDED = ("KE", "Specimen: the list awaits the Bureau.")
SUBSTITUTED = (  # Chile's third person is replaced
    "CL",
    2,
    ("delegate", "deputy", "Muestra", "Diecisiete Dieciocho", "woman", "Diputada"),
)
WITH_PASSPORT = [("ET", 0), ("UY", 0)]  # people who ask for a visa-support letter: parliament, index
CANCELLED = ("UY", 2, "Muestra: viaja después.")
ASKS_TO_ADD = ("ET", ("adviser", "ms", "ናሙና", "ሁለት", "woman", "Legal adviser"), "Specimen: named yesterday.")

FUNCTIONS = {  # by the function as its coordinator typed it: what the secretariat adds in the other language
    "Asesora parlamentaria": "Parliamentary adviser",
    "Chief of Protocol": "Jefe de protocolo",
    "Deputy Speaker": "Vicepresidenta de la Cámara",
    "Diputada": "Deputy",
    "Diputado": "Deputy",
    "Member of the Standing Committee": "Miembro de la Comisión Permanente",
    "Presidenta de la Cámara de Representantes": "Speaker of the House of Representatives",
    "Presidenta de la Comisión de Relaciones Exteriores": "Chair of the Foreign Affairs Committee",
    "Presidente del Senado": "President of the Senate",
    "Secretary of the Assembly": "Secretaria de la Asamblea",
}

GROUPS = {
    "secretariat": [("staff", "ms", "Specimen", "Thirty", "woman", "Secretary of the Assembly")],
    "host": [("staff", "mr", "Muestra", "Treinta y Uno", "man", "Chief of Protocol")],
    "press": [("press", "ms", "Specimen", "Thirty-Two", "woman", "Correspondent")],
}
OBSERVERS = {  # there is only one place for observers, so the second one waits
    "x-cpa": [
        ("head", "ms", "Specimen", "Forty", "woman", "Head of office"),
        ("observer", "mr", "Specimen", "Forty-One", "man", "Observer"),
    ],
    "x-apf": [
        ("head", "mr", "Muestra", "Cuarenta y Dos", "man", "Director"),
        ("observer", "ms", "Muestra", "Cuarenta y Tres", "woman", "Observadora"),
    ],
}
