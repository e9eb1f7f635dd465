"""Recipients of mails: the coordinators of a body, or its contacts if it has no coordinator."""

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
    """One organisation or group at one event: its invitation, its delegation, or both."""

    invitation: Invitation | None
    delegation: Delegation | None

    @property
    def subject(self) -> Delegation | Invitation:
        """What mails and audit entries refer to: the delegation, or the invitation if there is none yet."""
        return cast(Delegation | Invitation, self.delegation or self.invitation)

    @property
    def organisation(self) -> Organisation | None:
        """None for a group."""
        return self.subject.organisation

    @property
    def parliament(self) -> Parliament | None:
        """None for a group, and for an organisation that is not in the directory of parliaments."""
        return getattr(self.organisation, "parliament", None)

    @property
    def name(self) -> str:
        """The organisation or the group, in the active language."""
        return self.delegation.name if self.delegation else str(self.organisation)

    @cached_property
    def recipients(self) -> list[Recipient]:
        """Each address once; empty for a body without coordinators and contacts."""
        coordinators = self.delegation.coordinators.all() if self.delegation else ()
        recipients = [Recipient(user.email, user.language) for user in coordinators if user.is_active]
        if not recipients and (parliament := self.parliament):
            language = self.invitation.language if self.invitation else parliament.language
            contacts = parliament.contacts.all()
            recipients = [Recipient(contact.email, language, is_contact=True) for contact in contacts]
        return list({recipient.email.lower(): recipient for recipient in recipients}.values())


def bodies(event: Event) -> list[Body]:
    """All bodies with an invitation or a delegation, by code, with what `recipients` needs; five queries.

    Each delegation has `has_confirmed`: True if at least one of its people is confirmed.
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
    invited: dict[int | None, Invitation] = {
        invitation.organisation_id: invitation for invitation in invitations
    }
    coming = [Body(invited.pop(delegation.organisation_id, None), delegation) for delegation in delegations]
    all_bodies = [*coming, *(Body(invitation, None) for invitation in invited.values())]
    return sorted(all_bodies, key=lambda body: body.organisation.code if body.organisation else "")
