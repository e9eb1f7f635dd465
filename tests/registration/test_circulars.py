"""The recipients of a circular, sending it only once, and its mails."""

import re

import pytest

from accounts.models import AuditEntry
from events.models import Event
from jobs.models import OutgoingMail
from registration import services
from registration.circulars import body_recipients, selected_bodies
from registration.models import Circular, Invitation
from registration.templatetags.plaintext import Piece, paragraphs
from tests.factories import (
    CircularFactory,
    ContactFactory,
    DelegationFactory,
    EventFactory,
    InvitationFactory,
    ParliamentFactory,
    ParticipantFactory,
    StaffFactory,
    UserFactory,
)
from tests.race import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return EventFactory()


def invited(event: Event, **fields: object) -> Invitation:
    """An invitation with a link, of a parliament with one contact."""
    values = {"token_hash": f"{Invitation.objects.count():064}"} | fields
    invitation = InvitationFactory(event=event, **values)
    ContactFactory(parliament=invitation.organisation.parliament)
    return invitation


def addresses(circular: Circular) -> list[str]:
    return [one.recipient.email for one in body_recipients(selected_bodies(circular))]


def send(circular: Circular, **fields: object) -> Circular:
    values = {"version": circular.version, "actor": StaffFactory()}
    return services.send_circular(circular=circular, **values | fields)


REACHED = {
    "issued": {"invited"},
    "opened": {"invited"},
    "accepted": {"invited", "accepted"},
    "declined": set(),
    "revoked": set(),
    "draft": {"invited", "accepted"},
    "submitted": {"invited", "accepted", "registered"},
    "returned": {"invited", "accepted", "registered"},
    "confirmed": {"invited", "accepted", "registered", "confirmed"},
    "examined again": {"invited", "accepted", "registered", "confirmed"},
    "rejected": set(),
    "withdrawn": set(),
    "uninvited": {"registered"},
}


@pytest.mark.parametrize("standing", REACHED)
def test_circular_reaches_who_stands_as_chosen(event, standing):
    reached = set()
    status = {"examined again": "submitted", "uninvited": "submitted"}.get(standing, standing)
    if standing in {"issued", "opened", "accepted", "declined"}:
        invited(event, state=standing)
    elif standing == "revoked":
        invited(event, token_hash=None)
    elif standing == "uninvited":
        DelegationFactory(event=event, status=status, coordinators=[UserFactory()])
    else:
        organisation = invited(event, state="accepted").organisation
        delegation = DelegationFactory(
            event=event, organisation=organisation, status=status, coordinators=[UserFactory()]
        )
        confirmed = standing in {"confirmed", "examined again"}
        ParticipantFactory(delegation=delegation, status="confirmed" if confirmed else "submitted")

    for recipients in Circular.Recipients.values:
        if addresses(CircularFactory(event=event, recipients=recipients)):
            reached.add(recipients)

    assert reached == REACHED[standing]


def test_circular_reaches_one_status_and_one_group(event):
    chosen = {"status": "member", "group": "GRULAC"}
    made = [chosen, chosen | {"status": "observer"}, chosen | {"group": "Arab"}]
    for fields in made:
        invited(event, organisation=ParliamentFactory(**fields).organisation)
    first, second, third = Invitation.objects.order_by("pk")

    def names(**fields: str) -> list[str]:
        return sorted(
            body.organisation.code for body in selected_bodies(CircularFactory(event=event, **fields))
        )

    def codes(*those: Invitation) -> list[str]:
        return sorted(one.organisation.code for one in those)

    assert names() == codes(first, second, third)
    assert names(status="member") == codes(first, third)
    assert names(group="GRULAC") == codes(first, second)
    assert names(**chosen) == codes(first)


def test_circular_of_another_event_reaches_nobody_of_this_one(event):
    invited(event)

    assert addresses(CircularFactory()) == []


def test_coordinators_get_it_and_contacts_only_while_there_are_none(event):
    one, other = invited(event), invited(event)
    people = [UserFactory(), UserFactory(), UserFactory(is_active=False)]
    DelegationFactory(event=event, organisation=one.organisation, coordinators=people)

    contact = other.organisation.parliament.contacts.get().email

    assert sorted(addresses(CircularFactory(event=event))) == sorted(
        [people[0].email, people[1].email, contact]
    )


def test_address_that_is_written_twice_gets_one_mail(event):
    parliament = invited(event).organisation.parliament
    ContactFactory(parliament=parliament, email=parliament.contacts.get().email.upper())

    assert len(addresses(CircularFactory(event=event))) == 1


def test_coordinator_of_two_parliaments_gets_two_mails_each_naming_its_own(event):
    person = UserFactory()
    organisations = [invited(event).organisation for _number in range(2)]
    for organisation in organisations:
        DelegationFactory(event=event, organisation=organisation, coordinators=[person])

    send(CircularFactory(event=event))

    mails = OutgoingMail.objects.order_by("pk")
    assert [mail.to for mail in mails] == [person.email] * 2
    named = [re.search("Delegation: (.+)", mail.text)[1] for mail in mails]
    assert sorted(named) == sorted(organisation.name_en for organisation in organisations)


def test_each_gets_it_in_their_language(event):
    contact = invited(event, language="both").organisation.parliament.contacts.get().email
    person = UserFactory(language="es")
    DelegationFactory(event=event, organisation=invited(event).organisation, coordinators=[person])

    send(CircularFactory(event=event))

    assert dict(OutgoingMail.objects.values_list("to", "subject")) == {
        person.email: "Taller de Muestra: información práctica",
        contact: "Specimen Workshop: practical information / Taller de Muestra: información práctica",
    }


def test_circular_is_kept_with_its_mails_and_count(event):
    for _number in range(3):
        invited(event)
    officer = StaffFactory()

    sent = send(CircularFactory(event=event), actor=officer)

    assert (sent.sent_to, sent.mails.count(), sent.is_sent) == (3, 3, True)
    line = AuditEntry.objects.get(verb="circular.sent")
    assert (line.actor_id, line.event_id, line.object_id) == (officer.pk, event.pk, sent.pk)
    assert line.changes == {"addresses": 3, "recipients": "invited"}


def test_circular_leaves_at_the_pace_of_a_mailing(event):
    invited(event)

    send(CircularFactory(event=event))

    assert [one.paced for one in OutgoingMail.objects.all()] == [True]


def test_circular_that_changed_since_the_preview_is_not_sent(event):
    invited(event)
    circular = CircularFactory(event=event)
    Circular.objects.update(version=2)

    with pytest.raises(services.CircularChanged):
        send(circular)

    assert OutgoingMail.objects.count() == 0


@pytest.mark.parametrize("column", ["subject_en", "subject_es", "text_en", "text_es"])
def test_circular_that_lacks_a_language_is_not_sent(event, column):
    invited(event)

    with pytest.raises(services.TextMissing):
        send(CircularFactory(event=event, **{column: " "}))

    assert OutgoingMail.objects.count() == 0


def test_circular_to_nobody_stays_a_draft(event):
    circular = CircularFactory(event=event)

    with pytest.raises(services.NoRecipients):
        send(circular)

    circular.refresh_from_db()
    assert circular.is_sent is False


def test_circular_is_not_sent_again(event):
    invited(event)
    circular = CircularFactory(event=event)
    send(circular)

    with pytest.raises(services.AlreadySent):
        send(circular)

    assert OutgoingMail.objects.count() == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_send_it_once():
    event = EventFactory()
    for _number in range(3):
        invited(event)
    circular = CircularFactory(event=event)

    answers = at_once(2, lambda: send(circular), services.AlreadySent)

    assert sorted(type(answer).__name__ for answer in answers) == ["AlreadySent", "Circular"]
    assert OutgoingMail.objects.count() == 3


def test_recipients_cost_the_same_for_one_and_for_many(event, django_assert_num_queries):
    circular = CircularFactory(event=event)
    for _round in range(2):
        for _number in range(3):
            organisation = invited(event).organisation
            DelegationFactory(event=event, organisation=organisation, coordinators=[UserFactory()])
            invited(event)
        with django_assert_num_queries(5):
            addresses(circular)


def test_text_becomes_paragraphs_and_links_and_never_markup(event):
    invited(event)
    text = "<b>Bold</b> & more.\nSee https://ipu.example/a?b=1&c=2.\n\nWrite to desk@ipu.example, please."

    send(CircularFactory(event=event, text_en=text))

    html = OutgoingMail.objects.get().html
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; more.<br>See <a" in html
    assert 'href="https://ipu.example/a?b=1&amp;c=2"' in html
    assert 'href="mailto:desk@ipu.example"' in html
    assert html.count("<p") == html.count("</p>")


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Plain.", [[Piece("Plain.")]]),
        ("", []),
        ("One\r\n\r\ntwo\n \nthree", [[Piece("One")], [Piece("two")], [Piece("three")]]),
        (
            "(https://a.example/x)",
            [[Piece("("), Piece("https://a.example/x", "https://a.example/x"), Piece(")")]],
        ),
        ("javascript:alert(1)", [[Piece("javascript:alert(1)")]]),
        (
            'https://a.example/"onclick="x',
            [[Piece("https://a.example/", "https://a.example/"), Piece('"onclick="x')]],
        ),
        ("a@b.example.", [[Piece("a@b.example", "mailto:a@b.example"), Piece(".")]]),
    ],
)
def test_only_whole_addresses_become_links(text, pieces):
    assert paragraphs(text) == pieces
