"""Publish, unpublish, postpone and cancel: buttons on the event's page and actions on the list."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.admin import OwnPages, actor_of
from events import services
from events.models import AgendaItem, Event, EventSection, Panellist
from events.rules import ROWS, Missing, missing_facts, missing_texts, refusal_reason

Status = Event.Status
Words = str | Promise


# Rows that are edited on the event's own page, with the group in which they are shown.
_GROUPS: dict[type[Model], str] = {EventSection: "sections", AgendaItem: "agenda_items"}


@dataclass(frozen=True, slots=True)
class Move:
    """A change of status: its service, and the texts of its button, its effect, its action and its success message."""

    name: str
    service: Callable[..., Event]
    status: Status
    button: Words
    sentence: Words
    action: Words
    done: Words
    is_grave: bool = True


MOVES = (
    Move(
        "publish",
        services.publish,
        Status.PUBLISHED,
        pgettext_lazy("button", "Publish"),
        _("Everybody can read the event’s page, in both languages."),
        _("Publish the selected events"),
        _("“%(event)s” is published."),
        is_grave=False,
    ),
    Move(
        "postpone",
        services.postpone,
        Status.POSTPONED,
        pgettext_lazy("button", "Postpone"),
        _(
            "The page says that the event is postponed, calendars are told, "
            "and nobody can register until you publish it again."
        ),
        _("Postpone the selected events"),
        _("“%(event)s” is postponed."),
    ),
    Move(
        "cancel",
        services.cancel,
        Status.CANCELLED,
        pgettext_lazy("button", "Cancel the event"),
        _(
            "The page says that the event will not be held, calendars are told, and nobody can register any more."
        ),
        _("Cancel the selected events"),
        _("“%(event)s” is cancelled."),
    ),
    Move(
        "unpublish",
        services.unpublish,
        Status.DRAFT,
        pgettext_lazy("button", "Unpublish"),
        _("The page is no longer found: links and search engines that lead to it lead nowhere."),
        _("Unpublish the selected events"),
        _("“%(event)s” is a draft again."),
    ),
)


@dataclass(frozen=True, slots=True)
class Case:
    """One event before a move: why the move is refused, what is missing for it, and what it will cause."""

    event: Event
    refusal: str
    missing: list[tuple[Missing, str]]  # with the URL of the field
    follows: list[str]

    @property
    def is_clear(self) -> bool:
        return not self.refusal and not self.missing


class EventMoves(OwnPages):
    """Adds the moves to the event's page. Each move is confirmed on a page that describes its effect."""

    # Functions of other apps that show messages after an event was edited or moved. Each app adds its own.
    what_follows: tuple[Callable[[HttpRequest, Event], None], ...] = ()
    # Functions of other apps that return sentences about the effect of a move, for the page that asks.
    what_would_follow: tuple[Callable[[Event, str], list[str]], ...] = ()

    def show_messages(self, request: HttpRequest, event: Event) -> None:
        """Show the messages of other apps about the last change of the event."""
        for say in type(self).what_follows:
            say(request, event)

    def get_urls(self) -> list[URLPattern]:
        views = [self.own_path(f"<int:pk>/{move.name}/", self._view_of(move), move.name) for move in MOVES]
        return views + super().get_urls()

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions: dict[str, Any] = super().get_actions(request)
        return actions | {move.name: (_action(move), move.name, str(move.action)) for move in MOVES}

    def possible_moves(self, event: Event) -> list[Move]:
        return [move for move in MOVES if not refusal_reason(event, move.status)]

    def ask_or_move(self, request: HttpRequest, move: Move, events: list[Event]) -> HttpResponse | None:
        """Return the page that asks for confirmation. Once confirmed, move the events and return None.

        If no event could be moved, the page is returned again.
        """
        if "confirmed" in request.POST and self._make(request, move, events):
            return None
        cases = [self.case_of(event, move) for event in events]
        return self.own_page(
            request,
            "admin/events/event/move.html",
            str(move.button if len(events) == 1 else move.action),
            move=move,
            cases=cases,
            can_move=any(case.is_clear for case in cases),
        )

    def case_of(self, event: Event, move: Move) -> Case:
        """Return what the page shows about an event before a move."""
        missing = missing_texts(event) + missing_facts(event) if move.status == Status.PUBLISHED else []
        gaps = [(gap, address(gap, event)) for gap in missing]
        follows = [line for foresee in type(self).what_would_follow for line in foresee(event, move.status)]
        return Case(event, refusal_reason(event, move.status), gaps, follows)

    def _make(self, request: HttpRequest, move: Move, events: list[Event]) -> bool:
        """Move each event that can be moved. Return False if none could."""
        moved = False
        for event in events:
            try:
                move.service(event=event, actor=actor_of(request))
            except (services.MoveRefused, services.EventIncomplete) as refused:
                messages.error(request, f"{event}: {refused}")
            else:
                messages.success(request, str(move.done) % {"event": event})
                self.show_messages(request, event)
                moved = True
        return moved

    def _view_of(self, move: Move) -> Callable[..., HttpResponse]:
        def view(request: HttpRequest, pk: int) -> HttpResponse:
            event = self.get_object(request, str(pk))
            if event is None:
                raise Http404
            return self.ask_or_move(request, move, [event]) or redirect("admin:events_event_change", pk)

        return view


def address(gap: Missing, event: Event) -> str:
    """Return the URL of the missing field in the administration; the event's page if the object has no page."""
    if group := _GROUPS.get(type(gap.obj)):
        return reverse("admin:events_event_change", args=[event.pk]) + f"#{group}-group"
    if isinstance(gap.obj, Panellist):
        return reverse("admin:events_session_change", args=[gap.obj.session_id]) + "#panellists-group"
    field = f"id_{gap.field}_{gap.language}" if gap.language else f"id_{gap.field}"
    anchor = f"{gap.field}-group" if gap.field in ROWS else field
    meta = gap.obj._meta
    return f"{reverse(f'admin:{meta.app_label}_{meta.model_name}_change', args=[gap.obj.pk])}#{anchor}"


def _action(move: Move) -> Callable[..., HttpResponse | None]:
    def action(modeladmin: EventMoves, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        return modeladmin.ask_or_move(request, move, list(queryset))

    return action
