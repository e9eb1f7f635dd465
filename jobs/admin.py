"""Background work in the administration: what waits, what failed and why, and the button that tries again."""

from typing import Any

from django.contrib import admin, messages
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from accounts.admin import AuditedAdmin, ReadOnly, actor_of, tag
from accounts.models import User
from jobs import services
from jobs.models import RETRYABLE, Job, OutgoingMail, State

TONES = {State.DONE: "good", State.FAILED: "bad", State.IN_DOUBT: "warn", State.RUNNING: "accent"}


class JobAdmin(ReadOnly, AuditedAdmin):
    """Rows of one kind of background work: read, and tried again. Nothing else about them is changed by hand."""

    change_form_template = "admin/jobs/job.html"
    change_list_template = "admin/jobs/job_list.html"
    actions = ("retry_selected",)
    view_on_site = False

    def get_urls(self) -> list[URLPattern]:
        retry = path(
            "<int:pk>/retry/",
            self.admin_site.admin_view(require_POST(self.retry)),
            name=f"{self.opts.app_label}_{self.opts.model_name}_retry",
        )
        return [retry, *super().get_urls()]

    def retry(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Put one row back into the queue."""
        job = self.get_object(request, str(pk))
        if job is None:
            raise Http404
        self._retry(request, [job])
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", pk)

    @admin.action(description=gettext_lazy("Try the selected ones again"), permissions=["view"])
    def retry_selected(self, request: HttpRequest, queryset: models.QuerySet[Job]) -> None:
        self._retry(request, list(queryset))

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        waiting = services.oldest_waiting(self.model)
        return super().changelist_view(request, {"oldest_waiting": waiting, **(extra_context or {})})

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        job = self.get_object(request, object_id)
        can_retry = job is not None and job.state in RETRYABLE
        return super().change_view(
            request, object_id, form_url, {"can_retry": can_retry, **(extra_context or {})}
        )

    @admin.display(description=capfirst(gettext_lazy("state")), ordering="state")
    def state_tag(self, job: Job) -> SafeString:
        return tag(job.get_state_display(), TONES.get(State(job.state), ""))

    @admin.display(description=capfirst(gettext_lazy("reason")))
    def why(self, job: Job) -> str:
        return job.reason or "–"

    def try_again(self, job: Any, actor: User) -> None:
        """Put one row back into the queue. Raises JobNotRetryable."""
        services.retry(job=job, actor=actor)

    def _retry(self, request: HttpRequest, jobs: list[Job]) -> None:
        """Those that have failed or are in doubt; the others are counted and left alone."""
        again = 0
        for job in jobs:
            try:
                self.try_again(job, actor_of(request))
                again += 1
            except services.JobNotRetryable:
                continue
        left = len(jobs) - again
        if again:
            messages.success(
                request, ngettext("%(n)s is tried again.", "%(n)s are tried again.", again) % {"n": again}
            )
        if left:
            messages.warning(
                request, ngettext("%(n)s had not failed.", "%(n)s had not failed.", left) % {"n": left}
            )


@admin.register(OutgoingMail)
class OutgoingMailAdmin(JobAdmin):
    list_display = ("subject", "to", "state_tag", "why", "errors", "created_at", "finished_at")
    list_filter = ("state", "kind", "language")
    search_fields = ("to", "subject", "message_id")
    date_hierarchy = "created_at"
    fields = (
        ("state_tag", "why"),
        ("to", "language"),
        "subject",
        "text",
        ("created_at", "not_before", "finished_at"),
        ("errors", "message_id"),
    )
    readonly_fields = ("state_tag", "why")
