"""The documents of one delegation and its people, for its coordinators and the secretariat."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.generic import View

from accounts.models import User
from accounts.requests import parse_number
from documents import services
from documents.models import About, Kind
from documents.models.kinds import PRIVATE
from documents.pages.own_papers import OwnPapers
from registration.models import Delegation, Participant


class PapersView(LoginRequiredMixin, View):
    """A page about the documents of one delegation, for its coordinators and the secretariat; others get 404."""

    @property
    def actor(self) -> User:
        """The signed-in user."""
        return cast(User, self.request.user)

    def get_delegation(self) -> Delegation:
        visible = Delegation.objects.visible_to(self.actor).with_event().with_people()
        return get_object_or_404(visible.select_related("invitation", "lead"), pk=self.kwargs["pk"])


class PapersPage(PapersView):
    """The documents of the delegation and of each confirmed person: to download, to order, or what is missing."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        delegation = self.get_delegation()
        context = {"delegation": delegation, "event": delegation.event, "papers": OwnPapers(delegation)}
        return render(request, "documents_desk/of_delegation.html", context)


class AskForPaper(PapersView):
    """Order one document, or say what is missing for it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int, kind: str) -> HttpResponse:
        delegation = self.get_delegation()
        if kind not in PRIVATE:
            raise Http404
        person = self._person(delegation) if Kind(kind).about == About.PERSON else None
        self._ask(delegation, Kind(kind), person)
        return redirect("documents:of-delegation", pk)

    def _ask(self, delegation: Delegation, kind: Kind, person: Participant | None) -> None:
        try:
            services.ask_for_paper(delegation=delegation, kind=kind, person=person, actor=self.actor)
        except services.Incomplete as error:
            messages.error(self.request, (f"{person}: " if person else "") + str(error))
        except services.NothingToWrite as error:
            messages.error(self.request, str(error))
        else:
            messages.success(self.request, _("It is being made and will be here in a moment."))

    def _person(self, delegation: Delegation) -> Participant:
        pk = parse_number(self.request.POST.get("person", ""))
        people = delegation.participants.filter(erased_at=None).select_related("delegation__event")
        return get_object_or_404(people, pk=pk)
