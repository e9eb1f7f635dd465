"""A thousand hostile posts to each form of a person: errors at fields or a saved person.

None of them may raise an exception.
"""

import random
from typing import Any

import pytest

from registration.fields import CATALOGUE, Asked
from registration.forms.person import PersonForm
from registration.models import Delegation, Participant
from tests.factories import ParticipantFactory
from tests.registration.browser import browser_of
from tests.registration.person_page import adding, address, assembly, stored
from tests.registration.samples import coordinator

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SEED = 20_260_603
POSTS_TO_THE_FORM, POSTS_TO_THE_PAGE = 1_000, 30
NASTY = [
    "", " ", "\0", "a\0b", "\x1b[31m", "\u202eanA", "\u200f\u200e", "\ufffd", "\U000e0041", "\ud800".encode(
        "utf-8", "surrogatepass"
    ).decode("utf-8", "replace"), "a" * 10_000, "9" * 5_000, "<script>alert(1)</script>", "{{ 7*7 }}", "{% debug %}",
    "=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "'; DROP TABLE registration_participant; --", "null", "None", "NaN",
    "1e9", "0x10", "²", "١", "-0", "31", "00", "99", "2190", "1899", "29.02.1999", "24:00", "9:99", "12:30", "é",
    "محمد", "王", "Ana", "head", "delegate", "accompanying", "woman", "xx", "UY", "on", "true", "a@b.example", "a@",
    "+41 22 555 01 23", "+", "00", "\r\n", "\t", "\\", "%s %(name)s", "../../etc/passwd", "2147483648", "1.5",
]  # fmt: skip


def names_sent() -> list[str]:
    """Every field name that a post to the form can hold, and some unknown names."""
    fields = [name for name, field in CATALOGUE.items() if field.section not in ("files", "delegation")]
    days = ("birth_date", "passport_issued_on", "passport_expires_on", "arrival_on", "departure_on")
    parts = [f"{name}_{part}" for name in days for part in ("day", "month", "year")]
    return [*fields, *parts, "version", "key", "action", "why", "pk", "status", "delegation", "order"]


def nasty_post(chance: random.Random) -> dict[str, Any]:
    """Hostile values for a random choice of names."""
    names = chance.sample(names_sent(), chance.randint(0, 30))
    post = {name: chance.choice(NASTY) for name in names}
    if chance.random() < 0.7:
        post |= {
            "given_names": chance.choice(["Ana", "محمد", *NASTY]),
            "role": chance.choice(["delegate", "staff"]),
        }
        post |= {"gender": "woman", "attendance": "online", "honorific": ""}
    return post


@pytest.fixture
def delegation() -> Delegation:
    ParticipantFactory(role="head", order=1)  # of another delegation: must not change
    return assembly()


@pytest.mark.parametrize("of_round", ["register", "travel"])
def test_form_answers_a_thousand_nasty_posts_with_sentences(delegation, of_round):
    chance, person = random.Random(SEED), delegation.participants.get()  # noqa: S311  the same posts every time
    world = {
        "delegation": delegation,
        "person": person,
        "asked": Asked(delegation.event),
        "of_round": of_round,
    }

    answers = [PersonForm(nasty_post(chance), **world) for _number in range(POSTS_TO_THE_FORM)]

    refused = [form for form in answers if not form.is_valid()]
    assert 0 < len(refused) < POSTS_TO_THE_FORM
    assert all(str(error).strip() for form in refused for errors in form.errors.values() for error in errors)


@pytest.mark.parametrize("page", ["new", "person", "travel"])
def test_page_answers_nasty_posts_and_touches_nobody_else(delegation, page):
    chance = random.Random(SEED)  # noqa: S311  the same posts every time
    browser, person = browser_of(coordinator(delegation)), delegation.participants.get()
    path = {"new": adding(delegation), "person": address(person), "travel": address(person, "travel")}[page]
    others = [row for row in stored() if row["delegation_id"] != delegation.pk]

    answers = [browser.post(path, nasty_post(chance)).status_code for _number in range(POSTS_TO_THE_PAGE)]

    assert set(answers) <= {200, 302}
    assert [row for row in stored() if row["delegation_id"] != delegation.pk] == others


@pytest.mark.parametrize("page", ["new", "person", "travel"])
def test_refused_post_writes_nothing(delegation, page):
    chance = random.Random(SEED)  # noqa: S311  the same posts every time
    browser, person = browser_of(coordinator(delegation)), delegation.participants.get()
    path = {"new": adding(delegation), "person": address(person), "travel": address(person, "travel")}[page]
    nasty = [
        nasty_post(chance) | {"action": "save", "email": "a@", "arrival_at": "99:99"} for _number in range(20)
    ]
    before = stored()

    answers = [browser.post(path, post) for post in nasty]

    assert [answer.status_code for answer in answers] == [200] * 20
    assert stored() == before
    assert Participant.objects.count() == len(before)
