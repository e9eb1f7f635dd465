"""The desk for the documents of one event: list them, order more, publish them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from documents import services
from documents.models import Kind
from documents.models.kinds import PUBLISHABLE
from documents.pages.desk_groups import desk_groups
from documents.standard_texts import STANDARD
from documents.views.base import TeamView

PER_PAGE = 50


class Desk(TeamView):
    """All kinds of documents in groups, then the orders."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        orders = self.event.batches.visible_to(self.actor)
        groups = desk_groups(self.event, orders.last_of_each_kind().with_progress(), self.actor)
        pages = Paginator(orders.with_progress(), PER_PAGE)
        return self.page("desk", groups=groups, batches=pages.get_page(request.GET.get("page")))


class Begin(TeamView):
    """Create a template with standard texts, for the secretariat to check and change."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, slug: str, kind: str) -> HttpResponse:
        if kind not in STANDARD or not self.actor.is_secretariat:
            raise Http404
        template = services.standard_template(event=self.event, kind=Kind(kind), actor=self.actor)
        messages.success(
            request, _("Read the text through and add what is missing. You can change all of it.")
        )
        return redirect("admin:documents_template_change", template.pk)


class Publish(TeamView):
    """Publish a finished document on the event's page."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, slug: str, kind: str) -> HttpResponse:
        if kind not in PUBLISHABLE:
            raise Http404
        try:
            services.publish(event=self.event, kind=kind, actor=self.actor)
        except services.NotPublishable:
            messages.info(request, _("There is nothing to publish yet."))
        else:
            messages.success(request, _("It is now on the event’s page."))
        return redirect("documents:desk", slug)
