"""The regional workshop of Montevideo, 2013. The times of its sessions are not known, so none are shown."""

from datetime import date
from typing import Any

EVENT: dict[str, Any] = {
    "slug": "montevideo-2013",
    "reference": "MVD-2013",
    "kind": "workshop",
    "title_en": (
        "Regional Workshop for Parliaments of Latin America “ICT strategic planning and use of social media "
        "in parliaments”"
    ),
    "title_es": (
        "Taller Regional para Parlamentos de América Latina «Planificación estratégica de las TIC y uso de las "
        "redes sociales en los parlamentos»"
    ),
    "name_in_sentence_en": "the Regional Workshop for Parliaments of Latin America",
    "name_in_sentence_es": "el Taller Regional para Parlamentos de América Latina",
    "theme_en": "ICT strategic planning and use of social media in parliaments",
    "theme_es": "Planificación estratégica de las TIC y uso de las redes sociales en los parlamentos",
    "summary_en": (
        "Three days in Montevideo on planning information technology in parliament and on using social media "
        "to stay close to citizens."
    ),
    "summary_es": (
        "Tres días en Montevideo sobre cómo planificar las tecnologías de la información en el parlamento y cómo "
        "usar las redes sociales para estar cerca de la ciudadanía."
    ),
    "first_day": date(2013, 10, 23),
    "last_day": date(2013, 10, 25),
    "zone": "America/Montevideo",
    "venue_en": "Parliament of Uruguay",
    "venue_es": "Parlamento del Uruguay",
    "city_en": "Montevideo",
    "city_es": "Montevideo",
    "country_en": "Uruguay",
    "country_es": "Uruguay",
    "working_languages": "es,en",
    "description_en": """
<p>The workshop brings together members and staff of the parliaments of Latin America who decide on information and
communication technologies, or who work with them every day. It is co-organized by the United Nations Department of
Economic and Social Affairs, the Inter-Parliamentary Union and the Parliament of Uruguay, through the Global Centre
for ICT in Parliament.</p>
<p>It takes place within the framework of the Exchange Network of Parliaments of Latin America and the Caribbean
(ENPLAC) and of a United Nations Development Account project that supports a knowledge network among the parliaments
of the region.</p>
<p>The World e-Parliament Reports of 2008, 2010 and 2012 show that parliaments differ less in the tools they own than
in whether they have a plan for them. Where there is a strategy, approved at the top and reviewed each year, systems
last longer and serve members better.</p>
<p>A strategic plan says what the institution wants to achieve with technology, in which order, with what money and
with which people. It matters all the more when resources are scarce, since every choice then closes another.</p>
<p>The workshop intends to help each delegation to take stock of its own planning, to learn from the plans of others,
and to agree on simple rules for the use of social media by the institution, its members and its staff.</p>
""",
    "description_es": """
<p>El taller reúne a miembros y personal de los parlamentos de América Latina que deciden sobre las tecnologías de
la información y las comunicaciones, o que trabajan con ellas cada día. Lo organizan conjuntamente el Departamento de
Asuntos Económicos y Sociales de las Naciones Unidas, la Unión Interparlamentaria y el Parlamento del Uruguay, por
conducto del Centro Mundial para las TIC en el Parlamento.</p>
<p>Se celebra en el marco de la Red de Intercambio de Parlamentos de América Latina y el Caribe (ENPLAC) y de un
proyecto de la Cuenta de las Naciones Unidas para el Desarrollo que apoya una red de conocimientos entre los
parlamentos de la región.</p>
<p>Los informes mundiales sobre el parlamento electrónico de 2008, 2010 y 2012 muestran que los parlamentos se
distinguen menos por las herramientas que poseen que por contar o no con un plan para utilizarlas. Donde hay una
estrategia, aprobada al más alto nivel y revisada cada año, los sistemas duran más y prestan mejor servicio.</p>
<p>Un plan estratégico define qué quiere lograr la institución con la tecnología, en qué orden, con qué recursos y con
qué personas. Es aún más importante cuando los recursos escasean, porque cada opción elegida descarta otra.</p>
<p>El taller se propone ayudar a cada delegación a examinar su propia planificación, a aprender de los planes de las
demás y a acordar reglas sencillas para el uso de las redes sociales por la institución, sus miembros y su
personal.</p>
""",
    "after_text_en": """
<p>The United Nations Department of Economic and Social Affairs, the Inter-Parliamentary Union and the Parliament of
Uruguay co-organized this regional workshop, through the Global Centre for ICT in Parliament. It was held in
Montevideo at the invitation of the Parliament of Uruguay.</p>
<p>The workshop was held within the framework of the Exchange Network of Parliaments of Latin America and the Caribbean
(ENPLAC) and of a United Nations Development Account project that supported a knowledge network among the parliaments
of the region.</p>
<p>The World e-Parliament Reports of 2008, 2010 and 2012 had found that parliaments differed less in the tools they
owned than in whether they had a plan for them. Where there was a strategy, approved at the top and reviewed each
year, systems lasted longer and served members better.</p>
<p>Participants discussed what a strategic plan should contain: what the institution wants to achieve with technology,
in which order, with what money and with which people. They agreed that it mattered all the more when resources were
constrained, since every choice then closed another.</p>
<p>The workshop intended to help each delegation to take stock of its own planning, to learn from the plans of others,
and to review the guidelines for the use of social media by parliaments, their members and their staff. The
presentations are available on this page.</p>
""",
    "after_text_es": """
<p>El Departamento de Asuntos Económicos y Sociales de las Naciones Unidas, la Unión Interparlamentaria y el Parlamento
del Uruguay organizaron conjuntamente este taller regional, por conducto del Centro Mundial para las TIC en el
Parlamento. Se celebró en Montevideo por invitación del Parlamento del Uruguay.</p>
<p>El taller se enmarcó en la Red de Intercambio de Parlamentos de América Latina y el Caribe (ENPLAC) y en un proyecto
de la Cuenta de las Naciones Unidas para el Desarrollo que apoyaba una red de conocimientos entre los parlamentos de la
región.</p>
<p>Los informes mundiales sobre el parlamento electrónico de 2008, 2010 y 2012 habían constatado que los parlamentos se
distinguían menos por las herramientas que poseían que por contar o no con un plan para utilizarlas. Donde había una
estrategia, aprobada al más alto nivel y revisada cada año, los sistemas duraban más y prestaban mejor servicio.</p>
<p>Las delegaciones debatieron qué debe contener un plan estratégico: qué quiere lograr la institución con la
tecnología, en qué orden, con qué recursos y con qué personas. Coincidieron en que era aún más importante cuando los
recursos eran limitados, porque cada opción elegida descartaba otra.</p>
<p>El taller se propuso ayudar a cada delegación a examinar su propia planificación, a aprender de los planes de las
demás y a revisar las directrices sobre el uso de las redes sociales por los parlamentos, sus miembros y su personal.
Las presentaciones pueden descargarse en esta página.</p>
""",
}

ORGANISERS = [
    ("x-undesa", "co_organised"),
    ("x-ipu", "co_organised"),
    ("UY", "co_organised"),
    ("UY", "hosted"),
    ("x-gcictp", "through"),
    ("x-enplac", "framework"),
]

SECTIONS = [
    (
        "background",
        "<p>Successive editions of the <em>World e-Parliament Report</em> (2008, 2010 and 2012) found that a strategic "
        "plan, more than the size of the budget, distinguishes the parliaments that make good use of technology. In Latin "
        "America many of them are writing their first plan, or revising it, while resources are constrained.</p>"
        "<p>The workshop belongs to the work of ENPLAC and to a United Nations Development Account project on a "
        "knowledge network among the parliaments of the region.</p>",
        "<p>Las sucesivas ediciones del <em>Informe mundial sobre el parlamento electrónico</em> (2008, 2010 y 2012) "
        "constataron que un plan estratégico, más que la cuantía del presupuesto, distingue a los parlamentos que "
        "aprovechan bien la tecnología. En América Latina muchos de ellos elaboran su primer plan, o lo revisan, "
        "en un contexto de recursos limitados.</p>"
        "<p>El taller forma parte de la labor de la ENPLAC y de un proyecto de la Cuenta de las Naciones Unidas para "
        "el Desarrollo sobre una red de conocimientos entre los parlamentos de la región.</p>",
    ),
    (
        "objectives",
        "<ul><li>To compare how parliaments of the region plan and budget for ICT;</li><li>to discuss the process of "
        "strategic planning, from the first inventory to the yearly review;</li><li>to review guidelines for the use "
        "of social media by parliaments.</li></ul>",
        "<ul><li>Comparar cómo planifican y presupuestan las TIC los parlamentos de la región;</li><li>examinar el "
        "proceso de planificación estratégica, desde el primer inventario hasta la revisión anual;</li><li>revisar "
        "las directrices sobre el uso de las redes sociales por los parlamentos.</li></ul>",
    ),
    (
        "participants",
        "<p>Members of parliament with responsibility for administration and technology, secretaries general, and "
        "directors of information technology and of communication of the parliaments of Latin America.</p>",
        "<p>Miembros de los parlamentos de América Latina con responsabilidades en materia de administración y "
        "tecnología, secretarías generales y direcciones de tecnología de la información y de comunicación.</p>",
    ),
]

SESSIONS: list[dict[str, Any]] = [
    {
        "title_en": "Budgeting for ICT in Parliament: exchange of experiences and practices among legislators",
        "title_es": "El presupuesto de las TIC en el Parlamento: intercambio de experiencias y prácticas entre legisladores",
        "presentations": ["SR"],
    },
    {
        "title_en": "ICT strategic planning in Parliaments of Latin America",
        "title_es": "La planificación estratégica de las TIC en los parlamentos de América Latina",
        "presentations": ["x-undesa"],
    },
    {
        "title_en": "The process of ICT strategic planning",
        "title_es": "El proceso de planificación estratégica de las TIC",
        "presentations": ["UY", ("Senate of Chile", "Senado de Chile")],
    },
    {
        "title_en": "Overall review of the Social Media Guidelines for Parliaments",
        "title_es": "Examen general de las Directrices sobre redes sociales para los parlamentos",
        "presentations": ["x-ifla"],
    },
]

FILES = [
    ("aide_memoire", "Aide memoire", "Ayuda memoria"),
    ("programme", "Agenda", "Programa"),
]
