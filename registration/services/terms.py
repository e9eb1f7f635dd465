"""What the secretariat asks and allows at an event, and what it grants to one delegation."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from accounts import audit
from accounts.models import User
from events.models import Event, Window
from events.windows import end_of
from jobs.clock import database_now
from registration import mailing, presets, rules
from registration.deadlines import window_of
from registration.models import AskedField, Delegation, Extension, Invitation, Rule, Terms


class NotLater(rules.Refused):
    """The stage has no deadline, or one that is as late; or the day is past, or after the event."""

    sentence = gettext_lazy(
        "Nothing was changed: choose a day after the deadline of all others, not past, "
        "and no later than the last day of the event."
    )


class ExtendedMeanwhile(rules.Refused):
    """Somebody has extended a deadline of this delegation since the page was opened."""

    sentence = gettext_lazy(
        "Nothing was changed: somebody else has extended a deadline of this delegation meanwhile. "
        "Look at the deadlines that hold now."
    )


class Contradiction(rules.Refused):
    """Rules that cannot be kept together, or look at what the form does not ask; each in a sentence."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__()
        self.sentences = sentences

    def __str__(self) -> str:
        return " ".join(self.sentences)


@transaction.atomic
def apply_preset(*, event: Event, preset: str, replace: bool, actor: User) -> Event:
    """Take over the rules and fields of a preset: in place of those that there are, or beside them.

    What is there already and fits is left as it is. Raises Contradiction, and KeyError for an unknown preset.
    """
    event = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    plan = presets.plan(event, presets.PRESETS[preset], replace)
    if plan.is_empty or (plan.adds_nothing and not replace):
        return event
    after = plan.rules_after(event, replace)
    if found := rules.contradictions(event, after, plan.names_after(event, replace)):
        raise Contradiction(found)
    before = audit.values(event, *event.rules.all(), *event.asked_fields.all())
    if replace:
        event.rules.filter(pk__in=[rule.pk for rule in plan.removed_rules]).delete()
        event.asked_fields.filter(pk__in=[row.pk for row in plan.removed_fields]).delete()
        for row, wanted in plan.changed_fields:
            row.demand, row.round = wanted.demand, wanted.round
            row.save(update_fields=["demand", "round"])
    Rule.objects.bulk_create(plan.added_rules)
    AskedField.objects.bulk_create(plan.added_fields)
    values = audit.values(event, *event.rules.all(), *event.asked_fields.all())
    terms = Terms.objects.get(pk=event.pk)
    audit.record_edit(actor, "terms.preset_applied", terms, before=before, after={**values, "preset": preset})
    return event


@transaction.atomic
def extend_deadline(
    *,
    delegation: Delegation | Invitation,
    stage: str = Window.Stage.REGISTER,
    last_day: date,
    reason: str,
    shown: str | None = None,
    actor: User,
    at: datetime | None = None,
) -> Extension:
    """Let one stage end later for one delegation, or for an invitation that nobody has taken up; the day is included.

    A day that was mistyped is corrected in the same way. `shown` is `granted` as the officer's page had it. The
    coordinators are told, or the registered contacts while there are none. Raises NotLater, ExtendedMeanwhile.
    """
    Event.objects.select_for_update(no_key=True).get(pk=delegation.event_id)
    if shown is not None and shown != granted(delegation):
        raise ExtendedMeanwhile
    extension = grant(delegation, stage=stage, last_day=last_day, reason=reason, actor=actor, at=at)
    mailing.extended(delegation, stage)
    return extension


def granted(delegation: Delegation | Invitation) -> str:
    """The moment at which a deadline was last extended for it; empty before the first time."""
    own = Extension.objects.filter(event=delegation.event_id, organisation=delegation.organisation_id)
    latest = own.order_by("granted_at").last()
    return latest.granted_at.isoformat() if latest else ""


def grant(
    delegation: Delegation | Invitation,
    *,
    stage: str,
    last_day: date,
    reason: str,
    actor: User,
    at: datetime | None = None,
) -> Extension:
    """The same in the caller's transaction, whose own mail names the day. Raises NotLater."""
    organisation = delegation.organisation
    events = Event.objects.select_for_update(no_key=True).prefetch_related("windows", "extensions")
    event = events.get(pk=delegation.event_id)
    window, at = window_of(event, stage), at or database_now()
    closes_at = end_of(last_day, Window(event=event).closing_zone)
    if organisation is None or window is None or last_day > event.last_day:
        raise NotLater
    if closes_at <= max(window.closes_at, at):
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
    delegation.event = Event.objects.get(pk=event.pk)  # what was fetched before does not know of it
    return extension
