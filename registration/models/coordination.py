"""Candidates for coordinating a delegation, requests for lost links, and who sees which invitation."""

from datetime import date, datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from events.models import Event
from jobs.models import Job, JobQuerySet, Lane
from registration.models.delegation import Delegation
from registration.models.invitation import Invitation, InvitationQuerySet


class CandidateQuerySet(models.QuerySet["Candidate"]):
    def pending(self, at: datetime) -> Self:
        """Candidates whose week is not over, the oldest first."""
        return self.filter(since__gt=at - Candidate.VALID_FOR).order_by("since", "pk")

    def invited(self, user: User, at: datetime) -> Self:
        """Pending invitations of this user to coordinate."""
        return self.filter(user=user, asks=False).pending(at)


class Candidate(models.Model):
    """A user who may become a coordinator: one side has agreed, and the other has a week to agree.

    Until both sides agree, the user sees nothing of the delegation and gets no other mail about it.
    """

    VALID_FOR = timedelta(days=7)  # the same as for an unconfirmed account

    delegation = models.ForeignKey(Delegation, models.CASCADE, related_name="candidates")
    user = models.ForeignKey(User, models.CASCADE, related_name="candidacies", verbose_name=_("person"))
    asks = models.BooleanField(
        _("asks to join"), default=False, help_text=_("Otherwise the person has been invited.")
    )
    since = models.DateTimeField(_("since"), db_default=Now())

    objects = CandidateQuerySet.as_manager()

    class Meta:
        verbose_name = _("candidate coordinator")
        verbose_name_plural = _("candidate coordinators")
        constraints = (models.UniqueConstraint(fields=("delegation", "user"), name="candidate_once"),)

    def __str__(self) -> str:
        return str(self.user)

    @property
    def until(self) -> datetime:
        """The time at which the candidacy expires."""
        return self.since + self.VALID_FOR


class LinkRequest(Job):
    """One request for the personal link of an invitation, answered by a mail to the parliament's contacts.

    Creating a request takes the same time whatever its outcome, which a worker decides: the page reveals
    nothing.
    """

    lanes = (Lane("mail", "registration.resend_link"),)

    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="link_requests")
    addresses = models.PositiveSmallIntegerField(default=0, editable=False)  # number of mails sent

    objects = JobQuerySet["LinkRequest"].as_manager()

    class Meta:
        verbose_name = _("request for a lost link")
        verbose_name_plural = _("requests for a lost link")

    def __str__(self) -> str:
        return str(self.invitation)


def offered_invitations(user: User, today: date) -> InvitationQuerySet:
    """Invitations to coming events without a delegation, of organisations that the user coordinated last.

    A user who was removed from the organisation's latest delegation, or was replaced in a later one, gets
    none.
    """
    coordinators = Delegation.coordinators.through.objects.filter(user=user)
    there = Delegation.objects.filter(event=OuterRef("event"), organisation=OuterRef("organisation"))
    coordinated = Delegation.objects.filter(
        organisation=OuterRef("organisation"), coordinators__isnull=False
    ).order_by("-created_at", "-pk")
    offered = Invitation.objects.filter(
        token_hash__isnull=False,
        event__status=Event.Status.PUBLISHED,
        event__last_day__gte=today,
        organisation__delegations__coordinators=user,
    )
    offered = offered.exclude(Exists(there)).annotate(latest=Subquery(coordinated.values("pk")[:1]))
    return offered.filter(Exists(coordinators.filter(delegation=OuterRef("latest")))).distinct()


def visible_invitations(user: User, today: date) -> InvitationQuerySet:
    """Invitations that a user sees without the link: all for the secretariat, else own and offered ones."""
    if user.is_secretariat:
        return Invitation.objects.all()
    own = Delegation.objects.of_coordinator(user).filter(
        event=OuterRef("event"), organisation=OuterRef("organisation")
    )
    return Invitation.objects.filter(Exists(own) | Q(pk__in=offered_invitations(user, today).values("pk")))
