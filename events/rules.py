"""Rules of publication: the allowed changes of status, and what an event needs before it is published."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modeltranslation.translator import translator

from accounts.language import LANGUAGE_CODES
from events import richtext
from events.models import Event, Organisation, Window

Status = Event.Status

NEXT_STATUS: dict[str, frozenset[str]] = {
    Status.DRAFT: frozenset({Status.PUBLISHED}),
    Status.PUBLISHED: frozenset({Status.DRAFT, Status.POSTPONED, Status.CANCELLED}),
    Status.POSTPONED: frozenset({Status.DRAFT, Status.PUBLISHED, Status.CANCELLED}),
    Status.CANCELLED: frozenset({Status.DRAFT, Status.PUBLISHED}),  # a cancellation by mistake can be undone
}

# These are optional in a draft, but required for publication.
TEXTS_OF_EVERY_EVENT = frozenset({"name_in_sentence", "summary", "description"})
TEXTS_OF_A_PLACE = frozenset({"city", "country"})
FACTS_OF_AN_EVENT_AHEAD = ("contact_name", "contact_email")
ROWS = {"organisers": gettext_lazy("organizer"), "windows": gettext_lazy("deadline for registration")}


@dataclass(frozen=True, slots=True)
class Missing:
    """A gap that prevents publication: the object, the field and, for a text, the language."""

    obj: models.Model
    field: str
    language: str = ""

    @property
    def label(self) -> str:
        """The name of the object, such as “Session: Opening”."""
        return f"{capfirst(str(self.obj._meta.verbose_name))}: {self.obj}"

    @property
    def field_label(self) -> str:
        """The name of the field, or of the kind of row that is missing."""
        if self.field in ROWS:
            return str(ROWS[self.field])
        return str(self.obj._meta.get_field(self.field).verbose_name)  # type: ignore[union-attr]

    @property
    def language_label(self) -> str:
        """The name of the language; "" if the gap is not a text."""
        return str(dict(settings.LANGUAGES).get(self.language, ""))


def refusal_reason(event: Event, status: str) -> str:
    """Return why the event cannot get this status, as a sentence for the secretariat; "" if it can."""
    if status not in NEXT_STATUS[event.status]:
        return _("This is not possible: the event’s status is “%(status)s”.") % {
            "status": event.get_status_display()
        }
    if status == Status.DRAFT and (event.invitations.exists() or event.delegations.exists()):
        return _(
            "Parliaments have been invited, and their letters name this page. Postpone or cancel the event instead."
        )
    return ""


def with_checked_rows(events: models.QuerySet[Event]) -> models.QuerySet[Event]:
    """Prefetch everything that the two checks below read, in a fixed number of queries."""
    return events.prefetch_related(
        "organisers__organisation",
        "sections",
        "agenda_items",
        "sessions__panellists__organisation",
        "attachments__presented_by",
        "windows",
    )


def missing_texts(event: Event, today: date | None = None) -> list[Missing]:
    """Return the texts that are missing in a language, in the order of the page.

    A text is missing if it exists only in the other language, or if it is required and exists in neither.
    `today` is a date in the event's time zone, by default the current one.
    """
    over = _is_over(event, today)
    return [
        Missing(obj, field, code)
        for obj in _page_objects(event)
        for field in _texts(obj)
        for code in _lacking(obj, field, over)
    ]


def missing_facts(event: Event, today: date | None = None) -> list[Missing]:
    """Return what is missing besides texts: the organisers and, until the event is over, the contact and a deadline.

    `today` is as in `missing_texts`.
    """
    gaps = [] if event.organisers.all() else [Missing(event, "organisers")]
    if _is_over(event, today):
        return gaps
    gaps += [Missing(event, field) for field in FACTS_OF_AN_EVENT_AHEAD if not getattr(event, field)]
    if all(window.stage != Window.Stage.REGISTER for window in event.windows.all()):
        gaps.append(Missing(event, "windows"))
    return gaps


def _is_over(event: Event, today: date | None) -> bool:
    return event.is_over if today is None else today > event.last_day


def _page_objects(event: Event) -> Iterator[Any]:
    """Yield the event and all objects whose texts its page shows, each organisation once."""
    bodies: dict[int, Organisation] = {}
    yield event
    for organiser in event.organisers.all():
        bodies[organiser.organisation_id] = organiser.organisation
    yield from event.sections.all()
    yield from event.agenda_items.all()
    for session in event.sessions.all():
        yield session
        for panellist in session.panellists.all():
            yield panellist
            if panellist.organisation:
                bodies[panellist.organisation.pk] = panellist.organisation
    for attachment in event.attachments.all():
        if attachment.audience != attachment.Audience.SECRETARIAT:
            yield attachment
            if attachment.presented_by:
                bodies[attachment.presented_by.pk] = attachment.presented_by
    yield from bodies.values()


def _texts(obj: models.Model) -> tuple[str, ...]:
    """Return the translated fields that a page shows. Of an organisation, it shows only the name."""
    if isinstance(obj, Organisation):
        return ("name",)
    translated = translator.get_options_for_model(type(obj)).all_fields
    return tuple(field.name for field in obj._meta.concrete_fields if field.name in translated)


def _lacking(obj: models.Model, field: str, over: bool) -> list[str]:
    lacking = [code for code in LANGUAGE_CODES if not _stands(obj, field, code, over)]
    return lacking if len(lacking) < len(LANGUAGE_CODES) or _is_needed(obj, field) else []


def _stands(obj: models.Model, field: str, code: str, over: bool) -> bool:
    """Return True if the text exists. Once the event is over, `after_text` can replace the description."""
    if over and field == "description" and isinstance(obj, Event) and _stands(obj, "after_text", code, over):
        return True
    return not richtext.is_empty(getattr(obj, f"{field}_{code}") or "")


def _is_needed(obj: models.Model, field: str) -> bool:
    if not obj._meta.get_field(field).blank:  # type: ignore[union-attr]
        return True
    if not isinstance(obj, Event):
        return False
    return field in TEXTS_OF_EVERY_EVENT or (field in TEXTS_OF_A_PLACE and obj.mode != Event.Mode.ONLINE)
