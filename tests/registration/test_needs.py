"""Missing fields that the event requires, and rules with a text of their own."""

from datetime import date

import pytest
from django.utils import translation

from events.models import Category
from registration import rules
from registration.models import AskedField, Delegation, Participant, Rule, Upload
from tests.factories import DelegationFactory, EventFactory, ParticipantFactory
from tests.factories.registration import AskedFieldFactory, RuleFactory

pytestmark = pytest.mark.django_db

Kind, Severity = Rule.Kind, Rule.Severity
REQUIRED, TRAVEL, WHO = AskedField.Demand.REQUIRED, AskedField.Round.TRAVEL, AskedField.Round.WHO


def asking(*names: str, round: str = WHO) -> Delegation:
    """A delegation to an event that requires these fields besides names, with a rule that is fulfilled."""
    event = EventFactory()
    AskedFieldFactory(event=event, name="remarks")
    RuleFactory(event=event, kind=Kind.MAXIMUM, number=60)
    for name in names:
        AskedFieldFactory(event=event, name=name, demand=REQUIRED, round=round)
    return DelegationFactory(event=event)


def person(delegation: Delegation, **fields: object) -> Participant:
    values = {"given_names": "Muestra", "family_names": "Dos", "role": "delegate", **fields}
    return Participant(delegation=delegation, **values)


def found(delegation: Delegation, *people: Participant) -> list[tuple[str, str, str]]:
    return [(one.severity, one.sentence, one.field) for one in rules.judge(delegation, people)]


def test_delegation_without_people_needs_one():
    assert found(asking()) == [("block", "Add at least one person.", "")]


def test_delegation_whose_people_are_all_absent_needs_one():
    delegation = asking()

    absent = person(delegation, status=Participant.Status.CANCELLED)

    assert found(delegation, absent) == [("block", "Add at least one person.", "")]


def test_event_without_rules_asks_what_a_workshop_asks():
    delegation = DelegationFactory()

    assert found(delegation, person(delegation, role="delegate")) == [
        ("block", "Say who the head of the delegation is.", "role"),
        ("block", "Enter the function of Muestra Dos.", "function"),
    ]


def test_one_of_both_names_will_do():
    delegation = asking()

    assert found(delegation, person(delegation, given_names="")) == []
    assert found(delegation, person(delegation, family_names="")) == []
    assert found(delegation, person(delegation), person(delegation, given_names="", family_names=" ")) == [
        ("block", "Enter the name of person 2.", "given_names")
    ]


def test_required_field_of_the_first_round_prevents_submission():
    delegation = asking("email", "birth_date")

    assert found(delegation, person(delegation)) == [
        ("block", "Enter “E-mail address” of Muestra Dos.", "email"),
        ("block", "Enter “Date of birth” of Muestra Dos.", "birth_date"),
    ]


def test_required_field_of_the_travel_round_is_a_warning():
    delegation = asking("passport_number", round=TRAVEL)

    assert found(delegation, person(delegation)) == [
        ("warn", "Enter “Passport number” of Muestra Dos.", "passport_number")
    ]


def test_traveller_alone_is_asked_for_passport_and_flight():
    delegation = asking("passport_number", "arrival_on", "diet", round=TRAVEL)

    online = person(delegation, attendance=Participant.Attendance.ONLINE)

    assert [field for _severity, _sentence, field in found(delegation, online)] == ["diet"]


def test_company_is_asked_neither_function_nor_biography():
    delegation = asking("function", "biography")

    assert found(delegation, person(delegation, role="accompanying")) == []


def test_company_belongs_to_somebody_who_comes():
    delegation = asking("accompanies")
    member = person(delegation)
    company = person(delegation, role="accompanying", given_names="Specimen", family_names="One")
    sentence = ("block", "Say whom Specimen One accompanies.", "accompanies")

    assert found(delegation, member, company) == [sentence]
    company.accompanies = member
    assert found(delegation, member, company) == []
    member.status = Participant.Status.CANCELLED
    assert found(delegation, member, company) == [sentence]


def test_company_of_a_saved_person_is_found_by_key():
    delegation = asking("accompanies")
    member = ParticipantFactory(delegation=delegation)
    ParticipantFactory(delegation=delegation, role="accompanying", accompanies=member)

    assert rules.judge(Delegation.objects.with_terms().get(pk=delegation.pk)) == []


def test_field_of_the_delegation_is_asked_once():
    delegation = asking("expected_number", "nomination")

    assert found(delegation, person(delegation), person(delegation)) == [
        ("block", "Add the proof of nomination.", "nomination"),
        ("block", "Enter “Number of people expected”.", "expected_number"),
    ]
    delegation.expected_number = 0
    Upload.objects.create(delegation=delegation, kind="nomination", size=1)
    assert found(delegation, person(delegation)) == []


def test_document_that_form_and_rule_demand_is_asked_once_at_its_gravest():
    delegation = asking("photo")
    RuleFactory(event=delegation.event, kind=Kind.PHOTO, number=None, severity=Severity.WARN, text_en="3:4.")

    assert found(delegation, person(delegation)) == [("block", "Add the photograph of Muestra Dos.", "photo")]


def test_document_of_a_category_is_asked_of_nobody_else():
    delegation = asking()
    AskedFieldFactory(event=delegation.event, name="photo")
    RuleFactory(event=delegation.event, kind=Kind.PHOTO, number=None, category=Category.PRESS)

    assert found(delegation, person(delegation), person(delegation, role="press", given_names="Prensa")) == [
        ("warn", "Add the photograph of Prensa Dos.", "photo")
    ]


def test_own_words_of_a_rule_name_the_person():
    delegation = asking()
    AskedFieldFactory(event=delegation.event, name="birth_date")
    words = {"text_en": "Members must be under 40.", "text_es": "Menores de 40 años."}
    RuleFactory(event=delegation.event, kind=Kind.AGE_UNDER, number=40, **words)

    old = person(delegation, birth_date=date(1950, 1, 1))

    assert found(delegation, old) == [("warn", "Muestra Dos: Members must be under 40.", "birth_date")]
    with translation.override("es"):
        assert found(delegation, old) == [("warn", "Muestra Dos: Menores de 40 años.", "birth_date")]


def test_own_words_in_one_language_serve_both():
    delegation = asking()
    RuleFactory(event=delegation.event, kind=Kind.MINIMUM, number=2, text_en="", text_es="Dos por lo menos.")

    assert found(delegation, person(delegation)) == [("warn", "Dos por lo menos.", "")]


def test_group_of_the_secretariat_is_asked_for_papers_only():
    event = EventFactory()
    AskedFieldFactory(event=event, name="photo")
    for kind, number in ((Kind.ONE_HEAD, None), (Kind.MAXIMUM, 0), (Kind.PHOTO, None)):
        RuleFactory(event=event, kind=kind, number=number)
    group = DelegationFactory(event=event, organisation=None, group="press")

    assert found(group, person(group, role="press")) == [
        ("warn", "Add the photograph of Muestra Dos.", "photo")
    ]


def test_gravest_come_first():
    delegation = asking("email")
    for severity, number in ((Severity.INFO, 5), (Severity.BLOCK, 3), (Severity.WARN, 4)):
        RuleFactory(event=delegation.event, kind=Kind.MINIMUM, number=number, severity=severity)

    verdicts = rules.judge(delegation, [person(delegation)])

    assert [one.severity for one in verdicts] == ["block", "block", "warn", "info"]
    assert rules.blocking(verdicts) == verdicts[:2]


def test_verdict_names_the_saved_person_by_key_and_the_unsaved_by_object():
    delegation = asking("email")
    saved, new = ParticipantFactory(delegation=delegation), person(delegation)

    verdicts = rules.judge(delegation, [saved, new])

    assert [(one.person, one.participant) for one in verdicts] == [(saved.pk, saved), (None, new)]


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_is_flat(count, django_assert_num_queries):
    event = EventFactory()
    RuleFactory(event=event, kind=Kind.SINGLE_SEX_HISTORY, number=None, category="members")
    for delegation in DelegationFactory.create_batch(count, event=event):
        ParticipantFactory.create_batch(count, delegation=delegation)

    with django_assert_num_queries(14):
        found = [rules.judge(delegation) for delegation in Delegation.objects.with_terms()]

    assert len(found) == count
