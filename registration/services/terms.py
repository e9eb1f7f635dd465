"""What the secretariat grants to one delegation."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from accounts import audit
from accounts.models import User
from events.models import Event, Window
from events.windows import end_of
from jobs.clock import database_now
from registration import mailing, rules
from registration.deadlines import window_of
from registration.models import Delegation, Extension, Invitation


class NotLater(rules.Refused):
    """The stage has no deadline, or one that is as late."""

    sentence = gettext_lazy(
        "Nothing was changed: choose a day after the deadline that holds now, and not past."
    )


@transaction.atomic
def extend_deadline(
    *,
    delegation: Delegation | Invitation,
    stage: str = Window.Stage.REGISTER,
    last_day: date,
    reason: str,
    actor: User,
    at: datetime | None = None,
) -> Extension:
    """Let one stage end later for one delegation, or for an invitation that nobody has taken up; the day is included.

    The coordinators are told, or the registered contacts while there are none. Raises NotLater.
    """
    organisation = delegation.organisation
    events = Event.objects.select_for_update(no_key=True).prefetch_related("windows", "extensions")
    event = events.get(pk=delegation.event_id)
    window, at = window_of(event, stage, "", organisation), at or database_now()
    closes_at = end_of(last_day, Window(event=event).closing_zone)
    if organisation is None or window is None or closes_at <= max(window.closes_at, at):
        raise NotLater
    extension, _is_new = Extension.objects.update_or_create(
        event=event,
        organisation=organisation,
        stage=stage,
        defaults={"closes_at": closes_at, "reason": reason, "granted_by": actor},
    )
    changes = {"stage": stage, "closes_at": closes_at.isoformat(timespec="minutes"), "reason": reason}
    audit.record(
        actor, f"{delegation._meta.model_name}.deadline_extended", delegation, changes=changes, at=at
    )
    delegation.event = event
    mailing.extended(delegation, stage)
    return extension
