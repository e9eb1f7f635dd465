"""Applying presets, with and without replacing the present terms."""

import pytest

from accounts.models import AuditEntry
from events.models import Event
from registration import presets, rules, services
from registration.models import AskedField, Rule
from tests.factories import EventFactory, StaffFactory
from tests.factories.registration import AskedFieldFactory, RuleFactory
from tests.race import at_once

pytestmark = pytest.mark.django_db


def take(event: Event, preset: str, *, replace: bool = True) -> Event:
    return services.apply_preset(event=event, preset=preset, replace=replace, actor=StaffFactory())


@pytest.mark.parametrize("name", presets.PRESETS)
@pytest.mark.parametrize("replace", [True, False])
def test_preset_fills_an_event_without_terms(name, replace):
    event = EventFactory(kind=Event.Kind.ASSEMBLY)

    take(event, name, replace=replace)

    preset = presets.PRESETS[name]
    assert [rule.kind for rule in event.rules.all()] == [rule.kind for rule in preset.rules_for(event)]
    assert {row.name: row.demand for row in event.asked_fields.all()} == dict(preset.asked)
    assert presets.plan(event, preset).is_empty


def test_preset_taken_twice_changes_nothing_and_writes_no_second_line():
    event = EventFactory()

    take(event, "cpa_conference")
    kept = list(event.rules.values_list("pk", flat=True))
    take(event, "cpa_conference")

    assert list(event.rules.values_list("pk", flat=True)) == kept
    assert AuditEntry.objects.filter(verb="terms.preset_applied").count() == 1


def test_replacing_keeps_what_is_the_same_with_its_words():
    event = EventFactory()
    same = RuleFactory(
        event=event,
        kind=Rule.Kind.ONE_HEAD,
        severity=Rule.Severity.BLOCK,
        number=None,
        text_es="Una jefatura.",
    )
    RuleFactory(event=event, number=3)
    AskedFieldFactory(event=event, name="phone")
    AskedFieldFactory(event=event, name="gender", demand="optional")

    take(event, "wto_conference")

    assert event.rules.get(kind=Rule.Kind.ONE_HEAD).pk == same.pk
    assert [rule.number for rule in event.rules.filter(kind=Rule.Kind.MAXIMUM)] == [4]
    assert {row.name: row.demand for row in event.asked_fields.all()} == dict(
        presets.PRESETS["wto_conference"].asked
    )


def test_adding_leaves_what_there_is_alone():
    event = EventFactory()
    RuleFactory(event=event, number=3, category="members")
    AskedFieldFactory(event=event, name="phone")
    AskedFieldFactory(event=event, name="gender", demand="optional")

    take(event, "wto_conference", replace=False)

    assert [rule.number for rule in event.rules.filter(kind=Rule.Kind.MAXIMUM)] == [3]
    assert event.rules.count() == 4
    demands = {row.name: row.demand for row in event.asked_fields.all()}
    assert (demands["phone"], demands["gender"], demands["function"]) == ("optional", "optional", "required")


def test_preset_that_contradicts_the_rules_there_are_changes_nothing():
    event = RuleFactory(kind=Rule.Kind.MINIMUM, number=5, category="members").event

    with pytest.raises(services.Contradiction) as refused:
        take(event, "wto_conference", replace=False)

    assert str(refused.value) == "Members of the delegation: at least 5 and at most 4 cannot both be kept."
    assert (Rule.objects.count(), AskedField.objects.count(), AuditEntry.objects.count()) == (1, 0, 0)


def test_trail_says_which_preset_and_what_changed():
    event = EventFactory()
    officer = StaffFactory()

    services.apply_preset(event=event, preset="wto_conference", replace=True, actor=officer)

    line = AuditEntry.objects.get()
    rule = event.rules.get(kind=Rule.Kind.MAXIMUM)
    assert (line.verb, line.actor_id, line.event_id) == ("terms.preset_applied", officer.pk, event.pk)
    assert line.changes["preset"] == [None, "wto_conference"]
    assert line.changes[f"rule {rule.pk}: number"] == [None, 4]


@pytest.mark.django_db(transaction=True)
def test_two_officers_taking_a_preset_at_once_take_it_once():
    event, officer = EventFactory(), StaffFactory()

    at_once(
        2,
        lambda: services.apply_preset(event=event, preset="speakers", replace=False, actor=officer),
        rules.Refused,
    )

    assert event.rules.count() == len(presets.PRESETS["speakers"].rules)
    assert presets.plan(event, presets.PRESETS["speakers"]).is_empty
