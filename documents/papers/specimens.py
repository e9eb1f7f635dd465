"""Sample papers without real data: they warm up a worker and show every fixed text of a template once."""

from collections.abc import Callable
from typing import Any

from documents.papers import (
    AgendaEntry,
    AgendaSnapshot,
    AideMemoireSnapshot,
    BadgeFace,
    BadgesSnapshot,
    CertificateSnapshot,
    DelegationLetterSnapshot,
    DelegationSnapshot,
    Fact,
    FactGroup,
    Letterhead,
    LetterSnapshot,
    Line,
    Listed,
    ListedBody,
    ListedPart,
    ListedPerson,
    NumberedSection,
    Paper,
    Paragraph,
    ParticipantsSnapshot,
    PersonFacts,
    PersonLetterSnapshot,
    PracticalNoteSnapshot,
    ProgrammeDay,
    ProgrammeSession,
    ProgrammeSnapshot,
    Role,
    Section,
    Signatory,
    Speaker,
    Speakers,
)

_BODY = (
    '<p>Specimen <em>one</em>, <strong>two</strong>, <a href="https://convoca.example/">Specimen</a>.</p>'
    "<ul><li>Specimen</li><li>Muestra</li></ul>"
)


def specimen(kind: str, language: str) -> Paper:
    """Return a paper of this kind, a key of `PAPERS`, with all its fields filled in."""
    made: dict[str, Callable[[str], Paper]] = {
        "letter": _letter,
        "aide-memoire": _aide_memoire,
        "programme": _programme,
        "agenda": _agenda,
        "practical-note": _practical_note,
        "delegation": _delegation,
        "participants": _participants,
        "badges": _badges,
        "person-letter": _person_letter,
        "delegation-letter": _delegation_letter,
        "certificate": _certificate,
    }
    return made[kind](language)


def _letter(language: str) -> LetterSnapshot:
    return LetterSnapshot(**_letter_fields(language))


def _letter_fields(language: str) -> dict[str, Any]:
    return {
        "language": language,
        "title": "Specimen",
        "letterhead": Letterhead("Specimen", "Specimen", ("Specimen", "Muestra"), "Specimen"),
        "reference": "SPECIMEN/1",
        "code": "0000-0000-0000-0000",
        "verify_url": "https://convoca.example/verify/",
        "addressee_lines": ("Specimen One",),
        "place_and_date": "Specimen, 1 2 3 4 5 6 7 8 9 0",
        "letter_date": "2021-01-01",
        "subject": "Specimen",
        "salutation_lines": ("Specimen,", "Muestra:"),
        "body_html": _BODY,
        "closing": "Specimen,",
        "signatories": (
            Signatory("Specimen One", "Specimen", "Specimen"),
            Signatory("Muestra Dos", "Specimen"),
        ),
        "recipient": "Specimen One",
        "page_date": "1 2 3",
        "contact": ("Specimen One",),
        "enclosures": ("Specimen",),
        "organisers": (Role("Specimen", ("Specimen", "Muestra")),),
        "event_url": "https://convoca.example/",
        "specimen": "Specimen",
    }


def _event_paper(language: str) -> dict[str, Any]:
    return {
        "language": language,
        "title": "Specimen",
        "heading": "Specimen",
        "organisation": "Specimen",
        "event_title": "Specimen",
        "date_line": "Specimen",
        "place": "Specimen",
        "reference": "SPECIMEN/1",
        "code": "0000-0000-0000-0000",
        "verify_url": "https://convoca.example/verify/",
        "issued": "2021-01-01",
        "organisers": (Role("Specimen", ("Specimen", "Muestra")),),
        "contact": ("Specimen One",),
        "contact_html": _BODY,
        "event_url": "https://convoca.example/",
        "specimen": "Specimen",
    }


_SPEAKERS = Speakers("Specimen", (Speaker("Specimen One", "Specimen"), Speaker("Muestra Dos")))


def _days() -> tuple[ProgrammeDay, ...]:
    sessions = (
        ProgrammeSession("Specimen", "09:00", "Specimen", _BODY, (_SPEAKERS,)),
        ProgrammeSession("Specimen", "10:00", is_break=True),
    )
    return (ProgrammeDay("Specimen", sessions), ProgrammeDay("", (ProgrammeSession("Muestra"),)))


def _aide_memoire(language: str) -> AideMemoireSnapshot:
    sections = (Section("Specimen", _BODY),)
    return AideMemoireSnapshot(
        **_event_paper(language), sections=sections, programme=_days(), closing_sections=sections
    )


def _programme(language: str) -> ProgrammeSnapshot:
    return ProgrammeSnapshot(**_event_paper(language), days=_days(), clock="Specimen")


def _agenda(language: str) -> AgendaSnapshot:
    return AgendaSnapshot(**_event_paper(language), items=(AgendaEntry("Specimen", "Specimen", _BODY),))


def _practical_note(language: str) -> PracticalNoteSnapshot:
    sections = (NumberedSection("Specimen", (Paragraph(1, _BODY),)),)
    return PracticalNoteSnapshot(**_event_paper(language), sections=sections)


def _delegation(language: str) -> DelegationSnapshot:
    facts = (Fact("Specimen", "Muestra", "es"),)
    return DelegationSnapshot(
        language=language,
        title="Specimen",
        delegation="Specimen",
        event_title="Specimen",
        status="Specimen",
        as_of="Specimen",
        issued="2021-01-01",
        facts=facts,
        people=(PersonFacts("Specimen One", "Specimen", "Specimen", (FactGroup("Specimen", facts),)),),
        notes=("Specimen",),
    )


def _person_letter(language: str) -> PersonLetterSnapshot:
    facts = (Fact("Specimen", "Muestra", "es"),)
    return PersonLetterSnapshot(**_letter_fields(language), holder="Specimen", facts=facts)


def _delegation_letter(language: str) -> DelegationLetterSnapshot:
    people = (Listed("Specimen One", "Specimen", "Specimen"), Listed("Muestra Dos", "Muestra"))
    return DelegationLetterSnapshot(**_letter_fields(language), people=people)


def _certificate(language: str) -> CertificateSnapshot:
    return CertificateSnapshot(
        language=language,
        title="Specimen",
        letterhead=Letterhead("Specimen"),
        heading="Specimen",
        lead="Specimen",
        name="Specimen One",
        body_html=_BODY,
        place_and_date="Specimen, 1 2 3 4 5 6 7 8 9 0",
        issued="2021-01-01",
        signatories=(Signatory("Specimen One", "Specimen", "Specimen"), Signatory("Muestra Dos", "Specimen")),
        reference="SPECIMEN/1",
        code="0000-0000-0000-0000",
        verify_url="https://convoca.example/verify/",
        specimen="Specimen",
    )


def _participants(language: str) -> ParticipantsSnapshot:
    people = (ListedPerson("Specimen", "Specimen", "One", "Specimen", (Line("Muestra", "es"),)),)
    bodies = (ListedBody("Specimen", "Specimen", people), ListedBody("", "", people))
    return ParticipantsSnapshot(
        **_event_paper(language),
        status="Specimen",
        parts=(ListedPart("Specimen", bodies),),
        genders="Specimen",
        note="Specimen",
    )


def _badges(language: str) -> BadgesSnapshot:
    code = "0000-0000-0000-0000"
    printed: dict[str, Any] = {
        "code": code,
        "address": f"https://convoca.example/verify/{code}/",
        "tone": "members",
    }
    person = BadgeFace(
        1,
        word="Specimen",
        other_word="Muestra",
        name="Specimen One",
        function="Muestra",
        function_language="es",
        body="Specimen",
        **printed,
    )
    return BadgesSnapshot(
        language=language,
        title="Specimen",
        form="a6",
        event_title="Specimen",
        event_line="Specimen",
        issued="2021-01-01",
        has_photos=True,
        faces=(person, BadgeFace(2, word="Specimen", other_word="", is_blank=True, **printed)),
        specimen="Specimen",
    )
