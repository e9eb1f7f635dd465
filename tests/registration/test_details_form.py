"""The form of a delegation's details with any input: an error at the field, never an exception."""

import random

import pytest
from django.db import models

from registration.fields import ASSEMBLY, Asked, asked_fields_for
from registration.forms import DetailsForm
from registration.models import Delegation
from tests.registration.browser import browser_of
from tests.registration.samples import coordinator, draft

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PIECES = (
    "Ana",
    "Núñez de la Ó",
    "Đặng",
    "محمد",
    "አበበ",
    "王小明",
    "\u202eevil",
    "\0",
    "\x1b[31m",
    "\ud800",
    "=HYPERLINK(1)",
    "<script>alert(1)</script>",
    "[pay](https://evil.example)",
    "{{ settings.SECRET_KEY }}",
    "%(name)s",
    "9" * 400,
    "-1",
    "1e9",
    "٣",
    "+41 22 555 01 23",
    "nobody@",
    "a@parliament.example",
    "\r\n",
    "\u200b",
    "x" * 10_000,
    "",
)


@pytest.fixture
def delegation() -> Delegation:
    made = draft()
    for row in asked_fields_for(made.event, ASSEMBLY):
        row.save()
    return made


def typed(chance: random.Random, names: list[str]) -> dict[str, str]:
    """Random values for some of the fields."""
    return {
        name: chance.choice(" \n").join(chance.choices(PIECES, k=chance.randint(0, 3)))
        for name in names
        if chance.random() < 0.8
    }


def chances(seed: int) -> random.Random:
    """A generator with this seed, so that every run makes the same posts."""
    return random.Random(seed)  # noqa: S311  nothing secret


def fits(name: str, value: object) -> bool:
    """True if the database accepts it."""
    column = Delegation._meta.get_field(name)
    if isinstance(column, models.PositiveSmallIntegerField):
        return value is None or 1 <= value <= 500
    return len(value) <= column.max_length and "\0" not in value and "\ud800" not in value


def test_thousand_random_posts_are_taken_or_refused_at_the_field(delegation):
    chance, asked = chances(1889), Asked(delegation.event)
    names = [row.name for row in asked.of_delegation()]

    for _number in range(1000):
        form = DetailsForm(typed(chance, [*names, "version"]), delegation=delegation, asked=asked)

        form.is_valid()

        assert set(form.errors) <= set(names)
        assert [name for name, value in form.cleaned_data.items() if not fits(name, value)] == []


@pytest.mark.parametrize("seed", range(30))
def test_random_post_is_answered_by_a_page_that_keeps_what_was_typed(delegation, seed):
    names = [row.name for row in Asked(delegation.event).of_delegation()]
    data = {name: text.replace("\ud800", "") for name, text in typed(chances(seed), names).items()}
    address = f"{delegation.get_absolute_url()}details/"

    response = browser_of(coordinator(delegation)).post(address, data | {"version": "1"})

    if response.status_code == 200:
        form = response.context["form"]
        assert {name: form[name].value() for name in data} == data
    else:
        assert response.url == delegation.get_absolute_url()


@pytest.mark.parametrize("version", ["", "0", "-1", "x", "9" * 30, "\0", "٣"])
def test_version_that_never_was_overwrites_nothing(delegation, version):
    Delegation.objects.update(remarks="Stored")

    page = browser_of(coordinator(delegation)).post(
        f"{delegation.get_absolute_url()}details/", {"version": version, "remarks": "Typed"}
    )

    assert [one.stored for one in page.context["form"].conflicts] == ["Stored"]
    assert Delegation.objects.get().remarks == "Stored"


def test_fields_that_were_not_shown_stay_as_they_are(delegation):
    Delegation.objects.update(composition="Stored")

    browser_of(coordinator(delegation)).post(
        f"{delegation.get_absolute_url()}details/", {"version": "1", "remarks": "Typed"}
    )

    assert Delegation.objects.values_list("composition", "remarks").get() == ("Stored", "Typed")


def test_fields_that_the_event_does_not_ask_are_not_taken(delegation):
    delegation.event.asked_fields.filter(name="remarks").delete()

    browser_of(coordinator(delegation)).post(
        f"{delegation.get_absolute_url()}details/",
        {"version": "1", "remarks": "Typed", "status": "confirmed"},
    )

    assert Delegation.objects.values_list("remarks", "status").get() == ("", "draft")
