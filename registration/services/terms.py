"""What the secretariat asks for and allows at an event, and the deadlines it extends for one delegation."""

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
    """The stage has no deadline, or the new day is not after it, is past, or is after the event."""

    sentence = gettext_lazy(
        "Nothing was changed: choose a day after the deadline of all others, not past, "
        "and no later than the last day of the event."
    )


class ExtendedMeanwhile(rules.Refused):
    """Somebody extended a deadline of this delegation after the page was opened."""

    sentence = gettext_lazy(
        "Nothing was changed: somebody else has extended a deadline of this delegation meanwhile. "
        "Look at the deadlines that hold now."
    )


class Contradiction(rules.Refused):
    """Rules that contradict each other or depend on a field the form does not ask for; one sentence each."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__()
        self.sentences = sentences

    def __str__(self) -> str:
        return " ".join(self.sentences)


@transaction.atomic
def apply_preset(*, event: Event, preset: str, replace: bool, actor: User) -> Event:
    """Add the rules and fields of a preset to the event; with `replace`, also remove the other ones.

    Rows that already match do not change. Raises Contradiction, and KeyError for an unknown preset.
    """
    event = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    plan = presets.plan(event, presets.PRESETS[preset], replace)
    if plan.is_empty or (plan.adds_nothing and not replace):
        return event
    after = plan.rules_after(event, replace)
    if contradictions := rules.contradictions(event, after, plan.names_after(event, replace)):
        raise Contradiction(contradictions)
    before = audit.editable_values(event, *event.rules.all(), *event.asked_fields.all())
    if replace:
        event.rules.filter(pk__in=[rule.pk for rule in plan.removed_rules]).delete()
        event.asked_fields.filter(pk__in=[row.pk for row in plan.removed_fields]).delete()
        for row, wanted in plan.changed_fields:
            row.demand, row.round = wanted.demand, wanted.round
            row.save(update_fields=["demand", "round"])
    Rule.objects.bulk_create(plan.added_rules)
    AskedField.objects.bulk_create(plan.added_fields)
    values = audit.editable_values(event, *event.rules.all(), *event.asked_fields.all())
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
    """Let a stage end later for one delegation, or for an invitation without one; `last_day` is included.

    A later call corrects the day. `shown` is the value of `last_extension_time` when the officer's page was built. The
    mail goes to the coordinators, or to the registered contacts if there are none. Raises NotLater,
    ExtendedMeanwhile.
    """
    Event.objects.select_for_update(no_key=True).get(pk=delegation.event_id)
    if shown is not None and shown != last_extension_time(delegation):
        raise ExtendedMeanwhile
    extension = extend_without_mail(
        delegation, stage=stage, last_day=last_day, reason=reason, actor=actor, at=at
    )
    mailing.extended(delegation, stage)
    return extension


def last_extension_time(delegation: Delegation | Invitation) -> str:
    """The time of the last extension for this delegation (ISO 8601), or an empty string."""
    own = Extension.objects.filter(event=delegation.event_id, organisation=delegation.organisation_id)
    latest = own.order_by("granted_at").last()
    return latest.granted_at.isoformat() if latest else ""


def extend_without_mail(
    delegation: Delegation | Invitation,
    *,
    stage: str,
    last_day: date,
    reason: str,
    actor: User,
    at: datetime | None = None,
) -> Extension:
    """Do the same as `extend_deadline` without a mail, for callers that send their own. Raises NotLater."""
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
    delegation.event = Event.objects.get(pk=event.pk)  # the object fetched before lacks the extension
    return extension
