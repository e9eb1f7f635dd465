"""Show on an event's admin pages what a change means for its documents."""

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from documents.services.notices import (
    NOTICE_KINDS,
    count_inviting_mails,
    holders,
    notices,
    withdraw_for_moved_events,
)
from documents.staleness import find_event_changes
from documents.templatetags.documents import in_words
from events.admin import EventAdmin
from events.models import Event


def report_consequences(request: HttpRequest, event: Event) -> None:
    """Withdraw outdated mails after a change of the event, and show a message.

    If the event is cancelled or postponed, the message says how many bodies hold its letters; otherwise it says
    what has changed in its documents.
    """
    withdraw_for_moved_events()
    if event.is_off:
        if number := len(holders(event)):
            words = _("Bodies that hold a letter, a link or a registration: %(number)s.") % {"number": number}
            _link(request, words, _("See who they are and tell them"), "notice", event)
    elif changes := find_event_changes(event):
        words = _("Documents in force no longer match the event: %(changes)s.") % {
            "changes": in_words(changes)
        }
        _link(request, words, _("See them, replace them and tell those who have them"), "stale", event)


def consequences_of(event: Event, status: str) -> list[str]:
    """Return sentences that say what a change to this status would mean.

    Before a cancellation or postponement: the mails that are withdrawn and the bodies concerned. Before the event
    is published again: the number of addresses that were told that it is off.
    """
    lines: dict[str, int] = {}
    if status in NOTICE_KINDS:
        lines = {
            _(
                "Mails that invite or remind and have not left: %(number)s. They are taken back."
            ): count_inviting_mails(event),
            _(
                "Bodies that hold a letter, a link or a registration: %(number)s. "
                "They are told once you say so, on the page that follows."
            ): len(holders(event)),
        }
    elif event.is_off and status == Event.Status.PUBLISHED:
        words = _(
            "Addresses that were told that the event is off: %(number)s. "
            "Nothing tells them by itself that it is held after all: write them a circular."
        )
        lines = {words: len(notices(event))}
    return [words % {"number": number} for words, number in lines.items() if number]


def _link(request: HttpRequest, words: str, link: str, page: str, event: Event) -> None:
    address = reverse(f"documents:{page}", args=[event.slug])
    messages.warning(request, format_html('{} <a href="{}">{}</a>', words, address, link))


EventAdmin.what_follows = (*EventAdmin.what_follows, report_consequences)
EventAdmin.what_would_follow = (*EventAdmin.what_would_follow, consequences_of)
