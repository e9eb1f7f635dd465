"""Who coordinates a delegation: the first by the personal link, others once both sides have said yes."""

from datetime import datetime

from django.db import transaction

from accounts import audit, sign_in
from accounts.models import User
from jobs.clock import database_now
from registration import mailing, rules
from registration.models import Candidate, Delegation, Invitation
from registration.services.invitations import reissue_link
from registration.services.people import held, on_behalf


@transaction.atomic
def claim_delegation(
    *, invitation: Invitation, user: User, language: str, at: datetime | None = None
) -> Delegation:
    """Make the person the first coordinator of the delegation that the invitation asks for: the first one wins.

    The parliament's contacts are told. Works again, without effect, for the same person. The language is that of
    the mails to come. Raises LinkReplaced when the link was replaced or revoked since `invitation` was read,
    AlreadyCoordinated, InvitationDeclined.
    """
    started, _is_new = Delegation.objects.get_or_create(
        event_id=invitation.event_id,
        organisation_id=invitation.organisation_id,
        defaults={"invitation": invitation},
    )
    delegation = held(started)
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
    delegation.invitation = current  # the secretariat may have begun before it invited
    delegation.save(update_fields=["invitation"])
    audit.record(user, "delegation.claimed", delegation, at=at)
    return _add(delegation, user, language)


@transaction.atomic
def invite_coordinator(
    *, delegation: Delegation, email: str, language: str, actor: User, at: datetime | None = None
) -> bool:
    """Ask the owner of an address to coordinate too; True when they coordinate at once, for they had asked to.

    Otherwise the address gets a mail, and a week: until its owner signs in and says yes it sees nothing. An account
    made for it is removed after that week. `language` is that of the mail to somebody new.
    Raises NotFirstCoordinator, CoordinatesAlready, TooManyCoordinators, AccountClosed.
    """
    delegation, at = _decided(delegation, actor), at or database_now()
    user, _address = sign_in.person_for(email)
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
    """Ask those who coordinate to be one of them; True when that is so at once, for they had invited the person.

    The first coordinator is written to, once a week at most. Raises CoordinatesAlready.
    """
    delegation, at = held(delegation), at or database_now()
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
def join(*, candidate: Candidate, user: User, language: str, at: datetime | None = None) -> Delegation:
    """Say yes to the coordinators' invitation. Works again, without effect. Raises CandidateGone."""
    delegation, at = held(candidate.delegation), at or database_now()
    if delegation.coordinators.filter(pk=user.pk).exists():
        return delegation
    if not delegation.candidates.invited(user, at).filter(pk=candidate.pk).exists():
        raise rules.CandidateGone
    audit.record(user, "delegation.coordinator_joined", delegation, at=at)
    return _add(delegation, user, language)


@transaction.atomic
def admit(*, candidate: Candidate, actor: User, at: datetime | None = None) -> Delegation:
    """Say yes to somebody who asked to coordinate; they are told.

    Raises NotFirstCoordinator, CandidateGone, TooManyCoordinators.
    """
    delegation, at = _decided(candidate.delegation, actor), at or database_now()
    if not delegation.candidates.pending(at).filter(pk=candidate.pk, asks=True).exists():
        raise rules.CandidateGone
    _require_room(delegation, candidate.user, at)
    return _admit(delegation, candidate.user, actor)


@transaction.atomic
def dismiss(*, candidate: Candidate, actor: User) -> None:
    """Say no, or take the own yes back, on either side. Raises NotFirstCoordinator, CandidateGone."""
    delegation = held(candidate.delegation)
    if actor.pk != candidate.user_id and not rules.decides(delegation, actor):
        raise rules.NotFirstCoordinator
    removed, _by_model = delegation.candidates.filter(pk=candidate.pk).delete()
    if not removed:
        raise rules.CandidateGone
    _record(actor, "delegation.candidate_dismissed", delegation, candidate.user)


@transaction.atomic
def remove_coordinator(*, delegation: Delegation, user: User, actor: User) -> Delegation:
    """End somebody's coordination, who is told; who is not the first coordinator may leave. Another becomes the first.

    Where nobody is left, the personal link is replaced, for the one who was removed knows it.
    Raises NotFirstCoordinator, CoordinatesNoMore, FirstCoordinatorStays.
    """
    delegation = held(delegation)
    if user != actor and not rules.decides(delegation, actor):
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
    """Make another of the coordinators the first one; they, the former one and the parliament's contacts are told.

    Works again without effect. Raises NotFirstCoordinator, CoordinatesNoMore.
    """
    current = held(delegation)
    if current.lead_id == to.pk:
        return current
    if not rules.decides(current, actor):
        raise rules.NotFirstCoordinator
    if not current.coordinators.filter(pk=to.pk).exists():
        raise rules.CoordinatesNoMore
    _record(actor, "delegation.handed_over", current, to)
    mailing.handed_over(current, to, current.lead if current.lead != actor else None)
    return _lead(current, to)


def _decided(delegation: Delegation, actor: User) -> Delegation:
    """The row, held for somebody who says who coordinates. Raises NotFirstCoordinator."""
    current = held(delegation)
    if not rules.decides(current, actor):
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
    """Make the person a coordinator, the first one where there is no other."""
    if language:
        user.language = language
        user.save(update_fields=["language"])
    is_alone = not delegation.coordinators.exists()
    delegation.coordinators.add(user)
    delegation.candidates.filter(user=user).delete()
    return _lead(delegation, user) if is_alone else delegation


def _lead(delegation: Delegation, user: User | None) -> Delegation:
    """Note who is the first coordinator, and tell the parliament's contacts."""
    delegation.lead = user
    delegation.save(update_fields=["lead"])
    if user:
        mailing.coordinator(delegation, user)
    return delegation


def _record(actor: User, verb: str, delegation: Delegation, about: User) -> None:
    """One line: what was done about whom, by themselves, by a coordinator, or on the delegation's behalf."""
    changes: dict[str, object] = (
        {} if actor == about else {"person": about.pk, **on_behalf(delegation, actor)}
    )
    audit.record(actor, verb, delegation, changes=changes)
