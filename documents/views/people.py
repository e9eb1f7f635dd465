"""The papers of one delegation and of its people, for its coordinators and the secretariat."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import cast

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.generic import View

from accounts.models import User
from documents import services
from documents.composing.people import confirmed, lacking
from documents.models import About, Batch, Document, Kind
from documents.models.kinds import PRIVATE
from events.models import Event
from jobs.models import State
from registration.models import Delegation, Participant

_OF_PEOPLE = (Kind.PERSON_CONFIRMATION, Kind.VISA_LETTER, Kind.CERTIFICATE)


@dataclass(frozen=True, slots=True)
class Slot:
    """One paper of the delegation (without `person`) or of a person: what there is, and what keeps it from being."""

    kind: Kind
    person: Participant | None = None
    documents: list[Document] = field(default_factory=list)  # the newest of each language
    is_ordered: bool = False
    reasons: list[str] = field(default_factory=list)

    @property
    def is_waiting(self) -> bool:
        return self.is_ordered or any(one.is_waiting for one in self.documents)

    @property
    def is_made(self) -> bool:
        return any(one.is_current for one in self.documents)


class PapersView(LoginRequiredMixin, View):
    """A page about the papers of one delegation. Anybody but its coordinators and the secretariat: 404."""

    @property
    def actor(self) -> User:
        """Who is signed in."""
        return cast(User, self.request.user)

    def find(self) -> Delegation:
        visible = Delegation.objects.visible_to(self.actor).with_event().with_people()
        return get_object_or_404(visible.select_related("invitation", "lead"), pk=self.kwargs["pk"])


class PapersPage(PapersView):
    """What can be taken away, asked for, or is missing: of the delegation, then of each confirmed person."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        delegation = self.find()
        kinds = offered(delegation)
        shelf = _Shelf(delegation)
        people = [
            (person, [shelf.slot(kind, person) for kind in kinds if kind in _OF_PEOPLE])
            for person in confirmed(delegation)
        ]
        whole = shelf.slot(Kind.CONFIRMATION) if Kind.CONFIRMATION in kinds else None
        slots = [*([whole] if whole else []), *(slot for _person, slots in people for slot in slots)]
        return render(
            request,
            "documents_desk/of_delegation.html",
            {
                "delegation": delegation,
                "event": delegation.event,
                "whole": whole,
                "people": people,
                "has_kinds": any(kind in _OF_PEOPLE for kind in kinds),
                "is_busy": any(slot.is_waiting for slot in slots),
            },
        )


class AskForPaper(PapersView):
    """Ask for one paper; what is missing for it is said."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int, kind: str) -> HttpResponse:
        delegation = self.find()
        if kind not in PRIVATE:
            raise Http404
        person = self._person(delegation) if Kind(kind).about == About.PERSON else None
        try:
            services.ask_for_paper(delegation=delegation, kind=Kind(kind), person=person, actor=self.actor)
        except services.NotReady as error:
            whom = f"{person}: " if person else ""
            messages.error(request, whom + " ".join(error.reasons))
        except services.NothingToWrite as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("It is being made, and stands here in a moment."))
        return redirect("documents:of-delegation", pk)

    def _person(self, delegation: Delegation) -> Participant:
        pk = self.request.POST.get("person", "")
        people = delegation.participants.filter(erased_at=None).select_related("delegation__event")
        return get_object_or_404(people, pk=pk if pk.isdecimal() and len(pk) < 19 else 0)


def offered(delegation: Delegation) -> list[Kind]:
    """The kinds that the delegation can ask for: the secretariat has written their words, and it is their time."""
    event = delegation.event
    if event.is_off:
        return []
    templates = set(event.templates.values_list("kind", flat=True))
    return [
        kind
        for kind in (Kind.CONFIRMATION, *_OF_PEOPLE)
        if kind in templates
        and (kind != Kind.CERTIFICATE or event.is_over)
        and (kind != Kind.VISA_LETTER or event.mode != Event.Mode.ONLINE)
    ]


class _Shelf:
    """All papers of one delegation, asked for once."""

    def __init__(self, delegation: Delegation) -> None:
        self._documents: dict[tuple[str, int | None], dict[str, Document]] = defaultdict(dict)
        made = Document.objects.filter(delegation=delegation, kind__in=PRIVATE, purged_at=None)
        shown = made.exclude(validity=Document.Validity.REPLACED).exclude(state=State.CANCELLED)
        for one in shown.defer("snapshot").order_by("pk"):
            self._documents[one.kind, one.participant_id][one.language] = one
        self._ordered = set(_ordered(delegation))

    def slot(self, kind: Kind, person: Participant | None = None) -> Slot:
        key = person.pk if person else None
        return Slot(
            kind,
            person,
            list(self._documents[kind, key].values()),
            (kind, key) in self._ordered,
            list(lacking(person, kind)) if person else [],
        )


def _ordered(delegation: Delegation) -> Iterable[tuple[str, int | None]]:
    """Of what an order waits whose documents are not written down yet."""
    for batch in Batch.objects.waiting().filter(event=delegation.event, kind__in=PRIVATE):
        for person in batch.options.get("people", ()):
            yield batch.kind, person
        if delegation.pk in batch.options.get("delegations", ()):
            yield batch.kind, None
