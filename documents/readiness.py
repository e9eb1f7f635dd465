"""Find out what an event lacks for a kind of document, before anything is composed."""

from collections.abc import Callable, Container

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from documents.models import Kind
from documents.models.kinds import PRIVATE
from events.models import Event
from registration.models import Participant

_NO_TEMPLATE = _("There is no template yet: the secretariat writes it in the administration.")
_NOT_OVER = _("Certificates of attendance are made once the event is over.")
_NO_INVITATION = _("The event is cancelled or postponed: nobody is invited to it.")
_NO_CONFIRMATION = _("The event is cancelled or postponed: nothing is confirmed to anybody.")
_ROWS: dict[Kind, tuple[Callable[[Event], bool], Promise]] = {
    Kind.PROGRAMME: (lambda event: event.sessions.exists(), _("The event has no sessions yet.")),
    Kind.AGENDA: (lambda event: event.agenda_items.exists(), _("The event has no agenda items yet.")),
    Kind.PRACTICAL_NOTE: (
        lambda event: event.sections.filter(in_practical_note=True).exists(),
        _("No section of the event is meant for the practical information note yet."),
    ),
    Kind.PARTICIPANTS: (
        lambda event: Participant.objects.listed().filter(delegation__event=event).exists(),
        _("Nobody who may be named in a published list is confirmed yet."),
    ),
}


def why_not_ready(event: Event, kind: Kind, templates: Container[str] | None = None) -> str:
    """Return one sentence that says why the event can have no document of this kind, or "" if it can.

    `templates` are the kinds for which the event has a template, if the caller knows them already.
    """
    if kind.needs_template:
        known = event.templates.filter(kind=kind).exists() if templates is None else kind in templates
        if not known:
            return str(_NO_TEMPLATE)
    if kind in _ROWS:
        has_rows, words = _ROWS[kind]
        return "" if has_rows(event) else str(words)
    return str(_NOT_OVER) if _is_early(event, kind) else ""


def why_not_now(event: Event, kind: Kind) -> str:
    """Return one sentence that says why this kind cannot be ordered at this time, or "" if it can."""
    if event.is_off and kind in {Kind.INVITATION, Kind.COLLECTIVE}:
        return str(_NO_INVITATION)
    if event.is_off and kind in PRIVATE:
        return str(_NO_CONFIRMATION)
    return str(_NOT_OVER) if _is_early(event, kind) else ""


def _is_early(event: Event, kind: Kind) -> bool:
    """Return True for a certificate of attendance before the event is over."""
    return kind == Kind.CERTIFICATE and not event.is_over
