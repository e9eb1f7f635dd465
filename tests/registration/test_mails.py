"""The mails of registration: first line in each language, and no text typed by a visitor."""

import re

import pytest
from django.core import mail

from events.models import Event, Window
from jobs import services as jobs
from jobs.models import OutgoingMail
from registration import links, services
from registration.models import Delegation, Invitation
from tests.factories import (
    ContactFactory,
    EventFactory,
    OrganisationFactory,
    ParliamentFactory,
    ParticipantFactory,
    ReminderFactory,
    StaffFactory,
    UserFactory,
    WindowFactory,
)
from tests.registration.samples import confirm, coordinator, draft, give_back, submit

pytestmark = pytest.mark.django_db

HOSTILE = "[pay here](https://evil.example) <a href='https://evil.example'>x</a> www.evil.example"


@pytest.fixture
def event() -> Event:
    event = EventFactory(
        title_en="World e-Parliament Conference",
        title_es="Conferencia Mundial sobre el Parlamento Electrónico",
        name_in_sentence_en="the World e-Parliament Conference",
        name_in_sentence_es="la Conferencia Mundial sobre el Parlamento Electrónico",
        first_day="2026-06-16",
        last_day="2026-06-18",
        zone="Europe/Zurich",
        city_en="Geneva",
        city_es="Ginebra",
    )
    event.refresh_from_db()
    window = Window(event=event)
    window.set_days(event.first_day.replace(2020, 4), event.first_day.replace(2099, 6, 4))
    window.save()
    return event


@pytest.fixture
def parliament():
    organisation = OrganisationFactory(
        code="CL",
        name_en="National Congress of Chile",
        name_es="Congreso Nacional de Chile",
        name_in_sentence_en="the National Congress of Chile",
        name_in_sentence_es="el Congreso Nacional de Chile",
    )
    parliament = ParliamentFactory(organisation=organisation, language="es")
    ContactFactory(parliament=parliament, email="international@cl.example")
    return parliament


def invitation_mail(event: Event, parliament, language: str) -> OutgoingMail:
    services.invite(event=event, parliaments=[parliament], language=language, actor=None)
    services.send_invitations(invitations=Invitation.objects.all(), actor=None)
    return OutgoingMail.objects.get()


def test_invitation_says_why_until_when_and_what_to_do(event, parliament):
    sent = invitation_mail(event, parliament, "en")

    assert sent.subject == "World e-Parliament Conference: register your delegation"
    lines = [line for line in sent.text.splitlines() if line]
    assert lines[:4] == [
        "We invite you to register the delegation of the National Congress of Chile for the World e-Parliament "
        "Conference.",
        "Registration closes on Thursday, 4 June 2099, 23:59 (Geneva time); 17:59 in Santiago.",
        "Register the delegation:",
        "[personal link]",
    ]
    assert lines[-4:] == [
        f"http://localhost:8000/en/events/{event.slug}/",
        "-- ",
        "Convoca",
        "secretariat@convoca.example",
    ]


def test_html_says_the_same_as_the_text(event, parliament):
    sent = invitation_mail(event, parliament, "en")

    visible = " ".join(re.sub(r"<[^>]+>", " ", sent.html.split("</title>")[1]).split())
    for line in sent.text.splitlines():
        if line.strip() not in {"", "--"}:
            assert line.removesuffix(":") in visible


def test_mail_after_the_deadline_says_so():
    delegation = submit(draft())
    Window.objects.update(opens_at="2020-01-01T00:00:00Z", closes_at="2020-01-03T03:00:00Z")

    give_back(delegation)

    assert OutgoingMail.objects.get(kind="returned").text.splitlines()[1] == (
        "Registration closed on Thursday, 2 January 2020, 23:59 (Montevideo time). "
        "If you need more time, write to the secretariat."
    )


def test_mail_in_both_languages_has_two_texts_and_two_links(event, parliament, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    sent = invitation_mail(event, parliament, "both")

    jobs.deliver(sent.pk)

    text, html = mail.outbox[0].body, mail.outbox[0].alternatives[0][0]
    assert sent.subject.startswith(
        "World e-Parliament Conference: register your delegation / Conferencia Mundial"
    )
    for language in ("en", "es"):
        link = links.personal_link(Invitation.objects.get().pk, language)
        assert text.count(link) == 1
        assert html.count(link) == 2  # the button and the address below it
        assert f'lang="{language}"' in html


def test_invitation_before_the_opening_names_that_day_too(event, parliament):
    Window.objects.update(opens_at="2099-04-16T00:00:00Z", closes_at="2099-06-04T22:00:00Z")

    sent = invitation_mail(event, parliament, "en")

    assert (
        "Registration opens on Thursday, 16 April 2099, 02:00 (Geneva time). Registration closes on"
        in sent.text
    )


def test_draft_event_is_not_linked(event, parliament):
    Event.objects.update(status=Event.Status.DRAFT)

    sent = invitation_mail(Event.objects.get(), parliament, "en")

    assert "/events/" not in sent.text + sent.html


def test_links_and_reminders_leave_at_the_pace_of_a_mailing_and_receipts_at_once(parliament):
    event = WindowFactory().event
    invitation_mail(event, parliament, "es")
    ReminderFactory(event=event)
    services.remind()
    submit(draft())

    assert [(one.kind, one.paced) for one in OutgoingMail.objects.order_by("pk")] == [
        ("invitation", True),
        ("reminder", True),
        ("receipt", False),
    ]


def test_receipt_says_that_it_is_no_confirmation():
    submit(draft(people=2))

    receipt = OutgoingMail.objects.get()
    assert receipt.subject == "Specimen Workshop: we have received your registration"
    assert receipt.text.splitlines()[:2] == [
        "We have received the registration of your delegation.",
        "This receipt is not a confirmation: the secretariat will examine the details and answer you by e-mail.",
    ]
    assert (
        f"Delegation: {Delegation.objects.get().organisation.name_en}\n2 people received.\n" in receipt.text
    )


def test_mails_to_a_coordinator_are_in_their_language():
    delegation = draft()
    delegation.coordinators.set([UserFactory(language="es")])

    confirm(submit(delegation))

    assert set(OutgoingMail.objects.values_list("language", flat=True)) == {"es"}
    for sent in OutgoingMail.objects.all():
        assert "Taller de Muestra" in sent.subject
        assert f"http://localhost:8000/es/desk/delegations/{delegation.pk}/" in sent.text


def test_returned_mail_carries_the_reason_of_the_secretariat():
    give_back(submit(draft()), reason="Add the functions.\nWrite the names as in the passport.")

    returned = OutgoingMail.objects.get(kind="returned")
    assert "Add the functions.\nWrite the names as in the passport." in returned.text
    assert "Add the functions.<br>Write the names as in the passport." in returned.html


def test_text_of_a_reason_never_becomes_markup():
    give_back(submit(draft()), reason=HOSTILE)

    assert "<a href='https://evil.example'" not in OutgoingMail.objects.get(kind="returned").html


def test_no_mail_repeats_what_a_visitor_typed():
    delegation = draft(remarks=HOSTILE)
    ParticipantFactory(
        delegation=delegation,
        given_names=HOSTILE[:100],
        family_names="Evil",
        badge_name="Evil",
        function=HOSTILE,
        order=5,
    )
    person = coordinator(delegation)
    person.name = HOSTILE[:100]
    person.save()

    confirm(submit(delegation))
    give_back(Delegation.objects.get(), actor=StaffFactory(name="Evil"))

    texts = "".join(sent.subject + sent.text + sent.html for sent in OutgoingMail.objects.all())
    assert (OutgoingMail.objects.count(), "evil" in texts.lower()) == (3, False)


def test_every_link_begins_with_the_address_of_the_site(event, parliament):
    invitation_mail(event, parliament, "both")
    give_back(confirm(submit(draft())))

    for sent in OutgoingMail.objects.all():
        found = set(re.findall(r'href="([^"]+)"', sent.html))
        foreign = [
            link
            for link in found
            if not link.startswith(("http://localhost:8000/", "mailto:secretariat@convoca.example", "["))
        ]
        assert foreign == []
