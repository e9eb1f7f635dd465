"""The admin page of the terms of one event: what it saves, and what it refuses."""

from datetime import date

import pytest
from django.test import Client

from accounts.models import AuditEntry
from events.models import Event, Window
from registration.models import AskedField, Declaration, Participant, Places, Rule, Terms
from tests.factories import (
    DelegationFactory,
    EventFactory,
    ParticipantFactory,
    StaffFactory,
    UserFactory,
    WindowFactory,
)
from tests.factories.registration import (
    AskedFieldFactory,
    DeclarationFactory,
    PlacesFactory,
    RuleFactory,
)
from tests.forms import form_values, new_row
from tests.race import at_once
from tests.registration.office import page_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def client() -> Client:
    browser = Client()
    browser.force_login(StaffFactory())
    return browser


def address(event: Event) -> str:
    return page_of("terms", "change", event.pk)


def errors(page: object) -> list[str]:
    """Every error message on the page."""
    found = [*page.context["adminform"].form.non_field_errors()]
    for inline in page.context["inline_admin_formsets"]:
        found += inline.formset.non_form_errors()
        found += [text for form in inline.formset.forms for texts in form.errors.values() for text in texts]
    return found


def test_rules_are_saved_with_one_line_in_the_trail(client):
    event = EventFactory()
    page = client.get(address(event))
    row = new_row(page, "rules", kind="maximum", severity="block", number=8, rounding="nearest", order=1)

    saved = client.post(address(event), {**form_values(page), **row, "rules-0-text_es": "Como máximo ocho."})

    assert saved.status_code == 302
    rule = Rule.objects.get()
    assert (rule.event_id, rule.number, rule.text_es, rule.text_en) == (
        event.pk,
        8,
        "Como máximo ocho.",
        None,
    )
    line = AuditEntry.objects.get(verb="terms.changed")
    assert (line.object_id, line.event_id) == (event.pk, event.pk)
    assert line.changes[f"rule {rule.pk}: number"] == [None, 8]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"kind": "maximum"}, "This rule needs a number."),
        ({"kind": "women_share"}, "This rule needs a percentage."),
        ({"kind": "women_share", "percent": "101"}, "Ensure this value is less than or equal to 100."),
        ({"kind": "minimum", "number": 0}, "Enter 1 or more."),
        ({"kind": "one_head", "number": 2}, "This rule takes no number: leave the field empty."),
        (
            {"kind": "maximum", "number": 2, "percent": "30"},
            "Only the share of women takes a percentage: leave the field empty.",
        ),
        (
            {"kind": "one_head", "category": "press"},
            "This rule is about the delegation as a whole: leave the category empty.",
        ),
        (
            {"kind": "balance", "severity": "block"},
            "This rule never prevents submission: choose a warning or a piece of information.",
        ),
        (
            {"kind": "age_under", "number": 45},
            "“Younger than, on the opening day” depends on “Date of birth”, which the form does not ask for: "
            "ask for it, or leave the rule out.",
        ),
        (
            {"kind": "history"},
            "Only an Assembly is compared with the Assemblies before it: leave that rule out.",
        ),
        ({"kind": "minimum", "number": 5}, "In all: at least 5 and at most 4 cannot both be kept."),
        (
            {"kind": "minimum", "number": 5, "category": "members", "status": "member"},
            "Members of the delegation: at least 5 and at most 4 cannot both be kept.",
        ),
        ({"kind": "maximum", "number": 9}, "“At most so many people” is here twice for the same people."),
    ],
)
def test_rule_that_makes_no_sense_is_refused_with_a_sentence(client, values, sentence):
    event = RuleFactory().event  # at most four, in all
    page = client.get(address(event))
    row = new_row(page, "rules", **{"severity": "warn", "rounding": "nearest", "order": 1, **values})

    refused = client.post(address(event), {**form_values(page), **row})

    assert errors(refused) == [sentence]
    assert Rule.objects.count() == 1


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "minimum", "number": 5, "category": "accompanying"},  # the total does not count these
        {"kind": "minimum", "number": 4},
        {"kind": "maximum", "number": 9, "status": "observer"},
    ],
)
def test_rules_that_can_be_kept_together_are_saved(client, values):
    event = RuleFactory().event
    page = client.get(address(event))
    row = new_row(page, "rules", **{"severity": "warn", "rounding": "nearest", "order": 1, **values})

    client.post(address(event), {**form_values(page), **row})

    assert Rule.objects.count() == 2


def fields_of(page: object) -> dict[str, str]:
    """The prefix of the row of each field."""
    formset = next(
        one.formset for one in page.context["inline_admin_formsets"] if one.formset.prefix == "asked_fields"
    )
    return {form.name: form.prefix for form in formset.forms}


def test_event_without_fields_shows_what_a_workshop_asks(client):
    event = EventFactory()

    page = client.get(address(event))
    client.post(address(event), form_values(page))

    shown = {
        name: form_values(page)[f"{prefix}-demand"]
        for name, prefix in fields_of(page).items()
        if form_values(page)[f"{prefix}-demand"]
    }
    assert shown == {
        "honorific": "optional",
        "gender": "required",
        "accompanies": "required",
        "function": "required",
        "remarks": "optional",
    }
    assert AskedField.objects.count() == 0  # nothing changed, so the workshop preset still applies


def test_first_change_gives_the_event_fields_of_its_own(client):
    event = EventFactory()
    page = client.get(address(event))
    email = fields_of(page)["email"]

    client.post(
        address(event),
        {**form_values(page), f"{email}-demand": "required", f"{email}-changes_until": "2026-05-01"},
    )

    assert {row.name: row.demand for row in event.asked_fields.all()} == {
        "honorific": "optional",
        "gender": "required",
        "accompanies": "required",
        "function": "required",
        "remarks": "optional",
        "email": "required",
    }
    assert event.asked_fields.get(name="email").changes_until == date(2026, 5, 1)


def test_field_that_is_not_asked_any_more_has_no_row(client):
    event = AskedFieldFactory(name="email").event
    AskedFieldFactory(event=event, name="phone")
    page = client.get(address(event))

    client.post(address(event), {**form_values(page), f"{fields_of(page)['email']}-demand": ""})

    assert [row.name for row in event.asked_fields.all()] == ["phone"]


@pytest.mark.parametrize("name", ["role", "password", "given_names"])
def test_field_that_cannot_be_chosen_is_refused(client, name):
    event = EventFactory()
    page = client.get(address(event))
    email = fields_of(page)["email"]

    refused = client.post(
        address(event), {**form_values(page), f"{email}-name": name, f"{email}-demand": "required"}
    )

    assert errors(refused) == ["There is no such field."]


def test_another_wording_of_a_declaration_is_another_version(client):
    declaration = DeclarationFactory()
    page = client.get(address(declaration.event))
    client.post(address(declaration.event), {**form_values(page), "declarations-0-order": 3})
    page = client.get(address(declaration.event))
    client.post(
        address(declaration.event), {**form_values(page), "declarations-0-statement_es": "Acepto las normas."}
    )

    declaration = Declaration.objects.get()
    assert (declaration.order, declaration.version, declaration.statement_es) == (3, 2, "Acepto las normas.")


def test_places_are_not_set_below_those_taken(client):
    event = PlacesFactory(places=40).event
    PlacesFactory(event=event, category="members", places=30)
    delegation = DelegationFactory(event=event)
    ParticipantFactory.create_batch(3, delegation=delegation, status=Participant.Status.CONFIRMED)
    page = client.get(address(event))

    refused = client.post(address(event), {**form_values(page), "places-0-places": 2, "places-1-places": 2})
    saved = client.post(address(event), {**form_values(page), "places-0-places": 3, "places-1-places": 4})

    assert errors(refused) == ["3 places are taken already: enter at least as many."] * 2
    assert saved.status_code == 302
    assert [(row.category, row.places, row.taken) for row in event.places.all()] == [
        ("", 3, 3),
        ("members", 4, 3),
    ]


def test_places_that_are_added_let_the_next_in(client):
    event = PlacesFactory(places=1).event
    delegation = DelegationFactory(event=event, status="submitted")
    ParticipantFactory(delegation=delegation, status="submitted")
    waiting = ParticipantFactory(delegation=delegation, status="waitlisted")
    page = client.get(address(event))

    client.post(address(event), {**form_values(page), "places-0-places": 2})

    waiting.refresh_from_db()
    assert (waiting.status, Places.objects.get().taken) == ("submitted", 2)


def test_deadline_of_a_category_stands_beside_that_for_everybody(client):
    event = WindowFactory().event
    page = client.get(address(event))
    row = new_row(
        page, "windows", stage="register", category="press", first_day="2026-01-01", last_day="2026-02-01"
    )

    client.post(address(event), {**form_values(page), **row})

    assert event.windows.get(category="press").last_day == date(2026, 2, 1)
    assert Window.objects.count() == 2
    assert len(client.get(address(event)).context["inline_admin_formsets"][4].formset.forms) == 1


def test_page_of_the_event_leaves_deadlines_of_categories_alone(client):
    window = WindowFactory()
    own = WindowFactory(event=window.event, category="press")
    path = f"/admin/events/event/{window.event_id}/change/"

    saved = client.post(path, form_values(client.get(path)))

    assert saved.status_code == 302
    assert {one.pk for one in window.event.windows.all()} == {window.pk, own.pk}


def test_terms_that_somebody_else_changed_meanwhile_are_not_overwritten(client):
    event = PlacesFactory(places=40).event
    page = client.get(address(event))
    Places.objects.update(places=50)

    refused = client.post(address(event), {**form_values(page), "places-0-places": 30})

    assert errors(refused) == [
        "Nothing was saved: somebody else has changed this since you opened the page. "
        "Look at it in another window; what you save from here now replaces it."
    ]
    assert Places.objects.get().places == 50


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_have_one_effect():
    event = PlacesFactory(places=40).event
    browsers = [Client(), Client()]
    for browser in browsers:
        browser.force_login(StaffFactory())
    forms = [
        (browser, {**form_values(browser.get(address(event))), "places-0-places": places})
        for browser, places in zip(browsers, (41, 42), strict=True)
    ]

    def save() -> int:
        browser, form = forms.pop()
        return browser.post(address(event), form).status_code

    assert sorted(at_once(2, save)) == [200, 302]  # one gets an error message, one is saved
    assert AuditEntry.objects.filter(verb="terms.changed").count() == 1


def test_saving_the_terms_leaves_the_event_alone(client):
    event = EventFactory(title_en="Specimen Conference")
    page = client.get(address(event))
    Event.objects.filter(pk=event.pk).update(title_en="Another title")

    client.post(address(event), form_values(page))

    event.refresh_from_db()
    assert event.title_en == "Another title"


def test_event_page_leads_to_its_terms(client):
    event = EventFactory()

    page = client.get(f"/admin/events/event/{event.pk}/change/")

    assert f'href="{address(event)}"' in text_of(page)


@pytest.mark.parametrize("user", [UserFactory, None])
def test_stranger_finds_no_terms(user):
    event, browser = EventFactory(), Client()
    if user:
        browser.force_login(user())

    answers = [
        browser.get(path).status_code
        for path in (
            address(event),
            page_of("terms", "preset", event.pk, "workshop"),
            page_of("terms", "changelist"),
        )
    ]

    assert answers == ([404] * 3 if user else [302] * 3)


def test_terms_are_neither_added_nor_deleted(client):
    event = EventFactory()

    assert client.get(page_of("terms", "add")).status_code == 404
    assert client.get(page_of("terms", "delete", event.pk)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_of_the_list_is_flat(client, count, django_assert_num_queries):
    for event in EventFactory.create_batch(count):
        RuleFactory.create_batch(count, event=event)

    with django_assert_num_queries(5):
        page = client.get(page_of("terms", "changelist"))

    assert len(page.context["cl"].result_list) == count == Terms.objects.count()
