"""Circulars in the admin: started from a standard text, previewed, sent once, unchanged afterwards."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from accounts.models import AuditEntry
from events.models import Event
from jobs.models import OutgoingMail, State
from registration import services
from registration.announcements import ANNOUNCEMENTS, initial_values
from registration.models import Circular
from tests.factories import (
    CircularFactory,
    ContactFactory,
    DelegationFactory,
    EventFactory,
    InvitationFactory,
    ParliamentFactory,
    StaffFactory,
    UserFactory,
)
from tests.forms import form_values
from tests.registration.office import page_of, said, text_of

pytestmark = pytest.mark.django_db
ADD = reverse("admin:registration_circular_add")


@pytest.fixture
def client() -> Client:
    browser = Client()
    browser.force_login(StaffFactory())
    return browser


@pytest.fixture
def event() -> Event:
    """An event with one invited parliament, which has one contact."""
    event = EventFactory(name_in_sentence_es="el Taller de Muestra")
    invitation = InvitationFactory(event=event, token_hash="0" * 64)
    ContactFactory(parliament=invitation.organisation.parliament, email="one@parliament.example")
    return event


def sent(event: Event) -> Circular:
    circular = CircularFactory(event=event)
    return services.send_circular(circular=circular, version=1, actor=StaffFactory())


@pytest.mark.parametrize("preset", ANNOUNCEMENTS)
def test_ready_text_fills_in_both_languages(client, event, preset):
    form = form_values(client.get(f"{ADD}?event={event.pk}&preset={preset}"))

    assert {name: form[name] for name in initial_values(ANNOUNCEMENTS[preset], event)} == initial_values(
        ANNOUNCEMENTS[preset], event
    )
    for language in ("en", "es"):
        assert f"http://localhost:8000/{language}/events/{event.slug}/" in form[f"text_{language}"]
        assert "{" not in form[f"text_{language}"]


def test_ready_text_joins_words_as_spanish_does(event):
    filled = {key: initial_values(announcement, event) for key, announcement in ANNOUNCEMENTS.items()}

    assert "El Taller de Muestra tendrá lugar del " in filled["practical"]["text_es"]
    assert "Los documentos del Taller de Muestra ya están" in filled["documents"]["text_es"]
    assert "The Specimen Workshop will take place from " in filled["practical"]["text_en"]
    assert " en Montevideo (Uruguay).\n" in filled["thanks"]["text_es"]


def test_ready_text_of_an_online_event_names_no_place():
    event = EventFactory(mode="online")

    assert "Montevideo" not in initial_values(ANNOUNCEMENTS["practical"], event)["text_en"]


def test_saved_draft_is_previewed_with_everybody_who_gets_it(client, event):
    form = form_values(client.get(f"{ADD}?event={event.pk}&preset=practical")) | {"recipients": "invited"}

    page = client.post(ADD, form, follow=True)

    circular = Circular.objects.get()
    assert page.redirect_chain[-1][0] == page_of("circular", "preview", circular.pk)
    shown = text_of(page)
    assert "1 mail" in shown
    assert "one@parliament.example" in shown
    assert escape("Specimen Workshop: practical information") in shown
    assert "Taller de Muestra: información práctica" in shown
    assert (circular.written_by, AuditEntry.objects.get(verb="circular.added").object_id) == (
        page.wsgi_request.user,
        circular.pk,
    )


def test_preview_has_no_style_that_the_policy_forbids(client, event):
    shown = text_of(client.get(page_of("circular", "preview", CircularFactory(event=event).pk)))

    assert ' style="' not in shown


def test_preview_names_who_has_no_address(client, event):
    lonely = InvitationFactory(
        event=event, token_hash="1" * 64, organisation=ParliamentFactory().organisation
    )

    shown = text_of(client.get(page_of("circular", "preview", CircularFactory(event=event).pk)))

    assert "1 delegation without an address" in shown
    assert lonely.organisation.name_en in shown


def test_preview_query_count_is_flat(client, event, django_assert_max_num_queries):
    address = page_of("circular", "preview", CircularFactory(event=event).pk)
    counts = []
    for turn in range(2):
        for number in range(3):
            invitation = InvitationFactory(event=event, token_hash=f"9{turn}{number}".zfill(64))
            DelegationFactory(event=event, organisation=invitation.organisation, coordinators=[UserFactory()])
        with django_assert_max_num_queries(40) as captured:
            client.get(address)
        counts.append(len(captured.captured_queries))

    assert counts[0] == counts[1]


def test_incomplete_draft_offers_no_sending(client, event):
    circular = CircularFactory(event=event, text_es="")

    shown = text_of(client.get(page_of("circular", "preview", circular.pk)))

    assert "Write the subject and the text in both languages before you send it." in shown
    assert '<button class="button" type="submit" disabled>' in shown


def test_button_sends_and_leads_to_what_was_sent(client, event):
    circular = CircularFactory(event=event)

    page = client.post(page_of("circular", "send", circular.pk), {"version": 1}, follow=True)

    assert said(page) == ["Sent. Mails on their way: 1."]
    mail = OutgoingMail.objects.get()
    assert f'href="{reverse("admin:jobs_outgoingmail_change", args=[mail.pk])}"' in text_of(page)
    assert "The venue opens at 08:00." in text_of(page)
    assert "La sede abre a las 08:00." in text_of(page)


def test_second_press_of_the_button_sends_nothing(client, event):
    circular = sent(event)

    page = client.post(page_of("circular", "send", circular.pk), {"version": 1}, follow=True)

    assert said(page) == ["Nothing was sent: this circular has been sent already."]
    assert OutgoingMail.objects.count() == 1


@pytest.mark.parametrize("version", ["", "2", "x", "9" * 30])
def test_other_version_than_the_one_shown_is_not_sent(client, event, version):
    circular = CircularFactory(event=event)

    page = client.post(page_of("circular", "send", circular.pk), {"version": version}, follow=True)

    assert said(page) == ["Nothing was sent: the circular has been changed since this page was opened."]


def test_changing_a_draft_makes_a_new_version(client, event):
    circular = CircularFactory(event=event)
    address = page_of("circular", "change", circular.pk)
    form = form_values(client.get(address))

    client.post(address, form | {"subject_en": "new words"})

    circular.refresh_from_db()
    assert (circular.subject_en, circular.version) == ("new words", 2)


def test_two_officers_do_not_overwrite_each_other(client, event):
    circular = CircularFactory(event=event)
    address = page_of("circular", "change", circular.pk)
    form = form_values(client.get(address))
    client.post(address, form | {"subject_en": "first"})

    page = client.post(address, form | {"subject_en": "second"})

    assert "Nothing was saved: somebody else has changed this circular" in text_of(page)
    assert Circular.objects.get().subject_en == "first"


def test_sent_circular_is_not_changed_any_more(client, event):
    circular = CircularFactory(event=event)
    address = page_of("circular", "change", circular.pk)
    form = form_values(client.get(address))
    services.send_circular(circular=circular, version=1, actor=StaffFactory())

    page = client.post(address, form | {"subject_en": "other words"})

    assert "Nothing was saved: this circular has been sent in the meantime." in text_of(page)
    assert Circular.objects.get().subject_en == "practical information"


def test_sent_circular_shows_how_its_mails_fared(client, event):
    circular = sent(event)
    OutgoingMail.objects.update(state=State.FAILED, error_code="no_connection")

    shown = text_of(client.get(page_of("circular", "change", circular.pk)))

    assert "1: failed 1" in shown
    assert "The mail server could not be reached." in shown
    assert '<input type="text"' not in shown


def test_sent_circular_is_not_deleted(client, event):
    circular, draft = sent(event), CircularFactory(event=event)

    answers = [
        client.post(page_of("circular", "delete", one.pk), {"post": "yes"}).status_code
        for one in (circular, draft)
    ]

    assert answers == [404, 302]
    assert list(Circular.objects.all()) == [circular]


def test_list_shows_what_is_draft_and_what_was_sent(client, event):
    sent(event)
    CircularFactory(event=event)

    shown = text_of(client.get(page_of("circular", "changelist")))

    assert '<span class="tag tag-good">sent</span>' in shown
    assert '<span class="tag tag-plain">draft</span>' in shown


def test_page_without_an_event_offers_no_ready_text(client):
    shown = text_of(client.get(f"{ADD}?event=x&preset=practical"))

    assert "Ready texts are offered when you come here from the page of an event" in shown
