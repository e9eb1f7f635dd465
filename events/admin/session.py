"""The admin page of a session, with its moderators and panellists."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from events import services
from events.admin.base import BilingualAdmin, BilingualInline
from events.calendar import calendar_fingerprint
from events.forms import SessionForm
from events.models import Event, Panellist, Session


class PanellistInline(BilingualInline):
    model = Panellist
    fields = (("role", "name", "order"), "function", "organisation", "body")
    autocomplete_fields = ("organisation",)


@admin.register(Session)
class SessionAdmin(BilingualAdmin):
    form = SessionForm
    list_display = ("title", "event", "kind", "day", "starts", "room")
    list_filter = ("kind", "event")
    list_select_related = ("event",)
    search_fields = ("title_en", "title_es")
    autocomplete_fields = ("event",)
    rich_text = ("description",)
    inlines: ClassVar[tuple[type[InlineModelAdmin], ...]] = (PanellistInline,)
    fieldsets = (
        (None, {"fields": ("event", "kind", "title", "description", "seen")}),
        (_("When and where"), {"fields": (("day", "starts", "ends"), "room", "order")}),
    )

    def audited_objects(self, obj: Session) -> Iterable[models.Model]:
        return [obj, *obj.parts]

    def save_model(self, request: HttpRequest, obj: Session, form: ModelForm, change: bool) -> None:
        request.former_fingerprint = calendar_fingerprint(Event.objects.get(pk=obj.event_id))  # type: ignore[attr-defined]
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        services.revise_calendar(event=form.instance.event, former_fingerprint=request.former_fingerprint)  # type: ignore[attr-defined]
