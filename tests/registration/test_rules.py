"""Each kind of rule at its limits, for saved and unsaved people."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from events.models import Event
from registration import rules
from registration.models import Delegation, Participant, Rule, Upload
from registration.rules import Verdict
from tests.factories import DelegationFactory, EventFactory, ParticipantFactory
from tests.factories.registration import (
    AskedFieldFactory,
    ParliamentFactory,
    PresidingOfficerFactory,
    RuleFactory,
)

pytestmark = pytest.mark.django_db

Kind, Severity, Gender, Status = Rule.Kind, Rule.Severity, Participant.Gender, Participant.Status
OPENING, LAST = date(2026, 2, 28), date(2026, 8, 31)
EVERYTHING = ("birth_date", "passport_expires_on", "photo", "passport", "nomination")


def delegation_with(kind: str, parliament: object = None, **values: object) -> Delegation:
    """A delegation to an event with this rule, which requires only names and roles."""
    event = EventFactory(first_day=OPENING, last_day=LAST)
    organisation = (parliament or ParliamentFactory()).organisation
    RuleFactory(event=event, **{"kind": kind, "number": None, **values})
    for name in EVERYTHING:
        AskedFieldFactory(event=event, name=name)
    return DelegationFactory(event=event, organisation=organisation)


def people(delegation: Delegation, signs: str, **fields: object) -> list[Participant]:
    """Unsaved people: w, m, o and n are genders; accompanying persons follow after `|`."""
    genders = {"w": Gender.WOMAN, "m": Gender.MAN, "o": Gender.OTHER, "n": Gender.NOT_STATED}
    members, _bar, company = signs.partition("|")
    roles = [(sign, "head" if not place else "delegate") for place, sign in enumerate(members)]
    roles += [(sign, "accompanying") for sign in company]
    return [
        Participant(
            delegation=delegation,
            given_names="Specimen",
            family_names=str(number),
            role=role,
            gender=genders[sign],
            **fields,
        )
        for number, (sign, role) in enumerate(roles, 1)
    ]


def said(delegation: Delegation, found: list[Participant]) -> list[str]:
    return [verdict.sentence for verdict in rules.judge(delegation, found)]


@pytest.mark.parametrize(
    ("heads", "sentences"),
    [
        (0, ["Say who the head of the delegation is."]),
        (1, []),
        (3, ["A delegation has one head: choose another role for the others."] * 2),
    ],
)
def test_one_head_is_exactly_one(heads, sentences):
    delegation = delegation_with(Kind.ONE_HEAD)
    found = people(delegation, "wmw")
    for place, person in enumerate(found):
        person.role = "head" if place < heads else "delegate"

    assert said(delegation, found) == sentences


@pytest.mark.parametrize(
    ("kind", "category", "signs", "sentences"),
    [
        (Kind.MAXIMUM, "", "wm", []),
        (Kind.MAXIMUM, "", "wmm", ["In all: at most 2 people; now 3."]),
        (Kind.MAXIMUM, "", "wm|wm", []),  # accompanying persons count in their own category only
        (Kind.MAXIMUM, "members", "wmm", ["Members of the delegation: at most 2 people; now 3."]),
        (Kind.MAXIMUM, "observers", "wmm", []),
        (Kind.MAXIMUM, "accompanying", "w|wmw", ["Accompanying persons: at most 2 people; now 3."]),
        (Kind.MINIMUM, "", "wm", []),
        (Kind.MINIMUM, "", "w|m", ["In all: at least 2 people; now 1."]),
        (Kind.MINIMUM, "observers", "wm", ["Observers: at least 2 people; now 0."]),
    ],
)
def test_limits_count_their_category(kind, category, signs, sentences):
    delegation = delegation_with(kind, number=2, category=category)

    assert said(delegation, people(delegation, signs)) == sentences


@pytest.mark.parametrize("status", Participant.ABSENT)
def test_person_who_does_not_come_is_not_counted(status):
    delegation = delegation_with(Kind.MAXIMUM, number=2)
    found = people(delegation, "wmm")
    found[-1].status = status

    assert said(delegation, found) == []


@pytest.mark.parametrize(
    ("scope", "applies"),
    [
        ({"status": "member"}, True),
        ({"status": "observer"}, False),
        ({"chambers": "two"}, True),
        ({"chambers": "one"}, False),
        ({"population": "over"}, True),
        ({"population": "under"}, False),
        ({"status": "member", "chambers": "two", "population": "over"}, True),
        ({"status": "member", "chambers": "two", "population": "under"}, False),
    ],
)
def test_rule_speaks_of_its_bodies_only(scope, applies):
    parliament = ParliamentFactory(status="member", over_100m=True)
    for chamber in ("lower", "upper"):
        PresidingOfficerFactory(parliament=parliament, chamber=chamber)
    delegation = delegation_with(Kind.MAXIMUM, parliament, number=1, **scope)

    assert said(delegation, people(delegation, "wm")) == ["In all: at most 1 person; now 2."] * applies


@pytest.mark.parametrize(
    ("total", "percent", "nearest", "up", "down"),
    [
        (0, "33.33", 0, 0, 0),
        (1, "33.33", 0, 1, 0),
        (2, "33.33", 1, 1, 0),
        (3, "33.33", 1, 1, 1),  # a third of three is one, not 0.9999
        (4, "33.33", 1, 2, 1),
        (5, "33.33", 2, 2, 1),
        (6, "66.67", 4, 4, 4),
        (5, "50", 3, 3, 2),  # a half counts as one
        (10, "30", 3, 3, 3),
        (10, "12.5", 1, 2, 1),
        (4, "0", 0, 0, 0),
        (4, "100", 4, 4, 4),
        (9, "35.07", 3, 4, 3),
    ],
)
def test_share_is_rounded_as_the_rule_says(total, percent, nearest, up, down):
    needed = [
        rules.women_needed(total, Decimal(percent), rounding)
        for rounding in (Rule.Rounding.NEAREST, Rule.Rounding.UP, Rule.Rounding.DOWN)
    ]

    assert needed == [nearest, up, down]


@pytest.mark.parametrize(
    ("signs", "broken"),
    [
        ("wmm", False),
        ("mmm", True),
        ("won", False),
        ("mon", True),
        ("oon", True),
        ("wmm|mmm", False),
        ("m", False),
    ],
)
def test_other_and_not_stated_count_in_the_total_only(signs, broken):
    delegation = delegation_with(Kind.WOMEN_SHARE, percent=Decimal("33.33"), category="members")

    verdicts = rules.judge(delegation, people(delegation, signs))

    assert [(one.severity, one.field) for one in verdicts] == [(Severity.WARN, "")] * broken


@pytest.mark.parametrize(
    ("signs", "word"),
    [
        ("m", ""),
        ("mm", "men"),
        ("www", "women"),
        ("wm", ""),
        ("mo", ""),
        ("mn", ""),
        ("oo", ""),
        ("nn", ""),
        ("mm|w", "men"),
        ("m|m", ""),
    ],
)
def test_single_sex_is_two_or_more_of_one(signs, word):
    delegation = delegation_with(Kind.NOT_SINGLE_SEX)

    sentence = f"In all: {word} only so far. A delegation should have women and men."
    assert said(delegation, people(delegation, signs)) == [sentence] * bool(word)


@pytest.mark.parametrize(
    ("signs", "counts"),
    [("wm", ""), ("wwm", ""), ("wmmm", "1 woman and 3 men"), ("www", "3 women and 0 men"), ("woon", "")],
)
def test_balance_is_encouraged_from_a_difference_of_two(signs, counts):
    delegation = delegation_with(Kind.BALANCE, severity=Severity.BLOCK)

    verdicts = rules.judge(delegation, people(delegation, signs))

    sentence = f"In all: gender balance is encouraged; now {counts}."
    rule = delegation.event.rules.get()
    assert verdicts == [Verdict(Severity.WARN, sentence, rule=rule.pk)] * bool(counts)


@pytest.mark.parametrize(
    ("birth_date", "opening", "too_old"),
    [
        (date(1981, 3, 1), date(2026, 2, 28), False),
        (date(1981, 2, 28), date(2026, 2, 28), True),  # 45 on the opening day
        (date(1981, 3, 1), date(2026, 3, 1), True),
        (date(1980, 2, 29), date(2025, 2, 28), False),  # born on 29 February: 45 on 1 March 2025
        (date(1980, 2, 29), date(2025, 3, 1), True),
        (date(1979, 2, 28), date(2024, 2, 29), True),
        (date(1983, 2, 28), date(2028, 2, 28), True),
    ],
)
def test_age_is_that_of_the_opening_day(birth_date, opening, too_old):
    delegation = delegation_with(Kind.AGE_UNDER, number=45)
    delegation.event.first_day = opening

    verdicts = rules.judge(delegation, people(delegation, "w", birth_date=birth_date))

    assert [one.field for one in verdicts] == ["birth_date"] * too_old


def test_age_is_not_told():
    delegation = delegation_with(Kind.AGE_UNDER, number=45)

    assert said(delegation, people(delegation, "w", birth_date=date(1950, 1, 1))) == [
        "Specimen 1 must be under 45 years of age on the opening day, 28 February 2026."
    ]


def test_age_of_company_is_judged_only_when_it_is_named():
    delegation = delegation_with(Kind.AGE_UNDER, number=45)
    found = people(delegation, "|w", birth_date=date(1950, 1, 1))

    assert said(delegation, found) == []


@pytest.mark.parametrize(
    ("months", "last_day", "until"),
    [
        (6, date(2026, 8, 31), date(2027, 2, 28)),
        (6, date(2027, 8, 31), date(2028, 2, 29)),
        (1, date(2026, 1, 31), date(2026, 2, 28)),
        (12, date(2028, 2, 29), date(2029, 2, 28)),
        (0, date(2026, 8, 31), date(2026, 8, 31)),
        (4, date(2026, 8, 31), date(2026, 12, 31)),
    ],
)
def test_months_end_with_their_month(months, last_day, until):
    assert rules.months_after(last_day, months) == until


@pytest.mark.parametrize(
    ("expires", "attendance", "short"),
    [
        (date(2027, 2, 27), "in_person", True),
        (date(2027, 2, 28), "in_person", False),
        (date(2026, 1, 1), "online", False),
    ],
)
def test_passport_holds_some_months_longer(expires, attendance, short):
    delegation = delegation_with(Kind.PASSPORT, number=6)
    found = people(delegation, "w|m", passport_expires_on=expires, attendance=attendance)

    sentence = "The passport of Specimen {} must be valid until 28 February 2027 or longer."
    assert said(delegation, found) == [sentence.format(1), sentence.format(2)] * short


@pytest.mark.parametrize(
    ("kind", "field", "sentences"),
    [
        (Kind.PHOTO, "photo", ["Add the photograph of Specimen 1.", "Add the photograph of Specimen 2."]),
        (
            Kind.PASSPORT_COPY,
            "passport",
            ["Add the copy of the passport of Specimen 1.", "Add the copy of the passport of Specimen 2."],
        ),
        (Kind.NOMINATION, "nomination", ["Add the proof of nomination."]),
    ],
)
def test_document_that_is_not_there_is_asked_for(kind, field, sentences):
    delegation = delegation_with(kind, severity=Severity.BLOCK)

    verdicts = rules.judge(delegation, people(delegation, "w|m"))

    assert [(one.severity, one.sentence, one.field) for one in verdicts] == [
        (Severity.BLOCK, sentence, field) for sentence in sentences
    ]


def test_documents_that_are_there_satisfy():
    delegation = delegation_with(Kind.PHOTO)
    RuleFactory(event=delegation.event, kind=Kind.NOMINATION, number=None)
    person = ParticipantFactory(delegation=delegation)
    Upload.objects.create(delegation=delegation, participant=person, kind="photo", size=1)
    Upload.objects.create(delegation=delegation, kind="nomination", size=1)

    assert rules.judge(delegation) == []


def test_fact_that_a_rule_looks_at_is_asked_for():
    delegation = delegation_with(Kind.AGE_UNDER, number=45, severity=Severity.BLOCK, text_en="Under 45 only.")

    verdicts = rules.judge(delegation, people(delegation, "w"))

    assert [(one.severity, one.sentence, one.field) for one in verdicts] == [
        (Severity.BLOCK, "Enter “Date of birth” of Specimen 1.", "birth_date")
    ]


@pytest.mark.parametrize(
    ("before", "now", "warned"),
    [
        (("mm", "mm"), "mm", True),
        (("ww", "mm"), "mm", True),
        (("mm", "mm"), "wm", False),
        (("wm", "mm"), "mm", False),
        (("mm", "m"), "mm", False),  # one person is not judged
        (("mm", "mm"), "m", False),
        (("mm",), "mm", False),  # not at both
        ((), "mm", False),
        (("mm|w", "mm"), "mm|w", True),
        (("mmo", "mm"), "mm", False),
    ],
)
def test_third_single_sex_assembly_is_warned(before, now, warned):
    delegation = assembly_delegation(before, severity=Severity.BLOCK)

    sentence = "This would be the third Assembly in a row with a delegation of one sex only."
    verdicts = rules.judge(delegation, people(delegation, now))
    assert [(one.severity, one.sentence) for one in verdicts] == [(Severity.WARN, sentence)] * warned


def test_history_looks_at_the_two_latest_assemblies_only():
    delegation = assembly_delegation(("wm", "mm", "mm"))

    assert len(rules.judge(delegation, people(delegation, "mm"))) == 1


def test_history_counts_confirmed_people_of_confirmed_delegations():
    delegation = assembly_delegation(("mm", "mm"))
    earlier = Delegation.objects.exclude(pk=delegation.pk).latest("pk")
    woman = ParticipantFactory(delegation=earlier, gender=Gender.WOMAN, status=Status.REJECTED)

    assert len(rules.judge(delegation, people(delegation, "mm"))) == 1
    woman.status = Status.CONFIRMED
    woman.save()
    assert rules.judge(Delegation.objects.get(pk=delegation.pk), people(delegation, "mm")) == []


def assembly_delegation(before: tuple[str, ...], **values: object) -> Delegation:
    """A delegation to an Assembly, with earlier ones, the oldest first."""
    delegation = delegation_with(Kind.SINGLE_SEX_HISTORY, **values)
    Event.objects.filter(pk=delegation.event_id).update(kind=Event.Kind.ASSEMBLY)
    for year, signs in enumerate(before, 2020):
        event = EventFactory(
            kind=Event.Kind.ASSEMBLY,
            status=Event.Status.PUBLISHED,
            first_day=date(year, 3, 1),
            last_day=date(year, 3, 5),
        )
        past = DelegationFactory(event=event, organisation=delegation.organisation, status="confirmed")
        for person in people(past, signs, status=Status.CONFIRMED):
            person.save()
    return Delegation.objects.get(pk=delegation.pk)


@pytest.mark.parametrize(
    "kind", [Kind.MAXIMUM, Kind.MINIMUM, Kind.AGE_UNDER, Kind.PASSPORT, Kind.WOMEN_SHARE]
)
def test_rule_without_its_figure_judges_nobody(kind):
    delegation = delegation_with(kind)
    facts = {"birth_date": date(1950, 1, 1), "passport_expires_on": date(2020, 1, 1)}

    assert said(delegation, people(delegation, "mm", **facts)) == []


def test_sentences_speak_the_language_of_the_reader():
    delegation = delegation_with(
        Kind.MAXIMUM, number=1, text_en="One person only.", text_es="Solo una persona."
    )
    with translation.override("es"):
        assert said(delegation, people(delegation, "wm")) == ["Solo una persona."]
    assert said(delegation, people(delegation, "wm")) == ["One person only."]
