"""The papers of one delegation and of its people: what there is, what is on the way, and what is missing for others."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from documents.composing.people import confirmed, is_attendance_noted, lacking
from documents.models import Batch, Document, Kind
from documents.models.kinds import PRIVATE
from events.models import Event
from jobs.models import State
from registration.models import Delegation, Participant

_OF_PEOPLE = (Kind.PERSON_CONFIRMATION, Kind.VISA_LETTER, Kind.CERTIFICATE)


@dataclass(frozen=True, slots=True)
class Slot:
    """One paper of the delegation (without `person`) or of a person: what there is, and what keeps it from being."""

    kind: Kind
    person: Participant | None = None
    documents: list[Document] = field(default_factory=list)  # the newest of each language
    is_ordered: bool = False
    reasons: list[str] = field(default_factory=list)

    @property
    def is_waiting(self) -> bool:
        return self.is_ordered or any(one.is_waiting for one in self.documents)

    @property
    def is_made(self) -> bool:
        return any(one.is_current for one in self.documents)


class OwnPapers:
    """What the page of one delegation shows; everything is asked for once."""

    def __init__(self, delegation: Delegation) -> None:
        self._delegation, self._kinds = delegation, offered(delegation)
        self._documents = _newest(delegation)
        self._ordered = set(_ordered(delegation))

    @cached_property
    def whole(self) -> Slot | None:
        """The confirmation of the delegation, where it is offered."""
        return self._slot(Kind.CONFIRMATION) if Kind.CONFIRMATION in self._kinds else None

    @cached_property
    def people(self) -> list[tuple[Participant, list[Slot]]]:
        """Each confirmed person with what can be had for them."""
        kinds = [kind for kind in self._kinds if kind in _OF_PEOPLE]
        return [
            (person, [self._slot(kind, person) for kind in kinds]) for person in confirmed(self._delegation)
        ]

    @property
    def are_of_people(self) -> bool:
        """Whether anything is offered for single people."""
        return any(kind in _OF_PEOPLE for kind in self._kinds)

    @property
    def is_busy(self) -> bool:
        """Whether anything is on the way."""
        slots = [slot for _person, slots in self.people for slot in slots]
        return any(slot.is_waiting for slot in (*([self.whole] if self.whole else []), *slots))

    def _slot(self, kind: Kind, person: Participant | None = None) -> Slot:
        key = kind, person.pk if person else None
        documents = list(self._documents[key].values())
        reasons = list(lacking(person, kind, noted=self._noted)) if person else []
        return Slot(kind, person, documents, key in self._ordered, reasons)

    @cached_property
    def _noted(self) -> bool:
        """Whether certificates go to those alone who are noted as having attended."""
        return Kind.CERTIFICATE in self._kinds and is_attendance_noted(self._delegation.event)


def offered(delegation: Delegation) -> list[Kind]:
    """The kinds that the delegation can ask for: the secretariat has written their words, and it is their time."""
    event = delegation.event
    if event.is_off:
        return []
    templates = set(event.templates.values_list("kind", flat=True))
    return [
        kind
        for kind in (Kind.CONFIRMATION, *_OF_PEOPLE)
        if kind in templates
        and (kind != Kind.CERTIFICATE or event.is_over)
        and (kind != Kind.VISA_LETTER or event.mode != Event.Mode.ONLINE)
    ]


def _newest(delegation: Delegation) -> dict[tuple[str, int | None], dict[str, Document]]:
    """By kind and person the newest of each language; without what was replaced, cancelled or deleted."""
    found: dict[tuple[str, int | None], dict[str, Document]] = defaultdict(dict)
    made = Document.objects.filter(delegation=delegation, kind__in=PRIVATE, purged_at=None)
    shown = made.exclude(validity=Document.Validity.REPLACED).exclude(state=State.CANCELLED)
    for one in shown.defer("snapshot").order_by("pk"):
        found[one.kind, one.participant_id][one.language] = one
    return found


def _ordered(delegation: Delegation) -> Iterable[tuple[str, int | None]]:
    """Of what an order waits whose documents are not written down yet."""
    for batch in Batch.objects.waiting().filter(event=delegation.event, kind__in=PRIVATE):
        for person in batch.options.get("people", ()):
            yield batch.kind, person
        if delegation.pk in batch.options.get("delegations", ()):
            yield batch.kind, None
