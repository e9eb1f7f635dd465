"""The admin page of one delegation: it shows everything, and decisions apply to the version shown."""

import pytest
from django.test import Client

from accounts.models import AuditEntry
from jobs.models import OutgoingMail
from registration import services
from registration.models import Delegation
from tests.factories import (
    ChangeRequestFactory,
    ParticipantFactory,
    RuleFactory,
    StaffFactory,
    UserFactory,
)
from tests.forms import next_messages as about_to_say
from tests.race import at_once
from tests.registration.office import page_of, said, text_of
from tests.registration.samples import confirm, coordinator, draft, give_back, submit
from tests.registration.steps import issued_invitation

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

HOSTILE = "<script>alert(1)</script>"
STALE = "Nothing was changed: the registration has been saved again since this page was opened."


@pytest.fixture
def officer():
    return StaffFactory()


@pytest.fixture
def client(officer) -> Client:
    browser = Client()
    browser.force_login(officer)
    return browser


def page(client: Client, delegation: Delegation) -> str:
    return text_of(client.get(page_of("delegation", "change", delegation.pk)))


def statuses(delegation: Delegation) -> list[str]:
    """The statuses of the people, in order of precedence."""
    return list(delegation.participants.in_order().values_list("status", flat=True))


def decide(client: Client, delegation: Delegation, verb: str, *arguments: int, **fields: object) -> object:
    """Post the page of an action; returns the messages of the next page."""
    address = page_of("delegation", verb, delegation.pk, *arguments)
    return said(client.post(address, fields, follow=True))


def test_page_shows_everything_and_edits_nothing(client):
    delegation = draft(remarks="We arrive late.", composition="Two senators.")
    one = delegation.participants.get()
    submit(delegation)

    shown = page(client, delegation)

    assert one.family_names in shown
    assert "We arrive late." in shown
    assert "Two senators." in shown
    assert "Registration submitted" in shown
    assert '<input type="text"' not in shown
    assert client.post(page_of("delegation", "change", delegation.pk), {"remarks": "x"}).status_code == 404


def test_page_leaves_sensitive_data_out(client):
    secrets = {
        "passport_number": "X1234567",
        "birth_date": "1970-05-31",
        "diet": "no nuts",
        "access_needs": "ramp",
    }
    delegation = draft()
    ParticipantFactory(delegation=delegation, order=1, party="Specimen Party", **secrets)

    shown = page(client, delegation)

    assert [
        value for value in ("X1234567", "1970", "no nuts", "ramp", "Specimen Party") if value in shown
    ] == []


def test_page_says_what_the_rules_say_and_leads_to_the_person(client):
    delegation = draft(people=2)
    RuleFactory(event=delegation.event, number=1)
    delegation.participants.filter(order=1).update(function="")
    lacking = delegation.participants.get(order=1)

    shown = page(client, delegation)

    assert f'<a href="#person-{lacking.pk}">' in shown
    assert f'id="person-{lacking.pk}"' in shown
    assert "prevents submission" in shown


def test_page_query_count_is_flat(client, django_assert_max_num_queries):
    small, large = submit(draft(people=1)), submit(draft(people=40))
    for delegation in (small, large):
        people = delegation.participants.in_order()
        for one in people:
            ChangeRequestFactory(delegation=delegation, kind="cancel", participant=one)

    counts = []
    for delegation in (small, large):
        with django_assert_max_num_queries(60) as captured:
            page(client, delegation)
        counts.append(len(captured.captured_queries))

    assert counts[0] == counts[1]


def test_unknown_address_of_a_coordinator_is_marked(client):
    delegation = draft()

    assert "address unknown to us" in page(client, delegation)


def test_address_at_the_domain_of_a_contact_is_not_marked(client):
    delegation = draft()
    domain = coordinator(delegation).email.partition("@")[2]
    delegation.organisation.parliament.contacts.create(email=f"international@{domain}")

    assert "address unknown to us" not in page(client, delegation)


def test_confirming_applies_to_the_version_shown(client, officer):
    delegation = submit(draft())
    version = Delegation.objects.get().version

    told = decide(client, delegation, "confirm", version=version)

    assert told == ["Registration confirmed. The coordinator is told by e-mail."]
    assert (Delegation.objects.get().status, statuses(delegation)) == ("confirmed", ["confirmed"])
    assert AuditEntry.objects.get(verb="delegation.confirmed").actor_id == officer.pk


@pytest.mark.parametrize("version", ["", "0", "x", "-1", "²", "9" * 30])
def test_confirming_another_version_tells_the_officer(client, version):
    delegation = submit(draft())

    assert decide(client, delegation, "confirm", version=version) == [STALE]
    assert Delegation.objects.get().status == "submitted"


def test_confirming_the_ticked_people_leaves_the_others_submitted(client):
    delegation = submit(draft(people=3))
    first, _second, third = delegation.participants.in_order()
    version = Delegation.objects.get().version

    decide(client, delegation, "confirm", version=version, ticked="", people=[first.pk, third.pk])

    assert statuses(delegation) == ["confirmed", "submitted", "confirmed"]
    assert Delegation.objects.get().status == "submitted"


def test_confirming_ticked_people_without_a_tick_confirms_nobody(client):
    delegation = submit(draft())

    told = decide(client, delegation, "confirm", version=delegation.version, ticked="", people=["x"])

    assert told == ["Nobody was confirmed: tick the people first."]
    assert statuses(delegation) == ["submitted"]


def test_second_officer_is_told(client):
    delegation = submit(draft())
    version = Delegation.objects.get().version
    confirm(Delegation.objects.get())

    told = decide(client, delegation, "confirm", version=version)

    assert told == ["Nothing was changed: the status of this registration is now “confirmed”."]
    assert OutgoingMail.objects.filter(kind="confirmed").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_confirm_once_and_one_is_told():
    delegation = submit(draft())
    version = Delegation.objects.get().version
    browsers = [Client(), Client()]
    for browser in browsers:
        browser.force_login(StaffFactory())
    address = page_of("delegation", "confirm", delegation.pk)

    told = at_once(2, lambda: about_to_say(browsers.pop().post(address, {"version": version})))

    assert sorted(told) == [
        ["Nothing was changed: the status of this registration is now “confirmed”."],
        ["Registration confirmed. The coordinator is told by e-mail."],
    ]
    assert OutgoingMail.objects.filter(kind="confirmed").count() == 1


def test_confirm_and_open_next_leads_to_the_oldest_of_the_same_event(client):
    elsewhere, first = submit(draft()), submit(draft())
    event = first.event
    younger, older = draft(event=event), draft(event=event)
    submit(older)
    submit(younger)
    version = Delegation.objects.get(pk=first.pk).version

    answer = client.post(page_of("delegation", "confirm", first.pk), {"version": version, "next": ""})

    assert answer.url == page_of("delegation", "change", older.pk)
    assert Delegation.objects.get(pk=elsewhere.pk).status == "submitted"


def test_confirm_and_open_next_says_when_none_is_left(client):
    delegation = submit(draft())
    version = Delegation.objects.get().version

    answer = client.post(
        page_of("delegation", "confirm", delegation.pk), {"version": version, "next": ""}, follow=True
    )

    assert said(answer) == [
        "Registration confirmed. The coordinator is told by e-mail.",
        "No other delegation of this event waits for you.",
    ]
    assert answer.redirect_chain[-1][0].endswith(f"?event__id__exact={delegation.event_id}")


def test_confirm_and_open_next_stays_when_nothing_was_confirmed(client):
    delegation = submit(draft())

    answer = client.post(page_of("delegation", "confirm", delegation.pk), {"version": 99, "next": ""})

    assert answer.url == page_of("delegation", "change", delegation.pk)


@pytest.mark.parametrize("verb", ["return", "reject"])
def test_decision_against_a_delegation_asks_for_a_reason(client, verb):
    delegation = submit(draft())
    address = page_of("delegation", verb, delegation.pk)

    asked = client.get(address)
    refused = client.post(address, {"version": delegation.version, "reason": " \n "})

    assert asked.context["form"]["version"].value() == Delegation.objects.get().version
    assert list(refused.context["form"].errors) == ["reason"]
    assert "<title>Error:" in text_of(refused)
    assert Delegation.objects.get().status == "submitted"


def test_returning_tells_the_coordinator_why(client):
    delegation = submit(draft())
    version = Delegation.objects.get().version

    told = decide(client, delegation, "return", version=version, reason="Add the functions.\r\nPlease.")

    assert told == ["Registration returned. The coordinator is told by e-mail."]
    assert Delegation.objects.get().reason == "Add the functions.\nPlease."
    assert "Add the functions.\nPlease." in OutgoingMail.objects.get(kind="returned").text


@pytest.mark.parametrize("verb", ["return", "reject"])
def test_deciding_on_a_version_that_changed_meanwhile_tells_the_officer(client, verb):
    delegation = submit(draft())
    version = Delegation.objects.get().version
    confirm(Delegation.objects.get())

    assert decide(client, delegation, verb, version=version, reason="Add the functions.") == [STALE]
    assert Delegation.objects.get().status == "confirmed"


def test_not_accepting_says_first_what_follows_and_then_does_it(client):
    delegation = submit(draft())
    asked = text_of(client.get(page_of("delegation", "reject", delegation.pk)))
    version = Delegation.objects.get().version

    decide(client, delegation, "reject", version=version, reason="Not invited.")

    assert "loses their place" in asked
    assert Delegation.objects.get().status == "rejected"


def test_reopening_gives_the_pen_back(client):
    delegation = submit(draft())
    decide(client, delegation, "reject", version=Delegation.objects.get().version, reason="Not invited.")

    told = decide(client, delegation, "reopen", version=Delegation.objects.get().version)

    assert told == ["Registration reopened. The coordinator is told by e-mail."]
    assert Delegation.objects.get().status == "returned"


def test_page_offers_the_verbs_that_fit_the_status(client):
    states = {
        "draft": draft(),
        "submitted": submit(draft()),
        "confirmed": confirm(submit(draft())),
        "returned": give_back(submit(draft())),
    }
    rejected = submit(draft())
    services.reject_delegation(
        delegation=rejected,
        version=Delegation.objects.get(pk=rejected.pk).version,
        reason="Not invited.",
        actor=StaffFactory(),
    )
    states["rejected"] = rejected

    offered = {}
    for status, delegation in states.items():
        shown = client.get(page_of("delegation", "change", delegation.pk)).context["page"]
        offered[status] = (len(shown.to_confirm), [move.name for move in shown.moves])

    assert offered == {
        "draft": (0, []),
        "submitted": (1, ["return", "reject"]),
        "confirmed": (0, ["return", "reject"]),
        "returned": (0, []),
        "rejected": (0, ["reopen"]),
    }


def test_what_a_visitor_typed_is_text_on_every_page_of_the_secretariat(client):
    delegation = draft(remarks=HOSTILE)
    person = ParticipantFactory(
        delegation=delegation, given_names=HOSTILE, badge_name=HOSTILE, function=HOSTILE, order=1
    )
    request = ChangeRequestFactory(
        delegation=delegation, kind="edit", participant=person, proposal={"fields": {"badge_name": HOSTILE}}
    )
    submit(delegation)

    for address in (
        page_of("delegation", "changelist"),
        page_of("delegation", "change", delegation.pk),
        page_of("delegation", "return", delegation.pk),
        page_of("delegation", "reject_person", delegation.pk, person.pk),
        page_of("delegation", "answer", delegation.pk, request.pk),
        page_of("delegation", "functions", delegation.pk),
        page_of("delegation", "history", delegation.pk),
    ):
        assert HOSTILE not in text_of(client.get(address))


def test_outsider_finds_no_verb():
    delegation, invitation = submit(draft()), issued_invitation()
    person = delegation.participants.get()
    request = ChangeRequestFactory(delegation=delegation)
    gets = [
        page_of("delegation", verb, delegation.pk)
        for verb in ("change", "return", "reject", "reopen", "extend", "functions")
    ]
    gets += [
        page_of("delegation", verb, delegation.pk, person.pk) for verb in ("reject_person", "cancel_person")
    ]
    gets += [
        page_of("delegation", "answer", delegation.pk, request.pk),
        page_of("delegation", "add"),
        page_of("delegation", "waiting", delegation.event_id),
        page_of("invitation", "invite"),
        page_of("parliament", "import"),
    ]
    posts = [page_of("delegation", verb, delegation.pk) for verb in ("confirm", "panellists")]
    posts += [page_of("invitation", verb, invitation.pk) for verb in ("send", "show_link", "replace_link")]

    for person in (UserFactory(), coordinator(delegation)):
        browser = Client()
        browser.force_login(person)
        answers = [browser.get(address).status_code for address in gets]
        answers += [browser.post(address, {"version": 1}).status_code for address in posts]

        assert answers == [404] * len([*gets, *posts])
    assert AuditEntry.objects.filter(verb="invitation.link_shown").count() == 0


def test_verbs_answer_to_post_alone(client):
    delegation, invitation = submit(draft()), issued_invitation()
    addresses = [page_of("delegation", verb, delegation.pk) for verb in ("confirm", "panellists")]
    addresses += [
        page_of("invitation", verb, invitation.pk) for verb in ("send", "replace_link", "show_link")
    ]

    assert [client.get(address).status_code for address in addresses] == [405] * 5


@pytest.mark.parametrize("number", ["999999", "x", "9" * 30])
def test_delegation_that_is_not_there_is_not_found(client, number):
    assert client.get(f"/admin/registration/delegation/{number}/change/").status_code == 404
