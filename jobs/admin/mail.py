"""The outbox in the administration: drafts, mails waiting and sent, and the answers of the mail servers."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.admin import actor_of, tag
from jobs import outbox, services
from jobs.admin.base import TONES, JobAdmin
from jobs.forms import BounceForm, ReportForm
from jobs.models import MAIL_STATES, RETURNED, OutgoingMail, State


class StateFilter(admin.SimpleListFilter):
    """Filter by the states that the list shows. Returned mails are separate from sent mails."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, Any]]:
        return [*MAIL_STATES.items(), ("returned", RETURNED)]

    def queryset(
        self, _request: HttpRequest, queryset: models.QuerySet[OutgoingMail]
    ) -> models.QuerySet[OutgoingMail]:
        match self.value():
            case None:
                return queryset
            case "returned":
                return queryset.exclude(bounced_at=None)
            case state:
                return queryset.filter(state=state, bounced_at=None)


@admin.register(OutgoingMail)
class OutgoingMailAdmin(JobAdmin):
    change_form_template = "admin/jobs/mail.html"
    change_list_template = "admin/jobs/mail_list.html"
    actions = (*JobAdmin.actions, "release_selected")
    list_display = ("subject", "to", "state_tag", "why", "errors", "created_at", "finished_at")
    list_filter = (StateFilter, "language")
    search_fields = ("to", "cc", "subject", "message_id")
    date_hierarchy = "created_at"
    fields = (
        ("state_tag", "why"),
        ("to", "copies", "language"),
        "subject",
        "text",
        "enclosed",
        ("created_at", "not_before", "finished_at"),
        ("errors", "message_id"),
    )
    readonly_fields = ("state_tag", "why", "copies", "enclosed")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[OutgoingMail]:
        """Without the texts, which the list does not show."""
        return super().get_queryset(request).defer("text", "html")

    def get_urls(self) -> list[URLPattern]:
        return [
            self.own_path("report/", self.report, "report"),
            self.action_url("release", self.release),
            self.action_url("bounce", self.bounce, asks=True),
            *super().get_urls(),
        ]

    def release(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Queue one draft for sending."""
        self._release(request, [self.get_row(request, pk)])
        return self.redirect_to_row(pk)

    def bounce(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for the text of the report, and record that the mail bounced."""
        mail = self.get_row(request, pk)
        if not mail.can_bounce:
            raise Http404
        form = BounceForm(request.POST or None)
        if form.is_valid():
            try:
                services.bounce(mail=mail, words=form.cleaned_data["words"], actor=actor_of(request))
            except services.MailNotSent as gone:
                raise Http404 from gone
            messages.success(request, _("It is noted that the mail came back."))
            return self.redirect_to_row(pk)
        title = _("%(mail)s: it came back") % {"mail": mail}
        return self.own_page(request, "admin/jobs/bounce.html", title, form=form, original=mail)

    def report(self, request: HttpRequest) -> HttpResponse:
        """Read an uploaded delivery report, and record which mails bounced."""
        form = ReportForm(request.POST or None, request.FILES or None)
        if not form.is_valid():
            return self.own_page(request, "admin/jobs/report.html", _("Read a delivery report"), form=form)
        noted = services.read_report(form.cleaned_data["report"].read(), actor=actor_of(request))
        for failure in noted:
            words = _("It is noted that the mail to %(to)s came back.") % {"to": failure.address}
            messages.success(request, words)
        if not noted:
            messages.warning(request, _("No mail of the outbox is the one that came back."))
        return redirect("admin:jobs_outgoingmail_changelist")

    @admin.action(description=gettext_lazy("Send the selected drafts"), permissions=["view"])
    def release_selected(self, request: HttpRequest, queryset: models.QuerySet[OutgoingMail]) -> None:
        self._release(request, list(queryset))

    @admin.display(description=capfirst(gettext_lazy("state")), ordering="state")
    def state_tag(self, job: Any) -> SafeString:
        return tag(job.get_state_display(), "bad" if job.bounced_at else TONES.get(State(job.state), ""))

    @admin.display(description=capfirst(gettext_lazy("reason")))
    def why(self, job: Any) -> str:
        return job.bounce or super().why(job)

    @admin.display(description=capfirst(gettext_lazy("copies to")))
    def copies(self, mail: OutgoingMail) -> str:
        return ", ".join(mail.cc) or "–"

    @admin.display(description=capfirst(gettext_lazy("enclosed files")))
    def enclosed(self, mail: OutgoingMail) -> str:
        return ", ".join(file["name"] for file in mail.attachments) or "–"

    def available_actions(self, job: OutgoingMail) -> dict[str, bool]:
        return super().available_actions(job) | {"is_reviewed": job.kind in outbox.reviewed}

    def _release(self, request: HttpRequest, mails: Iterable[OutgoingMail]) -> None:
        """Release the drafts that can be sent from this page; skip the other mails."""
        here = [mail for mail in mails if mail.kind not in outbox.reviewed]
        sent = services.release(mails=here, actor=actor_of(request))
        if not sent:
            messages.warning(request, _("None of them is a draft that is sent from here."))
            return
        words = ngettext("%(n)s draft is on its way.", "%(n)s drafts are on their way.", sent)
        messages.success(request, words % {"n": sent})
