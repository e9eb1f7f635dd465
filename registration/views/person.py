"""The page of one person: saved with the Save button, or automatically after a short pause in typing."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.language import LANGUAGE_CODES, chosen_language
from accounts.requests import SignedInRequest
from registration import rules, services
from registration.editing import EditingClosed, EditMode, get_edit_mode, most_permissive
from registration.fields import Asked
from registration.forms.person import PersonForm, WhyForm, first_role
from registration.models import AskedField, ChangeRequest, Delegation, Participant
from registration.views.base import DelegationView
from registration.views.telling import NOTHING_DIFFERS, REQUEST_SENT

Round, Kind = AskedField.Round, ChangeRequest.Kind


class PersonPage(DelegationView):
    """The first-round fields of one person; without `person` in the URL, of a new person."""

    of_round: str = Round.WHO
    list_name, own_name = "registration:people", "registration:person"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.why, self.remove_why = WhyForm(), WhyForm(auto_id="id_remove_%s")

    def get(self, request: SignedInRequest, pk: int, person: int | None = None) -> HttpResponse:
        form = PersonForm(**self.form_arguments(self.find()))
        if person is None:
            form.set_focus("role")
        return self.form_page(form)

    def post(self, request: SignedInRequest, pk: int, person: int | None = None) -> HttpResponse:
        arguments, action = self.form_arguments(self.find()), request.POST.get("action", "save")
        if action == "role":
            return self.form_page(PersonForm.for_new_role(request.POST, **arguments))
        form = PersonForm(request.POST, **arguments)
        if act := {"autosave": self.autosave, "request": self.ask, "remove": self.remove}.get(action):
            return act(form)
        with translation.override(chosen_language(action)):
            if not form.is_valid():
                return self.form_page(form)
        return self.save(form, action)

    def form_arguments(self, delegation: Delegation) -> dict[str, Any]:
        """The arguments of the form."""
        made_from = {"delegation": delegation, "person": self.subject(delegation)}
        return made_from | {"asked": Asked(delegation.event), "of_round": self.of_round}

    def subject(self, delegation: Delegation) -> Participant:
        """The person of the page. Raises Http404 for a person outside the delegation."""
        if (key := self.kwargs.get("person")) is None:
            return Participant(delegation=delegation, role=first_role(delegation))
        for person in delegation.participants.all():
            if person.pk == key:
                return person
        raise Http404

    def save(self, form: PersonForm, action: str) -> HttpResponse:
        try:
            person = form.save(actor=self.request.user, language=get_language() or "en")
        except services.PersonChanged as conflict:
            form.show_conflict(conflict)
            return self.form_page(form)
        except rules.Refused as refusal:
            return self.form_page(form, refusal=refusal)
        return self.saved(form, person, action) if person else self.form_page(form)

    def saved(self, form: PersonForm, person: Participant, action: str) -> HttpResponse:
        """Redirect to the list, to the next new person, or to this page again.

        It is this page after a switch of language, and if the role has fields that were not shown.
        """
        with translation.override(chosen_language(action)):
            messages.success(self.request, self.saved_message(form, person))
            own = self.address(person)
        if action == "another":
            return redirect("registration:person_add", person.delegation_id)
        if action.removeprefix("language-") in LANGUAGE_CODES or form.asks_more:
            return redirect(own)
        return redirect(f"{reverse(self.list_name, args=[person.delegation_id])}?focus=person-{person.pk}")

    def saved_message(self, form: PersonForm, person: Participant) -> str:
        asks_more = _("Saved: %(person)s. This role is asked for more:")
        return (asks_more if form.asks_more else _("Saved: %(person)s")) % {"person": person}

    def autosave(self, form: PersonForm) -> JsonResponse:
        """Save the valid values of a draft and report what was saved; the page does not change."""
        form.is_valid()
        if form.person.status != Participant.Status.DRAFT or not form.has_name:
            return self.not_saved_response(form)
        try:
            person = form.save(actor=self.request.user, language=get_language() or "en")
        except services.PersonChanged:
            return _json_answer("conflict", _("Saved in another window meanwhile: press Save to see both."))
        except rules.Refused as refusal:
            return _json_answer("refused", str(refusal))
        return self.saved_response(form, person)

    def not_saved_response(self, form: PersonForm) -> JsonResponse:
        if form.person.status != Participant.Status.DRAFT:
            return _json_answer("refused", _("Not saved: press Save to send this change."))
        return _json_answer("waiting", _("Not saved yet: enter a name first."))

    def saved_response(self, form: PersonForm, person: Participant | None) -> JsonResponse:
        """The JSON for a saved draft: the message, and the fields left out because they are invalid.

        The browser replaces `{time}` in the message by its own clock.
        """
        if person is None:
            return _json_answer(
                "refused", " ".join(str(error) for errors in form.errors.values() for error in errors)
            )
        left = ", ".join(str(form[name].label) for name in form.errors if name in form.fields)
        words = _("Saved %(time)s, but not: %(fields)s") if left else _("Saved %(time)s")
        words %= {"time": "{time}", "fields": left}
        state = "partly" if left else "saved"
        return _json_answer(state, words, version=person.version, address=self.address(person))

    def ask(self, form: PersonForm) -> HttpResponse:
        """Send the typed values as a request, if they can no longer be saved directly."""
        self.why = WhyForm(self.request.POST)
        if not (form.is_valid() and self.why.is_valid()):
            return self.form_page(form, edit_mode=EditMode.REQUEST)
        if not (proposal := form.proposal()):
            return self.form_page(form, edit_mode=EditMode.REQUEST, refusal=NOTHING_DIFFERS)
        return self.request_change(form, Kind.EDIT, proposal, self.why.text)

    def remove(self, form: PersonForm) -> HttpResponse:
        """Remove the person, or ask the secretariat to if that is required."""
        self.remove_why = WhyForm(self.request.POST, auto_id="id_remove_%s")
        stored, reason = PersonForm(**self.form_arguments(form.delegation)), self.remove_why.text
        if self.removal_mode(form) == EditMode.REQUEST:
            return self.ask_removal(stored)
        try:
            services.cancel_person(participant=form.person, reason=reason, actor=self.request.user)
        except rules.Refused as refusal:
            return self.form_page(stored, refusal=refusal)
        return self.removed(form.person)

    def ask_removal(self, form: PersonForm) -> HttpResponse:
        if not self.remove_why.is_valid():
            return self.form_page(form)
        return self.request_change(form, Kind.CANCEL, {}, self.remove_why.text)

    def removed(self, person: Participant) -> HttpResponse:
        """Redirect to the list, to the button that restores the person."""
        messages.success(self.request, _("%(person)s has been removed.") % {"person": person})
        people = reverse("registration:people", args=[person.delegation_id])
        return redirect(f"{people}?focus=restore-{person.pk}")

    def request_change(self, form: PersonForm, kind: str, proposal: dict[str, Any], why: str) -> HttpResponse:
        change: dict[str, Any] = {"kind": kind, "proposal": proposal, "why": why, "actor": self.request.user}
        change |= {"participant": form.person, "language": get_language() or "en"}
        try:
            services.request_change(delegation=form.delegation, **change)
        except rules.Refused as refusal:
            return self.form_page(form, refusal=refusal)
        messages.success(self.request, REQUEST_SENT)
        return redirect(self.list_name, form.delegation.pk)

    def address(self, person: Participant) -> str:
        """The URL of the person's page in the present language."""
        return reverse(self.own_name, args=[person.delegation_id, person.pk])

    def form_page(self, form: PersonForm, **context: Any) -> HttpResponse:
        refusal = context.get("refusal")
        edit_mode = refusal.edit_mode if isinstance(refusal, EditingClosed) else self.edit_mode(form)
        shown = {"form": form, "edit_mode": edit_mode, "removal_mode": self.removal_mode(form)}
        shown |= {"person": form.person, "travel": self.of_round == Round.TRAVEL}
        shown |= {"why": self.why, "remove_why": self.remove_why}
        shown["language_form"] = "person" if edit_mode == EditMode.FREE else None
        self.keep_private(form, edit_mode)
        return self.page("person", form.delegation, **(shown | context))

    def keep_private(self, form: PersonForm, edit_mode: EditMode) -> None:
        """Mask the data of a page that cannot be edited.

        If an officer opens the page for a coordinator, the audit trail records the sensitive fields shown.
        """
        if edit_mode == EditMode.CLOSED:
            form.mask()
        elif self.request.method == "GET" and form.person.pk and self.acts_on_behalf(form.delegation):
            services.reveal_person(participant=form.person, fields=form.fields, actor=self.request.user)

    def edit_mode(self, form: PersonForm) -> EditMode:
        """How the values of the form can be saved."""
        return most_permissive({self.field_edit_mode(form, name) for name in form.fields})

    def removal_mode(self, form: PersonForm) -> EditMode:
        """How the person can be removed: like a change of the role, a field of the first round."""
        return self.field_edit_mode(form, "role")

    def field_edit_mode(self, form: PersonForm, name: str) -> EditMode:
        return get_edit_mode(form.person, [name], self.at, self.request.user, form.asked)


class PersonTravelPage(PersonPage):
    """The fields of the travel round of the same person."""

    of_round = Round.TRAVEL
    list_name, own_name = "registration:travel", "registration:person_travel"


def _json_answer(state: str, words: str, **more: object) -> JsonResponse:
    return JsonResponse({"state": state, "words": words, **more})
