"""The content of the page of one delegation, in reading order."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Prefetch
from django.utils.text import capfirst

from accounts.models import User
from accounts.privacy import MASK
from accounts.requests import parse_number
from events.models import Event, Organisation, Window
from registration import history, rules, services
from registration.addresses import is_known
from registration.admin.moves import DELEGATION_MOVES, PERSON_MOVES, Move
from registration.admin.standing import labelled_counts
from registration.deadlines import Deadline, window_of
from registration.fields import CATALOGUE, SENSITIVE
from registration.forms.person import shown_value
from registration.models import (
    IDENTITY,
    Acceptance,
    Candidate,
    ChangeRequest,
    Delegation,
    Participant,
    Upload,
)

Status = Participant.Status
Comparison = list[tuple[str, str, str]]  # label, before, after


@dataclass(frozen=True, slots=True)
class Coordinator:
    """A coordinator of the delegation.

    `is_unknown`: the parliament's contacts do not confirm that the address belongs to the parliament.
    """

    user: User
    is_first: bool
    is_unknown: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One person of the table. `names` are the names of all people of the delegation, by key."""

    person: Participant
    photo: Upload | None
    files: list[Upload]
    moves: list[Move]
    names: Mapping[int, str]

    @property
    def can_be_confirmed(self) -> bool:
        return self.person.status == Status.SUBMITTED

    @property
    def substitutes(self) -> str:
        """The name of the person whom this one replaces."""
        return self.names.get(self.person.substitutes_id or 0, "")

    @property
    def accompanies(self) -> str:
        return self.names.get(self.person.accompanies_id or 0, "")

    @property
    def identity(self) -> Comparison:
        """The confirmed and the present identity, if a change waits for the secretariat."""
        was = self.person.confirmed_identity if self.person.status == Status.SUBMITTED else None
        now = self.person.identity
        return (
            comparison_of(was, {name: now[name] for name in IDENTITY if name in was}, self.names)
            if was
            else []
        )


@dataclass(frozen=True, slots=True)
class ShownRequest:
    """A request of the delegation, as its page shows it."""

    request: ChangeRequest
    names: Mapping[int, str]

    @property
    def is_stale(self) -> bool:
        """True if its subject was changed after the request was made, so that it can only be refused."""
        return services.is_stale(self.request)

    @property
    def changes(self) -> Comparison:
        """Label, present value and requested value by field. A new person has no present values."""
        fields, subject = services.proposed_values(self.request), self.request.subject
        now = {name: getattr(subject, name) for name in fields} if subject else {}
        return comparison_of(now, {name: fields[name] for name in CATALOGUE if name in fields}, self.names)

    @property
    def opened(self) -> Comparison:
        """The sensitive fields, with present and requested value unmasked."""
        return [
            (
                capfirst(CATALOGUE[name].label),
                shown_value(name, getattr(self.request.subject, name, None)),
                shown_value(name, value),
            )
            for name, value in services.proposed_values(self.request).items()
            if name in CATALOGUE and _is_hidden(name)
        ]

    @property
    def is_masked(self) -> bool:
        """True if the request proposes values that are masked."""
        fields = self.request.proposal.get("fields", {})
        return any(name in CATALOGUE and _is_hidden(name) and value for name, value in fields.items())


@dataclass(frozen=True, slots=True)
class Term:
    """The end of a stage for everybody, and the extension of this delegation."""

    stage: str
    window: Window
    extended: Window | None
    reason: str


class DelegationPage:
    """The page of one delegation for one officer."""

    def __init__(self, delegation: Delegation, reader: User, at: datetime) -> None:
        self.delegation, self.reader, self.at = delegation, reader, at

    @staticmethod
    def find(pk: str) -> Delegation | None:
        """The delegation with all rows that the page needs, or None."""
        requests = ChangeRequest.objects.select_related("participant", "asked_by", "answered_by")
        acceptances = Acceptance.objects.select_related("declaration", "user")
        delegations = Delegation.objects.with_terms().select_related(
            "event", "organisation", "lead", "invitation"
        )
        return (
            delegations.prefetch_related(
                "coordinators",
                "organisation__parliament__contacts",
                Prefetch("requests", requests),
                Prefetch("acceptances", acceptances),
            )
            .filter(pk=parse_number(pk))
            .first()
        )

    @property
    def coordinators(self) -> list[Coordinator]:
        """The first coordinator is first in the list."""
        organisation = self.delegation.organisation
        parliament = getattr(organisation, "parliament", None)
        contacts = [contact.email for contact in parliament.contacts.all()] if parliament else []
        coordinators = [
            Coordinator(
                user,
                user.pk == self.delegation.lead_id,
                organisation is not None and not user.is_staff and not is_known(user.email, contacts),
            )
            for user in self.delegation.coordinators.all()
        ]
        return sorted(coordinators, key=lambda one: not one.is_first)

    @cached_property
    def candidates(self) -> list[Candidate]:
        """Users who are invited to coordinate, or ask to, and wait for the other side."""
        return list(self.delegation.candidates.pending(self.at).select_related("user"))

    @cached_property
    def people(self) -> list[Participant]:
        """People in order of precedence, without those removed before they were ever submitted."""
        people = sorted(self.delegation.participants.all(), key=lambda one: (one.order, one.pk))
        return [one for one in people if one.submitted_at or one.status != Status.CANCELLED]

    @cached_property
    def names(self) -> dict[int, str]:
        return {person.pk: str(person) for person in self.delegation.participants.all()}

    @cached_property
    def rows(self) -> list[Row]:
        files: dict[int | None, list[Upload]] = {}
        for upload in self.delegation.uploads.all():
            files.setdefault(upload.participant_id, []).append(upload)
        return [self._row(person, files.get(person.pk, [])) for person in self.people]

    def _row(self, person: Participant, files: list[Upload]) -> Row:
        photo = next((file for file in files if file.kind == Upload.Kind.PHOTO), None)
        moves = (
            [] if self.delegation.has_ended else [move for move in PERSON_MOVES if move.is_possible(person)]
        )
        return Row(person, photo, [file for file in files if file is not photo], moves, self.names)

    @cached_property
    def figures(self) -> rules.Figures:
        return rules.figures(self.people)

    @cached_property
    def verdicts(self) -> list[rules.Verdict]:
        """Empty once the delegation has ended or the event is over.

        Data deleted since then does not count as missing.
        """
        is_past = self.delegation.has_ended or self.delegation.event.is_over
        return [] if is_past else rules.judge(self.delegation, self.people)

    @property
    def blocking(self) -> list[rules.Verdict]:
        """The verdicts that prevent submission."""
        return rules.blocking(self.verdicts)

    @property
    def remarks(self) -> list[rules.Verdict]:
        """The other verdicts."""
        blocking = self.blocking
        return [verdict for verdict in self.verdicts if verdict not in blocking]

    @property
    def moves(self) -> list[Move]:
        """The actions on the delegation as a whole, except confirming it."""
        return [move for move in DELEGATION_MOVES if move.is_possible(self.delegation)]

    @cached_property
    def to_confirm(self) -> list[Participant]:
        """The people whom a confirmation would confirm."""
        is_submitted = self.delegation.status == Delegation.Status.SUBMITTED
        return [one for one in self.people if is_submitted and one.status == Status.SUBMITTED]

    @cached_property
    def changed_identities(self) -> list[Row]:
        return [row for row in self.rows if row.identity]

    @cached_property
    def pending(self) -> list[ShownRequest]:
        """The requests without an answer, the oldest first."""
        asked = [one for one in self.delegation.requests.all() if one.state == ChangeRequest.State.PENDING]
        return [
            ShownRequest(one, self.names) for one in sorted(asked, key=lambda one: (one.asked_at, one.pk))
        ]

    @cached_property
    def answered(self) -> list[ChangeRequest]:
        return [one for one in self.delegation.requests.all() if one.state != ChangeRequest.State.PENDING]

    @cached_property
    def changes(self) -> list[history.Change]:
        """The changes since the delegation was returned."""
        return history.changes_since_return(self.delegation, self.people)

    @cached_property
    def lines(self) -> list[history.Line]:
        return history.full_history(self.delegation, self.reader, self.people)

    @property
    def files(self) -> list[Upload]:
        """The files of the delegation as a whole."""
        return [upload for upload in self.delegation.uploads.all() if upload.participant_id is None]

    @property
    def acceptances(self) -> list[Acceptance]:
        """The latest answer to each declaration."""
        latest: dict[int, Acceptance] = {}
        for one in self.delegation.acceptances.all():
            latest.setdefault(one.declaration_id, one)
        return list(latest.values())

    @property
    def terms(self) -> list[Term]:
        return terms_of(self.delegation.event, self.delegation.organisation)

    @property
    def deadline(self) -> Deadline | None:
        return Deadline.of(self.delegation.event, self.at, self.delegation.organisation)

    @property
    def statuses(self) -> list[tuple[str, int]]:
        """The number of people by status label."""
        return labelled_counts(Status, Counter(str(one.status) for one in self.people))

    @property
    def functions(self) -> list[Participant]:
        """People with a function that may lack its translation."""
        return [one for one in self.people if one.is_present and (one.function or one.body_function)]

    @cached_property
    def panellists(self) -> int:
        """The number of the programme's panellists who are not in this group yet; 0 for other delegations."""
        is_group = self.delegation.group == Delegation.Group.PANELLISTS
        return len(services.untaken_panellists(self.delegation)) if is_group else 0


def terms_of(event: Event, organisation: Organisation | None) -> list[Term]:
    """The stages of the event, with their ends and the extensions of the organisation."""
    return [term for stage in Window.Stage if (term := _term(event, organisation, stage))]


def _term(event: Event, organisation: Organisation | None, stage: Window.Stage) -> Term | None:
    window = window_of(event, stage)
    own = window_of(event, stage, organisation=organisation)
    if not window or not own:
        return None
    granted = (one for one in event.extensions.all() if one.covers(stage, window.closes_at))
    reasons = [one.reason for one in granted if organisation and one.organisation_id == organisation.pk]
    is_extended = own.closes_at > window.closes_at
    return Term(str(stage.label), window, own if is_extended else None, " ".join(reasons))


def comparison_of(
    before: Mapping[str, Any], after: Mapping[str, Any], names: Mapping[int, str]
) -> Comparison:
    """Label, old and new value of the fields that differ; sensitive fields are always listed, masked."""
    return [
        (capfirst(CATALOGUE[name].label), _told(name, before.get(name), names), _told(name, value, names))
        for name, value in after.items()
        if _told(name, before.get(name), {}) != _told(name, value, {}) or _is_hidden(name)
    ]


def _is_hidden(name: str) -> bool:
    return name in SENSITIVE


def _told(name: str, value: Any, names: Mapping[int, str]) -> str:
    if value is None or value == "":
        return "–"
    if _is_hidden(name):
        return MASK
    if name == "accompanies" and isinstance(value, int):
        return names.get(value, str(value))
    return shown_value(name, value)
