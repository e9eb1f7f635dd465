"""Papers that say nothing: to warm a worker with, and to see every fixed word of a template once."""

from collections.abc import Callable

from documents.papers import (
    AideMemoireSnapshot,
    DelegationSnapshot,
    Fact,
    FactGroup,
    Letterhead,
    LetterSnapshot,
    Paper,
    PersonFacts,
    ProgrammeDay,
    ProgrammeSession,
    Role,
    Section,
    Signatory,
)

_BODY = (
    '<p>Specimen <em>one</em>, <strong>two</strong>, <a href="https://convoca.example/">Specimen</a>.</p>'
    "<ul><li>Specimen</li><li>Muestra</li></ul>"
)


def specimen(kind: str, language: str) -> Paper:
    """A paper of the kind ("letter", "aide-memoire" or "delegation") in which nothing is left out."""
    made: dict[str, Callable[[str], Paper]] = {
        "letter": _letter,
        "aide-memoire": _aide_memoire,
        "delegation": _delegation,
    }
    return made[kind](language)


def _letter(language: str) -> LetterSnapshot:
    return LetterSnapshot(
        language=language,
        title="Specimen",
        letterhead=Letterhead("Specimen", "Specimen", ("Specimen", "Muestra"), "Specimen"),
        reference="SPECIMEN/1",
        code="0000-0000-0000-0000",
        verify_url="https://convoca.example/verify/",
        addressee_lines=("Specimen One",),
        place_and_date="Specimen, 1 2 3 4 5 6 7 8 9 0",
        letter_date="2021-01-01",
        subject="Specimen",
        salutation_lines=("Specimen,", "Muestra:"),
        body_html=_BODY,
        closing="Specimen,",
        signatories=(Signatory("Specimen One", "Specimen", "Specimen"), Signatory("Muestra Dos", "Specimen")),
        recipient="Specimen One",
        page_date="1 2 3",
        contact=("Specimen One",),
        enclosures=("Specimen",),
        event_url="https://convoca.example/",
        specimen="Specimen",
    )


def _aide_memoire(language: str) -> AideMemoireSnapshot:
    sessions = (ProgrammeSession("Specimen", "09:00", "Specimen", _BODY, ("Specimen One",)),)
    return AideMemoireSnapshot(
        language=language,
        title="Specimen",
        heading="Specimen",
        organisation="Specimen",
        event_title="Specimen",
        date_line="Specimen",
        place="Specimen",
        reference="SPECIMEN/1",
        code="0000-0000-0000-0000",
        verify_url="https://convoca.example/verify/",
        issued="2021-01-01",
        organisers=(Role("Specimen", ("Specimen", "Muestra")),),
        sections=(Section("Specimen", _BODY),),
        programme=(ProgrammeDay("Specimen", sessions), ProgrammeDay("", (ProgrammeSession("Muestra"),))),
        contact=("Specimen One",),
        event_url="https://convoca.example/",
        specimen="Specimen",
    )


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
