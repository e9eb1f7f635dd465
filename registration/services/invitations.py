"""From the invitation to the coordinator."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.models import User
from events.models import Event
from jobs.clock import database_now
from registration import links, mailing, rules
from registration.models import Invitation, Parliament

OWN_LANGUAGE = "own"  # each parliament in its language of correspondence


@dataclass(frozen=True, slots=True)
class Issued:
    """What a round of invitations does, or would do: how many are new, who is invited already, whom no mail reaches."""

    new: int
    already: int
    without_contact: list[Parliament]


@dataclass(slots=True)
class Mailed:
    """How many invitations were handed to the outbox, and which parliaments have no contact to write to."""

    sent: int = 0
    without_contact: list[Invitation] = field(default_factory=list)


def survey(event: Event, parliaments: Iterable[Parliament]) -> Issued:
    """What `invite` would do now. Changes nothing."""
    chosen = list(parliaments)
    invited = set(
        event.invitations.filter(organisation__parliament__in=chosen).values_list(
            "organisation_id", flat=True
        )
    )
    reachable = set(Parliament.objects.filter(contacts__isnull=False).values_list("pk", flat=True))
    return Issued(
        new=sum(parliament.organisation_id not in invited for parliament in chosen),
        already=len(invited),
        without_contact=[parliament for parliament in chosen if parliament.pk not in reachable],
    )


@transaction.atomic
def invite(
    *,
    event: Event,
    parliaments: Iterable[Parliament],
    language: str,
    actor: User | None,
    at: datetime | None = None,
) -> Issued:
    """Issue one invitation for each parliament that has none to this event; the others stay as they are.

    `language` is OWN_LANGUAGE, en, es or both. Nothing is sent. Two officers at once issue each invitation once.
    Raises EventNotHeld.
    """
    if event.is_off:
        raise rules.EventNotHeld(event)
    chosen = list(parliaments)
    done = survey(event, chosen)
    Invitation.objects.bulk_create(
        [
            Invitation(
                event=event,
                organisation_id=parliament.organisation_id,
                language=parliament.language if language == OWN_LANGUAGE else language,
                issued_by=actor,
            )
            for parliament in chosen
        ],
        ignore_conflicts=True,
    )
    fresh = event.invitations.filter(token_hash=None, token_version=1).select_related("organisation")
    issued = [links.set_fingerprint(invitation) for invitation in fresh]
    Invitation.objects.bulk_update(issued, ["token_hash"])
    if issued:
        codes = [invitation.organisation.code for invitation in issued]
        changes = {"parliaments": codes, "language": language}
        audit.record(actor, "invitations.issued", event, changes=changes, at=at)
    return Issued(len(issued), len(chosen) - len(issued), done.without_contact)


@transaction.atomic
def send_invitations(
    *, invitations: Iterable[Invitation], actor: User | None, at: datetime | None = None
) -> Mailed:
    """Mail the personal link to every contact of each parliament, once for each link.

    Those sent before are passed over, so that a double click sends nothing twice; replace a link to send again.
    Revoked ones are passed over too. Raises EventNotHeld.
    """
    keys = [invitation.pk for invitation in invitations]
    unsent = (
        Invitation.objects.unsent()
        .filter(pk__in=keys)
        .select_related("event", "organisation__parliament")
        .prefetch_related("event__windows", "organisation__parliament__contacts")
        .select_for_update(of=("self",), no_key=True)
    )
    done, at = Mailed(), at or database_now()
    for invitation in unsent:
        if invitation.event.is_off:
            raise rules.EventNotHeld(invitation.event)
        contacts = invitation.organisation.parliament.contacts.all()
        for contact in contacts:
            mailing.invitation(invitation, contact)
        if contacts:
            Invitation.objects.filter(pk=invitation.pk).update(mailed_at=at)
            audit.record(actor, "invitation.sent", invitation, changes={"addresses": len(contacts)}, at=at)
            done.sent += 1
        else:
            done.without_contact.append(invitation)
    return done


@transaction.atomic
def reissue_link(*, invitation: Invitation, actor: User) -> Invitation:
    """Replace the personal link, or make a new one after it was revoked; no other opens anything from this moment.

    Nothing is sent.
    """
    locked = _locked(invitation)
    locked.token_version += 1
    locked.mailed_at = None
    links.set_fingerprint(locked).save(update_fields=["token_version", "token_hash", "mailed_at"])
    audit.record(actor, "invitation.link_replaced", locked, changes={"version": locked.token_version})
    return locked


@transaction.atomic
def revoke_link(*, invitation: Invitation, actor: User) -> Invitation:
    """End the personal link without another in its place. Whoever coordinates the delegation goes on as before.

    Works again without effect.
    """
    locked = _locked(invitation)
    if locked.is_revoked:
        return locked
    locked.token_version += 1  # ends the sessions that the link opened, and links in mails that have not left
    locked.token_hash = locked.mailed_at = None
    locked.save(update_fields=["token_version", "token_hash", "mailed_at"])
    audit.record(actor, "invitation.link_revoked", locked)
    return locked


@transaction.atomic
def show_link(*, invitation: Invitation, actor: User, language: str) -> str:
    """The personal link for an officer's eyes, to be handed over by other means. The trail keeps who looked.

    Raises LinkRevoked.
    """
    if _locked(invitation).is_revoked:
        raise rules.LinkRevoked
    audit.record(actor, "invitation.link_shown", invitation)
    return links.personal_link(invitation.pk, language)


@transaction.atomic
def open_invitation(*, invitation: Invitation, at: datetime | None = None) -> None:
    """Note, once, that somebody acted on the invitation."""
    at = at or database_now()
    opened = Invitation.objects.filter(pk=invitation.pk, opened_at=None)
    if opened.update(state=Invitation.State.OPENED, opened_at=at):
        audit.record(None, "invitation.opened", invitation, at=at)


def _locked(invitation: Invitation) -> Invitation:
    """The row as it is now, held until the transaction ends; after the delegation's where both are held."""
    return Invitation.objects.select_for_update(no_key=True).get(pk=invitation.pk)
