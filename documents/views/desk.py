"""The organiser's desk for the documents of one event: what there is, and ordering more."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from documents import services
from documents.forms import EventPaperForm, InvitationOrderForm, OrderForm
from documents.models import Document
from documents.views.base import TeamView

BATCHES_SHOWN = 50


class Desk(TeamView):
    """Letters, aide-memoires and orders of an event."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        letters, expected = InvitationOrderForm(self.event), self.event.documents.expected()
        return self.page(
            "desk",
            templates=set(self.event.templates.values_list("kind", flat=True)),
            invited=letters.invited.count(),
            without_letter=letters.without_letter.count(),
            collective=expected.of_kind(Document.Kind.COLLECTIVE),
            aide_memoires=expected.of_kind(Document.Kind.AIDE_MEMOIRE),
            batches=self.event.batches.with_progress()[:BATCHES_SHOWN],
        )


class Order(TeamView):
    """Ordering letters: the choice, how many that makes and what cannot be written, then the order."""

    kind = Document.Kind.INVITATION
    form_class: type[OrderForm] = InvitationOrderForm
    title = _lazy("Make letters")

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """The form; a search keeps what was chosen, and “check” shows what the order would make."""
        if "check" not in request.GET:
            return self._page(self.form_class(self.event, initial=_chosen(request)))
        form = self.form_class(self.event, request.GET)
        preview = self._preview(form) if form.is_valid() else None
        confirmation = self.form_class(self.event, request.GET, auto_id=False)  # hidden, without ids
        return self._page(form, preview=preview, confirmation=confirmation)

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = self.form_class(self.event, request.POST)
        if not form.is_valid():
            return self._page(form)
        try:
            batch = services.order_batch(event=self.event, kind=self.kind, actor=self.actor, **form.order)
        except services.NothingToWrite as reason:
            form.add_error(None, str(reason))
            return self._page(form)
        messages.success(request, _("Ordered. You can leave this page: the documents are made all the same."))
        return redirect(batch)

    def _preview(self, form: OrderForm) -> services.Preview | None:
        try:
            return services.preview(event=self.event, kind=self.kind, **form.order)
        except services.NothingToWrite as reason:
            form.add_error(None, str(reason))
            return None

    def _page(self, form: OrderForm, **context: Any) -> HttpResponse:
        return self.page("order", form=form, title=self.title, **context)


class CollectiveOrder(Order):
    kind = Document.Kind.COLLECTIVE
    form_class = OrderForm
    title = _lazy("Make the collective letter")


class AideMemoireOrder(Order):
    kind = Document.Kind.AIDE_MEMOIRE
    form_class = EventPaperForm
    title = _lazy("Make the aide-memoire")


def _chosen(request: HttpRequest) -> dict[str, Any]:
    """What the address has chosen already, for a form that is not checked yet."""
    chosen: dict[str, Any] = request.GET.dict()
    return chosen | {"picked": request.GET.getlist("picked")}
