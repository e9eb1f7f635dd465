"""A delegation as a task list: its parts, their state, and the part in which to correct each verdict."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from events.models import Category
from registration import rules
from registration.fields import CATALOGUE, Asked, Round, Section
from registration.models import ChangeRequest, Delegation, Participant, Places, Rule, Upload
from registration.rules import Figures, Verdict
from registration.rules.case import IN_ALL

Kind, Severity = Upload.Kind, Rule.Severity


class Part(StrEnum):
    """The parts in order; the value is the name of the route."""

    DETAILS = "details"
    PEOPLE = "people"
    DOCUMENTS = "documents"
    TRAVEL = "travel"
    CHECK = "check"


TITLES: dict[str, Promise] = {
    Part.DETAILS: pgettext_lazy("part of the registration", "Delegation"),
    Part.PEOPLE: pgettext_lazy("part of the registration", "People"),
    Part.DOCUMENTS: pgettext_lazy("part of the registration", "Photographs and documents"),
    Part.TRAVEL: pgettext_lazy("part of the registration", "Travel and needs"),
    Part.CHECK: pgettext_lazy("part of the registration", "Check and submit"),
}
NOT_STARTED = pgettext_lazy("part of the registration", "not started")
IN_PROGRESS = pgettext_lazy("part of the registration", "in progress")
COMPLETE = pgettext_lazy("part of the registration", "complete")
OPTIONAL = pgettext_lazy("part of the registration", "optional")


@dataclass(frozen=True, slots=True)
class Task:
    """One part: its state in a word, and its progress in sentences."""

    part: Part
    url: str
    state: Promise
    sentences: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        return str(TITLES[self.part])

    @property
    def tone(self) -> str:
        return "good" if self.state is COMPLETE else "accent" if self.state is IN_PROGRESS else ""


class Overview:
    """The state of one delegation. Uses prefetched rows (`Delegation.objects.with_terms`)."""

    def __init__(self, delegation: Delegation) -> None:
        self.delegation, self.asked = delegation, Asked(delegation.event)
        self.people = [person for person in delegation.participants.all() if person.is_present]

    @cached_property
    def verdicts(self) -> list[Verdict]:
        """Empty once the event is over, because data deleted since then is not missing."""
        return [] if self.delegation.event.is_over else rules.judge(self.delegation)

    @property
    def drafts(self) -> list[Participant]:
        """The people whom a submission would send."""
        return [person for person in self.people if person.status == Participant.Status.DRAFT]

    @property
    def may_submit(self) -> bool:
        """True if something is left to submit, directly or by a request."""
        delegation = self.delegation
        return not delegation.has_ended and bool(delegation.is_editable or self.drafts)

    @cached_property
    def is_asked_late(self) -> bool:
        """True if a request to accept the whole draft after the deadline is pending."""
        late = self.delegation.requests.pending().filter(kind=ChangeRequest.Kind.LATE)
        return not self.delegation.has_ended and late.exists()

    @cached_property
    def files(self) -> set[tuple[int | None, str]]:
        """The uploaded files as (key of the person, kind); the key is None for a file of the delegation."""
        return {(upload.participant_id, upload.kind) for upload in self.delegation.uploads.all()}

    @cached_property
    def figures(self) -> Figures:
        return rules.figures(self.people)

    @property
    def categories(self) -> list[tuple[str, int]]:
        """The number of people in each category, in the order of the categories."""
        counts = self.figures.by_category
        return [(str(category.label), counts[category]) for category in Category if counts.get(category)]

    @property
    def corrections(self) -> dict[str, list[tuple[Verdict, str]]]:
        """By severity, each verdict with the URL at which to correct it."""
        return {
            str(severity): [
                (verdict, address_of(verdict, self.delegation, self.asked))
                for verdict in self.verdicts
                if verdict.severity == severity
            ]
            for severity in Severity
        }

    def verdicts_of(self, part: Part) -> list[Verdict]:
        """The verdicts to correct in this part.

        A warning without a field is left out: there is nothing to fill in.
        """
        return [
            verdict
            for verdict in self.verdicts
            if part_of(verdict, self.asked) == part
            and (verdict.severity == Severity.BLOCK or (verdict.field and verdict.severity == Severity.WARN))
        ]

    def tasks(self) -> list[Task]:
        """The parts that this event has, in order."""
        made = {
            Part.DETAILS: self._details,
            Part.PEOPLE: self._people,
            Part.DOCUMENTS: self._documents,
            Part.TRAVEL: self._travel,
            Part.CHECK: self._check,
        }
        return [made[part]() for part in Part if self.has_part(part)]

    def has_part(self, part: Part) -> bool:
        """True if the event asks for anything in this part."""
        asks = {
            Part.DETAILS: self.asked.of_delegation,
            Part.DOCUMENTS: self.asked.files,
            Part.TRAVEL: self._travel_names,
        }
        return part not in asks or bool(asks[part]())

    def _details(self) -> Task:
        names = [row.name for row in self.asked.of_delegation()]
        filled = sum(bool(getattr(self.delegation, name)) for name in names)
        sentence = ngettext(
            "%(filled)s of %(count)s field filled in", "%(filled)s of %(count)s fields filled in", len(names)
        )
        return self._task(Part.DETAILS, bool(filled), sentence % {"filled": filled, "count": len(names)})

    def _people(self) -> Task:
        if not self.people:
            return self._task(Part.PEOPLE, False, _("Nobody has been entered yet."))
        return self._task(Part.PEOPLE, True, self._complete(Part.PEOPLE))

    def _documents(self) -> Task:
        sentences = [_FILES[Kind(row.name)](self) for row in self.asked.files()]
        return self._task(Part.DOCUMENTS, bool(self.files), *sentences)

    def _travel(self) -> Task:
        names = self._travel_names()
        begun = sum(any(getattr(person, name) for name in names) for person in self.people)
        sentence = ngettext(
            "%(begun)s of %(count)s person with travel details",
            "%(begun)s of %(count)s people with travel details",
            len(self.people),
        )
        return self._task(Part.TRAVEL, bool(begun), sentence % {"begun": begun, "count": len(self.people)})

    def _check(self) -> Task:
        sentences = []
        if blocking := len(rules.blocking(self.verdicts)):
            words = ngettext(
                "%(count)s thing to correct first", "%(count)s things to correct first", blocking
            )
            sentences.append(words % {"count": blocking})
        elif self.drafts:
            words = ngettext("%(count)s person to be sent", "%(count)s people to be sent", len(self.drafts))
            sentences.append(words % {"count": len(self.drafts)})
        state = COMPLETE if self.people and not self.drafts else NOT_STARTED
        return Task(Part.CHECK, self._url(Part.CHECK), state, sentences)

    def _task(self, part: Part, begun: bool, *sentences: str) -> Task:
        states = {(True, True): IN_PROGRESS, (True, False): NOT_STARTED, (False, True): COMPLETE}
        state = states.get((bool(self.verdicts_of(part)), begun), OPTIONAL)
        return Task(part, self._url(part), state, list(sentences))

    def _complete(self, part: Part) -> str:
        """“3 of 5 people complete”."""
        lacking = {verdict.person for verdict in self.verdicts_of(part)}
        complete = sum(person.pk not in lacking for person in self.people)
        sentence = ngettext(
            "%(complete)s of %(count)s person complete",
            "%(complete)s of %(count)s people complete",
            len(self.people),
        )
        return sentence % {"complete": complete, "count": len(self.people)}

    def _travel_names(self) -> list[str]:
        """The fields of the travel round, without files and fields of the delegation."""
        apart = (Section.FILES, Section.DELEGATION)
        return [
            row.name
            for row in self.asked.rows.values()
            if row.round == Round.TRAVEL and CATALOGUE[row.name].section not in apart
        ]

    def _url(self, part: Part) -> str:
        return reverse(f"registration:{part}", args=[self.delegation.pk])

    def _photos(self) -> str:
        words = ngettext(
            "%(given)s of %(count)s photograph", "%(given)s of %(count)s photographs", len(self.people)
        )
        return words % {"given": self._given(Kind.PHOTO), "count": len(self.people)}

    def _passports(self) -> str:
        words = ngettext(
            "%(given)s of %(count)s copy of the passport",
            "%(given)s of %(count)s copies of the passport",
            len(self.people),
        )
        return words % {"given": self._given(Kind.PASSPORT), "count": len(self.people)}

    def _nomination(self) -> str:
        given = (None, Kind.NOMINATION) in self.files
        return _("proof of nomination uploaded") if given else _("no proof of nomination yet")

    def _given(self, kind: str) -> int:
        return sum((person.pk, kind) in self.files for person in self.people)


_FILES = {
    Kind.PHOTO: Overview._photos,
    Kind.PASSPORT: Overview._passports,
    Kind.NOMINATION: Overview._nomination,
}


def shortages(people: Iterable[Participant], places: Iterable[Places]) -> list[str]:
    """One sentence for each row of places that has too few left for these people."""
    people = list(people)
    sentences = []
    for row in places:
        wanted = sum(row.category in {"", person.category} for person in people)
        if wanted > row.left:
            words = ngettext(
                "%(whom)s: %(left)s place is left, and %(wanted)s are wanted.",
                "%(whom)s: %(left)s places are left, and %(wanted)s are wanted.",
                row.left,
            )
            whom = row.get_category_display() or IN_ALL
            sentences.append(words % {"whom": whom, "left": row.left, "wanted": wanted})
    return sentences


def collected_fields(asked: Asked) -> list[tuple[str, str, int | None]]:
    """The data that an event asks for: labels, their common purpose, and days of keeping after the event."""
    groups: dict[tuple[str, int | None], list[str]] = {}
    for name in asked.rows:
        one = CATALOGUE[name]
        groups.setdefault((str(one.purpose), one.keep), []).append(one.label)
    return [(capfirst(", ".join(labels)), purpose, keep) for (purpose, keep), labels in groups.items()]


def part_of(verdict: Verdict, asked: Asked) -> Part:
    """The part in which to correct the verdict; PEOPLE if it has no field."""
    if verdict.field not in CATALOGUE:
        return Part.PEOPLE
    section = CATALOGUE[verdict.field].section
    if section == Section.DELEGATION:
        return Part.DETAILS
    if section == Section.FILES:
        return Part.DOCUMENTS
    row = asked.rows.get(verdict.field)
    return Part.TRAVEL if row and row.round == Round.TRAVEL else Part.PEOPLE


def address_of(verdict: Verdict, delegation: Delegation, asked: Asked) -> str:
    """The URL of the page and field in which to correct the verdict."""
    part, person = part_of(verdict, asked), verdict.person
    if part == Part.DOCUMENTS:
        arguments = [delegation.pk, person, verdict.field] if person else [delegation.pk, verdict.field]
        return reverse(
            "registration:upload_person" if person else "registration:upload_delegation", args=arguments
        )
    if person:
        route = "person_travel" if part == Part.TRAVEL else "person"
        page = reverse(f"registration:{route}", args=[delegation.pk, person])
    else:
        page = reverse(f"registration:{part}", args=[delegation.pk])
    return f"{page}#id_{verdict.field}" if verdict.field else page
