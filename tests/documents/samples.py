"""Papers with all their parts filled in: the invitation of 2021 and two aide-memoires, in both languages."""

from dataclasses import replace
from io import BytesIO

from PIL import Image, ImageDraw

from documents.papers import (
    AideMemoireSnapshot,
    Letterhead,
    LetterSnapshot,
    ProgrammeDay,
    ProgrammeSession,
    Role,
    Section,
    Signatory,
    Speaker,
    Speakers,
)
from documents.rendering.assets import image_name

NAMES = {
    "ar": "محمد علي",
    "hy": "Արմեն Եվա",
    "am": "ኃይለ ሥላሴ",
    "hi": "नरेन्द्र क्षत्रिय",
    "ka": "თამარ მეფე",
    "el": "Ελένη Παπαδοπούλου",
    "he": "דָּוִד בֶּן־גּוּרְיוֹן",
    "ru": "Дмитрий Қасымұлы",
    "th": "น้ำผึ้ง",
    "zh": "习近平",
    "ja": "安倍 ひなた",
    "ko": "김 正恩",
}
"""A name in the script of each language."""

LATIN = (
    "".join(chr(code) for block in (range(0xC0, 0x250), range(0x1E00, 0x1F00)) for code in block)
    + " s\u0326t\u0326 j\u030c m\u0303 i\u0303\u0301"
)
"""All letters that occur in names: Latin-1, Extended-A and -B, Additional; composed and combining marks."""

PAGE = "https://convoca.example/es/events/e-parliament-2021/"

BODY_ES = f"""
<p>Me complace invitar a su Parlamento a participar en la novena Conferencia Mundial sobre el Parlamento
Electrónico, que la Unión Interparlamentaria celebrará en línea del 16 al 18 de junio de 2021. La Conferencia
reúne cada dos años a quienes dirigen, diseñan y mantienen los servicios digitales de los parlamentos, y se ha
convertido en el principal lugar de encuentro para comparar experiencias, presentar herramientas y acordar
prioridades comunes.</p>
<p>La pandemia obligó a muchas cámaras a deliberar, votar y escuchar a la ciudadanía a distancia en cuestión de
semanas. Lo que empezó como respuesta a una emergencia ha abierto preguntas de fondo sobre el reglamento, la
seguridad, la transparencia y la igualdad de acceso. La Conferencia permitirá examinar con calma qué soluciones
han funcionado, cuáles conviene conservar y qué inversiones hacen falta para que el trabajo parlamentario sea
más abierto y más resistente.</p>
<p>Los debates partirán de las conclusiones del <em>Informe mundial 2020 sobre el parlamento electrónico</em>, y
en particular de su capítulo titulado <em>La respuesta de los parlamentos a la pandemia</em>. El programa
combinará tres formatos:</p>
<ul>
<li><p><em>sesiones plenarias</em>, en las que autoridades parlamentarias y especialistas presentarán las
tendencias que más influyen en la labor legislativa, de representación y de control;</p></li>
<li><p><em>talleres prácticos</em>, en grupos reducidos, sobre proyectos concretos de gestión documental, datos
abiertos, participación ciudadana y votación a distancia;</p></li>
<li><p><em>conversaciones entre pares</em>, propuestas y moderadas por los propios parlamentos, para
intercambiar consejos sobre un problema compartido.</p></li>
</ul>
<p>La invitación se dirige a parlamentarias y parlamentarios interesados en la transformación digital, a las
secretarías generales y al personal directivo y técnico de los servicios de informática, investigación y
documentación. Le rogamos que procure una composición equilibrada de la delegación en cuanto a género y edad.
Habrá interpretación simultánea al español, francés, inglés y árabe.</p>
<p>El programa y los documentos se publicarán en la <a href="{PAGE}">página de la Conferencia</a>. Las
delegaciones deberán inscribirse en línea, mediante el enlace personal enviado a su Parlamento, a más tardar el
viernes, 4 de junio de 2021. Para cualquier consulta puede dirigirse a mi colega, la Sra. Muestra Dos
(<a href="mailto:innovation@ipu.example">innovation@ipu.example</a>).</p>
<p>Confío en que su Parlamento podrá sumarse a este encuentro, y aprovecho la oportunidad para reiterarle el
testimonio de mi más alta consideración.</p>
"""

BODY_EN = f"""
<p>We are pleased to invite the National Assembly of Suriname to the ninth World e-Parliament Conference, which
the Inter-Parliamentary Union will hold online from 16 to 18 June 2021.</p>
<h3>What it is about</h3>
<p>The Conference will discuss the <em>World e-Parliament Report 2020</em> in three formats:</p>
<ol>
<li><p>plenary sessions:</p><ul><li><p>the main trends;</p></li><li><p>what parliaments made of them;</p></li></ul></li>
<li><p>workshops, each with a note-taker;</p></li>
</ol>
<table><tbody>
<tr><th><p>Day</p></th><th><p>Language</p></th></tr>
<tr><td><p>Wednesday</p></td><td><p>English, Spanish</p></td></tr>
</tbody></table>
<blockquote><p>Registration closes on Friday, 4 June 2021.</p></blockquote>
<p>The programme is on the <a href="{PAGE}">page of the <em>Conference</em></a>.</p>
"""

LETTER_ES = LetterSnapshot(
    language="es",
    title="Carta de invitación: Conferencia Mundial sobre el Parlamento Electrónico – Parlamento del Uruguay",
    letterhead=Letterhead(
        organisation="Unión Interparlamentaria",
        motto="Por la democracia. Para todos.",
        lines=(
            "+41 22 919 41 11 · +41 22 919 41 60",
            "postbox@ipu.example",
            "Chemin du Pommier 5, Case postale 330",
            "1218 Le Grand-Saconnex, Ginebra – Suiza",
            "www.ipu.example",
        ),
        office="Oficina del Secretario General",
    ),
    reference="EPARL-2021/UY/es/1",
    code="7K3M-9QXT-4VHA-P2DN",
    verify_url="https://convoca.example/verify/7K3M-9QXT-4VHA-P2DN/",
    addressee_lines=(
        "Presidenta de la Asamblea General",
        "Presidente de la Cámara de Representantes",
        "Parlamento del Uruguay",
        "Montevideo, Uruguay",
    ),
    place_and_date="Ginebra, 23 de abril de 2021",
    letter_date="2021-04-23",
    salutation_lines=("Estimada Sra. Presidenta:", "Estimado Sr. Presidente:"),
    body_html=BODY_ES,
    closing="Atentamente,",
    signatories=(Signatory("Specimen One", "Secretario General", "Unión Interparlamentaria"),),
    recipient="Parlamento del Uruguay",
    page_date="23 de abril de 2021",
    event_url=PAGE,
    specimen="Documento de muestra generado por la demostración de Convoca",
)

LETTER_EN = LetterSnapshot(
    language="en",
    title="Invitation letter: World e-Parliament Conference – National Assembly of Suriname",
    letterhead=Letterhead("Department of Economic and Social Affairs of the United Nations"),
    reference="EPARL-2021/SR/en/1",
    code="4DQ8-T2WM-9KXA-77RH",
    verify_url="https://convoca.example/verify/4DQ8-T2WM-9KXA-77RH/",
    addressee_lines=("Speaker of the National Assembly", "National Assembly of Suriname"),
    place_and_date="Geneva, 23 April 2021",
    letter_date="2021-04-23",
    subject="World e-Parliament Conference, 16 to 18 June 2021",
    salutation_lines=("Dear Madam Speaker,", "Dear Mr. Speaker,"),
    body_html=BODY_EN,
    closing="Yours sincerely,",
    signatories=(
        Signatory("Specimen One", "Under-Secretary-General", "United Nations"),
        Signatory("Muestra Dos", "Secretary General", "Inter-Parliamentary Union"),
    ),
    recipient="National Assembly of Suriname",
    page_date="23 April 2021",
    contact=("Ms. Specimen Three", "innovation@ipu.example"),
    enclosures=("Provisional programme", "Practical information note"),
    organisers=(Role("Co-organized by", ("United Nations", "Inter-Parliamentary Union")),),
)

AIDE_MEMOIRE_ES = AideMemoireSnapshot(
    language="es",
    title="Ayuda memoria: Taller regional para los parlamentos de América Latina",
    heading="Ayuda memoria",
    organisation="Naciones Unidas",
    event_title="Taller regional para los parlamentos de América Latina",
    date_line="23 al 25 de octubre de 2013",
    place="Parlamento del Uruguay, Montevideo (Uruguay)",
    reference="MVD-2013/AM/es/1",
    code="4DQ8-T2WM-9KXA-77RH",
    verify_url="https://convoca.example/verify/4DQ8-T2WM-9KXA-77RH/",
    issued="2013-09-01",
    organisers=(
        Role("Coorganizan", ("Naciones Unidas", "Unión Interparlamentaria", "Parlamento del Uruguay")),
        Role("Por conducto de", ("Centro Mundial para las TIC en el Parlamento",)),
    ),
    sections=(
        Section("Contexto", BODY_ES),
        Section("Objetivos", "<ul><li><p>comparar;</p></li><li><p>acordar.</p></li></ul>"),
    ),
    programme=(
        ProgrammeDay(
            "",
            (
                ProgrammeSession("Presupuesto de las TIC en el parlamento"),
                ProgrammeSession(
                    "El proceso de planificación", speakers=(Speakers("Ponente", (Speaker("Muestra Dos"),)),)
                ),
            ),
        ),
    ),
    event_url="https://convoca.example/es/events/montevideo-2013/",
)

AIDE_MEMOIRE_EN = AideMemoireSnapshot(
    language="en",
    title="Aide-memoire: open workshop",
    heading="Aide-memoire",
    organisation="Inter-Parliamentary Union",
    event_title="Open workshop",
    date_line="1–2 October 2026",
    place="Online",
    reference="OPEN/AM/en/1",
    code="4DQ8-T2WM-9KXA-77RH",
    verify_url="https://convoca.example/verify/4DQ8-T2WM-9KXA-77RH/",
    issued="2026-09-01",
    sections=(
        Section("Background", BODY_EN),
        Section("Participants", BODY_EN),
        Section("Languages", BODY_EN),
    ),
    programme=(
        ProgrammeDay(
            "Thursday, 1 October 2026",
            (
                ProgrammeSession(
                    "Opening",
                    "09:00–09:30",
                    "Room A",
                    speakers=(Speakers("Chair", (Speaker("Specimen One", "IPU"),)),),
                ),
                ProgrammeSession("Budget", "09:30–11:00", description_html="<p>How much?</p>"),
                ProgrammeSession("Coffee", ""),
            ),
        ),
        ProgrammeDay("Friday, 2 October 2026", (ProgrammeSession("Closing", "16:00"),)),
    ),
    contact=("Ms. Specimen Three", "innovation@ipu.example"),
    specimen="Specimen made by the Convoca demonstration",
)

PAPERS = (LETTER_ES, LETTER_EN, AIDE_MEMOIRE_ES, AIDE_MEMOIRE_EN)


def letter_with_body(html: str) -> LetterSnapshot:
    """Return a letter with this body."""
    return replace(LETTER_ES, body_html=html)


def jpeg(width: int = 60, height: int = 20) -> bytes:
    """Return an image that stands for a signature or a logo."""
    file = BytesIO()
    Image.new("RGB", (width, height), "navy").save(file, "JPEG")
    return file.getvalue()


def picture(width: int, height: int) -> bytes:
    """Return a PNG with a stroke of ink on transparent paper."""
    file, paper = BytesIO(), Image.new("RGBA", (width, height), (255, 255, 255, 0))
    ImageDraw.Draw(paper).line([(0, height // 2), (width, height // 3)], fill="navy", width=20)
    paper.save(file, "PNG")
    return file.getvalue()


def signed_with(image: bytes) -> LetterSnapshot:
    """Return a letter with this image as its signature."""
    return replace(
        LETTER_EN, signatories=(Signatory("Specimen One", "Director", signature=image_name(image)),)
    )
