"""All registered people; the data stored about one person, as a page and as a file; erasure."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern
from django.utils.safestring import SafeString
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts import services as accounts
from accounts.admin import ReadOnly, actor_of, tag
from accounts.privacy import Subject
from accounts.requests import parse_number
from attachments.spreadsheets import download_response
from registration import rules, services
from registration.admin.attendance import AttendanceFilter, note, withdraw
from registration.admin.base import OfficeAdmin
from registration.disclosure import as_json, sections
from registration.forms.private import EraseForm, WhoseForm
from registration.models import Participant


@admin.register(Participant)
class ParticipantAdmin(OfficeAdmin, ReadOnly):
    """A list to find people, and a page with the data of one person from every store."""

    change_list_template = "admin/registration/participant/change_list.html"
    list_display = ("full_name", "of_delegation", "role", "status", "attended")
    list_filter = ("status", AttendanceFilter, "delegation__event")
    list_select_related = ("delegation__event", "delegation__organisation")
    list_per_page = 50
    show_full_result_count = False
    actions = ("note_attendance", "withdraw_attendance")  # higher apps add their own
    ordering = ("-pk",)
    # Not the address: it is searched by POST, so that it is in no URL.
    search_fields = ("given_names", "family_names", "badge_name")

    @admin.display(description=gettext_lazy("Delegation"))
    def of_delegation(self, participant: Participant) -> str:
        return str(participant.delegation)

    @admin.display(description=gettext_lazy("Attendance"), ordering="attended_at")
    def attended(self, participant: Participant) -> SafeString | str:
        return tag(_("noted"), "good") if participant.attended_at else "–"

    @admin.action(
        description=gettext_lazy("Note the attendance of the selected people"), permissions=["view"]
    )
    def note_attendance(self, request: HttpRequest, queryset: QuerySet[Participant]) -> None:
        note(request, queryset)

    @admin.action(
        description=gettext_lazy("Withdraw the attendance of the selected people"), permissions=["view"]
    )
    def withdraw_attendance(self, request: HttpRequest, queryset: QuerySet[Participant]) -> None:
        withdraw(request, queryset)

    def get_urls(self) -> list[URLPattern]:
        asking = require_http_methods(["GET", "POST"])
        return [
            self.own_path("address/", asking(self.address), "address"),
            self.own_path("address/download/", require_POST(self.address_download), "address_download"),
            self.own_path("address/erase/", require_POST(self.address_erase), "address_erase"),
            self.own_path("<int:pk>/download/", require_POST(self.download), "download"),
            self.own_path("<int:pk>/erase/", asking(self.erase), "erase"),
            *super().get_urls(),
        ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The data stored about one registered person."""
        if request.method == "POST":
            raise PermissionDenied
        person = get_object_or_404(Participant, pk=parse_number(object_id))
        return self.data_page(request, services.subject_of_person(person), person)

    def download(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The data of one person as a file."""
        person = self.find(request, pk)
        return self.data_file(request, services.subject_of_person(person), person)

    def erase(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Explain the consequences, then erase one registered person."""
        person = self.find(request, pk)
        subject = services.subject_of_person(person)
        needs_reason = services.is_expected(subject)
        form = EraseForm(request.POST or None, people=[], needs_reason=needs_reason)
        return self.erase_page(request, form, subject, person)

    def address(self, request: HttpRequest) -> HttpResponse:
        """Ask for an address and show the data stored under it. POST keeps the address out of the URL."""
        form = WhoseForm(request.POST or None)
        if not form.is_valid():
            return self.office_page(request, "address", _("Data about one person"), form=form)
        email = form.cleaned_data["email"]
        return self.data_page(
            request, services.subject_of_address(email), services.account_of(email), email=email
        )

    def address_download(self, request: HttpRequest) -> HttpResponse:
        """The data under an address as a file."""
        email = posted_address(request)
        return self.data_file(request, services.subject_of_address(email), services.account_of(email))

    def address_erase(self, request: HttpRequest) -> HttpResponse:
        """Explain the consequences, let the officer choose the person's entries, then erase them."""
        email = posted_address(request)
        people = list(services.registered_with(email).select_related("delegation__event"))
        is_sent = "erase" in request.POST
        expected = services.is_expected(services.subject_of_address(email))
        form = EraseForm(request.POST if is_sent else None, people=people, needs_reason=expected)
        chosen = form.chosen if form.is_valid() else None
        subject = services.subject_of_address(email, chosen)
        return self.erase_page(request, form, subject, services.account_of(email), email=email)

    def data_page(
        self, request: HttpRequest, subject: Subject, about: models.Model, **context: Any
    ) -> HttpResponse:
        found = accounts.disclose("data.shown", subject=subject, about=about, actor=actor_of(request))
        shown = {"sections": sections(found), "person": about if isinstance(about, Participant) else None}
        return self.office_page(request, "data", _("Data about one person"), **shown, **context)

    def data_file(self, request: HttpRequest, subject: Subject, about: models.Model) -> HttpResponse:
        found = accounts.disclose("data.downloaded", subject=subject, about=about, actor=actor_of(request))
        return download_response(
            as_json(found), f"{slugify(_('Data about one person'))}.json", "application/json"
        )

    def erase_page(
        self, request: HttpRequest, form: EraseForm, subject: Subject, about: models.Model, email: str = ""
    ) -> HttpResponse:
        """The confirmation page, or the erasure if the form is valid."""
        if form.is_valid():
            return self.erased(request, form, subject, about)
        person = about if isinstance(about, Participant) else None
        shown = {"form": form, "person": person, "email": email}
        return self.office_page(request, "erase", _("Erase the data of one person"), **shown)

    def erased(
        self, request: HttpRequest, form: forms.Form, subject: Subject, about: models.Model
    ) -> HttpResponse:
        reason = form.cleaned_data.get("reason", "")
        try:
            counts = services.erase_person_data(
                subject=subject, about=about, reason=reason, actor=actor_of(request)
            )
        except rules.Refused as refusal:
            messages.error(request, str(refusal))
        else:
            erased = sum(counts.values())
            message = ngettext(
                "The data of the person have been erased: %(number)s entry.",
                "The data of the person have been erased: %(number)s entries.",
                erased,
            )
            messages.success(request, message % {"number": erased})
        return redirect("admin:registration_participant_changelist")

    @admin.display(description=capfirst(gettext_lazy("name")), ordering="family_names")
    def full_name(self, person: Participant) -> str:
        return person.full_name


def posted_address(request: HttpRequest) -> str:
    """The address sent by the previous page. Raises Http404 without a valid one."""
    form = WhoseForm(request.POST)
    if not form.is_valid():
        raise Http404
    email: str = form.cleaned_data["email"]
    return email
