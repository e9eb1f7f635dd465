"""“I have lost my link”: mails go to registered contacts only, and the page reveals nothing."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry
from events.models import Event
from jobs import services as jobs
from jobs.models import OutgoingMail, State
from registration import links, services
from registration.models import Invitation, LinkRequest
from registration.tasks import resend
from tests.factories import ContactFactory, EventFactory, InvitationFactory, StaffFactory, WindowFactory
from tests.registration.office import text_of
from tests.registration.steps import issued_invitation

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return WindowFactory().event


def invited(event: Event, *, contacts: int = 1, **fields: object) -> Invitation:
    invitation = links.set_fingerprint(InvitationFactory(event=event, **fields))
    invitation.save()
    for _ in range(contacts):
        ContactFactory(parliament=invitation.organisation.parliament)
    return invitation


def address(event: Event) -> str:
    return f"/en/events/{event.slug}/lost-link/"


def ask(client: Client, invitation: Invitation):
    return client.post(address(invitation.event), {"invitation": invitation.pk}, follow=True)


def work() -> None:
    """Process all waiting requests, like a worker."""
    for pk in LinkRequest.objects.waiting().values_list("pk", flat=True):
        resend(pk)


def receivers() -> list[str]:
    return sorted(OutgoingMail.objects.filter(kind="lost_link").values_list("to", flat=True))


def test_link_goes_to_every_registered_contact_and_stays_the_same(client, event):
    invitation = invited(event, contacts=2)

    ask(client, invitation)
    work()

    contacts = invitation.organisation.parliament.contacts.values_list("email", flat=True)
    assert receivers() == sorted(contacts)
    assert links.find(links.token(invitation.pk, 1)) == invitation
    assert AuditEntry.objects.get().verb == "invitation.link_resent"
    assert AuditEntry.objects.get().changes == {"addresses": 2}


def test_mail_says_why_it_came_and_holds_the_link_only_when_it_leaves(client, event, mailoutbox):
    invitation = invited(event)
    ask(client, invitation)
    work()

    stored = OutgoingMail.objects.get()
    jobs.deliver(stored.pk)

    assert stored.subject == "Specimen Workshop: the personal link of your parliament"
    assert stored.text.splitlines()[0] == (
        "Somebody asked on the event’s page for the personal link of "
        f"{invitation.organisation.name_in_sentence_en} for the Specimen Workshop. Here it is again."
    )
    assert links.token(invitation.pk, 1) not in stored.text + stored.html
    assert links.personal_link(invitation.pk, "en") in mailoutbox[0].body


def states_of(event: Event) -> dict[str, Invitation]:
    """Invitations that get a link, and one for each reason to get none."""
    known = {"reachable": invited(event), "many contacts": invited(event, contacts=5)}
    known |= {"no contact": invited(event, contacts=0), "revoked": invited(event), "used up": invited(event)}
    services.revoke_link(invitation=known["revoked"], actor=StaffFactory())
    for _ in range(services.answers.RESENT_A_DAY):
        request = services.ask_for_link(invitation=known["used up"])
        resend(request.pk)
    return known


def test_everybody_gets_the_same_answer_for_the_same_work(client, event):
    answers = {}
    for name, invitation in states_of(event).items():
        with CaptureQueriesContext(connection) as queries:
            asked = client.post(address(event), {"invitation": invitation.pk})
        kinds = [re.sub(r"\d+|'[^']*'", "?", query["sql"].partition("VALUES")[0]) for query in queries]
        page = re.sub(r'value="[^"]{64}"|[0-9A-Z]{10}', "", text_of(client.get(asked.url)))
        answers[name] = (asked.status_code, asked.url, kinds, page)

    assert set(map(str, answers.values())) == {str(answers["reachable"])}


def test_only_reachable_parliaments_are_written_to(client, event):
    known = states_of(event)
    OutgoingMail.objects.all().delete()
    for invitation in known.values():
        services.ask_for_link(invitation=invitation)

    work()

    served = {
        name: list(one.link_requests.values_list("addresses", flat=True))[-1] for name, one in known.items()
    }
    assert served == {"reachable": 1, "many contacts": 5, "no contact": 0, "revoked": 0, "used up": 0}
    assert len(receivers()) == 6
    assert set(LinkRequest.objects.values_list("state", flat=True)) == {State.DONE}


def test_stranger_adds_no_address_of_theirs(client, event):
    invitation = invited(event)

    client.post(
        address(event),
        {"invitation": invitation.pk, "email": "stranger@evil.example", "to": "stranger@evil.example"},
    )
    work()

    assert receivers() == [invitation.organisation.parliament.contacts.get().email]


def test_one_place_asks_ten_times_an_hour_whatever_it_claims_to_be(client, event):
    invitation = invited(event)

    answers = [
        client.post(
            address(event),
            {"invitation": invitation.pk},
            headers={"x-forwarded-for": f"203.0.113.{number}", "x-real-ip": f"203.0.113.{number}"},
        ).status_code
        for number in range(11)
    ]

    assert answers == [302] * 10 + [429]
    assert LinkRequest.objects.count() == 10


def test_one_parliament_hears_three_times_a_day_however_many_ask(event):
    invitation = invited(event)
    for _ in range(5):
        services.ask_for_link(invitation=invitation)

    work()

    assert len(receivers()) == 3


@pytest.mark.parametrize("choice", ["", "999999", "x", "1; DROP TABLE", "of another event"])
def test_choice_that_is_not_invited_is_refused_with_a_sentence(client, event, choice):
    invited(event)
    foreign = str(issued_invitation().pk)

    response = client.post(
        address(event), {"invitation": foreign if choice == "of another event" else choice}
    )

    assert response.status_code == 200
    assert list(response.context["form"].errors["invitation"]) == ["Choose your parliament or organization."]
    assert not LinkRequest.objects.exists()


def test_null_character_is_refused_with_a_sentence(client, event):
    response = client.post(address(event), {"invitation": "\x00"})

    assert list(response.context["form"].errors["invitation"]) == ["Null characters are not allowed."]


@pytest.mark.parametrize(
    "fields",
    [{"status": "cancelled"}, {"status": "postponed"}, {"first_day": "2020-01-01", "last_day": "2020-01-02"}],
)
def test_event_that_is_not_to_come_sends_nothing(client, event, fields):
    invitation = invited(event)
    waiting = services.ask_for_link(invitation=invitation)
    Event.objects.update(**fields)

    page = text_of(client.post(address(event), {"invitation": invitation.pk}))
    resend(waiting.pk)

    assert "Delegations cannot be registered." in page
    assert LinkRequest.objects.count() == 1
    assert receivers() == []


def test_event_that_is_not_public_has_no_such_page(client):
    event = EventFactory(status=Event.Status.DRAFT)

    assert client.get(address(event)).status_code == 404


def test_request_that_is_delivered_twice_sends_once(event):
    request = services.ask_for_link(invitation=invited(event))

    for _ in range(2):
        resend(request.pk)

    assert len(receivers()) == 1


def test_worker_that_lost_its_lease_sends_nothing(event):
    request = services.ask_for_link(invitation=invited(event))
    claimed = LinkRequest.objects.claim(request.pk)
    LinkRequest.objects.update(fence=99)

    services.resend_link(request=claimed)

    assert receivers() == []
    assert not AuditEntry.objects.exists()


def test_parliaments_are_offered_by_name_and_cost_no_further_queries(
    client, event, django_assert_num_queries
):
    for name in ("Óland", "Zembla", "Arcadia"):
        invitation = invited(event)
        invitation.organisation.name_en = name
        invitation.organisation.save()

    with django_assert_num_queries(2):  # event, invitations
        page = client.get(address(event))

    names = [name for _value, name in page.context["form"].fields["invitation"].choices]
    assert names == ["Choose", "Arcadia", "Óland", "Zembla"]
    assert "<script" not in text_of(page)


def test_event_page_leads_to_it(client, event):
    assert f'href="{address(event)}"' in text_of(client.get(f"/en/events/{event.slug}/"))
