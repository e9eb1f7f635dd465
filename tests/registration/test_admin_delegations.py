"""The secretariat's pages of delegations: read whole, confirmed or returned as they were seen."""

import pytest
from django.test import Client

from accounts.models import AuditEntry
from jobs.models import OutgoingMail
from registration.models import Delegation
from tests.factories import (
    InvitationFactory,
    ParticipantFactory,
    StaffFactory,
    UserFactory,
)
from tests.registration.office import page_of, said, text_of
from tests.registration.samples import confirm, draft, give_back, save, submit
from tests.registration.steps import issued_invitation

pytestmark = pytest.mark.django_db

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def officer():
    return StaffFactory()


@pytest.fixture
def client(officer) -> Client:
    browser = Client()
    browser.force_login(officer)
    return browser


@pytest.mark.parametrize(("model", "queries"), [("parliament", 5), ("invitation", 6), ("delegation", 8)])
@pytest.mark.parametrize("count", [1, 3])
def test_list_query_count_is_flat(client, model, queries, count, django_assert_num_queries):
    for _ in range(count):
        ParticipantFactory(delegation=(one := submit(draft())))
        InvitationFactory(event=one.event, organisation=one.organisation)

    with django_assert_num_queries(queries):
        response = client.get(page_of(model, "changelist"))

    assert response.status_code == 200


def test_delegations_that_wait_come_first_the_oldest_before_the_others(client):
    idle, second, first = draft(), draft(), draft()
    confirm(submit(done := draft()))
    submit(first)
    submit(second)

    listed = client.get(page_of("delegation", "changelist")).context["cl"].result_list

    assert [one.pk for one in listed] == [first.pk, second.pk, done.pk, idle.pk]


def test_delegation_page_shows_everything_and_edits_nothing(client):
    delegation = submit(save(draft(people=1), remarks="We arrive late."))
    one = delegation.participants.get()

    page = text_of(client.get(page_of("delegation", "change", delegation.pk)))

    assert one.family_names in page
    assert "We arrive late." in page
    assert "Registration submitted" in page
    assert '<input type="text"' not in page
    assert client.post(page_of("delegation", "change", delegation.pk), {"remarks": "x"}).status_code == 404


def test_confirming_applies_to_the_version_shown(client, officer):
    delegation = submit(draft())

    response = client.post(
        page_of("delegation", "confirm", delegation.pk), {"version": delegation.version}, follow=True
    )

    assert said(response) == ["Registration confirmed. The coordinator is told by e-mail."]
    assert Delegation.objects.get().status == "confirmed"
    assert AuditEntry.objects.get(verb="delegation.confirmed").actor_id == officer.pk


@pytest.mark.parametrize("version", ["", "0", "x", "-1", "²", "9" * 30])
def test_confirming_another_version_tells_the_officer(client, version):
    delegation = submit(draft())

    response = client.post(page_of("delegation", "confirm", delegation.pk), {"version": version}, follow=True)

    assert said(response) == [
        "Nothing was changed: the registration has been saved again since this page was opened."
    ]
    assert Delegation.objects.get().status == "submitted"


def test_second_officer_is_told(client):
    delegation = submit(draft())
    confirm(delegation)

    response = client.post(
        page_of("delegation", "confirm", delegation.pk), {"version": delegation.version}, follow=True
    )

    assert said(response) == ["Nothing was changed: the status of this registration is now “confirmed”."]
    assert OutgoingMail.objects.filter(kind="confirmed").count() == 1


def test_verbs_answer_to_post_alone(client):
    delegation, invitation = submit(draft()), issued_invitation()
    addresses = [page_of("delegation", "confirm", delegation.pk)]
    addresses += [
        page_of("invitation", verb, invitation.pk) for verb in ("send", "replace_link", "show_link")
    ]

    assert [client.get(address).status_code for address in addresses] == [405] * 4


def test_returning_asks_for_a_reason(client):
    delegation = submit(draft())
    address = page_of("delegation", "return", delegation.pk)

    asked = client.get(address)
    refused = client.post(address, {"version": delegation.version, "status": "submitted", "reason": " \n "})

    assert asked.context["form"]["version"].value() == delegation.version
    assert list(refused.context["form"].errors["reason"]) == [
        "Write what has to be corrected: the coordinator reads it."
    ]
    assert Delegation.objects.get().status == "submitted"


def test_returning_tells_the_coordinator_why(client):
    delegation = submit(draft())

    response = client.post(
        page_of("delegation", "return", delegation.pk),
        {
            "version": delegation.version,
            "status": "submitted",
            "reason": "Add the functions.\r\nPlease.",
        },
        follow=True,
    )

    assert said(response) == ["Registration returned. The coordinator is told by e-mail."]
    assert Delegation.objects.get().reason == "Add the functions.\nPlease."
    assert "Add the functions.\nPlease." in OutgoingMail.objects.get(kind="returned").text


def test_returning_what_a_colleague_has_confirmed_since_tells_the_officer(client):
    delegation = submit(draft())
    confirm(delegation)

    response = client.post(
        page_of("delegation", "return", delegation.pk),
        {"version": delegation.version, "status": "submitted", "reason": "Add the functions."},
        follow=True,
    )

    assert said(response) == ["Nothing was changed: the status of this registration is now “confirmed”."]
    assert Delegation.objects.get().status == "confirmed"


def test_page_offers_the_verbs_that_the_table_of_moves_allows(client):
    states = {
        "draft": draft(),
        "submitted": submit(draft()),
        "confirmed": confirm(submit(draft())),
        "returned": give_back(submit(draft())),
    }

    offered = {}
    for status, delegation in states.items():
        page = client.get(page_of("delegation", "change", delegation.pk)).context
        offered[status] = (page["can_confirm"], page["can_return"])

    assert offered == {
        "draft": (False, False),
        "submitted": (True, True),
        "confirmed": (False, True),
        "returned": (False, False),
    }


def test_what_a_visitor_typed_is_text_on_every_page_of_the_secretariat(client):
    delegation = draft(remarks=HOSTILE)
    ParticipantFactory(
        delegation=delegation, given_names=HOSTILE, badge_name=HOSTILE, function=HOSTILE, order=1
    )
    submit(delegation)

    for address in (
        page_of("delegation", "changelist"),
        page_of("delegation", "change", delegation.pk),
        page_of("delegation", "return", delegation.pk),
        page_of("delegation", "history", delegation.pk),
    ):
        assert HOSTILE not in text_of(client.get(address))


def test_outsider_finds_no_verb():
    delegation, invitation = submit(draft()), issued_invitation()
    browser = Client()
    browser.force_login(UserFactory())

    answers = [
        browser.get(page_of("delegation", "change", delegation.pk)).status_code,
        browser.post(page_of("delegation", "confirm", delegation.pk), {"version": 1}).status_code,
        browser.get(page_of("delegation", "return", delegation.pk)).status_code,
        browser.post(page_of("invitation", "send", invitation.pk)).status_code,
        browser.post(page_of("invitation", "show_link", invitation.pk)).status_code,
        browser.post(page_of("invitation", "replace_link", invitation.pk)).status_code,
        browser.get(page_of("invitation", "invite")).status_code,
        browser.get(page_of("parliament", "import")).status_code,
    ]

    assert answers == [404] * 8
    assert AuditEntry.objects.filter(verb="invitation.link_shown").count() == 0
