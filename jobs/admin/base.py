"""The admin pages of background work: lists with state and reason, and the actions to retry and to cancel."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.contrib import admin, messages
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from accounts.admin import AuditedAdmin, ReadOnly, actor_of, tag
from accounts.models import User
from jobs import services
from jobs.models import ABORTABLE, RETRYABLE, Job, State

TONES = {State.DONE: "good", State.FAILED: "bad", State.IN_DOUBT: "warn", State.RUNNING: "accent"}


class JobAdmin(ReadOnly, AuditedAdmin):
    """The admin of one kind of background work: read, retry and cancel; nothing else can be changed."""

    change_form_template = "admin/jobs/job.html"
    change_list_template = "admin/jobs/job_list.html"
    actions: tuple[str, ...] = ("retry_selected", "abort_selected")
    view_on_site = False

    def get_urls(self) -> list[URLPattern]:
        return [
            self.action_url("retry", self.retry),
            self.action_url("abort", self.abort),
            *super().get_urls(),
        ]

    def action_url(self, name: str, view: Callable[..., HttpResponse], *, asks: bool = False) -> URLPattern:
        """Return the URL of an action on one row. It accepts only POST unless the action first `asks` with a page."""
        allowed = view if asks else require_POST(view)
        return self.own_path(f"<int:pk>/{name}/", allowed, name)

    def retry(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Put one row back into the queue."""
        self._retry(request, [self.get_row(request, pk)])
        return self.redirect_to_row(pk)

    def abort(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Cancel one row that has not begun."""
        self._abort(request, [self.get_row(request, pk)])
        return self.redirect_to_row(pk)

    def get_row(self, request: HttpRequest, pk: int) -> Any:
        """Return the row with this primary key. Raises Http404 if there is none."""
        job = self.get_object(request, str(pk))
        if job is None:
            raise Http404
        return job

    def redirect_to_row(self, pk: int) -> HttpResponse:
        """Redirect to the row's page."""
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", pk)

    @admin.action(description=gettext_lazy("Try the selected ones again"), permissions=["view"])
    def retry_selected(self, request: HttpRequest, queryset: models.QuerySet[Job]) -> None:
        self._retry(request, list(queryset))

    @admin.action(description=gettext_lazy("Take back the selected ones"), permissions=["view"])
    def abort_selected(self, request: HttpRequest, queryset: models.QuerySet[Job]) -> None:
        self._abort(request, list(queryset))

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
        verbs = self.available_actions(job) if job else {}
        return super().change_view(request, object_id, form_url, verbs | (extra_context or {}))

    def available_actions(self, job: Any) -> dict[str, bool]:
        """Return which actions the row's page offers now."""
        return {"can_retry": job.state in RETRYABLE, "can_abort": job.state in ABORTABLE}

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
        """Retry the jobs that have failed or are in doubt; the others are only counted."""
        again = 0
        for job in jobs:
            with suppress(services.JobNotRetryable):
                self.try_again(job, actor_of(request))
                again += 1
        left = len(jobs) - again
        if again:
            messages.success(
                request, ngettext("%(n)s is tried again.", "%(n)s are tried again.", again) % {"n": again}
            )
        if left:
            messages.warning(
                request, ngettext("%(n)s had not failed.", "%(n)s had not failed.", left) % {"n": left}
            )

    def _abort(self, request: HttpRequest, jobs: list[Job]) -> None:
        """Cancel the jobs that have not begun; the others are only counted."""
        taken = 0
        for job in jobs:
            with suppress(services.JobNotAbortable):
                services.abort(job=job, actor=actor_of(request))
                taken += 1
        left = len(jobs) - taken
        if taken:
            messages.success(
                request, ngettext("%(n)s was taken back.", "%(n)s were taken back.", taken) % {"n": taken}
            )
        if left:
            words = ngettext("%(n)s had begun or ended.", "%(n)s had begun or ended.", left)
            messages.warning(request, words % {"n": left})
