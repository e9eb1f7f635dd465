"""Documents about people: the pages of a delegation and the desk, and what happens when people leave."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry
from documents import services
from documents.models import Batch, Document, Kind
from documents.services.leaving import void_unfounded
from documents.services.making import render_and_store
from documents.services.planning import plan
from jobs.models import State
from jobs.services import repairs
from registration import services as registration
from registration.models import Participant
from tests.documents.people_samples import (
    confirmed_head,
    document_about,
    invited_delegation,
    upcoming_montevideo,
)
from tests.factories import EventMemberFactory, ParticipantFactory
from tests.race import at_once
from tests.registration.samples import coordinator

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


@pytest.fixture
def event(actor):
    return upcoming_montevideo(actor)


@pytest.fixture
def delegation(event):
    return invited_delegation(event, status="confirmed")


@pytest.fixture
def head(delegation):
    return confirmed_head(delegation, passport_expires_on=None)


@pytest.fixture
def person(delegation):
    return confirmed_head(delegation, role="adviser", passport_expires_on=delegation.event.last_day)


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def planned(batch):
    plan(Batch.objects.claim(batch.pk))
    return batch


def ask(delegation, kind, person=None):
    """Return the document that a coordinator orders, planned but not rendered."""
    asked = {"delegation": delegation, "kind": kind, "person": person, "actor": coordinator(delegation)}
    return planned(services.ask_for_paper(**asked)).documents.get()


def made(delegation, kind, person=None, **fields):
    """Return a document that looks finished. Nothing is rendered."""
    return document_about(delegation, kind, person, **fields)


def confirmation_of(delegation, *people):
    """Return a confirmation of the delegation that names these people."""
    named = [{"name": str(one), "role": "", "function": "", "person": one.pk} for one in people]
    return made(delegation, Kind.CONFIRMATION, snapshot={"people": named})


def validity(document):
    document.refresh_from_db()
    return document.validity, document.why_void


def page_of(delegation, user):
    address = reverse("documents:of-delegation", args=[delegation.pk])
    return client_of(user).get(address).content.decode()


def test_coordinator_asks_for_a_letter_in_the_language_of_the_delegation(delegation, person):
    address = reverse("documents:ask", args=[delegation.pk, Kind.VISA_LETTER])

    answer = client_of(coordinator(delegation)).post(address, {"person": person.pk})

    batch = Batch.objects.get()
    assert (answer.status_code, batch.languages, batch.options) == (302, "es", {"people": [person.pk]})


def test_what_is_missing_is_said_and_nothing_is_ordered(delegation, head):
    address = reverse("documents:ask", args=[delegation.pk, Kind.VISA_LETTER])

    page = client_of(coordinator(delegation)).post(address, {"person": head.pk}, follow=True).content.decode()

    assert f"{head}: Passport valid until is missing." in page
    assert not Batch.objects.exists()


def test_person_of_another_delegation_is_not_found(delegation, event):
    other = confirmed_head(invited_delegation(event))
    address = reverse("documents:ask", args=[delegation.pk, Kind.VISA_LETTER])

    assert client_of(coordinator(delegation)).post(address, {"person": other.pk}).status_code == 404


def test_page_shows_what_is_made_what_is_on_the_way_and_what_is_missing(delegation, head, person):
    letter = made(delegation, Kind.VISA_LETTER, person)
    made(delegation, Kind.CONFIRMATION, state=State.QUEUED)

    page = page_of(delegation, coordinator(delegation))

    assert letter.get_absolute_url() in page
    assert 'hx-trigger="every 3s"' in page
    assert page.count("Passport valid until is missing.") == 1


def test_order_that_is_not_written_down_yet_is_on_the_way(delegation, person):
    services.ask_for_paper(
        delegation=delegation, kind=Kind.PERSON_CONFIRMATION, person=person, actor=coordinator(delegation)
    )

    assert page_of(delegation, coordinator(delegation)).count("It is being made.") == 1


def test_event_without_templates_offers_nothing(delegation, head):
    delegation.event.templates.all().delete()

    assert "offers no confirmations and letters" in page_of(delegation, coordinator(delegation))


def test_team_sees_neither_private_documents_nor_their_orders(delegation, person):
    letter, organiser = (
        made(delegation, Kind.VISA_LETTER, person),
        EventMemberFactory(event=delegation.event).user,
    )

    assert not Document.objects.visible_to(organiser).exists()
    assert not Batch.objects.visible_to(organiser).exists()
    assert Document.objects.visible_to(coordinator(delegation)).get() == letter


def test_secretariat_orders_for_those_who_have_none_yet(event, delegation, head, person, actor):
    made(delegation, Kind.PERSON_CONFIRMATION, head)
    other = confirmed_head(invited_delegation(event))
    address = reverse("documents:order-person-confirmations", args=[event.slug])

    client_of(actor).post(address, {"languages": "own", "who": "without", "date": "2026-04-23"})

    assert Batch.objects.latest("pk").options == {"people": [person.pk, other.pk]}


def test_secretariat_orders_visa_letters_for_those_who_want_one(event, delegation, person, actor):
    wanting = confirmed_head(delegation, role="delegate", visa_letter=True)
    address = reverse("documents:order-visa-letters", args=[event.slug])

    client_of(actor).post(address, {"languages": "own", "who": "asked", "date": "2026-04-23"})

    assert Batch.objects.latest("pk").options == {"people": [wanting.pk]}


def certificates_page(event, actor, **chosen):
    event.last_day = date(2026, 3, 18)
    event.save()
    page = client_of(actor).get(reverse("documents:order-certificates", args=[event.slug]), chosen)
    return page.context


CHECKED = {"who": "without", "languages": "en", "date": "2026-03-20", "check": "1"}


def test_certificates_are_for_all_confirmed_as_long_as_attendance_is_noted_of_nobody(
    event, head, person, actor
):
    context = certificates_page(event, actor, **CHECKED)

    who = context["form"].fields["who"]
    assert (context["preview"].total, who.choices[1][1]) == (2, "all who are confirmed")
    assert who.help_text.startswith("No attendance has been noted")


def test_certificates_are_for_those_who_attended_once_it_is_noted(event, head, person, actor):
    registration.note_attendance(event=event, people=[head.pk], actor=actor)

    context = certificates_page(event, actor, **CHECKED)

    who = context["form"].fields["who"]
    assert (context["preview"].total, who.choices[1][1]) == (1, "all who attended")
    assert who.help_text == ""


def test_who_is_not_noted_gets_no_certificate_on_asking(event, head, person, actor):
    event.last_day = date(2026, 3, 18)
    event.save()
    registration.note_attendance(event=event, people=[head.pk], actor=actor)

    with pytest.raises(services.Incomplete, match="The attendance of this person has not been noted"):
        ask(person.delegation, Kind.CERTIFICATE, person)

    head.refresh_from_db()
    assert ask(head.delegation, Kind.CERTIFICATE, head).participant == head


def test_order_for_nobody_is_refused_in_words(event, actor):
    address = reverse("documents:order-confirmations", args=[event.slug])

    page = client_of(actor).post(address, {"languages": "own", "who": "all", "date": "2026-04-23"})

    assert "Nobody matches this choice." in page.content.decode()
    assert not Batch.objects.exists()


def test_template_is_begun_with_one_click(event, actor):
    event.templates.filter(kind=Kind.VISA_LETTER).delete()
    address = reverse("documents:begin-template", args=[event.slug, Kind.VISA_LETTER])

    answer = client_of(actor).post(address)

    template = event.templates.get(kind=Kind.VISA_LETTER)
    assert answer.url == reverse("admin:documents_template_change", args=[template.pk])


def test_papers_of_a_cancelled_person_are_void_and_say_why(delegation, head, person):
    letter, whole = made(delegation, Kind.VISA_LETTER, person), confirmation_of(delegation, head, person)
    kept = made(delegation, Kind.PERSON_CONFIRMATION, head)

    registration.cancel_person(participant=person, reason="", actor=coordinator(delegation))

    assert [validity(one) for one in (letter, whole, kept)] == [
        ("void", "The person does not take part any more."),
        ("void", "Some of those whom it names are no longer confirmed."),
        ("valid", ""),
    ]


def test_confirmation_that_does_not_name_who_left_stays_valid(delegation, head, person):
    registration.cancel_person(participant=person, reason="", actor=coordinator(delegation))

    whole = confirmation_of(delegation, head)

    assert void_unfounded() == 0
    assert validity(whole) == ("valid", "")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_paper_of_who_left_is_declared_void_once_though_ten_look_at_once(delegation, person):
    letter = made(delegation, Kind.VISA_LETTER, person)
    Participant.objects.filter(pk=person.pk).update(status="cancelled")

    assert sum(at_once(10, void_unfounded)) == 1

    assert AuditEntry.objects.filter(verb="document.voided").count() == 1
    assert validity(letter) == ("void", "The person does not take part any more.")


def test_papers_of_a_substituted_person_are_void(delegation, person):
    letter = made(delegation, Kind.VISA_LETTER, person)
    fields = {"role": "adviser", "given_names": "Luis", "family_names": "Muestra", "function": "Asesor"}

    registration.substitute_person(
        participant=person, fields=fields, language="es", actor=coordinator(delegation)
    )

    assert validity(letter) == ("void", "Another person comes instead.")


def test_papers_of_a_rejected_person_are_void(delegation, person, actor):
    letter = made(delegation, Kind.VISA_LETTER, person)

    registration.reject_person(participant=person, reason="Not nominated", actor=actor)

    assert validity(letter) == ("void", "The person was not accepted.")


def test_papers_under_another_name_are_void(delegation, person, actor):
    letter = made(delegation, Kind.VISA_LETTER, person)

    registration.save_person(
        delegation=delegation,
        person=person,
        fields={"family_names": "Ejemplo"},
        version=None,
        language="es",
        actor=actor,
    )

    assert validity(letter) == ("void", "The person’s name or role was changed.")


def test_change_of_the_journey_leaves_papers_valid(delegation, person, actor):
    letter = made(delegation, Kind.VISA_LETTER, person)

    registration.save_person(
        delegation=delegation,
        person=person,
        fields={"hotel": "Hotel Specimen"},
        version=None,
        language="es",
        actor=actor,
    )

    assert validity(letter) == ("valid", "")


def test_papers_of_a_withdrawn_delegation_are_void_and_gone_from_its_page(delegation, head, actor):
    letter = made(delegation, Kind.PERSON_CONFIRMATION, head)

    registration.withdraw_delegation(delegation=delegation, version=delegation.version, actor=actor)

    assert validity(letter) == ("void", "The delegation does not take part any more.")
    assert not Document.objects.visible_to(coordinator(delegation)).filter(pk=letter.pk).exists()


def test_paper_on_the_way_is_not_made_for_who_has_left(delegation, person):
    letter = made(delegation, Kind.VISA_LETTER, person, state=State.QUEUED)

    registration.cancel_person(participant=person, reason="", actor=coordinator(delegation))

    letter.refresh_from_db()
    assert (letter.state, letter.validity) == (State.CANCELLED, "void")


@pytest.mark.slow
def test_paper_that_is_finished_after_the_person_left_stays_void(delegation, person):
    letter = Document.objects.claim(ask(delegation, Kind.VISA_LETTER, person).pk)
    registration.cancel_person(participant=person, reason="", actor=coordinator(delegation))

    render_and_store(letter)

    letter.refresh_from_db()
    assert (letter.state, letter.validity) == (State.DONE, "void")


def test_sweeper_finds_who_left_without_a_word(delegation, person):
    letter = made(delegation, Kind.VISA_LETTER, person)
    Participant.objects.filter(pk=person.pk).update(status="cancelled")

    assert void_unfounded in repairs
    assert (void_unfounded(), void_unfounded()) == (1, 0)
    assert validity(letter)[0] == "void"


@pytest.mark.slow
def test_person_who_is_confirmed_again_gets_another_paper(delegation, person, actor):
    letter = ask(delegation, Kind.PERSON_CONFIRMATION, person)
    registration.cancel_person(participant=person, reason="", actor=actor)
    Participant.objects.filter(pk=person.pk).update(status="confirmed")

    again = ask(delegation, Kind.PERSON_CONFIRMATION, person)

    assert (again.pk == letter.pk, again.reference) == (False, f"{letter.reference}/2")


def test_moves_of_people_who_were_never_confirmed_cost_no_query(delegation, django_assert_num_queries):
    fresh = ParticipantFactory(delegation=delegation, status="submitted", role="delegate")

    with django_assert_num_queries(1):
        registration.capacity.update_people([fresh], status="waitlisted")
