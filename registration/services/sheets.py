"""Several people kept at once, as a spreadsheet has them: all of them or nobody."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from accounts import audit
from accounts.models import User
from registration import rules
from registration.fields import SENSITIVE
from registration.models import Delegation, Participant
from registration.services.capacity import held_event
from registration.services.people import held, on_behalf, save_person

Role = Participant.Role


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: what it says of a person (`save_person`), and whom they accompany where that is a new row's person."""

    row: int
    person: Participant | None
    key: UUID | None
    version: int | None
    fields: Mapping[str, object]
    beside: int | None = None


class EntriesRefused(rules.Refused):
    """Some rows were refused, each by its number with the refusal; nothing was written."""

    def __init__(self, refusals: Sequence[tuple[int, rules.Refused]]) -> None:
        super().__init__()
        self.refusals = list(refusals)

    def __str__(self) -> str:
        return " ".join(dict.fromkeys(str(refusal) for _row, refusal in self.refusals))


@transaction.atomic
def save_people(
    *, delegation: Delegation, entries: Sequence[Entry], language: str, actor: User
) -> dict[int, Participant]:
    """Keep all rows, each as `save_person` does; returns the people by row. Raises EntriesRefused.

    Who ceases to be head goes first, so that somebody else can become it; company comes after whom it accompanies.
    """
    delegation = held(delegation)
    if delegation.participants.exclude(status=Participant.Status.DRAFT).exists():
        held_event(delegation)  # a row that enters another category needs it, and people are locked after it
    saved: dict[int, Participant] = {}
    refusals: list[tuple[int, rules.Refused]] = []
    for entry in sorted(entries, key=_turn):
        fields = dict(entry.fields)
        if entry.beside is not None:
            fields["accompanies"] = saved.get(entry.beside)
        try:
            with transaction.atomic():
                saved[entry.row] = save_person(
                    delegation=delegation,
                    person=entry.person,
                    fields=fields,
                    version=entry.version,
                    language=language,
                    actor=actor,
                    key=entry.key,
                )
        except rules.Refused as refusal:
            refusals.append((entry.row, refusal))
    if refusals:
        raise EntriesRefused(sorted(refusals, key=lambda one: one[0]))
    return saved


@transaction.atomic
def try_people(*, delegation: Delegation, entries: Sequence[Entry], language: str, actor: User) -> None:
    """Whether `save_people` would keep them: done and undone, so that the same code judges. Raises EntriesRefused."""
    save_people(delegation=delegation, entries=entries, language=language, actor=actor)
    transaction.set_rollback(True)


def record_download(*, delegation: Delegation, fields: Iterable[str], actor: User) -> None:
    """Note that these fields of everybody left the site in a file, where one of them is sensitive."""
    sensitive = [name for name in fields if name in SENSITIVE]
    if sensitive:
        changes = {"fields": sensitive} | on_behalf(delegation, actor)
        audit.record(actor, "delegation.downloaded", delegation, changes=changes)


def _turn(entry: Entry) -> int:
    gives_up = bool(entry.person and entry.person.role == Role.HEAD)
    if gives_up and entry.fields.get("role", Role.HEAD) != Role.HEAD:
        return 0
    return 2 if entry.beside is not None else 1
