"""The admin page that shows all background work."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.admin import actor_of
from accounts.requests import parse_number
from jobs import services
from jobs.models import Job

SHOWN = 10  # rows of each list


class Row(NamedTuple):
    """A job as the page shows it: its kind, the address of its own page, its time, and its key in a form."""

    job: Job
    kind: str
    address: str
    since: datetime
    key: str


@require_http_methods(["GET", "HEAD", "POST"])
def background_work(request: HttpRequest) -> HttpResponse:
    """Show queues, workers, the longest waiting jobs and the failed ones. A POST retries or cancels one job."""
    if request.method == "POST":
        _act(request)
        return redirect("admin:work")
    context = admin.site.each_context(request) | {
        "title": _("Background work"),
        "health": services.get_health(),
        "failures": [_row(job) for job in services.latest_failures(SHOWN)],
        "waiting": [_row(job) for job in services.longest_waiting(SHOWN)],
    }
    return TemplateResponse(request, "admin/jobs/work.html", context)


def _row(job: Job) -> Row:
    address = ""
    if admin.site.is_registered(type(job)):
        address = reverse(f"admin:{job._meta.app_label}_{job._meta.model_name}_change", args=[job.pk])
    since = job.finished_at or job.not_before
    return Row(
        job, capfirst(str(job._meta.verbose_name)), address, since, f"{job._meta.label_lower}:{job.pk}"
    )


def _act(request: HttpRequest) -> None:
    """Retry or cancel the job that the form names. Raises Http404 for an unknown verb or job."""
    job = _named(request.POST.get("job", ""))
    act, done = _verb(request.POST.get("verb", ""), job)
    try:
        act(job=job, actor=actor_of(request))
    except (services.JobNotRetryable, services.JobNotAbortable):
        messages.warning(request, _("%(job)s has moved on meanwhile: nothing was changed.") % {"job": job})
    else:
        messages.success(request, done % {"job": job})


def _verb(name: str, job: Job) -> tuple[Callable[..., None], str]:
    """Return the verb's function and its message. The admin class of the job may retry in a way of its own."""
    if name == "abort":
        return services.abort, _("%(job)s was taken back.")
    if name != "retry":
        raise Http404
    done = _("%(job)s is tried again.")
    if admin.site.is_registered(type(job)):
        return admin.site.get_model_admin(type(job)).try_again, done  # type: ignore[attr-defined]
    return services.retry, done


def _named(key: str) -> Job:
    label, _colon, pk = key.partition(":")
    for model in services.job_models():
        if model._meta.label_lower == label:
            found: Job | None = services.rows_of(model).filter(pk=parse_number(pk)).first()
            if found:
                return found
    raise Http404
