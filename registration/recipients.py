"""To whom the secretariat writes: a body's coordinators, or its contacts while nobody coordinates."""

from dataclasses import dataclass
from functools import cached_property
from typing import cast

from django.db.models import Exists, OuterRef

from events.models import Event, Organisation
from registration.models import Delegation, Invitation, Parliament, Participant


@dataclass(frozen=True, slots=True)
class Recipient:
    """One address and its language: en, es, or both for contacts who were invited in both."""

    email: str
    language: str
    is_contact: bool = False


@dataclass(frozen=True)
class Body:
    """One organisation, or group, at one event: its invitation, its delegation, or both."""

    invitation: Invitation | None
    delegation: Delegation | None

    @property
    def subject(self) -> Delegation | Invitation:
        """What mails and the trail are about: the delegation as soon as there is one."""
        return cast(Delegation | Invitation, self.delegation or self.invitation)

    @property
    def organisation(self) -> Organisation | None:
        """None for a group."""
        return self.subject.organisation

    @property
    def parliament(self) -> Parliament | None:
        """None for a group, and for a body that protocol knows nothing of."""
        return getattr(self.organisation, "parliament", None)

    @property
    def name(self) -> str:
        """The organisation or the group, in the active language."""
        return self.delegation.name if self.delegation else str(self.organisation)

    @cached_property
    def recipients(self) -> list[Recipient]:
        """Each address once; nobody for a body without coordinators and contacts."""
        coordinators = self.delegation.coordinators.all() if self.delegation else ()
        found = [Recipient(user.email, user.language) for user in coordinators if user.is_active]
        if not found and (parliament := self.parliament):
            language = self.invitation.language if self.invitation else parliament.language
            contacts = parliament.contacts.all()
            found = [Recipient(contact.email, language, is_contact=True) for contact in contacts]
        return list({one.email.lower(): one for one in found}.values())


def bodies(event: Event) -> list[Body]:
    """Everybody who is invited or has a delegation, by code, with all that recipients need; five queries.

    Each delegation has `has_confirmed`: whether the secretariat has confirmed somebody of it.
    """
    confirmed = Participant.objects.with_status(Participant.Status.CONFIRMED)
    named = "organisation__parliament"
    delegations = (
        event.delegations.select_related(named)
        .annotate(has_confirmed=Exists(confirmed.filter(delegation=OuterRef("pk")).order_by()))
        .prefetch_related("coordinators", f"{named}__contacts")
        .order_by("organisation__code", "group")
    )
    invitations = event.invitations.select_related(named).prefetch_related(f"{named}__contacts")
    invited: dict[int | None, Invitation] = {one.organisation_id: one for one in invitations}
    coming = [Body(invited.pop(one.organisation_id, None), one) for one in delegations]
    found = [*coming, *(Body(invitation, None) for invitation in invited.values())]
    return sorted(found, key=lambda body: body.organisation.code if body.organisation else "")
