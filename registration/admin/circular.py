"""Circulars in the admin: drafts in both languages, preview with recipients, sent circulars."""

from typing import Any

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.admin import actor_of, tag
from accounts.language import LANGUAGE_CODES
from accounts.requests import SignedInRequest, parse_number
from events.admin.base import BilingualAdmin
from events.dates import long_date
from jobs import outbox
from jobs.models import MAIL_STATES, State
from registration import mailing, rules, services
from registration.admin.base import OfficeAdmin, selected_event
from registration.announcements import ANNOUNCEMENTS, initial_values
from registration.circulars import body_recipients, selected_bodies
from registration.forms.circulars import CircularForm
from registration.models import Circular
from registration.recipients import Body

PAGE = "admin:registration_circular_change"
SHOWN = 100  # mails per page


@admin.register(Circular)
class CircularAdmin(OfficeAdmin, BilingualAdmin):
    form = CircularForm
    add_form_template = "admin/registration/circular/add.html"
    change_form_template = "admin/registration/circular/change_form.html"
    list_display = ("title", "reference", "recipients", "state_tag", "sent_on", "sent_to")
    list_display_links = ("title",)
    list_filter = ("event", "recipients")
    list_select_related = ("event",)
    list_per_page = 50
    search_fields = ("subject_en", "subject_es")
    fields = ("event", ("recipients", "status", "group"), "subject", "text", "seen")

    def get_urls(self) -> list[URLPattern]:
        return [
            self.own_path("<int:pk>/preview/", require_safe(self.preview), "preview"),
            self.own_path("<int:pk>/send/", require_POST(self.send), "send"),
            *super().get_urls(),
        ]

    def has_delete_permission(self, request: HttpRequest, obj: Circular | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.is_sent)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """No actions: deleting many at once would also delete sent circulars."""
        return {}

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """The event in the URL, and the texts of the chosen announcement."""
        event, chosen = selected_event(request, "event"), ANNOUNCEMENTS.get(request.GET.get("preset", ""))
        texts = initial_values(chosen, event) if event and chosen else {}
        return {"event": event, **texts}

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {
            "announcements": ANNOUNCEMENTS,
            "event": selected_event(request, "event"),
            **(extra_context or {}),
        }
        return super().add_view(request, form_url, context)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The form of a draft; for a sent circular, its texts and mails."""
        circular = self.get_object(request, object_id)
        if circular is None or not circular.is_sent or request.method == "POST":
            return super().change_view(request, object_id, form_url, extra_context)
        mails = Paginator(circular.mails.order_by("pk"), SHOWN).get_page(request.GET.get("page"))
        context = {"original": circular, "texts": _texts(circular), "mails": mails}
        return self.office_page(request, "sent", capfirst(str(circular)), states=_states(circular), **context)

    def save_model(self, request: HttpRequest, obj: Circular, form: ModelForm, change: bool) -> None:
        if change:
            obj.version += 1
        else:
            obj.written_by = actor_of(request)
        super().save_model(request, obj, form, change)

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return redirect("admin:registration_circular_preview", obj.pk)

    response_post_save_change = response_post_save_add

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The mail in both languages, and everybody who would get it now."""
        circular = self.find(request, pk)
        bodies = selected_bodies(circular)
        first = next((body for body in bodies if body.recipients), None)
        context = {
            "original": circular,
            "texts": _texts(circular, first),
            "is_complete": services.is_complete(circular),
            "body_recipients": body_recipients(bodies),
            "unreachable": [body for body in bodies if not body.recipients],
        }
        return self.office_page(request, "preview", _("Preview and send"), **context)

    def send(self, request: SignedInRequest, pk: int) -> HttpResponse:
        """Send the version that the preview showed, once."""
        circular, version = get_object_or_404(Circular, pk=pk), parse_number(request.POST.get("version", ""))
        self.require_right(request)
        try:
            sent = services.send_circular(circular=circular, version=version, actor=request.user)
        except services.AlreadySent as refusal:
            messages.error(request, str(refusal))
            return redirect(PAGE, pk)
        except rules.Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("admin:registration_circular_preview", pk)
        messages.success(request, _("Sent. Mails on their way: %(count)s.") % {"count": sent.sent_to})
        return redirect(PAGE, pk)

    @admin.display(description=capfirst(gettext_lazy("subject")))
    def title(self, circular: Circular) -> str:
        return str(circular)

    @admin.display(description=capfirst(gettext_lazy("event")), ordering="event__reference")
    def reference(self, circular: Circular) -> str:
        """The short name, because titles would fill half the list."""
        return circular.event.reference

    @admin.display(description=capfirst(gettext_lazy("state")), ordering="sent_at")
    def state_tag(self, circular: Circular) -> SafeString:
        if circular.is_sent:
            return tag(str(pgettext_lazy("circular", "sent")), "good")
        return tag(str(pgettext_lazy("circular", "draft")))

    @admin.display(description=capfirst(pgettext_lazy("circular", "sent")), ordering="sent_at")
    def sent_on(self, circular: Circular) -> str:
        return long_date(circular.sent_at.date(), get_language() or "en") if circular.sent_at else "–"


def _texts(circular: Circular, body: Body | None = None) -> list[dict[str, str]]:
    """The mail in each language, about one body or about none."""
    context = mailing.circular_context(circular, body)
    return [outbox.compose("circular", code, context) for code in LANGUAGE_CODES]


def _states(circular: Circular) -> list[tuple[str, int]]:
    """The number of mails in each state, with its label."""
    counts = circular.mails.order_by().values_list("state").annotate(models.Count("pk"))
    return [(str(MAIL_STATES[State(state)]), mails) for state, mails in counts]
