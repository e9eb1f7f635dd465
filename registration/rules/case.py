"""One delegation before its judges: who is present, which body it speaks for, what its event asks."""

from collections.abc import Sequence
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from events.models import Category, Event
from registration.fields import Asked
from registration.models import Delegation, Parliament, Participant, Rule

Kind = Rule.Kind

# These look at each person's papers; the others at the delegation, in which company does not count.
OF_PAPERS = frozenset({Kind.PASSPORT, Kind.PHOTO, Kind.PASSPORT_COPY})
IN_ALL: Promise = pgettext_lazy("category", "In all")


class Case:
    """Read by `kinds` and `judging`. Rows fetched before are used (`Delegation.objects.with_terms`)."""

    def __init__(self, delegation: Delegation, people: Sequence[Participant]) -> None:
        self.delegation = delegation
        self.event: Event = delegation.event
        self.everybody = people
        self.present = [person for person in people if person.is_present]
        self.asked = Asked(self.event)

    @cached_property
    def parliament(self) -> Parliament | None:
        """None for a group, and for a body that is no parliament."""
        return getattr(self.delegation.organisation, "parliament", None)

    @cached_property
    def files(self) -> set[tuple[int | None, str]]:
        """Whose they are (a person's key; None: the delegation's) and of which kind."""
        return {(upload.participant_id, upload.kind) for upload in self.delegation.uploads.all()}

    def has_file(self, person: Participant | None, kind: str) -> bool:
        """Nobody who is not saved has one."""
        owner = person.pk if person else None
        return (person is None or owner is not None) and (owner, kind) in self.files

    def is_online(self, person: Participant) -> bool:
        """Who attends online shows no passport and makes no journey."""
        online = Participant.Attendance.ONLINE
        return self.event.mode == Event.Mode.ONLINE or person.attendance == online

    def is_accompanied(self, company: Participant) -> bool:
        """Whether somebody who is present brings this accompanying person."""
        if company.accompanies_id:
            return company.accompanies_id in {person.pk for person in self.present}
        return any(company.accompanies is person for person in self.present)

    def name(self, person: Participant) -> str:
        """For a sentence; “person 3” while nobody has typed a name."""
        place = next(place for place, one in enumerate(self.everybody, 1) if one is person)
        return str(person) or _("person %(number)s") % {"number": place}

    def covers(self, rule: Rule) -> bool:
        """Whether the rule speaks of this delegation. Of the secretariat's groups only papers are asked."""
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
        """Those of whom the rule speaks."""
        return whom(rule, self.present)


def whom(rule: Rule, people: Sequence[Participant]) -> list[Participant]:
    """Of these people, those in the rule's category. Without one: all, but company only where papers are asked."""
    if rule.category:
        return [person for person in people if person.category == rule.category]
    if rule.kind in OF_PAPERS:
        return list(people)
    return [person for person in people if person.category != Category.ACCOMPANYING]
