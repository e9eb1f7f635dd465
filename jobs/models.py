"""Background work as database rows, with state and errors. The broker only tells workers that a row waits."""

import secrets
from typing import Any, Generic, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Case, Expression, F, Q, Value, When
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jobs.lanes import Lane

MAX_ERRORS = 3  # failures of the job itself
MAX_DEATHS = 6  # workers that died during the job; several can die for reasons outside the job


class State(models.TextChoices):
    """A job that waits for its next try is `queued` with a later `not_before`. A draft waits for a person."""

    DRAFT = "draft", pgettext_lazy("job state", "draft")
    QUEUED = "queued", pgettext_lazy("job state", "waiting")
    RUNNING = "running", pgettext_lazy("job state", "in progress")
    DONE = "done", pgettext_lazy("job state", "done")
    FAILED = "failed", pgettext_lazy("job state", "failed")
    IN_DOUBT = "in_doubt", pgettext_lazy("job state", "in doubt")
    CANCELLED = "cancelled", pgettext_lazy("job state", "cancelled")


MAIL_STATES = {state: state.label for state in State} | {
    State.QUEUED: pgettext_lazy("mail", "waiting"),
    State.RUNNING: pgettext_lazy("mail", "sending"),
    State.DONE: pgettext_lazy("mail", "sent"),
}
"""The names of the states of a mail."""

RETURNED = pgettext_lazy("mail", "returned")

WAITING = (State.QUEUED, State.RUNNING)
RETRYABLE = (State.FAILED, State.IN_DOUBT)
ABORTABLE = (State.DRAFT, State.QUEUED)
BOUNCEABLE = (State.DONE, State.IN_DOUBT)  # states of mails that were sent, or may have been sent

REASONS = {
    "worker_died": _("The worker was lost each time it tried."),
    "too_long": _("It took too long and was stopped."),
    "no_connection": _("The mail server could not be reached."),
    "no_answer": _("The mail server did not answer after the text was sent; it may have arrived."),
    "no_memory": _("It needed more memory than a document may have."),
    "no_room": _("There was no room left on the disk."),
    "void": _("What it brings has been declared void since."),
    "replaced": _("What it brings has been replaced by a newer version since."),
    "link_revoked": _("The personal link has been revoked since."),
    "event_off": _("The event has been cancelled or postponed since."),
    "not_written": _(
        "The mail could not be written: what it is about no longer exists, or an address is wrong."
    ),
    "no_file": _("An enclosed file is missing: %(details)s"),
    "copies": _("Not delivered to everybody who should have a copy: %(details)s"),
}
"""Sentences by `error_code`; `%(details)s` is the `error_text`. For any other code, `error_text` is shown."""

DUE = Q(state=State.QUEUED, not_before__lte=Now())
ABANDONED = Q(state=State.RUNNING, lease_until__lt=Now())

JobType = TypeVar("JobType", bound="Job")


class JobQuerySet(models.QuerySet[JobType], Generic[JobType]):
    """`claim` and `end` are single conditional UPDATEs that use the database's clock.

    Each claim increments `fence`, so a worker that has lost the row cannot end it.
    """

    def waiting(self) -> Self:
        return self.filter(state__in=WAITING)

    def retryable(self) -> Self:
        """Failed or in doubt: a person decides whether to try the job again."""
        return self.filter(state__in=RETRYABLE)

    def due(self) -> Self:
        return self.filter(DUE)

    def abandoned(self) -> Self:
        """Running rows whose lease has ended: their worker has died or hangs."""
        return self.filter(ABANDONED)

    def claimable(self) -> Self:
        return self.filter(DUE | ABANDONED, errors__lt=MAX_ERRORS, deaths__lt=MAX_DEATHS)

    def claim(self, pk: int) -> JobType | None:
        """Take one row for this worker until the lease ends. Return None if the row cannot be claimed."""
        owner = secrets.token_hex(8)
        taken = (
            self.filter(pk=pk)
            .claimable()
            .update(
                state=State.RUNNING,
                fence=F("fence") + 1,
                deaths=F("deaths") + Case(When(state=State.RUNNING, then=Value(1)), default=Value(0)),
                lease_owner=owner,
                lease_until=Now() + self._lease(),
            )
        )
        return self.filter(pk=pk, lease_owner=owner).order_by("pk").first() if taken else None

    def _lease(self) -> Expression:
        """Return the lease of each row's lane, as an SQL expression."""
        first, *others = self.model.lanes
        leases = [When(lane.rows, then=Value(lane.lease)) for lane in others]
        return Case(*leases, default=Value(first.lease), output_field=models.DurationField())

    def requeue(self) -> int:
        """Put these rows back into the queue as if they were new. Return the number of rows."""
        return self.update(
            state=State.QUEUED,
            errors=0,
            deaths=0,
            not_before=Now(),
            rung_at=None,
            error_code="",
            error_text="",
            finished_at=None,
        )

    def end(self, job: JobType, state: State, **values: Any) -> bool:
        """End this claim with a new state. Return False if the row no longer belongs to this claim."""
        finished: dict[str, Any] = {} if state == State.QUEUED else {"finished_at": Now()}
        if state == State.DONE:
            finished |= {"error_code": "", "error_text": ""}  # left by an earlier try
        return bool(
            self.filter(pk=job.pk, fence=job.fence, state=State.RUNNING).update(
                state=state, lease_owner="", lease_until=None, **finished, **values
            )
        )


class Job(models.Model):
    """The base of all background work. Each row belongs to one of the model's `lanes`.

    If the worker of a `repeatable` job dies, another worker does the job again. Any other job is then in doubt, and a
    person decides.
    """

    lanes: tuple[Lane, ...]
    repeatable = True

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED, editable=False)
    errors = models.PositiveSmallIntegerField(_("errors"), default=0, editable=False)
    deaths = models.PositiveSmallIntegerField(_("workers lost"), default=0, editable=False)
    fence = models.PositiveIntegerField(default=0, editable=False)
    lease_owner = models.CharField(max_length=16, blank=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    not_before = models.DateTimeField(_("not before"), db_default=Now(), editable=False)
    rung_at = models.DateTimeField(null=True, editable=False)  # when workers were last notified
    error_code = models.CharField(max_length=40, blank=True, editable=False)
    error_text = models.TextField(_("reason"), blank=True, editable=False)
    created_at = models.DateTimeField(_("asked for"), db_default=Now(), editable=False)
    finished_at = models.DateTimeField(_("finished"), null=True, editable=False)

    class Meta:
        abstract = True

    @property
    def lane(self) -> Lane:
        """The lane of this row."""
        return self.lanes[0]

    @property
    def reason(self) -> str:
        """Why the last try failed, as a sentence for the secretariat; "" if nothing went wrong."""
        sentence = REASONS.get(self.error_code)
        return str(sentence) % {"details": self.error_text} if sentence else self.error_text

    @property
    def is_waiting(self) -> bool:
        return self.state in WAITING


LANGUAGES = (*settings.LANGUAGES, ("both", pgettext_lazy("letter", "both languages")))  # one mail, two texts


class OutgoingMailQuerySet(JobQuerySet["OutgoingMail"]):
    def claimable(self) -> Self:
        """Only mails that are due. A mail whose worker died may have been sent, so no worker takes it again."""
        return self.due().filter(errors__lt=MAX_ERRORS)


class OutgoingMail(Job):
    """One message to one address. It is sent once or is in doubt, but is never sent twice.

    Paced mails are sent at a limited rate from a separate queue, so a receipt never waits behind a mailing.
    The texts contain the placeholder `[personal link]` or `[enlace personal]`. The link is computed when the mail is
    sent (`secret_kind`, `secret_for`) and is never stored.
    """

    lanes = (
        Lane("mail", "jobs.send_mail", Q(paced=False)),
        Lane("mailings", "jobs.send_mailing", Q(paced=True), paced=True),
    )
    repeatable = False

    message_id = models.CharField(_("Message-ID"), max_length=120, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=40, editable=False)
    to = models.EmailField(_("to"), editable=False)
    cc = models.JSONField(_("copies to"), default=list, editable=False)
    language = models.CharField(_("language"), max_length=4, choices=LANGUAGES, editable=False)
    subject = models.CharField(_("subject"), max_length=250, editable=False)
    text = models.TextField(_("text"), editable=False)
    html = models.TextField(_("HTML"), editable=False)
    # {"name", "sha256"} of each stored file. No foreign key: the file that was sent stays known if its row changes.
    attachments = models.JSONField(_("enclosed files"), default=list, editable=False)
    paced = models.BooleanField(_("paced"), default=False, editable=False)
    bounced_at = models.DateTimeField(_("returned"), null=True, editable=False)
    bounce = models.TextField(_("why it was returned"), blank=True, editable=False)
    secret_kind = models.CharField(max_length=40, blank=True, editable=False)
    secret_for = models.BigIntegerField(null=True, editable=False)
    # The event that the mail is about. No foreign key: the mail is kept when the event is deleted.
    event_id = models.BigIntegerField(_("event"), null=True, editable=False)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = pgettext_lazy("several of them", "outgoing mail")
        ordering = ("-pk",)
        indexes = (models.Index(fields=("state", "not_before"), name="mail_by_state"),)

    def __str__(self) -> str:
        return self.subject or self.kind  # subject and text are emptied after a while

    @property
    def lane(self) -> Lane:
        return self.lanes[self.paced]

    def get_state_display(self) -> str:  # type: ignore[no-redef]
        """Return the name of the mail's state; "returned" if the mail bounced."""
        return str(RETURNED if self.bounced_at else MAIL_STATES[State(self.state)])

    @property
    def can_bounce(self) -> bool:
        """True if the mail was sent or may have been sent."""
        return self.state in BOUNCEABLE
