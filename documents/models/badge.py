"""Badges: each printed badge has a number and a code, and is valid, replaced or void."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from documents.models.batch import Batch
from documents.models.document import BECAME, Document
from events.models import Event
from jobs.models import State
from registration.models import Participant
from registration.models.participant import ParticipantQuerySet

_NOT_MADE = (State.FAILED, State.CANCELLED)


class BadgeQuerySet(models.QuerySet["Badge"]):
    def valid(self) -> Self:
        return self.filter(validity=Document.Validity.VALID)

    def printed(self) -> Self:
        """Badges whose sheet was made. Only these can be verified."""
        return self.filter(sheet__state=State.DONE)

    def expected(self) -> Self:
        """Valid badges that are printed or will be."""
        lost = Q(sheet__state__in=_NOT_MADE) | Q(sheet=None, batch__state__in=_NOT_MADE)
        return self.valid().exclude(lost)


class Badge(models.Model):
    """One badge for a person, or a numbered blank. A reprint is a new badge with a new number and code."""

    event = models.ForeignKey(
        Event, models.PROTECT, related_name="badges", verbose_name=_("event"), editable=False
    )
    # Empty for a blank. Also empty if the row of the person was deleted; the badge is then void.
    participant = models.ForeignKey(
        Participant,
        models.SET_NULL,
        null=True,
        related_name="badges",
        verbose_name=_("participant"),
        editable=False,
    )
    is_blank = models.BooleanField(_("blank"), default=False, editable=False)
    number = models.PositiveIntegerField(_("number"), editable=False)
    code = models.CharField(_("verification code"), max_length=19, unique=True, editable=False)
    batch = models.ForeignKey(
        Batch,
        models.PROTECT,
        related_name="badges",
        verbose_name=pgettext_lazy("of documents", "order"),
        editable=False,
    )
    # The document that contains this badge; set when the order is planned.
    sheet = models.ForeignKey(
        Document, models.SET_NULL, null=True, related_name="badges", verbose_name=_("sheet"), editable=False
    )
    validity = models.CharField(
        _("validity"),
        max_length=8,
        choices=Document.Validity,
        default=Document.Validity.VALID,
        editable=False,
    )
    void_reason = models.CharField(_("why it is void"), max_length=250, blank=True, editable=False)
    created_at = models.DateTimeField(_("ordered"), auto_now_add=True)

    objects = BadgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("badge")
        verbose_name_plural = _("badges")
        ordering = ("event", "number")
        constraints = (models.UniqueConstraint(fields=("event", "number"), name="badge_number_once"),)

    def __str__(self) -> str:
        return f"{self.event.reference} {self.number:04}"

    def get_absolute_url(self) -> str:
        """Return the address of its verification page."""
        return reverse("verify-code", args=[self.code])

    @property
    def why_void(self) -> str:
        """The reason why it is void: as somebody typed it, or what happened to the person's registration."""
        return str(BECAME.get(self.void_reason, self.void_reason))

    @property
    def standing(self) -> str:
        """The validity of the badge. A badge on a void sheet is void too."""
        is_on_void_sheet = self.sheet is not None and self.sheet.validity == Document.Validity.VOID
        return Document.Validity.VOID if is_on_void_sheet else self.validity


def people_without_badge(event: Event) -> ParticipantQuerySet:
    """Return the confirmed people who come in person and have no badge, printed or ordered."""
    theirs = Badge.objects.expected().filter(participant=OuterRef("pk"))
    return people_for_badges(event).exclude(Exists(theirs))


def people_for_badges(event: Event) -> ParticipantQuerySet:
    """Return the people who may have a badge: those who are confirmed and come in person."""
    people = Participant.objects.with_status(Participant.Status.CONFIRMED)
    return people.filter(delegation__event=event, attendance=Participant.Attendance.IN_PERSON, erased_at=None)
