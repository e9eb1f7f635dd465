"""Documents that no longer match the data: show what has changed, and replace them."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.requests import parse_number
from documents import services
from documents.forms import ReplacementForm
from documents.models import Correction, Document
from documents.models.document import DocumentQuerySet
from documents.pages.replacing import StaleOverview
from documents.staleness import find_stale
from documents.views.base import TeamView
from documents.views.tracker import ConfirmedAction
from registration.rules import Refused


class StaleDocuments(TeamView):
    """Every document in force that would be written differently today."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self._page(ReplacementForm(self.event))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Replace the ticked documents, and tell the people who have the old ones."""
        form = ReplacementForm(self.event, request.POST)
        if not form.is_valid():
            return self._page(form)
        try:
            self._replace(form)
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect("documents:stale", self.event.slug)

    def _replace(self, form: ReplacementForm) -> None:
        """Order the new documents. Raises Refused."""
        keys = [parse_number(one) for one in self.request.POST.getlist("picked")]
        chosen, day = self._documents().filter(pk__in=keys), form.cleaned_data["date"]
        if services.replace_and_notify(event=self.event, documents=chosen, date=day, actor=self.actor):
            words = _("The new documents are being made; the mails follow by themselves.")
            messages.success(self.request, words)
        else:
            messages.info(self.request, _("There was nothing left to replace."))

    def _documents(self) -> DocumentQuerySet:
        """Return the documents of the event that the user may see."""
        return Document.objects.visible_to(self.actor).filter(event=self.event)

    def _page(self, form: ReplacementForm) -> HttpResponse:
        overview = StaleOverview([] if self.event.is_off else find_stale(self._documents()))
        under_way = Correction.objects.open().filter(document__event=self.event).count()
        orders = self.event.batches.waiting().count()
        return self.page("stale", form=form, overview=overview, under_way=under_way, orders=orders)


class Reissue(ConfirmedAction):
    """Make new letters to one parliament, and mail them when they are made."""

    template = "reissue"
    form_class = ReplacementForm

    def form(self, data: QueryDict | None = None) -> Form:
        return ReplacementForm(self.event, data)

    def act(self, form: Form) -> str:
        services.reissue(invitation=self.invitation, date=form.cleaned_data["date"], actor=self.actor)
        return _("The new letter is being made; its mail follows by itself.")
