"""The page where a delegation orders its documents: reasons against a document, and what they do not affect."""

import pytest
from django.test import Client
from django.urls import reverse

from documents.models import Batch, Document, Kind, Template
from events.models import Event
from jobs.models import State
from tests.documents.people_samples import (
    confirmed_head,
    document_about,
    invited_delegation,
    upcoming_montevideo,
)
from tests.factories import AskedFieldFactory, StaffFactory
from tests.registration.samples import coordinator

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


@pytest.fixture
def delegation(actor):
    return invited_delegation(upcoming_montevideo(actor), status="confirmed")


@pytest.fixture
def person(delegation):
    return confirmed_head(delegation, role="adviser", passport_expires_on=delegation.event.last_day)


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def page_of(delegation, user):
    return client_of(user).get(reverse("documents:of-delegation", args=[delegation.pk])).content.decode()


def test_missing_datum_is_linked_to_the_field_where_it_is_entered(delegation):
    head = confirmed_head(delegation, passport_expires_on=None)
    AskedFieldFactory(event=delegation.event, name="passport_expires_on", round="travel")
    field = reverse("registration:person_travel", args=[delegation.pk, head.pk]) + "#id_passport_expires_on"

    page = page_of(delegation, coordinator(delegation))

    assert (page.count("Complete the data"), page.count(field)) == (1, 1)


@pytest.mark.parametrize("status", [Event.Status.CANCELLED, Event.Status.POSTPONED])
def test_papers_of_an_event_that_is_off_stay_and_no_more_are_asked_for(delegation, person, status):
    letter = document_about(delegation, Kind.VISA_LETTER, person)
    Event.objects.update(status=status)

    page = page_of(delegation, coordinator(delegation))

    asking = reverse("documents:ask", args=[delegation.pk, Kind.VISA_LETTER])
    assert (letter.get_absolute_url() in page, asking in page) == (True, False)
    assert "Nothing new is confirmed to anybody" in page


def test_letter_whose_template_is_wrong_is_refused_and_takes_nothing_away(delegation, person):
    letter = document_about(delegation, Kind.VISA_LETTER, person)
    Template.objects.filter(kind=Kind.VISA_LETTER).update(body_es="<p>{hotel}</p>")
    address = reverse("documents:ask", args=[delegation.pk, Kind.VISA_LETTER])

    def told(user):
        return client_of(user).post(address, {"person": person.pk}, follow=True).content.decode()

    assert "The secretariat has to complete the wording" in told(coordinator(delegation))
    assert "{hotel}" in told(StaffFactory())
    assert not Batch.objects.exists()
    assert letter.get_absolute_url() in page_of(delegation, coordinator(delegation))


def test_failed_newer_version_stands_beside_the_one_in_force(delegation, person):
    letter = document_about(delegation, Kind.VISA_LETTER, person)
    Document.objects.update(reference="WS-VIS-1")
    failed = {"state": State.FAILED, "content_hash": "1" * 64, "error_text": "It failed."}
    document_about(delegation, Kind.VISA_LETTER, person, **failed)

    page = page_of(delegation, coordinator(delegation))

    assert (page.count(letter.get_absolute_url()), page.count("It failed.")) == (1, 1)
