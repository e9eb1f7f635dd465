"""The page of one order: its progress, its errors, and its downloads."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents import services
from documents.models import Document
from documents.views.base import TeamView
from documents.views.downloads import send_file
from jobs.models import State
from jobs.services import JobNotRetryable

PER_PAGE = 50
OF_WHOM = ("organisation", "delegation__organisation", "participant")


class BatchPage(TeamView):
    """The progress of the order, its downloads and its documents."""

    template = "batch"
    is_exchanged = False

    def get(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        documents = self.listed()
        return self.page(
            self.template,
            batch=self.batch,
            is_busy=self.batch.is_busy,
            is_exchanged=self.is_exchanged,
            failed=documents.filter(state=State.FAILED),
            ready=self.batch.ready_documents.count(),
            documents=Paginator(documents, PER_PAGE).get_page(request.GET.get("page")),
        )

    def listed(self) -> QuerySet[Document]:
        """Return the documents of the order without their snapshots."""
        documents = self.batch.documents.select_related(*OF_WHOM)
        return documents.defer("snapshot").order_by("subject", "language")


class Progress(BatchPage):
    """The part of the page that changes. htmx requests it and replaces the old part."""

    template = "_progress"
    is_exchanged = True


class Archive(TeamView):
    """A ZIP with all finished documents of the order."""

    def get(self, request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
        if not (documents := list(self.batch.ready_documents)):
            raise Http404
        content = services.archive(documents)
        services.record_download(self.batch, actor=self.actor)
        response = StreamingHttpResponse(content, content_type="application/zip")
        response["Content-Disposition"] = content_disposition_header(True, f"{self.batch.stem}.zip")
        return response


class Merged(TeamView):
    """The merged file for the printer: order it (POST), download it (GET)."""

    def get(self, request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
        merged = getattr(self.batch, "merged", None)
        if merged is None or merged.state != State.DONE:
            raise Http404
        services.record_download(self.batch, actor=self.actor)
        return send_file(merged.file_sha256, f"{self.batch.stem}.pdf")

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
    """Retry one failed document of the order."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, slug: str, pk: int, document: int) -> HttpResponse:
        failed = get_object_or_404(Document.objects.filter(batches=self.batch), pk=document)
        try:
            services.retry(document=failed, actor=self.actor)
        except JobNotRetryable:
            messages.info(request, _("This document is on its way already, or done."))
        return redirect(self.batch)
