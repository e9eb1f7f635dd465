"""The data of the tracker: the state of the letters to each parliament, and totals by region."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Prefetch, TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from documents.models import Delivery, Document, Kind
from documents.planned_mails import contacts_of
from events.models import Event, Organisation
from registration.figures import Row, Table, region_names, region_of
from registration.models import Delegation, Invitation, Parliament

State = Delivery.State
REGISTERED = {Delegation.Status.SUBMITTED, Delegation.Status.RETURNED, Delegation.Status.CONFIRMED}


class Stage(TextChoices):
    """The state of the letters to one parliament. Of several mails, the most urgent one decides."""

    NONE = "none", pgettext_lazy("delivery", "no letter")
    UNSENT = "unsent", pgettext_lazy("delivery", "not sent")
    BOUNCED = State.BOUNCED.value, pgettext_lazy("delivery", "returned")
    FAILED = State.FAILED.value, pgettext_lazy("delivery", "failed")
    IN_DOUBT = State.IN_DOUBT.value, pgettext_lazy("delivery", "in doubt")
    DRAFT = State.DRAFT.value, pgettext_lazy("delivery", "to be reviewed")
    QUEUED = State.QUEUED.value, pgettext_lazy("delivery", "waiting")
    SENT = State.SENT.value, pgettext_lazy("delivery", "sent")


TONES: dict[str, str] = {
    State.SENT: "good",
    State.IN_DOUBT: "warn",
    State.FAILED: "bad",
    State.BOUNCED: "bad",
    Stage.UNSENT: "warn",
}


@dataclass
class Track:
    """One invited parliament: its letters, newest of each language first, with their deliveries, and its delegation."""

    invitation: Invitation
    delegation: Delegation | None
    documents: list[Document] = field(default_factory=list)

    @property
    def organisation(self) -> Organisation:
        return self.invitation.organisation

    @property
    def parliament(self) -> Parliament | None:
        return getattr(self.organisation, "parliament", None)

    @property
    def region(self) -> str:
        return region_of(self.parliament)

    @cached_property
    def letters(self) -> list[Document]:
        """The letters in force."""
        return [one for one in self.documents if one.is_current]

    @cached_property
    def latest(self) -> list[Delivery]:
        """The last delivery of each letter in force to each current address of the parliament.

        If no mail went to a current address, the last delivery to every address.
        """
        deliveries = [delivery for letter in self.letters for delivery in letter.deliveries.all()]
        live = sorted(
            (delivery for delivery in deliveries if delivery.state != State.TAKEN_BACK),
            key=lambda delivery: delivery.pk,
        )
        by_address = {(delivery.document_id, delivery.mail.to.lower()): delivery for delivery in live}
        present = {contact.email.lower() for contact in contacts_of(self.invitation)}
        known = [delivery for (_pk, to), delivery in by_address.items() if to in present or not to]
        return known or list(by_address.values())

    @property
    def counts(self) -> list[tuple[State, int, str]]:
        """The number of these mails in each state, and the colour of the state. Each mail counts once."""
        mails = {one.mail_id: one.state for one in self.latest}
        counted = Counter(mails.values())
        return [(state, counted[state], TONES.get(state, "")) for state in State if counted[state]]

    @cached_property
    def stage(self) -> Stage:
        if not self.letters:
            return Stage.NONE
        there = {one.state.value for one in self.latest}
        return next((stage for stage in Stage if stage.value in there), Stage.UNSENT)

    def matches(self, region: str, stage: str) -> bool:
        """Return True if the track has this region and stage; "" means any."""
        return region in {"", self.region} and stage in {"", self.stage.value}

    @property
    def is_sent(self) -> bool:
        """True if a mail with a letter in force was released."""
        return any(one.state not in {State.DRAFT, State.TAKEN_BACK} for one in self.latest)

    @property
    def is_registered(self) -> bool:
        return self.delegation is not None and self.delegation.status in REGISTERED


def tracks(event: Event, organisation: Organisation | None = None) -> list[Track]:
    """Return the invited parliaments, or only this one, sorted by code. Five queries."""
    deliveries = Delivery.objects.select_related("mail").defer("mail__text", "mail__html")
    invitations = (
        event.invitations.select_related("organisation__parliament")
        .prefetch_related("organisation__parliament__contacts")
        .order_by("organisation__code")
    )
    letters = (
        Document.objects.of_kind(Kind.INVITATION)
        .filter(event=event)
        .select_related("organisation")
        .defer("snapshot")
        .prefetch_related(Prefetch("deliveries", deliveries))
        .order_by("subject", "language", "-pk")
    )
    delegations = event.delegations.exclude(organisation=None)
    if organisation:
        invitations = invitations.filter(organisation=organisation)
        letters, delegations = (
            letters.filter(organisation=organisation),
            delegations.filter(organisation=organisation),
        )
    coming = {one.organisation_id: one for one in delegations}
    versions: dict[int | None, list[Document]] = defaultdict(list)
    for letter in letters:
        versions[letter.organisation_id].append(letter)
    return [Track(one, coming.get(one.organisation_id), versions[one.organisation_id]) for one in invitations]


def group_by_region(all_tracks: Iterable[Track]) -> dict[str, list[Track]]:
    """Return the tracks by geopolitical group, with observers and other bodies last."""
    grouped: dict[str, list[Track]] = defaultdict(list)
    for track in all_tracks:
        grouped[track.region].append(track)
    return {name: grouped[name] for name in region_names() if name in grouped}


def region_table(all_tracks: Iterable[Track]) -> Table:
    """Return the table of letters by region: invited, made, sent, not delivered, opened, answered, registered."""
    regions = group_by_region(all_tracks)
    return Table(
        "delivery",
        _("Letters by region"),
        (
            pgettext("delegations", "Invited"),
            pgettext("letters", "Letter made"),
            pgettext("letters", "Sent"),
            pgettext("letters", "Not delivered"),
            pgettext("delegations", "Opened"),
            pgettext("delegations", "Accepted"),
            pgettext("delegations", "Registered"),
        ),
        [Row(name, _row_numbers(tracks)) for name, tracks in regions.items()],
        part=2,
        note=_("Not delivered: failed, in doubt or returned. Opened includes those that have answered."),
        label=_("Region"),
    )


def _row_numbers(tracks: list[Track]) -> tuple[int, ...]:
    lost = {state.value for state in Delivery.NOT_DELIVERED}
    return (
        len(tracks),
        sum(bool(track.letters) for track in tracks),
        sum(any(each.state == State.SENT for each in track.latest) for track in tracks),
        sum(track.stage.value in lost for track in tracks),
        sum(track.invitation.state != Invitation.State.ISSUED for track in tracks),
        sum(track.invitation.state == Invitation.State.ACCEPTED for track in tracks),
        sum(track.is_registered for track in tracks),
    )
