"""The tasks on the first page of the administration: what the secretariat has to do today."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.core.cache import cache
from django.db.models import Model
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import ngettext

from documents.models import Document
from documents.staleness import Change, find_event_changes
from documents.templatetags.documents import in_words
from events import rules as event_rules
from events.models import Event, Window
from jobs.models import OutgoingMail
from registration.models import ChangeRequest, Delegation, Extension, Invitation, Participant, Places

SHOWN = 8  # rows of each list; the heading links to the complete list
LOOKED_THROUGH = 50  # most upcoming events to check
SOON = timedelta(days=7)
MINUTE = 60  # seconds
UNANSWERED_AFTER = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class OpenTask:
    """One kind of task: the number of tasks, the first rows, and the address of the complete list."""

    title: str
    count: int
    rows: list[tuple[str, str, str]]  # title, detail, address
    address: str


def open_tasks(at: datetime) -> list[OpenTask]:
    """Return the kinds of tasks that are not empty, the most urgent first."""
    tasks = (
        _delegations(),
        _requests(),
        _free_places(),
        _documents(),
        _mails(),
        _stale(at),
        _deadlines(at),
        _extensions(at),
        _texts(at),
        _unanswered(at),
    )
    return [task for task in tasks if task.count]


def _delegations() -> OpenTask:
    waiting = Delegation.objects.waiting().select_related("event", "organisation")
    count = waiting.count()
    title = ngettext("%(count)s delegation to validate", "%(count)s delegations to validate", count)
    rows = [(one.name, str(one.event), _page(one)) for one in waiting[:SHOWN]]
    return OpenTask(title % {"count": count}, count, rows, _list(Delegation, status__exact="submitted"))


def _requests() -> OpenTask:
    pending = ChangeRequest.objects.pending().select_related("delegation__event", "delegation__organisation")
    count = pending.count()
    title = ngettext("%(count)s request to answer", "%(count)s requests to answer", count)
    rows = [
        (one.delegation.name, capfirst(one.get_kind_display()), _page(one.delegation))
        for one in pending[:SHOWN]
    ]
    return OpenTask(title % {"count": count}, count, rows, _list(Delegation, requests="pending"))


def _free_places() -> OpenTask:
    """Waiting lists with free places: places were added, or places in another category became free."""
    waiting = Participant.objects.waiting_by_category()
    places = (
        Places.objects.filter(event__in=waiting).select_related("event").order_by("event__first_day", "pk")
    )
    rows_of: dict[Event, list[Places]] = {}
    for row in places:
        rows_of.setdefault(row.event, []).append(row)
    movable = {event: _movable(waiting[event.pk], rows) for event, rows in rows_of.items()}
    movable_events = [(event, number) for event, number in movable.items() if number]
    count = len(movable_events)
    title = ngettext(
        "%(count)s waiting list with free places", "%(count)s waiting lists with free places", count
    )
    rows = [
        (str(event), _could_move_up(number), _waiting_list(event)) for event, number in movable_events[:SHOWN]
    ]
    return OpenTask(title % {"count": count}, count, rows, _list(Delegation))


def _movable(waiting: dict[str, int], places: list[Places]) -> int:
    """Return how many waiting people can get a place at most, given their number in each category.

    A person needs a free place in every row of Places that counts the person's category.
    """
    left = {
        category: min((row.left for row in places if row.category in {"", category}), default=0)
        for category in waiting
    }
    return sum(min(number, left[category]) for category, number in waiting.items())


def _could_move_up(number: int) -> str:
    sentence = ngettext("%(count)s person could move up", "%(count)s people could move up", number)
    return sentence % {"count": number}


def _waiting_list(event: Event) -> str:
    return reverse("admin:registration_delegation_waiting", args=[event.pk])


def _documents() -> OpenTask:
    failed = Document.objects.retryable().order_by("-finished_at")
    count = failed.count()
    title = ngettext("%(count)s document failed", "%(count)s documents failed", count)
    rows = [(one.reference, one.reason, _page(one)) for one in failed[:SHOWN]]
    return OpenTask(title % {"count": count}, count, rows, _list(Document, state__exact="failed"))


def _mails() -> OpenTask:
    unsent = OutgoingMail.objects.retryable()
    count = unsent.count()
    title = ngettext("%(count)s mail not delivered", "%(count)s mails not delivered", count)
    rows = [(one.subject, one.reason, _page(one)) for one in unsent[:SHOWN]]
    return OpenTask(title % {"count": count}, count, rows, _list(OutgoingMail, state__in="failed,in_doubt"))


def _stale(at: datetime) -> OpenTask:
    """Upcoming events whose documents are out of date."""
    coming = Event.objects.upcoming(at.date()).filter(
        status=Event.Status.PUBLISHED, documents__in=Document.objects.current()
    )
    compared = [(event, _changes(event)) for event in coming.distinct()[:LOOKED_THROUGH]]
    changed = [(event, changes) for event, changes in compared if changes]
    count = len(changed)
    title = ngettext(
        "%(count)s event whose documents no longer match",
        "%(count)s events whose documents no longer match",
        count,
    )
    rows = [
        (str(event), in_words(changes), reverse("documents:stale", args=[event.slug]))
        for event, changes in changed[:SHOWN]
    ]
    return OpenTask(title % {"count": count}, count, rows, _list(Event))


def _changes(event: Event) -> list[Change]:
    """Return what has changed since the event's documents were made, at most a minute ago.

    Finding out takes about a hundred queries for an event with every kind of document.
    """
    values: list[str] | None = cache.get_or_set(
        f"dashboard.stale.{event.pk}", lambda: [change.value for change in find_event_changes(event)], MINUTE
    )
    return [Change(value) for value in values or ()]


def _deadlines(at: datetime) -> OpenTask:
    near = Window.objects.of_public_events().closing_between(at, at + SOON).select_related("event")
    count = near.count()
    title = ngettext("%(count)s deadline this week", "%(count)s deadlines this week", count)
    rows = [(str(one.event), one.get_stage_display(), _page(one.event)) for one in near[:SHOWN]]
    return OpenTask(title % {"count": count}, count, rows, _list(Event))


def _extensions(at: datetime) -> OpenTask:
    ending = Extension.objects.closing_between(at, at + SOON).select_related("event", "organisation")
    count = ending.count()
    title = ngettext("%(count)s extension ends this week", "%(count)s extensions end this week", count)
    rows = [
        (
            str(extension.organisation),
            f"{extension.event}: {extension.get_stage_display()}",
            _list(Delegation, event__id__exact=str(extension.event_id), q=extension.organisation.code),
        )
        for extension in ending[:SHOWN]
    ]
    return OpenTask(title % {"count": count}, count, rows, _list(Delegation))


def _texts(at: datetime) -> OpenTask:
    coming = event_rules.with_checked_rows(Event.objects.upcoming(at.date()).not_cancelled())
    gaps = {event: len(event_rules.missing_texts(event)) for event in coming[:LOOKED_THROUGH]}
    lacking = [event for event, number in gaps.items() if number]
    count = len(lacking)
    title = ngettext("%(count)s event lacks texts", "%(count)s events lack texts", count)
    rows = [(str(event), _texts_missing(gaps[event]), _page(event)) for event in lacking[:SHOWN]]
    return OpenTask(title % {"count": count}, count, rows, _list(Event))


def _texts_missing(number: int) -> str:
    return ngettext("%(count)s text missing", "%(count)s texts missing", number) % {"count": number}


def _unanswered(at: datetime) -> OpenTask:
    unopened = Invitation.objects.unopened(issued_before=at - UNANSWERED_AFTER, today=at.date())
    silent = unopened.select_related("event", "organisation")
    count = silent.count()
    title = ngettext("%(count)s invitation not opened yet", "%(count)s invitations not opened yet", count)
    rows = [(str(one.organisation), str(one.event), _page(one)) for one in silent[:SHOWN]]
    return OpenTask(title % {"count": count}, count, rows, _list(Invitation, state__exact="issued"))


def _page(obj: Model) -> str:
    """Return the address of the object's admin page."""
    return reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_change", args=[obj.pk])


def _list(model: type[Model], **filters: str) -> str:
    """Return the address of the model's admin list, with these filters."""
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    return f"{address}?{urlencode(filters, safe=',')}" if filters else address
