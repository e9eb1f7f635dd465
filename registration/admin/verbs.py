"""The actions on a delegation's page. Each one applies to the version shown, or is refused with a message."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest, parse_number
from jobs.clock import database_now
from registration import services
from registration.admin.extending import ExtensionPage
from registration.admin.moves import DELEGATION_MOVES, PERSON_MOVES, Move
from registration.admin.page import DelegationPage, ShownRequest
from registration.forms import AnswerForm, FunctionsForm
from registration.models import ChangeRequest, Delegation, Participant

GET_OR_POST = ["GET", "POST"]
PAGE = "admin:registration_delegation_change"


class DelegationActions(ExtensionPage):
    """Confirm, return, reject, reopen; reject or cancel a person; answer requests; translate functions."""

    def action_paths(self) -> list[URLPattern]:
        """The URLs of all actions."""
        asking = require_http_methods(GET_OR_POST)
        of_person = "<int:pk>/people/<int:person>/"
        return [
            self.own_path("<int:pk>/confirm/", require_POST(self.confirm), "confirm"),
            self.extension_path(),
            self.own_path("<int:pk>/functions/", asking(self.functions), "functions"),
            self.own_path("<int:pk>/requests/<int:asked>/", asking(self.answer), "answer"),
            *(
                self.own_path(f"<int:pk>/{move.name}/", asking(partial(self.move, move=move)), move.name)
                for move in DELEGATION_MOVES
            ),
            *(
                self.own_path(
                    f"{of_person}{move.name}/",
                    asking(partial(self.move, move=move)),
                    f"{move.name}_person",
                )
                for move in PERSON_MOVES
            ),
        ]

    def confirm(self, request: SignedInRequest, pk: int) -> HttpResponse:
        """Confirm the people whom the page showed as submitted, or the ticked ones.

        The page always sends their keys, because promoting a person from the waiting list does not increment
        the version at once.
        """
        delegation = self.find(request, pk)
        named = {parse_number(key) for key in request.POST.getlist("people")} - {-1}
        if not named and "ticked" in request.POST:
            messages.warning(request, _("Nobody was confirmed: tick the people first."))
            return redirect(PAGE, pk)
        confirm = partial(
            services.confirm_delegation,
            delegation=delegation,
            version=parse_number(request.POST.get("version", "")),
            people=named or None,
            actor=request.user,
        )
        done = _("Registration confirmed. The coordinator is told by e-mail.")
        if named and _others_wait(delegation, named):
            done = _(
                "These people are confirmed; the others still await you. The coordinator is told by e-mail."
            )
        is_done = self.attempt(request, confirm, done)
        return (
            self.redirect_to_next(request, delegation)
            if is_done and "next" in request.POST
            else redirect(PAGE, pk)
        )

    def redirect_to_next(self, request: HttpRequest, delegation: Delegation) -> HttpResponse:
        """Redirect to the longest-waiting delegation of the same event, or to the list if there is none."""
        following = Delegation.objects.waiting().filter(event=delegation.event_id).exclude(pk=delegation.pk)
        if one := following.first():
            return redirect(PAGE, one.pk)
        messages.info(request, _("No other delegation of this event waits for you."))
        return redirect(
            f"{reverse('admin:registration_delegation_changelist')}?event__id__exact={delegation.event_id}"
        )

    def move(self, request: SignedInRequest, pk: int, move: Move, person: int | None = None) -> HttpResponse:
        """Show the consequences and ask for confirmation, then apply the action to the version shown."""
        delegation = self.find(request, pk)
        subject = delegation if person is None else self.find_person(delegation, person)
        form = move.form(request.POST or None, initial={"version": subject.version})
        if not form.is_valid():
            page = DelegationPage(delegation, request.user, database_now())
            return self.office_page(
                request,
                "move",
                str(move.button),
                form=form,
                move=move,
                original=delegation,
                subject=subject,
                page=page,
            )
        act = partial(move.service, **{move.subject: subject}, **form.cleaned_data, actor=request.user)
        self.attempt(request, act, str(move.done))
        return redirect(PAGE, pk)

    def answer(self, request: SignedInRequest, pk: int, asked: int) -> HttpResponse:
        """Accept or refuse a request of the delegation."""
        delegation = self.find(request, pk)
        requests = ChangeRequest.objects.select_related("participant").filter(delegation=pk)
        change = get_object_or_404(requests, pk=asked)
        form = AnswerForm(request.POST or None, initial={"version": delegation.version})
        if not form.is_valid():
            shown = ShownRequest(change, {person.pk: str(person) for person in delegation.participants.all()})
            title = _("Answer the request")
            return self.office_page(request, "answer", title, form=form, original=delegation, asked=shown)
        decision = form.cleaned_data | {"accept": form.cleaned_data["accept"] == "yes"}
        accept, act = decision["accept"], partial(services.answer_request, request=change, actor=request.user)
        done = _("Request accepted. The coordinator is told by e-mail.")
        refused = _("Request refused. The coordinator is told by e-mail.")
        self.attempt(request, partial(act, **decision), done if accept else refused)
        return redirect(PAGE, pk)

    def functions(self, request: SignedInRequest, pk: int) -> HttpResponse:
        """Enter the functions of people in the other language."""
        page = DelegationPage.find(str(pk))
        if page is None:
            raise Http404
        people = DelegationPage(page, request.user, database_now()).functions
        form = FunctionsForm(request.POST or None, people=people, initial={"version": page.version})
        if form.is_valid():
            version, lines = form.cleaned_data["version"], form.typed()
            act = partial(
                services.translate_functions,
                delegation=page,
                version=version,
                lines=lines,
                actor=request.user,
            )
            if self.attempt(request, act, _("Functions saved.")):
                return redirect(PAGE, pk)
        return self.office_page(
            request, "functions", _("Functions in the other language"), form=form, original=page
        )

    def find_person(self, delegation: Delegation, pk: int) -> Participant:
        """A person of this delegation. Raises Http404."""
        return get_object_or_404(delegation.participants.all(), pk=pk)


def _others_wait(delegation: Delegation, people: set[int]) -> bool:
    """True if a submitted person is not among these people."""
    waiting = delegation.participants.with_status(Participant.Status.SUBMITTED)
    return waiting.exclude(pk__in=people).exists()
