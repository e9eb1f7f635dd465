"""Requests, reminders and circulars between delegations and the secretariat."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.models import Event
from jobs.models import OutgoingMail
from registration.models.delegation import Delegation
from registration.models.invitation import Invitation
from registration.models.parliament import Parliament
from registration.models.participant import Participant


class ChangeRequestQuerySet(models.QuerySet["ChangeRequest"]):
    def pending(self) -> Self:
        """Requests without an answer, the oldest first."""
        return self.filter(state=ChangeRequest.State.PENDING).order_by("asked_at", "pk")

    def late(self) -> Self:
        """Requests to accept the whole draft."""
        return self.filter(kind=ChangeRequest.Kind.LATE)

    def take_back(self, at: datetime) -> None:
        """Take the requests back and erase their proposals."""
        self.update(state=ChangeRequest.State.TAKEN_BACK, proposal={}, answered_at=at)


class ChangeRequest(models.Model):
    """A request of a delegation after the deadline: for the whole draft, or for one change."""

    class Kind(models.TextChoices):
        LATE = "late", pgettext_lazy("request", "late registration")
        ADD = "add", pgettext_lazy("request", "one more person")
        EDIT = "edit", pgettext_lazy("request", "change of a person’s data")
        DETAILS = "details", pgettext_lazy("request", "change of the delegation’s details")
        CANCEL = "cancel", pgettext_lazy("request", "a person does not come")
        SUBSTITUTE = "substitute", pgettext_lazy("request", "another person instead")

    class State(models.TextChoices):
        PENDING = "pending", pgettext_lazy("request state", "awaiting the secretariat")
        ACCEPTED = "accepted", pgettext_lazy("request state", "accepted")
        REFUSED = "refused", pgettext_lazy("request state", "refused")
        TAKEN_BACK = "taken_back", pgettext_lazy("request state", "taken back")

    delegation = models.ForeignKey(Delegation, models.CASCADE, related_name="requests")
    participant = models.ForeignKey(
        Participant, models.CASCADE, null=True, related_name="requests", verbose_name=_("person")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    # The requested values by field, as the form gave them; emptied when the request is closed.
    proposal = models.JSONField(default=dict, editable=False)
    why = models.TextField(_("why"), max_length=1000)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PENDING)
    answer = models.TextField(_("answer"), max_length=1000, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked"), db_default=Now())
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered"), null=True)

    objects = ChangeRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request")
        verbose_name_plural = _("requests")
        ordering = ("-asked_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("delegation",), condition=Q(kind="late", state="pending"), name="one_late_request"
            ),
        )

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def subject(self) -> Participant | Delegation | None:
        """The object whose fields change; None if a person is added, removed or substituted."""
        if self.kind == self.Kind.DETAILS:
            return self.delegation
        return self.participant if self.kind == self.Kind.EDIT else None


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def with_times_sent(self) -> Self:
        """Annotate `times`: the number of bodies that got the reminder."""
        return self.annotate(times=models.Count("sent"))


class Reminder(models.Model):
    """A reminder to one audience a number of days before its deadline; each body gets it once."""

    class Audience(models.TextChoices):
        NOT_ANSWERED = "not_answered", pgettext_lazy("reminder", "has not answered the invitation")
        NOT_STARTED = "not_started", pgettext_lazy("reminder", "has not begun the registration")
        NOT_SUBMITTED = "not_submitted", pgettext_lazy("reminder", "has begun and not submitted")
        TRAVEL = "travel", pgettext_lazy("reminder", "travel details are missing")

    event = models.ForeignKey(Event, models.CASCADE, related_name="reminders")
    audience = models.CharField(_("to whoever"), max_length=14, choices=Audience)
    days_before = models.PositiveSmallIntegerField(
        _("days before the deadline"), default=7, validators=[MinValueValidator(1), MaxValueValidator(365)]
    )
    is_on = models.BooleanField(_("switched on"), default=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ("event", "audience", "-days_before")
        constraints = (
            models.UniqueConstraint(
                fields=("event", "audience", "days_before"),
                name="reminder_once",
                violation_error_message=_("This event has this reminder already."),
            ),
        )

    def __str__(self) -> str:
        return self.get_audience_display()


class SentReminder(models.Model):
    """The record that one invited body got a reminder."""

    reminder = models.ForeignKey(Reminder, models.CASCADE, related_name="sent")
    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="reminders")
    at = models.DateTimeField(_("when"), db_default=Now())

    class Meta:
        constraints = (models.UniqueConstraint(fields=("reminder", "invitation"), name="reminded_once"),)

    def __str__(self) -> str:
        return f"{self.reminder}: {self.invitation}"


class Circular(models.Model):
    """A text of the secretariat to many delegations of an event, in both languages; fixed once it is sent."""

    class Recipients(models.TextChoices):
        INVITED = "invited", pgettext_lazy("recipients", "everybody invited who has not declined")
        ACCEPTED = "accepted", pgettext_lazy("recipients", "who accepted the invitation")
        REGISTERED = "registered", pgettext_lazy("recipients", "who has submitted a registration")
        CONFIRMED = "confirmed", pgettext_lazy("recipients", "who has confirmed people")

    event = models.ForeignKey(Event, models.CASCADE, related_name="circulars", verbose_name=_("event"))
    subject = models.CharField(_("subject"), max_length=150)
    text = models.TextField(_("text"), max_length=5000)
    recipients = models.CharField(
        _("recipients"), max_length=10, choices=Recipients, default=Recipients.CONFIRMED
    )
    status = models.CharField(
        pgettext_lazy("parliament", "status"), max_length=10, choices=Parliament.Status, blank=True
    )
    group = models.CharField(_("geopolitical group"), max_length=20, choices=Parliament.Group, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    written_at = models.DateTimeField(_("written"), auto_now_add=True)
    # Increases with each change, so that only the text of the preview can be sent.
    version = models.PositiveIntegerField(default=1, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, editable=False)
    sent_to = models.PositiveIntegerField(_("addresses"), default=0, editable=False)
    mails = models.ManyToManyField(OutgoingMail, related_name="circulars", editable=False)

    class Meta:
        verbose_name = _("circular")
        verbose_name_plural = _("circulars")
        ordering = ("-written_at", "-pk")

    def __str__(self) -> str:
        return self.subject or self.get_recipients_display()

    @property
    def is_sent(self) -> bool:
        return self.sent_at is not None
