"""The review queue: mails with letters, read before they are sent off."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import ngettext

from documents import services
from documents.addressed import Addressed, Languages, Problem, survey
from documents.forms import IssueForm
from documents.models import Delivery, Document
from documents.views.base import TeamView
from jobs.models import OutgoingMail
from registration.figures import region_of
from registration.rules import Refused

HANDLED = {Problem.REVIEW, Problem.SENT}


@dataclass(frozen=True, slots=True)
class Row:
    """One mail of the queue, the letters that it encloses, and the region of their parliament."""

    mail: OutgoingMail
    documents: list[Document]
    region: str


class Review(TeamView):
    """What is ready to be sent, what could be written, and who gets nothing for which reason."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self._page(IssueForm())

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """One of the page's buttons, by its name."""
        for name, press in BUTTONS.items():
            if name in request.POST:
                try:
                    return press(self) or redirect(self.address)
                except Refused as refused:
                    messages.error(request, str(refused))
        return redirect(self.address)

    @property
    def address(self) -> str:
        """This page, with the filter that was chosen."""
        query = self.request.GET.urlencode()
        return reverse("documents:review", args=[self.event.slug]) + (f"?{query}" if query else "")

    def prepare(self) -> HttpResponse | None:
        """Write the drafts; the form again when it was refused."""
        form = IssueForm(self.request.POST)
        if not form.is_valid():
            return self._page(form)
        composed = services.compose_issue(event=self.event, actor=self.actor, **form.cleaned_data)
        count = len(composed.mails)
        words = ngettext(
            "%(count)s mail is ready to be read.", "%(count)s mails are ready to be read.", count
        )
        messages.success(self.request, words % {"count": count})
        return None

    def send(self) -> None:
        """Send off those ticked, or all that the page showed."""
        issued = services.issue(event=self.event, mails=self._chosen(), actor=self.actor)
        words = ngettext(
            "%(count)s mail leaves within about %(minutes)s min.",
            "%(count)s mails leave within about %(minutes)s min.",
            issued.sent,
        )
        minutes = ceil(issued.sent / settings.MAIL_PER_MINUTE)
        messages.success(self.request, words % {"count": issued.sent, "minutes": minutes})
        if issued.taken_back:
            words = ngettext(
                "%(count)s mail was taken back: its letter has been replaced or declared void, or its link revoked.",
                "%(count)s mails were taken back: their letters have been replaced or declared void, or their links "
                "revoked.",
                issued.taken_back,
            )
            messages.warning(self.request, words % {"count": issued.taken_back})

    def discard(self) -> None:
        """Throw away those ticked, or all that the page showed."""
        count = services.discard(event=self.event, mails=self._chosen(), actor=self.actor)
        words = ngettext("%(count)s mail was discarded.", "%(count)s mails were discarded.", count)
        messages.success(self.request, words % {"count": count})

    def _chosen(self) -> list[OutgoingMail]:
        """The mails ticked; with a button for all, those that were on the page."""
        field = "shown" if any(name.endswith("_all") for name in self.request.POST) else "picked"
        keys = [
            int(value) for value in self.request.POST.getlist(field) if value.isascii() and value.isdigit()
        ]
        return list(OutgoingMail.objects.filter(pk__in=keys).only("pk"))

    def _rows(self) -> list[Row]:
        rows: dict[int, Row] = {}
        drafts = Delivery.objects.drafts().filter(document__event=self.event).with_mail()
        related = "document__organisation__parliament"
        for one in drafts.select_related("mail", related).defer(
            "document__snapshot", "mail__html", "mail__text"
        ):
            parliament = getattr(one.document.organisation, "parliament", None)
            row = rows.setdefault(one.mail_id, Row(one.mail, [], region_of(parliament)))
            row.documents.append(one.document)
        return sorted(rows.values(), key=lambda row: (str(row.documents[0].organisation), row.mail.pk))

    def _page(self, form: IssueForm) -> HttpResponse:
        rows, found = self._rows(), survey(self.event, form.data.get("languages", Languages.OWN))
        regions = {region_of(getattr(one.organisation, "parliament", None)) for one in found}
        region, problem = self.request.GET.get("region", ""), self.request.GET.get("problem", "")
        if region:
            rows = [row for row in rows if row.region == region]
        return self.page(
            "review",
            form=form,
            rows=rows,
            ready=sum(len(one.contacts) for one in found if one.problem is None),
            ready_parliaments=sum(one.problem is None for one in found),
            left_out=_left_out(found, region, problem),
            regions=sorted(regions),
            problem_choices=[(one.value, one.label) for one in Problem if one not in HANDLED],
            chosen={"region": region, "problem": problem, "none": "none" in self.request.GET},
            minutes=ceil(len(rows) / settings.MAIL_PER_MINUTE),
        )


BUTTONS: dict[str, Callable[[Review], Any]] = {
    "prepare": Review.prepare,
    "send": Review.send,
    "send_all": Review.send,
    "discard": Review.discard,
    "discard_all": Review.discard,
}


def _left_out(found: list[Addressed], region: str, problem: str) -> list[tuple[Problem, list[Addressed]]]:
    """Who gets nothing, by reason; without those that have their letter, or a mail in the queue."""
    grouped: dict[Problem, list[Addressed]] = {}
    for one in found:
        if one.problem is None or one.problem in HANDLED or (problem and one.problem != problem):
            continue
        if not region or region_of(getattr(one.organisation, "parliament", None)) == region:
            grouped.setdefault(one.problem, []).append(one)
    return sorted(grouped.items(), key=lambda pair: list(Problem).index(pair[0]))


class ReviewedMail(TeamView):
    """The words of one mail as they will be sent, the personal link left out."""

    def get(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        mails = OutgoingMail.objects.filter(deliveries__document__event=self.event).distinct()
        mail = get_object_or_404(mails, pk=pk)
        deliveries = mail.deliveries.select_related("document__organisation")
        return self.page("mail", mail=mail, deliveries=deliveries, delivery=deliveries[0])
