"""The coordinator's pages: access, content and number of queries."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from events.models import Event, Window
from jobs.models import OutgoingMail
from registration.models import Delegation
from tests.factories import (
    DelegationFactory,
    EventFactory,
    EventMemberFactory,
    ParticipantFactory,
    StaffFactory,
    UserFactory,
    WindowFactory,
)
from tests.registration.browser import browser_of
from tests.registration.samples import confirm, coordinator, draft, give_back, submit

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return response.content.decode()


def submit_form(delegation: Delegation, **fields: str) -> dict[str, str]:
    return {"version": str(delegation.version), "privacy_read": "on"} | fields


def check_address(delegation: Delegation) -> str:
    return reverse("registration:check", args=[delegation.pk])


@pytest.mark.parametrize(("name", "method"), [("delegation", "get"), ("check", "get"), ("check", "post")])
def test_stranger_gets_not_found_as_for_what_does_not_exist(name, method):
    browser, delegation = browser_of(UserFactory()), draft()

    existing = getattr(browser, method)(reverse(f"registration:{name}", args=[delegation.pk]))
    invented = getattr(browser, method)(reverse(f"registration:{name}", args=[10**15]))

    assert (existing.status_code, invented.status_code) == (404, 404)


@pytest.mark.parametrize("name", ["delegation", "check"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_visitor_is_led_to_sign_in_for_existing_and_invented_delegations(client, name, method):
    delegation = draft()

    for pk in (delegation.pk, 10**15):
        address = reverse(f"registration:{name}", args=[pk])
        assert getattr(client, method)(address).url == f"/en/account/login/?next={address}"


def test_organiser_of_the_event_sees_no_delegation():
    delegation = draft()
    organiser = EventMemberFactory(event=delegation.event).user

    assert browser_of(organiser).get(delegation.get_absolute_url()).status_code == 404


def test_empty_desk_says_how_things_come_to_it():
    page = text_of(browser_of(UserFactory(email="new@parliament.example")).get(reverse("registration:desk")))

    assert "There is nothing here yet." in page
    assert "You are signed in as new@parliament.example." in page


def test_desk_lists_own_delegations_and_events_of_own_teams():
    own, other = draft(), draft()
    event = EventFactory(title_en="Team Event")
    EventMemberFactory(event=event, user=coordinator(own))

    response = browser_of(coordinator(own)).get(reverse("registration:desk"))

    groups = [(event, [one for one, _deadline in those]) for event, those in response.context["groups"]]
    assert groups == [(own.event, [own])]
    assert list(response.context["events"]) == [event]
    assert other.organisation.name_en not in text_of(response)
    assert f'href="{reverse("documents:desk", args=[event.slug])}"' in text_of(response)


STEPS = {
    "draft": "Next: enter the people and submit by",
    "returned": "Next: correct it and submit it again by",
    "submitted": "Next: the secretariat examines it and answers you by e-mail.",
    "confirmed": "Nothing to do for now.",
}


@pytest.mark.parametrize("status", STEPS)
def test_desk_names_the_next_step(status):
    delegation = draft()
    Delegation.objects.update(status=status)

    assert STEPS[status] in text_of(browser_of(coordinator(delegation)).get(reverse("registration:desk")))


@pytest.mark.parametrize("count", [1, 3])
def test_desk_query_count_is_flat(count, django_assert_num_queries):
    user = UserFactory()
    for _ in range(count):
        WindowFactory(event=DelegationFactory(coordinators=[user]).event)
    browser = browser_of(user)

    # Session, user, delegations, windows, extensions, invitations twice, events.
    with django_assert_num_queries(8):
        browser.get(reverse("registration:desk"))


def test_submitting_leads_to_the_status_page():
    delegation = draft()

    landed = browser_of(coordinator(delegation)).post(
        check_address(delegation), submit_form(delegation), follow=True
    )

    assert "Received, not confirmed yet" in text_of(landed)
    assert [str(one) for one in landed.context["messages"]] == [
        "Registration submitted. A receipt is on its way to you."
    ]


def test_unticked_box_is_refused_at_the_box():
    delegation = draft()

    response = browser_of(coordinator(delegation)).post(
        check_address(delegation), submit_form(delegation, privacy_read="")
    )

    assert list(response.context["form"].errors["privacy_read"]) == [
        "Read the privacy notice and tick the box before you submit."
    ]
    assert "<title>Error: Check and submit" in text_of(response)
    assert Delegation.objects.get().status == "draft"


def test_late_submission_says_when_it_closed_and_keeps_the_draft():
    delegation = draft()
    window = Window.objects.get()
    window.set_days(window.opens_at.date().replace(2020, 1, 1), window.opens_at.date().replace(2020, 1, 2))
    window.save()

    response = browser_of(coordinator(delegation)).post(check_address(delegation), submit_form(delegation))

    assert (
        "Nothing was submitted: registration closed on Thursday, 2 January 2020, 23:59 (Montevideo time). "
        "Your draft is kept."
    ) in text_of(response)
    assert delegation.participants.count() == 1


def test_second_click_is_told_and_sends_no_second_receipt():
    delegation = draft()
    browser = browser_of(coordinator(delegation))

    for _ in range(2):
        landed = browser.post(check_address(delegation), submit_form(delegation), follow=True)

    assert [str(one) for one in landed.context["messages"]] == [
        "Nothing was changed: the status of this registration is now “submitted”."
    ]
    assert OutgoingMail.objects.count() == 1


@pytest.mark.parametrize(
    "fields",
    [{}, {"version": ""}, {"version": "x"}, {"version": "9" * 30}, {"version": "\x00"}, {"version": "7"}],
)
def test_hostile_submission_changes_nothing(fields):
    delegation = draft()
    data = submit_form(delegation) | fields if fields else {}

    response = browser_of(coordinator(delegation)).post(check_address(delegation), data)

    assert response.status_code == 200
    assert Delegation.objects.get().status == "draft"


def test_status_page_tells_the_history_without_names_of_the_secretariat():
    delegation = give_back(submit(draft()), actor=StaffFactory(name="Officer Name"))
    confirm(submit(delegation))

    page = browser_of(coordinator(delegation)).get(delegation.get_absolute_url())

    assert [(line.what, line.who) for line in page.context["history"]] == [
        ("Registration confirmed", "the secretariat"),
        ("Registration submitted", "you"),
        ("Returned for correction", "the secretariat"),
        ("Registration submitted", "you"),
    ]
    assert "Officer Name" not in text_of(page)


def test_returned_delegation_shows_the_reason():
    delegation = give_back(submit(draft()), reason="Add the <functions>.")

    page = text_of(browser_of(coordinator(delegation)).get(delegation.get_absolute_url()))

    assert "Add the &lt;functions&gt;." in page


@pytest.mark.parametrize("count", [1, 20])
def test_check_query_count_is_flat(count, django_assert_max_num_queries):
    delegation = draft(people=count)
    browser = browser_of(coordinator(delegation))

    with django_assert_max_num_queries(18):
        browser.get(check_address(delegation))


def test_check_shows_everybody_and_leads_to_what_is_missing():
    delegation = draft(people=1)
    other = ParticipantFactory(delegation=delegation, given_names="Muestra", family_names="Dos", order=1)

    page = text_of(browser_of(coordinator(delegation)).get(check_address(delegation)))

    assert "Muestra Dos" in page
    assert f'href="{other.get_absolute_url()}#id_function"' in page
    assert "Submit registration" not in page


def test_check_links_the_privacy_notice_and_names_the_deadline():
    delegation = draft()

    page = text_of(browser_of(coordinator(delegation)).get(check_address(delegation)))

    assert f'href="{reverse("registration:privacy", args=[delegation.pk])}"' in page
    assert "(Montevideo time)" in page


@pytest.mark.parametrize("method", ["get", "post"])
def test_check_of_what_is_submitted_leads_to_the_overview(method):
    delegation = submit(draft())

    response = getattr(browser_of(coordinator(delegation)), method)(check_address(delegation))

    assert response.url == delegation.get_absolute_url()


def test_officer_submits_on_behalf_after_the_close():
    delegation, officer = draft(), StaffFactory()
    delegation.event.windows.update(closes_at=timezone.now())

    browser_of(officer).post(check_address(delegation), submit_form(delegation))

    entry = AuditEntry.objects.filter(verb="delegation.submitted").get()
    assert (entry.actor_id, entry.changes["on_behalf"]) == (officer.pk, True)
    assert Delegation.objects.get().status == "submitted"


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_event_that_is_off_is_said_so_on_every_page(status):
    delegation = draft()
    Event.objects.update(status=status)
    browser = browser_of(coordinator(delegation))

    for address in (reverse("registration:desk"), delegation.get_absolute_url(), check_address(delegation)):
        assert f"The event has been {status}" in text_of(browser.get(address))


def test_page_of_one_person_is_kept_by_no_cache():
    delegation = draft()

    response = browser_of(coordinator(delegation)).get(delegation.get_absolute_url())

    assert {"no-store", "private"} <= set(response["Cache-Control"].split(", "))
