"""Deadlines: when a stage of an event opens and closes."""

from datetime import date, datetime, tzinfo
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.models.event import Event
from events.windows import ANYWHERE, Period, end_of, last_day, start_of


class Category(models.TextChoices):
    """Categories of participants, for deadlines, places and rules. Each role belongs to one category."""

    MEMBERS = "members", pgettext_lazy("category", "Members of the delegation")
    ADVISERS = "advisers", pgettext_lazy("category", "Advisers and experts")
    OBSERVERS = "observers", pgettext_lazy("category", "Observers")
    STAFF = "staff", pgettext_lazy("category", "Staff")
    PRESS = "press", pgettext_lazy("category", "Press")
    ACCOMPANYING = "accompanying", pgettext_lazy("category", "Accompanying persons")
    GUESTS = "guests", pgettext_lazy("category", "Guests and speakers")


class WindowQuerySet(models.QuerySet["Window"]):
    def of_public_events(self) -> Self:
        return self.filter(event__in=Event.objects.public())

    def closing_between(self, after: datetime, until: datetime) -> Self:
        return self.filter(closes_at__gt=after, closes_at__lte=until)


class Window(models.Model):
    """A deadline. The editor enters the first and last day; the row stores both moments in UTC, the end exclusive."""

    class Stage(models.TextChoices):
        ACCEPT = "accept", pgettext_lazy("stage", "acceptance of the invitation")
        REGISTER = "register", pgettext_lazy("stage", "registration")
        CHANGE = "change", pgettext_lazy("stage", "changes")
        TRAVEL = "travel", pgettext_lazy("stage", "travel details")

    event = models.ForeignKey(Event, models.CASCADE, related_name="windows")
    stage = models.CharField(_("stage"), max_length=8, choices=Stage, default=Stage.REGISTER)
    category = models.CharField(
        _("category"), max_length=12, choices=Category, blank=True, help_text=_("Empty: for everybody.")
    )
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))

    objects = WindowQuerySet.as_manager()

    class Meta:
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        ordering = ("closes_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(opens_at__lt=F("closes_at")),
                name="window_opens_before_it_closes",
                violation_error_message=_("The last day cannot be before the first day."),
            ),
            models.UniqueConstraint(
                fields=("event", "stage", "category"),
                name="window_once_per_stage",
                violation_error_message=_("This stage already has its deadline."),
            ),
        )

    def __str__(self) -> str:
        return self.get_stage_display()

    @property
    def period(self) -> Period:
        return Period(self.opens_at, self.closes_at)

    @property
    def closing_zone(self) -> tzinfo:
        """The zone in which the last day ends, according to the event."""
        return ANYWHERE if self.event.deadline_zone == Event.DeadlineZone.ANYWHERE else self.event.tz

    @property
    def first_day(self) -> date:
        return self.opens_at.astimezone(self.event.tz).date()

    @property
    def last_day(self) -> date:
        return last_day(self.closes_at, self.closing_zone)

    def set_days(self, first: date, last: date) -> None:
        """Set both moments from whole days, including the last day."""
        self.opens_at = start_of(first, self.event.tz)
        self.closes_at = end_of(last, self.closing_zone)
