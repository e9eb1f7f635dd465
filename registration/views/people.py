"""The people of a delegation in order: their missing data, and people of earlier events to add again."""

from typing import NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.requests import SignedInRequest, parse_number
from registration import rules, services
from registration.editing import get_edit_mode
from registration.fields import CATALOGUE, Asked
from registration.models import AskedField, Delegation, Participant
from registration.overview import Part, address_of, part_of
from registration.views.base import DelegationView

Round = AskedField.Round


class Row(NamedTuple):
    """One line of the list: a person and their missing items, each with the URL to enter it."""

    person: Participant
    missing: list[tuple[str, str]]


def people_rows(delegation: Delegation, asked: Asked, *parts: Part) -> list[Row]:
    """The present people in order of precedence, with the missing items of these parts."""
    missing: dict[int | None, list[tuple[str, str]]] = {}
    for verdict in rules.judge(delegation):
        if part_of(verdict, asked) in parts:
            line = (missing_item(verdict), address_of(verdict, delegation, asked))
            missing.setdefault(verdict.person, []).append(line)
    return [Row(one, missing.get(one.pk, [])) for one in delegation.participants.all() if one.is_present]


def missing_item(verdict: rules.Verdict) -> str:
    """The missing item: the field's name, or the sentence if a name is not enough."""
    is_empty = verdict.rule is None and verdict.field in CATALOGUE and verdict.field != "role"
    return capfirst(CATALOGUE[verdict.field].label) if is_empty else verdict.sentence


class PeoplePage(DelegationView):
    """The list of people: add, edit, move, remove, restore, or copy from an earlier event."""

    def get(self, request: SignedInRequest, pk: int) -> HttpResponse:
        delegation = self.find()
        people = delegation.participants.all()
        context = {
            "rows": people_rows(delegation, asked := Asked(delegation.event), Part.PEOPLE, Part.DOCUMENTS),
            "removed": [one for one in people if one.status == Participant.Status.CANCELLED],
            "earlier": services.known_people(delegation),
            "edit_mode": get_edit_mode(delegation, ["role"], self.at, request.user, asked),
            "focus": request.GET.get("focus"),
        }
        return self.page("people", delegation, **context)

    def post(self, request: SignedInRequest, pk: int) -> HttpResponse:
        delegation, focus = self.find(), ""
        verb, _colon, key = request.POST.get("action", "").partition(":")
        try:
            focus = self.act(delegation, verb, parse_number(key))
        except rules.Refused as refusal:
            messages.error(request, str(refusal))
        return redirect(f"{reverse('registration:people', args=[pk])}?focus={focus}#people")

    def act(self, delegation: Delegation, verb: str, key: int) -> str:
        """Perform the action of a button; returns the element that gets the focus. Raises Refused."""
        if verb == "take":
            return self.take_over(delegation, key)
        person = next((one for one in delegation.participants.all() if one.pk == key), None)
        if person is None:
            raise rules.UnknownPerson
        acts = {"up": self.move, "down": self.move, "remove": self.remove, "restore": self.restore}
        return acts[verb](person, verb) if verb in acts else ""

    def move(self, person: Participant, verb: str) -> str:
        moved = services.move_person(participant=person, up=verb == "up", actor=self.request.user)
        said = _("%(person)s is now number %(number)s.") % {"person": moved, "number": moved.order + 1}
        messages.success(self.request, said)
        return f"{verb}-{person.pk}"

    def remove(self, person: Participant, _verb: str) -> str:
        services.cancel_person(participant=person, reason="", actor=self.request.user)
        messages.success(self.request, _("%(person)s has been removed.") % {"person": person})
        return f"restore-{person.pk}"

    def restore(self, person: Participant, _verb: str) -> str:
        services.restore_person(participant=person, actor=self.request.user)
        messages.success(self.request, _("%(person)s is back, as a draft.") % {"person": person})
        return f"person-{person.pk}"

    def take_over(self, delegation: Delegation, key: int) -> str:
        taken = services.copy_people(delegation=delegation, people=[key], actor=self.request.user)
        for person in taken:
            messages.success(self.request, _("%(person)s has been added.") % {"person": person})
        return f"person-{taken[0].pk}" if taken else ""


class TravelPage(DelegationView):
    """The list of people with their missing travel details."""

    def get(self, request: SignedInRequest, pk: int) -> HttpResponse:
        delegation = self.find()
        asked = Asked(delegation.event)
        listed = people_rows(delegation, asked, Part.TRAVEL)
        is_asked = any(row.round == Round.TRAVEL for row in asked.rows.values())
        return self.page("travel", delegation, rows=listed, is_asked=is_asked)
