"""The admin page of an event, with its texts, sections, deadlines, programme and team."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.admin import tag
from accounts.language import LANGUAGE_CODES
from events import services
from events.admin.base import BilingualAdmin, BilingualInline, OrderedInline, is_referred_to
from events.admin.moves import EventMoves
from events.calendar import calendar_fingerprint
from events.dates import date_range
from events.forms import EventForm, WindowForm, WindowFormSet
from events.models import AgendaItem, Event, EventMember, EventOrganiser, EventSection, Session, Window
from events.rules import missing_facts, missing_texts, with_checked_rows

TONES = {Event.Status.PUBLISHED: "good", Event.Status.POSTPONED: "warn", Event.Status.CANCELLED: "bad"}


class OrganiserInline(OrderedInline):
    model = EventOrganiser
    fields = ("role", "organisation", "order")
    autocomplete_fields = ("organisation",)


class SectionInline(BilingualInline):
    model = EventSection
    fields = (("kind", "order"), ("on_page", "in_aide_memoire", "in_practical_note"), "text")
    rich_text = ("text",)


class AgendaInline(BilingualInline):
    """The agenda items of a statutory meeting; other events have none."""

    model = AgendaItem
    fields = ("order", "title", "body", "annotation")
    rich_text = ("annotation",)


class WindowInline(admin.TabularInline):
    model = Window
    form, formset = WindowForm, WindowFormSet
    fields = ("stage", "first_day", "last_day")
    extra = 0

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Window]:
        """Only deadlines for everybody. Those for one category are on the page of the terms of registration."""
        return super().get_queryset(request).filter(category="")


class SessionInline(BilingualInline):
    """A short form of the programme. Description, room and speakers are on the session's own page."""

    model = Session
    fields = (("kind", "day", "starts", "ends", "order"), "title")
    show_change_link = True


class MemberInline(admin.TabularInline):
    model = EventMember
    autocomplete_fields = ("user",)
    extra = 0


@admin.register(Event)
class EventAdmin(EventMoves, BilingualAdmin):
    form = EventForm
    change_form_template = "admin/events/event/change_form.html"
    list_display = ("title", "dates", "status_tag", "kind", "missing_count", "page_links")
    list_filter = ("status", "kind", "mode")
    search_fields = ("search_text", "slug", "reference")
    date_hierarchy = "first_day"
    list_per_page = 50
    prepopulated_fields = {"slug": ("title",)}
    view_on_site = False  # one link for each language instead
    rich_text = ("description", "after_text")
    inlines: ClassVar[tuple[type[InlineModelAdmin], ...]] = (
        OrganiserInline,
        SectionInline,
        WindowInline,
        AgendaInline,
        SessionInline,
        MemberInline,
    )
    fieldsets = (
        (
            _("What it is"),
            {"fields": ("kind", "title", "name_in_sentence", "theme", ("slug", "reference"), "seen")},
        ),
        (
            _("When and where"),
            {
                "fields": (
                    ("first_day", "last_day"),
                    ("zone", "deadline_zone"),
                    "mode",
                    "venue",
                    "city",
                    "country",
                )
            },
        ),
        (_("What its page says"), {"fields": ("summary", "description", "after_text")}),
        (
            _("Languages and contact"),
            {
                "fields": (
                    "working_languages",
                    ("contact_name", "contact_gender"),
                    ("contact_email", "contact_phone"),
                    "contact_unit",
                )
            },
        ),
        (
            _("List of participants"),
            {
                "fields": ("list_publication",),
                "description": _(
                    "Whom a published list may name. People read it on the privacy page of their delegation. "
                    "By consent: each person is asked, if the terms of registration include that field, and whoever "
                    "has not agreed stays off the list."
                ),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Event]:
        return with_checked_rows(super().get_queryset(request))

    def audited_objects(self, obj: Event) -> Iterable[models.Model]:
        return [obj, *obj.parts, *obj.attachments.all()]

    def save_model(self, request: HttpRequest, obj: Event, form: ModelForm, change: bool) -> None:
        former = Event.objects.filter(pk=obj.pk).first()
        request.former_fingerprint = calendar_fingerprint(former) if former else ""  # type: ignore[attr-defined]
        super().save_model(request, obj, form, change)
        if former:
            services.keep_deadline_days(event=obj, former=former)

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        services.revise_calendar(event=form.instance, former_fingerprint=request.former_fingerprint)  # type: ignore[attr-defined]
        if change:
            self.show_messages(request, form.instance)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Event | None = None,
    ) -> HttpResponse:
        if obj and not context.get("is_popup"):
            stored = self.get_queryset(request).get(pk=obj.pk)  # a form with errors has changed `obj`
            moves = self.possible_moves(stored)
            context |= {
                "moves": moves,
                "can_publish": any(move.status == Event.Status.PUBLISHED for move in moves),
                "pages": _pages(stored),
                "tone": TONES.get(Event.Status(stored.status), ""),
                "missing": len(missing_texts(stored)) + len(missing_facts(stored)),
                "show_delete": not is_referred_to(stored, protected=True),
            }
        return super().render_change_form(request, context, add, change, form_url, obj)

    @admin.display(description=capfirst(_("dates")), ordering="first_day")
    def dates(self, event: Event) -> str:
        return date_range(event.first_day, event.last_day, translation.get_language() or "en")

    @admin.display(description=capfirst(_("status")), ordering="status")
    def status_tag(self, event: Event) -> SafeString:
        return tag(event.get_status_display(), TONES.get(Event.Status(event.status), ""))

    @admin.display(description=_("texts missing"))
    def missing_count(self, event: Event) -> int:
        return len(missing_texts(event))

    @admin.display(description=_("pages"))
    def page_links(self, event: Event) -> SafeString:
        links = (
            format_html('<a href="{}" hreflang="{}">{}</a>', url, code, name)
            for code, name, url in _pages(event)
        )
        return format_html("<span>{} · {}</span>", *links)


def _pages(event: Event) -> list[tuple[str, str, str]]:
    """Return the public pages of the event: language code, name of the language in that language, URL."""
    pages = []
    for code in LANGUAGE_CODES:
        with translation.override(code):
            url = event.get_absolute_url()
        pages.append((code, translation.get_language_info(code)["name_local"].capitalize(), url))
    return pages
