"""The invitation of one organisation to one event."""

from datetime import date, datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.models import Event, Organisation


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def with_parliament(self) -> Self:
        return self.select_related("event", "organisation__parliament")

    def unsent(self) -> Self:
        """Invitations whose present link was not mailed yet, without revoked ones."""
        return self.filter(mailed_at=None, token_hash__isnull=False)

    def unopened(self, *, issued_before: datetime, today: date) -> Self:
        """Invitations issued before this time that nobody has used, to events that are not over."""
        return self.filter(
            state=Invitation.State.ISSUED, issued_at__lt=issued_before, event__last_day__gte=today
        )


class Invitation(models.Model):
    """Event × organisation. Only the hash and the version of its personal link are stored."""

    class Language(models.TextChoices):
        EN = "en", _("English")
        ES = "es", _("Spanish")
        BOTH = "both", pgettext_lazy("letter", "both languages")

    class State(models.TextChoices):
        ISSUED = "issued", pgettext_lazy("invitation state", "issued")
        OPENED = "opened", pgettext_lazy("invitation state", "opened")
        ACCEPTED = "accepted", pgettext_lazy("invitation state", "accepted")
        DECLINED = "declined", pgettext_lazy("invitation state", "declined")

    UNANSWERED = (State.ISSUED, State.OPENED)
    NEXT_STATE = {
        State.ISSUED: {State.OPENED, State.ACCEPTED, State.DECLINED},
        State.OPENED: {State.ACCEPTED, State.DECLINED},
        State.ACCEPTED: {State.DECLINED},
        State.DECLINED: {State.ACCEPTED},
    }

    event = models.ForeignKey(Event, models.PROTECT, related_name="invitations", verbose_name=_("event"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="invitations", verbose_name=_("organization")
    )
    language = models.CharField(_("language"), max_length=4, choices=Language)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ISSUED, editable=False)
    answer = models.TextField(_("word with the answer"), max_length=1000, blank=True, editable=False)
    token_version = models.PositiveIntegerField(default=1, editable=False)
    # Null until the row has its key, and after the link was revoked.
    token_hash = models.CharField(max_length=64, unique=True, null=True, editable=False)  # noqa: DJ001
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("issued by"),
    )
    issued_at = models.DateTimeField(_("issued"), db_default=Now(), editable=False)
    # When the present link was put into the outbox; reset when the link is replaced.
    mailed_at = models.DateTimeField(_("sent"), null=True, editable=False)
    opened_at = models.DateTimeField(_("opened"), null=True, editable=False)
    answered_at = models.DateTimeField(_("answered"), null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ("event", "organisation__code")
        constraints = (
            models.UniqueConstraint(
                fields=("event", "organisation"),
                name="invitation_once",
                violation_error_message=_("This organization is already invited to this event."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation} – {self.event}"

    @property
    def is_revoked(self) -> bool:
        """True if no link opens this invitation."""
        return self.token_hash is None

    def can_become(self, state: str) -> bool:
        return state in self.NEXT_STATE[self.State(self.state)]
