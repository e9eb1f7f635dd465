"""Order documents: one page for each kind."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from documents import services
from documents.forms import OrderForm
from documents.models import Kind
from documents.models.kinds import PRIVATE
from documents.pages.ordering import ORDER_PAGES, OrderPage
from documents.views.base import TeamView


class Order(TeamView):
    """Show the form, then the number of documents and the problems, then place the order."""

    kind = Kind.INVITATION

    @property
    def order_page(self) -> OrderPage:
        if self.kind in PRIVATE and not self.actor.is_secretariat:
            raise Http404
        return ORDER_PAGES[self.kind]

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show the form. A search keeps the choices; “check” shows what the order would make."""
        make_form = self.order_page.form
        if "check" not in request.GET:
            return self._page(make_form(self.event, initial=_chosen(request)))
        form = make_form(self.event, request.GET)
        preview = self._preview(form) if form.is_valid() else None
        # The fields of the confirmation are hidden and need no ids.
        confirmation = make_form(self.event, request.GET, auto_id=False)
        return self._page(form, preview=preview, confirmation=confirmation)

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = self.order_page.form(self.event, request.POST)
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
        return self.page("order", form=form, title=self.order_page.title, **context)


def _chosen(request: HttpRequest) -> dict[str, Any]:
    """Return the choices in the address, as initial values of a form that is not validated yet."""
    chosen: dict[str, Any] = request.GET.dict()
    return chosen | {"picked": request.GET.getlist("picked")}
