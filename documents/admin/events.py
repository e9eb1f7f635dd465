"""What follows for documents when an event was edited or moved, said where it was done."""

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from documents.services.notices import holders, withdraw_for_moved_events
from documents.staleness import changes_of
from documents.templatetags.documents import in_words
from events.admin import EventAdmin
from events.models import Event


def say_what_follows(request: HttpRequest, event: Event) -> None:
    """Of an event that is off who holds its letters; of any other what its letters say wrongly now."""
    withdraw_for_moved_events()
    if event.is_off:
        if number := len(holders(event)):
            words = _("Bodies that hold a letter, a link or a registration: %(number)s.") % {"number": number}
            _link(request, words, _("See who they are and tell them"), "notice", event)
    elif changes := changes_of(event):
        words = _("Documents in force no longer match the event: %(changes)s.") % {
            "changes": in_words(changes)
        }
        _link(request, words, _("See them, replace them and tell those who have them"), "stale", event)


def _link(request: HttpRequest, words: str, link: str, page: str, event: Event) -> None:
    address = reverse(f"documents:{page}", args=[event.slug])
    messages.warning(request, format_html('{} <a href="{}">{}</a>', words, address, link))


EventAdmin.what_follows = (*EventAdmin.what_follows, say_what_follows)
