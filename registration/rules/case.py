"""One delegation as the rules see it: the people present, its parliament, and what its event asks for."""

from collections.abc import Sequence
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from events.models import Category, Event
from registration.fields import Asked
from registration.models import Delegation, Parliament, Participant, Rule

Kind = Rule.Kind

# These rules check each person's papers. All others check the delegation without accompanying persons.
OF_PAPERS = frozenset({Kind.PASSPORT, Kind.PHOTO, Kind.PASSPORT_COPY})
IN_ALL: Promise = pgettext_lazy("category", "In all")


class Case:
    """The input of `kinds` and `judging`. Uses prefetched rows (`Delegation.objects.with_terms`)."""

    def __init__(self, delegation: Delegation, people: Sequence[Participant]) -> None:
        self.delegation = delegation
        self.event: Event = delegation.event
        self.everybody = people
        self.present = [person for person in people if person.is_present]
        self.asked = Asked(self.event)

    @cached_property
    def parliament(self) -> Parliament | None:
        """None for a group, and for an organisation that is not a parliament."""
        return getattr(self.delegation.organisation, "parliament", None)

    @cached_property
    def files(self) -> set[tuple[int | None, str]]:
        """The uploaded files as (key of the person, kind); the key is None for a file of the delegation."""
        return {(upload.participant_id, upload.kind) for upload in self.delegation.uploads.all()}

    def has_file(self, person: Participant | None, kind: str) -> bool:
        """True if the file is uploaded; an unsaved person has no files."""
        owner = person.pk if person else None
        return (person is None or owner is not None) and (owner, kind) in self.files

    def is_online(self, person: Participant) -> bool:
        """True if the person attends online, and so needs no passport and does not travel."""
        online = Participant.Attendance.ONLINE
        return self.event.mode == Event.Mode.ONLINE or person.attendance == online

    def is_accompanied(self, company: Participant) -> bool:
        """True if the person whom this accompanying person accompanies is present."""
        if company.accompanies_id:
            return company.accompanies_id in {person.pk for person in self.present}
        return any(company.accompanies is person for person in self.present)

    def name(self, person: Participant) -> str:
        """The person's name in a sentence; “person 3” if no name was typed yet."""
        place = next(place for place, one in enumerate(self.everybody, 1) if one is person)
        return str(person) or _("person %(number)s") % {"number": place}

    def covers(self, rule: Rule) -> bool:
        """True if the rule applies to this delegation.

        Only rules about papers apply to groups of the secretariat.
        """
        if self.delegation.group:
            return rule.kind in OF_PAPERS
        parliament = self.parliament
        if parliament is None:
            return not (rule.status or rule.chambers or rule.population)
        chambers = {officer.chamber for officer in parliament.presiding_officers.all()}
        return (
            rule.status in ("", parliament.status)
            and rule.chambers in ("", Rule.Chambers.TWO if len(chambers) > 1 else Rule.Chambers.ONE)
            and rule.population
            in ("", Rule.Population.OVER if parliament.over_100m else Rule.Population.UNDER)
        )

    def people(self, rule: Rule) -> list[Participant]:
        """The people to whom the rule applies."""
        return people_in_category(rule, self.present)


def people_in_category(rule: Rule, people: Sequence[Participant]) -> list[Participant]:
    """The people in the rule's category.

    A rule without a category applies to all; only rules about papers then include accompanying persons.
    """
    if rule.category:
        return [person for person in people if person.category == rule.category]
    if rule.kind in OF_PAPERS:
        return list(people)
    return [person for person in people if person.category != Category.ACCOMPANYING]
