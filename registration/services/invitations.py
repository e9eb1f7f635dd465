"""Issue invitations, send them, and manage their personal links."""

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

OWN_LANGUAGE = "own"  # the language of correspondence of each parliament


@dataclass(frozen=True, slots=True)
class InvitationResult:
    """What `invite` did or would do: new invitations, existing ones, parliaments without a contact."""

    new: int
    already: int
    without_contact: list[Parliament]


@dataclass(slots=True)
class SendResult:
    """The number of invitations queued for mailing, and the invitations whose parliament has no contact."""

    sent: int = 0
    without_contact: list[Invitation] = field(default_factory=list)


def preview_invitations(event: Event, parliaments: Iterable[Parliament]) -> InvitationResult:
    """The result that `invite` would have now. Changes nothing."""
    chosen = list(parliaments)
    invited = set(
        event.invitations.filter(organisation__parliament__in=chosen).values_list(
            "organisation_id", flat=True
        )
    )
    reachable = set(Parliament.objects.filter(contacts__isnull=False).values_list("pk", flat=True))
    return InvitationResult(
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
) -> InvitationResult:
    """Issue an invitation to each parliament that has none for this event; sends no mail.

    `language` is OWN_LANGUAGE, en, es or both. If two officers do this at once, each invitation is issued
    once. Raises EventNotHeld.
    """
    if event.is_off:
        raise rules.EventNotHeld(event)
    chosen = list(parliaments)
    done = preview_invitations(event, chosen)
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
    return InvitationResult(len(issued), len(chosen) - len(issued), done.without_contact)


@transaction.atomic
def send_invitations(
    *, invitations: Iterable[Invitation], actor: User | None, at: datetime | None = None
) -> SendResult:
    """Mail the personal link to every contact of each parliament, once per link.

    Skips invitations already mailed, so that a double click sends nothing twice; to send again, replace the
    link. Also skips revoked ones. Raises EventNotHeld.
    """
    keys = [invitation.pk for invitation in invitations]
    unsent = (
        Invitation.objects.unsent()
        .filter(pk__in=keys)
        .select_related("event", "organisation__parliament")
        .prefetch_related("event__windows", "organisation__parliament__contacts")
        .select_for_update(of=("self",), no_key=True)
        .order_by("pk")  # always in the same order, to avoid deadlocks
    )
    done, at = SendResult(), at or database_now()
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
    """Replace the personal link, or create a new one after a revocation; former links stop working at once.

    Sends no mail.
    """
    locked = _locked(invitation)
    locked.token_version += 1
    locked.mailed_at = None
    links.set_fingerprint(locked).save(update_fields=["token_version", "token_hash", "mailed_at"])
    audit.record(actor, "invitation.link_replaced", locked, changes={"version": locked.token_version})
    return locked


@transaction.atomic
def revoke_link(*, invitation: Invitation, actor: User) -> Invitation:
    """Revoke the personal link without a replacement; does nothing if it is revoked already.

    The coordinators of the delegation keep their access.
    """
    locked = _locked(invitation)
    if locked.is_revoked:
        return locked
    locked.token_version += 1  # ends sessions opened by the link, and invalidates links in unsent mails
    locked.token_hash = locked.mailed_at = None
    locked.save(update_fields=["token_version", "token_hash", "mailed_at"])
    audit.record(actor, "invitation.link_revoked", locked)
    return locked


@transaction.atomic
def show_link(*, invitation: Invitation, actor: User, language: str) -> str:
    """Return the personal link, for an officer to hand it over without a mail; records who saw it.

    Raises LinkRevoked.
    """
    if _locked(invitation).is_revoked:
        raise rules.LinkRevoked
    audit.record(actor, "invitation.link_shown", invitation)
    return links.personal_link(invitation.pk, language)


@transaction.atomic
def open_invitation(*, invitation: Invitation, at: datetime | None = None) -> None:
    """Record the first time that somebody acts on the invitation."""
    at = at or database_now()
    opened = Invitation.objects.filter(pk=invitation.pk, opened_at=None)
    if opened.update(state=Invitation.State.OPENED, opened_at=at):
        audit.record(None, "invitation.opened", invitation, at=at)


def _locked(invitation: Invitation) -> Invitation:
    """Lock the invitation until the transaction ends and return its present row.

    Lock order: the delegation first, if both are locked.
    """
    return Invitation.objects.select_for_update(no_key=True).get(pk=invitation.pk)
