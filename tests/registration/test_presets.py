"""What the terms of typical meetings accept and refuse."""

from datetime import date

import pytest
from django.utils import translation

from events.models import Event
from registration import rules
from registration.models import Delegation, Participant, Rule
from registration.presets import PRESETS
from tests.factories import DelegationFactory, EventFactory
from tests.factories.registration import ParliamentFactory, PresidingOfficerFactory

pytestmark = pytest.mark.django_db


def delegation_under(preset: str, kind: str = Event.Kind.ASSEMBLY, **parliament: object) -> Delegation:
    """A delegation to an event with the rules of this preset; no field is required."""
    event = EventFactory(kind=kind)
    for rule in PRESETS[preset].rules_for(event):
        rule.save()
    for row in PRESETS[preset].fields_for(event):
        row.demand = "optional"
        row.save()
    return DelegationFactory(event=event, organisation=ParliamentFactory(**parliament).organisation)


def people(delegation: Delegation, **roles: int) -> list[Participant]:
    """This many people of each role, every other one a woman, the first member as head."""
    names = [role for role, count in roles.items() for _number in range(count)]
    found = [
        Participant(
            delegation=delegation,
            given_names=f"Specimen {number}",
            role=role,
            gender="woman" if number % 2 else "man",
            birth_date=date(2000, 1, 1),
            passport_expires_on=date(2040, 1, 1),
        )
        for number, role in enumerate(names)
    ]
    found[0].role = "head"
    return found


def blocked(delegation: Delegation, **roles: int) -> list[str]:
    return [one.sentence for one in rules.blocking(rules.judge(delegation, people(delegation, **roles)))]


@pytest.mark.parametrize("name", PRESETS)
@pytest.mark.parametrize("kind", [Event.Kind.ASSEMBLY, Event.Kind.CONFERENCE])
def test_preset_contradicts_nothing(name, kind):
    event = EventFactory(kind=kind)
    preset = PRESETS[name]
    found = preset.rules_for(event)

    for rule in found:
        rules.check_rule(rule)
        rule.full_clean(exclude=["event"])
    assert rules.contradictions(event, found, {row.name for row in preset.fields_for(event)}) == []


@pytest.mark.parametrize(
    ("parliament", "most"),
    [
        ({"status": "member"}, 8),
        ({"status": "member", "over_100m": True}, 10),
        ({"status": "associate"}, 8),
    ],
)
def test_assembly_takes_members_by_population(parliament, most):
    delegation = delegation_under("ipu_assembly", **parliament)

    sentence = f"Members of the delegation: at most {most} people; now {most + 1}."
    assert blocked(delegation, delegate=most, adviser=5, accompanying=3) == []
    assert blocked(delegation, delegate=most + 1) == [sentence]


def test_assembly_takes_two_observers():
    delegation = delegation_under("ipu_assembly", status="observer")

    assert blocked(delegation, observer=2, accompanying=1) == []
    assert blocked(delegation, observer=3) == ["In all: at most 2 people; now 3."]


def test_assembly_looks_back_only_when_it_is_one():
    assembly, conference = (EventFactory(kind=kind) for kind in (Event.Kind.ASSEMBLY, Event.Kind.CONFERENCE))
    looks_back = [
        any(rule.kind == Rule.Kind.SINGLE_SEX_HISTORY for rule in PRESETS["ipu_assembly"].rules_for(event))
        for event in (assembly, conference)
    ]

    assert looks_back == [True, False]


def test_young_parliamentarians_are_four_and_young():
    delegation = delegation_under("young_parliamentarians")
    delegation.event.first_day = date(2045, 1, 1)
    found = people(delegation, delegate=4, staff=2)
    found[0].birth_date = date(2000, 1, 2)

    sentences = [one.sentence for one in rules.blocking(rules.judge(delegation, found))]
    assert sentences == [
        f"Specimen {number} must be under 45 years of age on the opening day, 1 January 2045."
        for number in (1, 2, 3)
    ]
    delegation.event.first_day = date(2044, 12, 31)
    assert rules.blocking(rules.judge(delegation, found)) == []
    assert blocked(delegation, delegate=5) == ["Members of the delegation: at most 4 people; now 5."]


@pytest.mark.parametrize(("chambers", "most"), [(("single",), 6), (("lower", "upper"), 10)])
def test_speakers_of_two_chambers_bring_more(chambers, most):
    delegation = delegation_under("speakers")
    for chamber in chambers:
        PresidingOfficerFactory(parliament=delegation.organisation.parliament, chamber=chamber)

    assert blocked(delegation, delegate=2, adviser=most - 2, accompanying=1) == []
    assert blocked(delegation, delegate=2, adviser=most - 1) == [
        f"In all: at most {most} people; now {most + 1}."
    ]


def test_wto_conference_takes_four_members():
    delegation = delegation_under("wto_conference")

    assert blocked(delegation, delegate=4, staff=3) == []
    assert blocked(delegation, delegate=5) == ["Members of the delegation: at most 4 people; now 5."]


@pytest.mark.parametrize(
    ("women", "men", "warned"), [(1, 2, 0), (1, 3, 0), (1, 4, 1), (2, 4, 0), (0, 1, 0), (0, 2, 1)]
)
def test_cpa_asks_for_a_third_of_women(women, men, warned):
    delegation = delegation_under("cpa_conference")
    found = people(delegation, delegate=women + men)
    for number, person in enumerate(found):
        person.gender = "woman" if number < women else "man"

    assert len(rules.judge(delegation, found)) == warned


def test_cpa_takes_three_observers_and_two_companions():
    delegation = delegation_under("cpa_conference")

    assert blocked(delegation, delegate=4, observer=3, accompanying=2) == []
    assert blocked(delegation, delegate=1, observer=4, accompanying=3) == [
        "Observers: at most 3 people; now 4.",
        "Accompanying persons: at most 2 people; now 3.",
    ]


@pytest.mark.parametrize("language", ["en", "es"])
def test_preset_says_what_it_holds_and_who_says_so(language):
    with translation.override(language):
        for preset in PRESETS.values():
            assert all(str(words) for words in (preset.name, preset.sentence, preset.source))
