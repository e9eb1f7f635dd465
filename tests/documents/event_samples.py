"""Papers of an event with all their parts filled in: long days, names in many scripts, numbered paragraphs."""

from typing import Any

from documents.papers import (
    AgendaEntry,
    AgendaSnapshot,
    NumberedSection,
    Paragraph,
    PracticalNoteSnapshot,
    ProgrammeDay,
    ProgrammeSession,
    ProgrammeSnapshot,
    Role,
    Speaker,
    Speakers,
)

NAMES = (
    "Łukasz Żółć",
    "Дмитрий Қасымұлы",
    "Ελένη",
    "محمد علي",
    "דוד",
    "नेपाल",
    "ประเทศไทย",
    "თამარ",
    "Արմեն",
    "አዲስ",
)


def common_fields(language: str, heading: str) -> dict[str, Any]:
    """Return the fields that every paper of the event has."""
    title = {"en": "Specimen Assembly and Related Meetings", "es": "Asamblea de muestra y reuniones conexas"}
    return {
        "language": language,
        "title": f"{heading}: {title[language]}",
        "heading": heading,
        "organisation": {"en": "Specimen Organization", "es": "Organización de Muestra"}[language],
        "event_title": title[language],
        "date_line": {"en": "1–4 October 2026", "es": "1 al 4 de octubre de 2026"}[language],
        "place": {"en": "Hall, Geneva (Switzerland)", "es": "Sala, Ginebra (Suiza)"}[language],
        "reference": f"SPEC-A-PRG-{language.upper()}",
        "code": "4DQ8-T2WM-9KXA-77RH",
        "verify_url": "https://convoca.example/verify/4DQ8-T2WM-9KXA-77RH/",
        "issued": "2026-09-01",
        "organisers": (Role({"en": "Organized by", "es": "Organiza"}[language], ("Specimen", "Muestra")),),
        "event_url": f"https://convoca.example/{language}/events/specimen-assembly/",
        "specimen": "Specimen",
    }


def _day(label: str, word: str, count: int) -> ProgrammeDay:
    return ProgrammeDay(
        label,
        tuple(
            ProgrammeSession(
                f"{word} {number}",
                f"{8 + number // 2:02}:{number % 2 * 30:02}",
                f"{word[:4]}. {number % 3 + 1}",
                "<p>Palabra word palabra word.</p>",
                (Speakers(word, (Speaker(NAMES[number % len(NAMES)], "Directora"),)),),
                is_break=number % 7 == 6,
            )
            for number in range(count)
        ),
    )


PROGRAMME_EN = ProgrammeSnapshot(
    **common_fields("en", "Provisional programme"),
    days=(
        _day("Thursday, 1 October 2026", "Session", 26),
        _day("Friday, 2 October 2026", "Session", 4),
        ProgrammeDay("", (ProgrammeSession("Without a day"), ProgrammeSession("Another", room="Hall B"))),
    ),
    clock="All times are Geneva time.",
)
PROGRAMME_ES = ProgrammeSnapshot(
    **common_fields("es", "Programa"), days=(_day("Jueves, 1 de octubre de 2026", "Sesión", 5),)
)
AGENDA_ES = AgendaSnapshot(
    **common_fields("es", "Orden del día provisional anotado"),
    items=tuple(
        AgendaEntry(f"Punto que se examina {number}", "Comisión Permanente de Muestra", "<p>Se examina.</p>")
        for number in range(1, 13)
    ),
)
AGENDA_EN = AgendaSnapshot(
    **common_fields("en", "Agenda"),
    items=(AgendaEntry("Opening"), AgendaEntry("Elections", "Governing Council")),
)
PRACTICAL_NOTE_EN = PracticalNoteSnapshot(
    **common_fields("en", "Practical information note"),
    sections=(
        NumberedSection(
            "Participation and registration",
            (
                Paragraph(1, "<p>Who may come.</p>"),
                Paragraph(2, "<p>By what:</p><ul><li>the link;</li><li>the form.</li></ul>"),
            ),
        ),
        NumberedSection("Hotels", (Paragraph(3, "<p>Where to stay.</p>"),)),
    ),
    contact=("Specimen Contact", "assembly@convoca.example"),
    contact_html="<p>Write in any working language.</p>",
)
PRACTICAL_NOTE_ES = PracticalNoteSnapshot(
    **common_fields("es", "Nota de información práctica"),
    sections=(
        NumberedSection(
            "Visados",
            tuple(
                Paragraph(number, f"<p>{'El visado se solicita con tiempo. ' * 12}</p>")
                for number in range(1, 22)
            ),
        ),
    ),
)

EVENT_PAPERS = (PROGRAMME_EN, PROGRAMME_ES, AGENDA_EN, AGENDA_ES, PRACTICAL_NOTE_EN, PRACTICAL_NOTE_ES)
