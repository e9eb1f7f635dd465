"""The programme: sessions, with their moderators and panellists."""

from datetime import datetime, time
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events import richtext
from events.models.event import Event
from events.models.organisation import Organisation


class SessionQuerySet(models.QuerySet["Session"]):
    def with_people(self) -> Self:
        """Prefetch the panellists and their organisations."""
        people = Panellist.objects.select_related("organisation")
        return self.prefetch_related(models.Prefetch("panellists", queryset=people))


class Session(models.Model):
    """One item of the programme. A session without times has no calendar entry."""

    class Kind(models.TextChoices):
        OPENING = "opening", _("Opening")
        PLENARY = "plenary", _("Plenary session")
        PARALLEL = "parallel", _("Parallel session")
        WORKING = "working", _("Working session")
        BREAK = "break", pgettext_lazy("session", "Break")
        CLOSING = "closing", _("Closing")

    event = models.ForeignKey(Event, models.CASCADE, related_name="sessions", verbose_name=_("event"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.WORKING)
    title = models.CharField(_("title"), max_length=250)
    description = models.TextField(_("description"), blank=True)
    day = models.DateField(_("day"), null=True, blank=True)
    starts = models.TimeField(_("starts"), null=True, blank=True, help_text=_("In the event’s time zone."))
    ends = models.TimeField(_("ends"), null=True, blank=True)
    room = models.CharField(_("room"), max_length=100, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = (F("day").asc(nulls_last=True), F("starts").asc(nulls_last=True), "order", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(starts=None) | Q(ends=None) | Q(ends__gt=F("starts")),
                name="session_ends_after_it_starts",
                violation_error_message=_("A session must end after it starts."),
            ),
            models.CheckConstraint(
                condition=Q(starts=None) | Q(day__isnull=False),
                name="session_time_needs_day",
                violation_error_message=_("A session with a time needs its day."),
            ),
        )

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        """Clean the rich text before every save."""
        richtext.clean_columns(self, "description")
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def clean(self) -> None:
        """Raises ValidationError if the session is not on one of the event's days."""
        if self.day and self.event_id and not self.event.first_day <= self.day <= self.event.last_day:
            raise ValidationError({"day": _("The event is not held on this day.")})

    @property
    def parts(self) -> list["Panellist"]:
        """The rows that the session's admin page edits, read from the database."""
        return list(self.panellists.order_by("pk"))

    @property
    def is_timed(self) -> bool:
        return self.day is not None and self.starts is not None

    @property
    def starts_at(self) -> datetime | None:
        """The start, in the event's time zone; None without a day or a time."""
        return self._moment(self.starts)

    @property
    def ends_at(self) -> datetime | None:
        """The end, in the event's time zone; None without a day or a time."""
        return self._moment(self.ends)

    def _moment(self, clock: time | None) -> datetime | None:
        if self.day is None or clock is None:
            return None
        return datetime.combine(self.day, clock, self.event.tz)


class Panellist(models.Model):
    """A person who speaks in a session or moderates it."""

    class Role(models.TextChoices):
        MODERATOR = "moderator", _("Moderator")
        PANELLIST = "panellist", _("Panellist")

    session = models.ForeignKey(Session, models.CASCADE, related_name="panellists")
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.PANELLIST)
    name = models.CharField(_("name"), max_length=150)
    function = models.CharField(_("function"), max_length=200, blank=True)
    body = models.CharField(
        _("body"), max_length=200, blank=True, help_text=_("When it is not an organization in the list.")
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="panellists",
        verbose_name=_("organization"),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("panellist")
        verbose_name_plural = _("panellists")
        ordering = ("order", "pk")

    def __str__(self) -> str:
        return self.name
