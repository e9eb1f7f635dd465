"""Coordinators of a delegation: the first one through the personal link, others by mutual consent."""

from datetime import datetime

from django.db import transaction

from accounts import audit, sign_in
from accounts.models import User
from jobs.clock import database_now
from registration import mailing, rules
from registration.models import Candidate, Delegation, Invitation
from registration.services.invitations import reissue_link
from registration.services.people import lock_delegation, on_behalf


@transaction.atomic
def claim_delegation(
    *, invitation: Invitation, user: User, language: str, at: datetime | None = None
) -> Delegation:
    """Make the user the first coordinator of the delegation, which is created if needed.

    The parliament's contacts get a mail. Calling it again for the same user changes nothing. `language` is
    the language of future mails. Raises LinkReplaced if the link was replaced or revoked after `invitation`
    was read, AlreadyCoordinated, InvitationDeclined.
    """
    started, _is_new = Delegation.objects.get_or_create(
        event_id=invitation.event_id,
        organisation_id=invitation.organisation_id,
        defaults={"invitation": invitation},
    )
    delegation = lock_delegation(started)
    current = Invitation.objects.select_for_update(no_key=True).get(pk=invitation.pk)
    if current.is_revoked or current.token_version != invitation.token_version:
        raise rules.LinkReplaced
    coordinators = set(delegation.coordinators.values_list("pk", flat=True))
    if user.pk in coordinators:
        return delegation
    if coordinators:
        raise rules.AlreadyCoordinated(delegation)
    if current.state == Invitation.State.DECLINED:
        raise rules.InvitationDeclined
    delegation.invitation = current  # the secretariat may have created the delegation before the invitation
    delegation.save(update_fields=["invitation"])
    audit.record(user, "delegation.claimed", delegation, at=at)
    return _add(delegation, user, language)


@transaction.atomic
def invite_coordinator(
    *, delegation: Delegation, email: str, language: str, actor: User, at: datetime | None = None
) -> bool:
    """Invite the owner of an address to coordinate; True if they had asked to, and so coordinate at once.

    Otherwise the address gets a mail with an invitation valid for a week. The user sees nothing of the
    delegation until they sign in and accept; an account created for the invitation is deleted after that
    week. `language` is that of the mail to a new user. Raises NotFirstCoordinator, CoordinatesAlready,
    TooManyCoordinators, AccountClosed.
    """
    delegation, at = _decided(delegation, actor), at or database_now()
    user, _address = sign_in.get_or_create_user(email)
    if user is None:
        raise rules.AccountClosed
    if delegation.coordinators.filter(pk=user.pk).exists():
        raise rules.CoordinatesAlready
    _require_room(delegation, user, at)
    if delegation.candidates.pending(at).filter(user=user, asks=True).exists():
        _admit(delegation, user, actor)
        return True
    if User.objects.unconfirmed().filter(pk=user.pk).update(date_joined=at, language=language):
        user.language = language
    delegation.candidates.update_or_create(user=user, defaults={"asks": False, "since": at})
    _record(actor, "delegation.coordinator_invited", delegation, user)
    mailing.coordinator_invited(delegation, user)
    return False


@transaction.atomic
def ask_to_join(*, delegation: Delegation, user: User, at: datetime | None = None) -> bool:
    """Ask to become a coordinator; True if the user coordinates at once because they had been invited.

    The first coordinator gets a mail, at most once a week. Raises CoordinatesAlready.
    """
    delegation, at = lock_delegation(delegation), at or database_now()
    if delegation.coordinators.filter(pk=user.pk).exists():
        raise rules.CoordinatesAlready
    known = delegation.candidates.pending(at).filter(user=user).first()
    if known and not known.asks:
        audit.record(user, "delegation.coordinator_joined", delegation, at=at)
        _add(delegation, user)
        return True
    if known is None:
        delegation.candidates.update_or_create(user=user, defaults={"asks": True, "since": at})
        audit.record(user, "delegation.coordinator_asked", delegation, at=at)
        mailing.coordinator_asks(delegation, user)
    return False


@transaction.atomic
def join_as_coordinator(
    *, candidate: Candidate, user: User, language: str, at: datetime | None = None
) -> Delegation:
    """Accept the invitation to coordinate. Calling it again changes nothing.

    `language` is the language of future mails. Raises CandidateGone.
    """
    delegation, at = lock_delegation(candidate.delegation), at or database_now()
    if delegation.coordinators.filter(pk=user.pk).exists():
        return delegation
    if not delegation.candidates.invited(user, at).filter(pk=candidate.pk).exists():
        raise rules.CandidateGone
    audit.record(user, "delegation.coordinator_joined", delegation, at=at)
    return _add(delegation, user, language)


@transaction.atomic
def admit_coordinator(*, candidate: Candidate, actor: User, at: datetime | None = None) -> Delegation:
    """Accept a user who asked to coordinate; they get a mail.

    Raises NotFirstCoordinator, CandidateGone, TooManyCoordinators.
    """
    delegation, at = _decided(candidate.delegation, actor), at or database_now()
    if not delegation.candidates.pending(at).filter(pk=candidate.pk, asks=True).exists():
        raise rules.CandidateGone
    _require_room(delegation, candidate.user, at)
    return _admit(delegation, candidate.user, actor)


@transaction.atomic
def dismiss_candidate(*, candidate: Candidate, actor: User) -> None:
    """Refuse or take back an invitation or request to coordinate.

    Raises NotFirstCoordinator, CandidateGone.
    """
    delegation = lock_delegation(candidate.delegation)
    if actor.pk != candidate.user_id and not rules.may_decide(delegation, actor):
        raise rules.NotFirstCoordinator
    removed, _by_model = delegation.candidates.filter(pk=candidate.pk).delete()
    if not removed:
        raise rules.CandidateGone
    _record(actor, "delegation.candidate_dismissed", delegation, candidate.user)


@transaction.atomic
def remove_coordinator(*, delegation: Delegation, user: User, actor: User) -> Delegation:
    """Remove a coordinator; any coordinator but the first may also leave.

    A removed coordinator gets a mail. If it is the first one, another coordinator becomes the first. If none
    is left, the personal link is replaced, because the removed person knows it. Raises NotFirstCoordinator,
    CoordinatesNoMore, FirstCoordinatorStays.
    """
    delegation = lock_delegation(delegation)
    if user != actor and not rules.may_decide(delegation, actor):
        raise rules.NotFirstCoordinator
    if not delegation.coordinators.filter(pk=user.pk).exists():
        raise rules.CoordinatesNoMore
    if user == actor and delegation.lead_id == user.pk:
        raise rules.FirstCoordinatorStays
    _record(actor, "delegation.coordinator_removed", delegation, user)
    delegation.coordinators.remove(user)
    if user != actor:
        mailing.coordinator_removed(delegation, user)
    following = delegation.coordinators.order_by("pk").first()
    if delegation.lead_id == user.pk:
        _lead(delegation, following)
    if following is None and delegation.invitation and not delegation.invitation.is_revoked:
        reissue_link(invitation=delegation.invitation, actor=actor)
    return delegation


@transaction.atomic
def hand_over(*, delegation: Delegation, to: User, actor: User) -> Delegation:
    """Make another coordinator the first one.

    Mails go to the new one, to the former one unless they are the actor, and to the parliament's contacts.
    Calling it again changes nothing. Raises NotFirstCoordinator, CoordinatesNoMore.
    """
    current = lock_delegation(delegation)
    if current.lead_id == to.pk:
        return current
    if not rules.may_decide(current, actor):
        raise rules.NotFirstCoordinator
    if not current.coordinators.filter(pk=to.pk).exists():
        raise rules.CoordinatesNoMore
    _record(actor, "delegation.handed_over", current, to)
    mailing.handed_over(current, to, current.lead if current.lead != actor else None)
    return _lead(current, to)


def _decided(delegation: Delegation, actor: User) -> Delegation:
    """The locked delegation, if the actor decides who coordinates it. Raises NotFirstCoordinator."""
    current = lock_delegation(delegation)
    if not rules.may_decide(current, actor):
        raise rules.NotFirstCoordinator
    return current


def _require_room(delegation: Delegation, user: User, at: datetime) -> None:
    invited = delegation.candidates.pending(at).filter(asks=False).exclude(user=user)
    if delegation.coordinators.count() + invited.count() >= rules.MOST_COORDINATORS:
        raise rules.TooManyCoordinators


def _admit(delegation: Delegation, user: User, actor: User) -> Delegation:
    _record(actor, "delegation.coordinator_joined", delegation, user)
    mailing.coordinator_admitted(delegation, user)
    return _add(delegation, user)


def _add(delegation: Delegation, user: User, language: str = "") -> Delegation:
    """Make the user a coordinator; the first one if there is no other."""
    if language:
        user.language = language
        user.save(update_fields=["language"])
    is_alone = not delegation.coordinators.exists()
    delegation.coordinators.add(user)
    delegation.candidates.filter(user=user).delete()
    return _lead(delegation, user) if is_alone else delegation


def _lead(delegation: Delegation, user: User | None) -> Delegation:
    """Set the first coordinator and mail the parliament's contacts."""
    delegation.lead = user
    delegation.save(update_fields=["lead"])
    if user:
        mailing.coordinator(delegation, user)
    return delegation


def _record(actor: User, verb: str, delegation: Delegation, about: User) -> None:
    """Write one audit entry: the action, the person, and whether somebody else did it for them."""
    changes: dict[str, object] = (
        {} if actor == about else {"person": about.pk, **on_behalf(delegation, actor)}
    )
    audit.record(actor, verb, delegation, changes=changes)
