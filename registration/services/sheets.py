"""Save several people of a spreadsheet at once: all rows or none."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from accounts import audit
from accounts.models import User
from registration import rules
from registration.fields import SENSITIVE
from registration.models import Delegation, Participant
from registration.services.capacity import lock_event_of
from registration.services.people import lock_delegation, on_behalf, save_person

Role = Participant.Role


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the sheet: the arguments of `save_person`.

    `beside` is the number of the row whose person this one accompanies, if that row is a new person.
    """

    row: int
    person: Participant | None
    key: UUID | None
    version: int | None
    fields: Mapping[str, object]
    beside: int | None = None


class EntriesRefused(rules.Refused):
    """Some rows were refused; `refusals` holds row numbers and refusals. Nothing was saved."""

    def __init__(self, refusals: Sequence[tuple[int, rules.Refused]]) -> None:
        super().__init__()
        self.refusals = list(refusals)

    def __str__(self) -> str:
        return " ".join(dict.fromkeys(str(refusal) for _row, refusal in self.refusals))


@transaction.atomic
def save_people(
    *, delegation: Delegation, entries: Sequence[Entry], language: str, actor: User
) -> dict[int, Participant]:
    """Save all rows, each with `save_person`; returns the people by row. Raises EntriesRefused.

    A head of delegation who gets another role is saved first, so that another row can become head.
    Accompanying persons are saved after the people whom they accompany.
    """
    delegation = lock_delegation(delegation)
    if delegation.participants.exclude(status=Participant.Status.DRAFT).exists():
        lock_event_of(delegation)  # a change of category needs this lock, and it comes before locks on people
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
    """Check whether `save_people` would succeed, by running it and rolling it back. Raises EntriesRefused."""
    save_people(delegation=delegation, entries=entries, language=language, actor=actor)
    transaction.set_rollback(True)


def record_download(*, delegation: Delegation, fields: Iterable[str], actor: User) -> None:
    """Record a download of these fields of all people, if any of the fields is sensitive."""
    sensitive = [name for name in fields if name in SENSITIVE]
    if sensitive:
        changes = {"fields": sensitive} | on_behalf(delegation, actor)
        audit.record(actor, "delegation.downloaded", delegation, changes=changes)


def _turn(entry: Entry) -> int:
    gives_up = bool(entry.person and entry.person.role == Role.HEAD)
    if gives_up and entry.fields.get("role", Role.HEAD) != Role.HEAD:
        return 0
    return 2 if entry.beside is not None else 1
