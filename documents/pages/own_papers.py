"""The data of the page with a delegation's own documents: made, being made, or what is missing for them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from documents.composing.people import PASSPORT, confirmed_people, is_attendance_noted, missing_for_document
from documents.models import Batch, Document, Kind
from documents.models.kinds import PRIVATE
from events.models import Event
from jobs.models import State
from registration.fields import Asked
from registration.models import Delegation, Participant
from registration.overview import address_of
from registration.rules import Severity, Verdict

_KINDS_ABOUT_PEOPLE = (Kind.PERSON_CONFIRMATION, Kind.VISA_LETTER, Kind.CERTIFICATE)


@dataclass(frozen=True, slots=True)
class Slot:
    """One document of the delegation (without `person`) or of a person, or the reasons why it cannot be made."""

    kind: Kind
    person: Participant | None = None
    # For each language: the one in force, and the newest.
    documents: list[Document] = field(default_factory=list)
    is_ordered: bool = False
    reasons: list[str] = field(default_factory=list)
    mended_at: str = ""  # the page where the delegation can correct the first reason; "" if it cannot

    @property
    def is_waiting(self) -> bool:
        return self.is_ordered or any(one.is_waiting for one in self.documents)

    @property
    def is_made(self) -> bool:
        return any(one.is_current for one in self.documents)


class OwnPapers:
    """The data of the page about one delegation. Each query is made only once."""

    def __init__(self, delegation: Delegation) -> None:
        self._delegation, self._kinds = delegation, offered_kinds(delegation)
        self._documents = _newest_documents(delegation)
        self._ordered = set(_ordered_keys(delegation))

    @cached_property
    def confirmation(self) -> Slot | None:
        """The confirmation of the delegation, if it is offered."""
        return self._slot(Kind.CONFIRMATION) if Kind.CONFIRMATION in self._kinds else None

    @cached_property
    def people(self) -> list[tuple[Participant, list[Slot]]]:
        """Each confirmed person with the documents that are offered for people."""
        kinds = [kind for kind in self._kinds if kind in _KINDS_ABOUT_PEOPLE]
        return [
            (person, [self._slot(kind, person) for kind in kinds])
            for person in confirmed_people(self._delegation)
        ]

    @property
    def has_kinds_about_people(self) -> bool:
        """True if any kind of document is offered for single people."""
        return any(kind in _KINDS_ABOUT_PEOPLE for kind in self._kinds)

    @property
    def is_busy(self) -> bool:
        """True if any document is waiting or being made."""
        slots = [slot for _person, slots in self.people for slot in slots]
        return any(slot.is_waiting for slot in (*([self.confirmation] if self.confirmation else []), *slots))

    def _slot(self, kind: Kind, person: Participant | None = None) -> Slot:
        key = kind, person.pk if person else None
        documents = [document for versions in self._documents[key].values() for document in versions]
        reasons = list(missing_for_document(person, kind, noted=self._noted)) if person else []
        mended_at = self._page_for(person) if person and reasons and kind == Kind.VISA_LETTER else ""
        return Slot(kind, person, documents, key in self._ordered, reasons, mended_at)

    def _page_for(self, person: Participant) -> str:
        """Return the page where the first missing passport field is entered, or an expired date corrected."""
        missing = next((name for name in PASSPORT if not getattr(person, name)), "passport_expires_on")
        verdict = Verdict(Severity.INFO, "", person, missing)
        return address_of(verdict, self._delegation, self._asked)

    @cached_property
    def _asked(self) -> Asked:
        return Asked(self._delegation.event)

    @cached_property
    def _noted(self) -> bool:
        """True if certificates go only to people whose attendance is recorded."""
        return Kind.CERTIFICATE in self._kinds and is_attendance_noted(self._delegation.event)


def offered_kinds(delegation: Delegation) -> list[Kind]:
    """Return the kinds that the delegation can have: there is a template, and the kind fits the event."""
    event = delegation.event
    templates = set(event.templates.values_list("kind", flat=True))
    return [
        kind
        for kind in (Kind.CONFIRMATION, *_KINDS_ABOUT_PEOPLE)
        if kind in templates
        and (kind != Kind.CERTIFICATE or event.is_over)
        and (kind != Kind.VISA_LETTER or event.mode != Event.Mode.ONLINE)
    ]


def _newest_documents(delegation: Delegation) -> dict[tuple[str, int | None], dict[str, list[Document]]]:
    """Return the document in force and the newest one, by kind, person and language.

    Replaced, cancelled and deleted documents are left out. A newer document that is being made or has failed does
    not hide the one in force.
    """
    newest: dict[tuple[str, int | None], dict[str, list[Document]]] = defaultdict(lambda: defaultdict(list))
    made = Document.objects.filter(delegation=delegation, kind__in=PRIVATE, purged_at=None)
    shown = made.exclude(validity=Document.Validity.REPLACED).exclude(state=State.CANCELLED)
    for document in shown.defer("snapshot").order_by("pk"):
        before = newest[document.kind, document.participant_id][document.language]
        before[:] = [*(other for other in before if other.is_current), document]
    return newest


def _ordered_keys(delegation: Delegation) -> Iterable[tuple[str, int | None]]:
    """Yield the kind and person of documents that are ordered but have no row yet."""
    for batch in Batch.objects.waiting().filter(event=delegation.event, kind__in=PRIVATE):
        for person in batch.options.get("people", ()):
            yield batch.kind, person
        if delegation.pk in batch.options.get("delegations", ()):
            yield batch.kind, None
