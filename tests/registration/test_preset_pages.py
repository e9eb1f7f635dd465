"""The page that shows the changes of a preset before it is applied."""

import pytest
from django.test import Client

from registration.models import Rule
from registration.presets import PRESETS
from tests.factories import EventFactory, StaffFactory
from tests.factories.registration import RuleFactory
from tests.forms import form_values
from tests.registration.office import page_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    browser = Client()
    browser.force_login(StaffFactory())
    return browser


def test_preset_is_shown_before_it_is_taken(client):
    event = RuleFactory(number=2).event

    page = client.get(page_of("terms", "preset", event.pk, "wto_conference"))
    before = Rule.objects.count()
    client.post(page_of("terms", "preset", event.pk, "wto_conference"), {"replace": "1"})

    assert "At most so many people: 2 · warning" in text_of(page)
    assert "At most so many people: 4 · Members of the delegation · prevents submission" in text_of(page)
    assert before == 1
    assert [(rule.kind, rule.number) for rule in event.rules.all()] == [
        ("one_head", None),
        ("maximum", 4),
        ("not_single_sex", None),
        ("balance", None),
    ]


@pytest.mark.parametrize("preset", PRESETS)
def test_terms_taken_from_a_preset_can_be_saved_as_they_are_shown(client, preset):
    event = EventFactory()
    client.post(page_of("terms", "preset", event.pk, preset), {"replace": "1"})
    address = page_of("terms", "change", event.pk)
    page = client.get(address)
    html = page.content.decode()

    saved = client.post(
        address, {name: value for name, value in form_values(page).items() if f'name="{name}"' in html}
    )

    assert saved.status_code == 302


def test_preset_that_does_not_fit_is_refused_with_the_reason(client):
    event = RuleFactory(kind=Rule.Kind.MINIMUM, number=5, category="members").event
    path = page_of("terms", "preset", event.pk, "wto_conference")

    refused = client.post(path, {"add": "1"})

    sentence = "Members of the delegation: at least 5 and at most 4 cannot both be kept."
    assert str(refused.context["refusal"]) == sentence
    assert Rule.objects.count() == 1


def test_second_officer_who_takes_a_preset_at_once_sees_first_what_it_replaces(client):
    event = EventFactory()
    path = page_of("terms", "preset", event.pk, "cpa_conference")
    seen = client.get(path).context["seen"]
    client.post(page_of("terms", "preset", event.pk, "wto_conference"), {"replace": "1"})

    told = client.post(path, {"replace": "1", "seen": seen})
    kept = [rule.kind for rule in event.rules.all()]
    taken = client.post(path, {"replace": "1", "seen": told.context["seen"]})

    assert "somebody else has changed this since you opened the page" in text_of(told)
    assert "At most so many people: 4" in text_of(told)  # the rule that would be removed
    assert kept == ["one_head", "maximum", "not_single_sex", "balance"]
    assert taken.status_code == 302


def test_unknown_preset_is_not_found(client):
    assert client.get(page_of("terms", "preset", EventFactory().pk, "unknown")).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_preset_is_taken_over_outside_the_transaction_of_a_test():
    event, browser = EventFactory(), Client()
    browser.force_login(StaffFactory())

    answer = browser.post(page_of("terms", "preset", event.pk, "ipu_assembly"), {"replace": "on"})

    assert answer.status_code == 302
    assert event.rules.exists()
