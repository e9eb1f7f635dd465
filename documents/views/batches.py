"""One order: its progress, what failed and why, and what can be taken away from it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents import services
from documents.models import Batch, Document
from documents.views.base import TeamView
from documents.views.downloads import send_file
from jobs.models import State
from jobs.services import JobNotRetryable

PER_PAGE = 50


def batch_context(batch: Batch, page: str | None = None) -> dict[str, object]:
    """What the page of a batch shows, and the part of it that is asked for again."""
    documents = batch.documents.select_related("organisation").order_by("subject", "language")
    merged = getattr(batch, "merged", None)
    return {
        "batch": batch,
        "event": batch.event,
        "merged": merged,
        "merged_is_current": merged is not None and services.is_current(merged),
        "is_busy": batch.is_busy,
        "is_stalled": batch.is_stalled,
        "failed": documents.filter(state=State.FAILED),
        "ready": batch.ready_documents.count(),
        "page": Paginator(documents, PER_PAGE).get_page(page),
    }


class BatchPage(TeamView):
    def get(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        context = batch_context(self.batch, request.GET.get("page"))
        return render(request, "documents_desk/batch.html", context)


class Progress(TeamView):
    """The part of the page that changes, for htmx."""

    def get(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        context = batch_context(self.batch, request.GET.get("page"))
        return render(request, "documents_desk/_progress.html", context)


class Archive(TeamView):
    """All that the batch has made as a ZIP."""

    def get(self, request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
        if not (documents := list(self.batch.ready_documents)):
            raise Http404
        response = StreamingHttpResponse(services.archive(documents), content_type="application/zip")
        name = f"{self.event.slug}-{self.batch.kind}-{pk}.zip"
        response["Content-Disposition"] = content_disposition_header(True, name)
        return response


class Merged(TeamView):
    """The one file for the printer: asked for, then taken away."""

    def get(self, request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
        merged = getattr(self.batch, "merged", None)
        if merged is None or merged.state != State.DONE:
            raise Http404
        return send_file(merged.file_sha256, f"{self.event.slug}-{self.batch.kind}-{pk}.pdf")

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        services.order_merged(batch=self.batch, actor=self.actor)
        return redirect(self.batch)


class Retry(TeamView):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        services.retry_failed(batch=self.batch, actor=self.actor)
        return redirect(self.batch)


class Cancel(TeamView):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        count = services.cancel(batch=self.batch, actor=self.actor)
        words = ngettext(
            "%(count)s document will not be made.", "%(count)s documents will not be made.", count
        )
        messages.success(request, words % {"count": count})
        return redirect(self.batch)


class RetryDocument(TeamView):
    """Try one failed document of the batch again."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, slug: str, pk: int, document: int) -> HttpResponse:
        failed = get_object_or_404(Document.objects.filter(batches=self.batch), pk=document)
        try:
            services.retry(document=failed, actor=self.actor)
        except JobNotRetryable:
            messages.info(request, _("This document is on its way already, or done."))
        return redirect(self.batch)
