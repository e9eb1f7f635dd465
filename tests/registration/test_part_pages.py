"""The other pages of a delegation: overview, details, check, privacy notice, withdrawal."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from events import dates
from events.models import Event, Window
from registration.fields import ASSEMBLY, CATALOGUE
from registration.models import Acceptance, Delegation, Participant, Upload
from tests.factories import (
    DeclarationFactory,
    EventMemberFactory,
    ParticipantFactory,
    PlacesFactory,
    StaffFactory,
    UserFactory,
    WindowFactory,
)
from tests.registration.assembly import address, assembly_draft, said, text_of
from tests.registration.browser import browser_of
from tests.registration.samples import coordinator, draft
from tests.registration.test_parts import over

pytestmark = pytest.mark.django_db


@pytest.fixture
def delegation() -> Delegation:
    return assembly_draft()


@pytest.fixture
def client(delegation) -> Client:
    return browser_of(coordinator(delegation))


def complete(delegation: Delegation) -> None:
    """A delegation with everything that the first round requires."""
    for person in delegation.participants.all():
        Upload.objects.create(delegation=delegation, participant=person, kind="photo", size=1, name="x.jpg")


def submission(delegation: Delegation, **fields: object) -> dict[str, object]:
    people = list(delegation.participants.values_list("pk", flat=True))
    delegation.refresh_from_db()
    return {"version": delegation.version, "people": people, "privacy_read": "on"} | fields


# Overview


def test_overview_lists_the_parts_with_their_states(client, delegation):
    page = client.get(delegation.get_absolute_url())

    assert [
        (str(task.title), str(task.state), task.sentences) for task in page.context["overview"].tasks()
    ] == [
        ("Delegation", "optional", ["0 of 7 fields filled in"]),
        ("People", "complete", ["2 of 2 people complete"]),
        (
            "Photographs and documents",
            "not started",
            ["0 of 2 photographs", "0 of 2 copies of the passport", "no proof of nomination yet"],
        ),
        ("Travel and needs", "not started", ["0 of 2 people with travel details"]),
        ("Check and submit", "not started", ["2 things to correct first"]),
    ]


@pytest.mark.parametrize("language", ["en", "es"])
def test_state_of_a_part_has_its_colour_in_each_language(client, delegation, language):
    page = client.get(delegation.get_absolute_url().replace("/en/", f"/{language}/"))

    assert [task.tone for task in page.context["overview"].tasks()] == ["", "good", "", "", ""]


def test_overview_of_a_workshop_has_no_files_and_no_travel():
    delegation = draft()

    page = browser_of(coordinator(delegation)).get(delegation.get_absolute_url())

    parts = [str(task.part) for task in page.context["overview"].tasks()]
    assert parts == ["details", "people", "check"]


def test_every_missing_thing_leads_to_where_it_is_mended(client, delegation):
    overview = client.get(delegation.get_absolute_url()).context["overview"]

    for _verdict, link in overview.corrections["block"] + overview.corrections["warn"]:
        assert client.get(link.partition("#")[0]).status_code == 200


@pytest.mark.parametrize("count", [1, 20])
def test_overview_query_count_is_flat(count, django_assert_max_num_queries):
    delegation = draft(people=count)
    browser = browser_of(coordinator(delegation))

    with django_assert_max_num_queries(22):
        browser.get(delegation.get_absolute_url())


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("submitted", "Received, not confirmed yet"),
        ("confirmed", "The delegation is registered."),
        ("returned", "Add the functions."),
        ("rejected", "Not accepted"),
        ("withdrawn", "The delegation does not come."),
    ],
)
def test_overview_says_what_became_of_it(client, delegation, status, words):
    Delegation.objects.update(status=status, reason="Add the functions.")

    assert words in text_of(client.get(delegation.get_absolute_url()))


def test_overview_names_the_last_day_of_changes_that_follow_the_registration(client, delegation):
    Delegation.objects.update(status="confirmed")
    close = delegation.event.windows.get(stage="register").closes_at
    last = close + timedelta(days=9)
    WindowFactory(event=delegation.event, stage="change", opens_at=close, closes_at=last)

    page = text_of(client.get(delegation.get_absolute_url()))

    words = re.search("You can change names and other details yourself until <time [^>]*>(.*?)</time>", page)
    assert words[1] == dates.deadline(last, Window(event=delegation.event).closing_zone, "en")


def test_cancelled_event_asks_nothing_more_of_a_draft(client, delegation):
    Event.objects.update(status="cancelled")

    overview, desk = (text_of(client.get(path)) for path in (delegation.get_absolute_url(), "/en/desk/"))

    assert ("The event has been cancelled" in overview, "The event has been cancelled" in desk) == (
        True,
        True,
    )
    assert [words in overview + desk for words in ("Submit the registration by", "days left")] == [False] * 2


@pytest.mark.parametrize("status", ["submitted", "confirmed"])
def test_event_that_is_off_promises_no_days_for_changes(client, delegation, status):
    Delegation.objects.update(status=status)
    Event.objects.update(status="postponed")

    overview = text_of(client.get(delegation.get_absolute_url()))

    assert "No registrations are accepted. What was entered is kept here." in overview
    assert [words in overview for words in ("can change", "is examined again")] == [False] * 2


def test_withdrawn_delegation_is_taken_up_again_by_its_button(client, delegation):
    Delegation.objects.update(status="withdrawn")
    page = client.get(delegation.get_absolute_url())

    client.post(address("reopen", delegation.pk), {"version": page.context["delegation"].version})

    delegation.refresh_from_db()
    assert ("Take the registration up again" in text_of(page), delegation.status) == (True, "draft")


@pytest.mark.parametrize("status", ["withdrawn", "rejected"])
def test_after_the_close_nobody_takes_up_again_what_has_ended(client, delegation, status):
    Delegation.objects.update(status=status)
    over(delegation)
    page = client.get(delegation.get_absolute_url())

    client.post(address("reopen", delegation.pk), {"version": page.context["delegation"].version})

    delegation.refresh_from_db()
    assert ("Take the registration up again" in text_of(page), delegation.status) == (False, status)


def test_desk_asks_nothing_more_of_a_delegation_that_was_withdrawn(client):
    Delegation.objects.update(status="withdrawn")

    page = text_of(client.get("/en/desk/"))

    assert ("The delegation does not take part." in page, "Next: " in page) == (True, False)


def test_officer_is_told_whose_behalf_it_is(delegation):
    page = text_of(browser_of(StaffFactory()).get(delegation.get_absolute_url()))

    assert f"You act on behalf of {delegation.organisation.name_en}." in page


def test_after_the_close_the_button_asks_for_late_registration(client, delegation):
    over(delegation)

    page = text_of(client.get(delegation.get_absolute_url()))

    assert "Request late registration" in page
    assert f'class="button" href="{address("check", delegation.pk)}"' not in page


# Access


PAGES = ("details", "documents", "check", "privacy", "withdraw")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_stranger_and_organiser_get_not_found(delegation, name, method):
    for user in (UserFactory(), EventMemberFactory(event=delegation.event).user):
        for pk in (delegation.pk, 10**15):
            assert getattr(browser_of(user), method)(address(name, pk)).status_code in {404, 405}


@pytest.mark.parametrize("name", PAGES)
def test_second_coordinator_sees_the_same_pages(delegation, name):
    second = UserFactory()
    delegation.coordinators.add(second)

    assert browser_of(second).get(address(name, delegation.pk)).status_code == 200


# Check


def test_check_page_names_what_is_missing_and_has_no_button(client, delegation):
    page = text_of(client.get(address("check", delegation.pk)))

    assert "2 things are missing" in page
    assert "Submit registration" not in page


def test_some_are_sent_and_the_others_stay_drafts(client, delegation):
    complete(delegation)
    head, other = delegation.participants.all()

    client.post(address("check", delegation.pk), submission(delegation, people=[head.pk]))

    assert list(delegation.participants.values_list("status", flat=True)) == ["submitted", "draft"]
    assert f'value="{other.pk}"' not in text_of(client.get(address("check", delegation.pk)))


def test_boxes_go_with_the_button_after_the_close(client, delegation):
    path = address("check", delegation.pk)
    while_open = text_of(client.get(path))
    over(delegation)

    assert (while_open.count('name="people"'), text_of(client.get(path)).count('name="people"')) == (2, 0)
    assert text_of(browser_of(StaffFactory()).get(path)).count('name="people"') == 2


def test_nobody_chosen_is_refused_with_the_boxes_as_they_were(client, delegation):
    complete(delegation)

    page = client.post(address("check", delegation.pk), submission(delegation, people=[]))

    assert page.context["form"].errors["people"] == ["Choose at least one person."]
    assert [ticked for _person, ticked in page.context["form"].rows] == [False, False]


def test_person_of_another_delegation_cannot_be_sent(client, delegation):
    complete(delegation)
    stranger = ParticipantFactory()

    page = client.post(address("check", delegation.pk), submission(delegation, people=[stranger.pk]))

    assert list(page.context["form"].errors) == ["people"]
    assert Participant.objects.get(pk=stranger.pk).status == "draft"


def test_declarations_are_stored_with_their_version(client, delegation):
    complete(delegation)
    required = DeclarationFactory(event=delegation.event, version=3)
    optional = DeclarationFactory(event=delegation.event, is_required=False, kind="photos", order=1)

    client.post(
        address("check", delegation.pk), submission(delegation, **{f"declaration-{required.pk}-3": "on"})
    )

    stored = Acceptance.objects.order_by("declaration").values_list(
        "declaration", "version", "accepted", "user"
    )
    user = coordinator(delegation).pk
    assert list(stored) == [(required.pk, 3, True, user), (optional.pk, 1, False, user)]


def test_declaration_that_must_be_accepted_is_asked_for_at_its_box(client, delegation):
    complete(delegation)
    required = DeclarationFactory(event=delegation.event)

    page = client.post(address("check", delegation.pk), submission(delegation))

    assert page.context["form"].errors == {
        f"declaration-{required.pk}-1": ["Read this and tick the box before you submit."]
    }
    assert "Be kind." in text_of(page)
    assert Delegation.objects.get().status == "draft"


@pytest.mark.parametrize("is_required", [True, False])
def test_tick_under_an_earlier_wording_accepts_nothing(client, delegation, is_required):
    complete(delegation)
    declaration = DeclarationFactory(event=delegation.event, is_required=is_required, version=2)
    earlier = submission(delegation, **{f"declaration-{declaration.pk}-1": "on"})

    page = client.post(address("check", delegation.pk), earlier)

    assert page.context["form"].errors == {
        f"declaration-{declaration.pk}-2": [
            "The wording has changed since you opened the page. Read it again."
        ]
    }
    assert not Acceptance.objects.exists()


def test_overview_of_an_event_that_is_over_misses_nothing(client, delegation):
    Event.objects.update(first_day="2020-01-01", last_day="2020-01-02")
    Participant.objects.update(function="")

    page = client.get(delegation.get_absolute_url())

    assert page.context["overview"].verdicts == []


def test_withdrawing_an_empty_delegation_takes_nobodys_place(client, delegation):
    delegation.participants.all().delete()

    page = text_of(client.get(address("withdraw", delegation.pk)))

    assert "The delegation will not come. What was entered is kept." in page


def test_too_few_places_are_told_before_submitting(client, delegation):
    PlacesFactory(event=delegation.event, places=1)

    page = text_of(client.get(address("check", delegation.pk)))

    assert "In all: 1 place is left, and 2 are wanted." in page


def test_version_of_an_older_page_submits_nothing(client, delegation):
    complete(delegation)
    data = submission(delegation)
    Delegation.objects.update(version=7)

    page = client.post(address("check", delegation.pk), data)

    assert "has been saved again since this page was opened" in text_of(page)
    assert Delegation.objects.get().status == "draft"


# Privacy notice and withdrawing


def test_privacy_notice_names_every_field_with_its_purpose_and_time(client, delegation):
    page = client.get(address("privacy", delegation.pk))

    named = [
        label.lower()
        for labels, _why, _days in page.context["collected_fields"]
        for label in labels.split(", ")
    ]
    assert sorted(named) == sorted(CATALOGUE[name].label.lower() for name in (*ASSEMBLY, "passport"))
    assert "until 7 days after the event" in text_of(page)


def test_deadline_of_a_category_stands_beside_the_one_for_everybody(client, delegation):
    WindowFactory(event=delegation.event, category="press")

    assert "Press: <b>" in text_of(client.get(delegation.get_absolute_url()))


def test_withdrawing_asks_first_and_keeps_what_was_entered(client, delegation):
    path = address("withdraw", delegation.pk)

    asked = client.get(path)
    landed = client.post(path, {"version": delegation.version}, follow=True)

    assert "its 2 people lose their places" in text_of(asked)
    assert said(landed) == ["The registration has been withdrawn. The secretariat knows."]
    assert (Delegation.objects.get().status, delegation.participants.count()) == ("withdrawn", 2)


@pytest.mark.parametrize("version", ["", "x", "99", "\0"])
def test_withdrawing_another_version_changes_nothing(client, delegation, version):
    page = client.post(address("withdraw", delegation.pk), {"version": version})

    assert "Nothing was changed" in text_of(page)
    assert Delegation.objects.get().status == "draft"
