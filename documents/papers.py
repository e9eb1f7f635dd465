"""What a paper says, complete and frozen: the only thing that rendering reads.

A snapshot is stored as plain JSON, so that a paper can be made again years later and
compared with the one in hand.
"""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Self, get_args, get_origin, get_type_hints

IDENTITY = ("reference", "code", "verify_url", "issued")
"""What tells two otherwise equal papers apart; left out when their content is compared."""


class SnapshotError(ValueError):
    """A stored snapshot that this version of the site cannot read."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """How a paper is stored and read back."""

    kind: ClassVar[str]
    version: ClassVar[int]

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON: text, numbers, lists and dictionaries, with the kind and the version of its form."""
        return {"kind": self.kind, "version": self.version, **_plain(asdict(self))}

    @classmethod
    def from_dict(cls, stored: dict[str, Any]) -> Self:
        """The snapshot that `to_dict` wrote. Raises SnapshotError for another kind, version or fields."""
        fields = dict(stored)
        form = (fields.pop("kind", None), fields.pop("version", None))
        if form != (cls.kind, cls.version):
            raise SnapshotError(f"Not version {cls.version} of a {cls.kind} snapshot: {form}")
        try:
            snapshot: Self = _revive(cls, fields)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise SnapshotError(f"Not the fields of a {cls.kind} snapshot: {error}") from error
        return snapshot


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes. `lines` are telephones, e-mail, street, web address, as they are to be printed."""

    organisation: str
    motto: str = ""
    lines: tuple[str, ...] = ()
    office: str = ""


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs. `signature` is the name of an image, or empty for a slot to sign in by hand."""

    name: str
    title: str
    organisation: str = ""
    signature: str = ""


@dataclass(frozen=True, slots=True)
class LetterSnapshot(Snapshot):
    """A letter, every word of it chosen: `title` is the file's, `recipient` and `page_date` head page 2.

    `body_html` is clean rich text with its placeholders filled in. `step` is how small it is set, 0 to 2.
    """

    kind: ClassVar[str] = "letter"
    version: ClassVar[int] = 1

    language: str
    title: str
    letterhead: Letterhead
    reference: str
    code: str
    verify_url: str
    addressee_lines: tuple[str, ...]
    place_and_date: str
    letter_date: str
    salutation_lines: tuple[str, ...]
    body_html: str
    closing: str
    signatories: tuple[Signatory, ...]
    recipient: str
    page_date: str
    subject: str = ""
    contact: tuple[str, ...] = ()
    enclosures: tuple[str, ...] = ()
    event_url: str = ""
    specimen: str = ""
    step: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    body_html: str


@dataclass(frozen=True, slots=True)
class Role:
    """Organisers who share a role: "Co-organized by", and their names."""

    label: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProgrammeSession:
    """One line of the programme. `time` is empty when the event gives no hours."""

    title: str
    time: str = ""
    room: str = ""
    description_html: str = ""
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProgrammeDay:
    """The sessions of one day; `label` is empty when the event names no days."""

    label: str
    sessions: tuple[ProgrammeSession, ...]

    @property
    def is_timed(self) -> bool:
        """Whether any session has hours; a day without them is a list in order, not a timetable."""
        return any(session.time for session in self.sessions)


@dataclass(frozen=True, slots=True)
class AideMemoireSnapshot(Snapshot):
    """An aide-memoire: `title` is the file's, `heading` the organisation's own word for this paper.

    `step` is how small it is set, 0 to 2.
    """

    kind: ClassVar[str] = "aide-memoire"
    version: ClassVar[int] = 1

    language: str
    title: str
    heading: str
    organisation: str
    event_title: str
    date_line: str
    place: str
    reference: str
    code: str
    verify_url: str
    issued: str
    organisers: tuple[Role, ...] = ()
    sections: tuple[Section, ...] = ()
    programme: tuple[ProgrammeDay, ...] = ()
    contact: tuple[str, ...] = ()
    event_url: str = ""
    specimen: str = ""
    step: int = 0


@dataclass(frozen=True, slots=True)
class Fact:
    """A field and what was entered; `language` is that of the words where it may be another than the paper's."""

    label: str
    value: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class FactGroup:
    """The facts of one part of the form."""

    heading: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """One person of a delegation: how they are named, their role and status, and what else was entered."""

    name: str
    role: str
    status: str
    groups: tuple[FactGroup, ...] = ()


@dataclass(frozen=True, slots=True)
class DelegationSnapshot(Snapshot):
    """What a delegation has entered, as of a moment. It proves nothing and carries no code.

    `title` is the file's, `as_of` the moment in words, `notes` say what is left out.
    """

    kind: ClassVar[str] = "delegation"
    version: ClassVar[int] = 1

    language: str
    title: str
    delegation: str
    event_title: str
    status: str
    as_of: str
    issued: str
    facts: tuple[Fact, ...] = ()
    people: tuple[PersonFacts, ...] = ()
    notes: tuple[str, ...] = ()
    reference: str = ""
    code: str = ""
    verify_url: str = ""
    step: int = 0


Paper = LetterSnapshot | AideMemoireSnapshot | DelegationSnapshot

PAPERS: dict[str, type[LetterSnapshot] | type[AideMemoireSnapshot] | type[DelegationSnapshot]] = {
    paper.kind: paper for paper in (LetterSnapshot, AideMemoireSnapshot, DelegationSnapshot)
}


def read_paper(stored: dict[str, Any]) -> Paper:
    """The paper of whichever kind was stored. Raises SnapshotError."""
    try:
        kind = PAPERS[stored["kind"]]
    except (KeyError, TypeError) as error:
        raise SnapshotError(f"Not a stored paper: {error}") from error
    return kind.from_dict(stored)


def content(paper: Paper) -> dict[str, Any]:
    """What the paper says, without what only identifies it."""
    return {name: value for name, value in paper.to_dict().items() if name not in IDENTITY}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, list | tuple) else value


def _revive(kind: Any, value: Any) -> Any:
    """The value that `to_dict` took apart, put together again after the field's type."""
    if hasattr(kind, "__dataclass_fields__"):
        hints = get_type_hints(kind)
        return kind(**{name: _revive(hints[name], part) for name, part in value.items()})
    if get_origin(kind) is tuple:
        return tuple(_revive(get_args(kind)[0], part) for part in value)
    if not isinstance(value, kind):
        raise TypeError(f"{value!r} is not {kind.__name__}")
    return value
