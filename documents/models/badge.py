"""Badges: a number and a code for each that was ever printed, and whether it still lets somebody in."""

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

_LOST = (State.FAILED, State.CANCELLED)


class BadgeQuerySet(models.QuerySet["Badge"]):
    def valid(self) -> Self:
        return self.filter(validity=Document.Validity.VALID)

    def printed(self) -> Self:
        """Those whose sheet was made; only these can be verified."""
        return self.filter(sheet__state=State.DONE)

    def expected(self) -> Self:
        """Valid, printed or on the way to be."""
        lost = Q(sheet__state__in=_LOST) | Q(sheet=None, batch__state__in=_LOST)
        return self.valid().exclude(lost)


class Badge(models.Model):
    """One badge, of a person or a numbered blank. A reprint is a new one, with another number and code."""

    event = models.ForeignKey(
        Event, models.PROTECT, related_name="badges", verbose_name=_("event"), editable=False
    )
    # Nobody's when it is a blank; of a person whose row is gone it is void.
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
    # The document that it is printed with, once the order was planned.
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
        """Where it is verified."""
        return reverse("verify-code", args=[self.code])

    @property
    def why_void(self) -> str:
        """Why it was declared void: as somebody wrote it, or what became of whom it was for."""
        return str(BECAME.get(self.void_reason, self.void_reason))

    @property
    def standing(self) -> str:
        """Its validity; a badge on a sheet that was declared void is void as well."""
        is_on_void_sheet = self.sheet is not None and self.sheet.validity == Document.Validity.VOID
        return Document.Validity.VOID if is_on_void_sheet else self.validity


def without_badge(event: Event) -> ParticipantQuerySet:
    """Who comes in person, is confirmed, and has no badge printed or on the way."""
    theirs = Badge.objects.expected().filter(participant=OuterRef("pk"))
    return for_badges(event).exclude(Exists(theirs))


def for_badges(event: Event) -> ParticipantQuerySet:
    """Who may have a badge: confirmed people who come in person."""
    people = Participant.objects.with_status(Participant.Status.CONFIRMED)
    return people.filter(delegation__event=event, attendance=Participant.Attendance.IN_PERSON, erased_at=None)
