"""Showing a person's data to the secretariat, and erasing it."""

import json
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry, User
from documents.models import Document
from registration import services
from registration.models import ChangeRequest, Participant
from tests.factories import (
    ChangeRequestFactory,
    ContactFactory,
    DelegationFactory,
    EventFactory,
    ParticipantFactory,
    StaffFactory,
    UserFactory,
)
from tests.race import at_once
from tests.registration import canary
from tests.registration.office import page_of, said, text_of
from tests.test_permissions import document_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("empty_disk")]

SURE = {"sure": "on", "erase": "yes"}


@pytest.fixture
def officer() -> Client:
    browser = Client()
    browser.force_login(StaffFactory(email="officer@secretariat.example"))
    return browser


def everywhere() -> Participant:
    """A person with the canary in every store, at a past event, with no data due yet."""
    day = timezone.now().date() - timedelta(days=2)
    event = EventFactory(first_day=day, last_day=day)
    user = UserFactory(email=canary.ADDRESS, name=canary.CANARY, last_login=timezone.now())
    delegation = DelegationFactory(
        event=event,
        coordinators=[user],
        second_contact_email=canary.ADDRESS,
        second_contact_name=canary.CANARY,
    )
    names = [name for name in canary.people.ERASED if name != "honorific"]
    person = ParticipantFactory(
        delegation=delegation,
        status="confirmed",
        gender="woman",
        role="head",
        **canary.planted(Participant, names),
    )
    for kind in ("photo", "passport"):
        canary.uploaded(delegation, kind, participant=person)
    canary.documented(person)
    proposal = {"fields": {"passport_number": canary.CANARY, "email": canary.ADDRESS}}
    texts = {"why": canary.CANARY, "answer": canary.CANARY, "proposal": proposal}
    ChangeRequestFactory(delegation=delegation, participant=person, kind="edit", **texts)
    canary.mailed(event)
    canary.mailed(event, to="other@parliament.example", text=f"Not accepted: {person.full_name}.")
    DelegationFactory().candidates.create(user=user)
    ContactFactory(email=canary.ADDRESS)
    return person


def erase(person: Participant, **fields: object) -> dict[str, int]:
    subject = services.subject_of_address(canary.ADDRESS)
    return services.erase_person_data(subject=subject, about=person, actor=StaffFactory(), **fields)


@pytest.mark.parametrize("place", ["fields", "before"])
def test_erasure_empties_requests_about_the_second_contact(place):
    proposal = {place: {"second_contact_email": canary.ADDRESS, "second_contact_name": canary.CANARY}}
    ChangeRequestFactory(kind="details", participant=None, proposal=proposal, state="pending")

    erase(everywhere())

    assert ChangeRequest.objects.filter(kind="details").values_list("state", "proposal").get() == (
        "taken_back",
        {},
    )


def test_erasure_leaves_no_trace_anywhere(django_capture_on_commit_callbacks):
    person = everywhere()
    before = canary.traces()

    with django_capture_on_commit_callbacks(execute=True):
        erase(person)

    assert {"dump", "file", "accounts.user.email", "registration.contact.email"} <= set(before)
    assert canary.traces() == []


def test_erasure_leaves_what_is_counted():
    person = everywhere()
    other = ParticipantFactory(delegation=person.delegation, status="confirmed", phone="+41 22 555 01 23")

    erase(person)

    person.refresh_from_db()
    other.refresh_from_db()
    assert (person.status, person.role, person.gender) == ("confirmed", "head", "woman")
    assert (other.full_name.startswith("Specimen"), other.phone) == (True, "+41 22 555 01 23")


def test_erased_person_is_called_by_words_that_are_not_stored():
    person = everywhere()

    erase(person)

    person.refresh_from_db()
    assert (person.full_name, str(person), person.given_names) == ("Removed person", "Removed person", "")


def test_erasure_ends_the_sessions_of_the_account_and_no_others():
    person = everywhere()
    other = UserFactory()
    for user in (User.objects.get(email=canary.ADDRESS), other):
        Client().force_login(user)

    erase(person)

    assert [session.get_decoded()["_auth_user_id"] for session in Session.objects.all()] == [str(other.pk)]


def test_erasure_a_second_time_finds_nothing():
    person = everywhere()
    erase(person)

    counts = services.erase_person_data(
        subject=services.subject_of_address(canary.ADDRESS), about=person, actor=StaffFactory()
    )

    assert set(counts.values()) == {0}


def test_erasure_of_one_registered_person_leaves_the_account_and_namesakes_address():
    person = everywhere()
    sibling = ParticipantFactory(delegation=person.delegation, email=canary.ADDRESS)
    subject = services.subject_of_person(person)

    services.erase_person_data(subject=subject, about=person, actor=StaffFactory())

    sibling.refresh_from_db()
    assert sibling.email == canary.ADDRESS
    assert User.objects.filter(email=canary.ADDRESS).exists()


def test_erasure_by_address_takes_only_the_address_from_those_not_chosen():
    person = everywhere()
    sibling = ParticipantFactory(delegation=person.delegation, given_names="Muestra", email=canary.ADDRESS)
    subject = services.subject_of_address(canary.ADDRESS, [person.pk])

    services.erase_person_data(subject=subject, about=person, actor=StaffFactory())

    sibling.refresh_from_db()
    assert (sibling.given_names, sibling.email) == ("Muestra", "")


def test_erasure_takes_back_a_request_that_waits():
    person = everywhere()

    erase(person)

    assert list(person.requests.values_list("state", "proposal", "why")) == [("taken_back", {}, "")]


def test_person_who_is_confirmed_for_an_event_ahead_is_erased_only_with_a_reason():
    person = ParticipantFactory(status="confirmed", given_names="Muestra")
    subject, officer = services.subject_of_person(person), StaffFactory()

    with pytest.raises(services.StillExpected):
        services.erase_person_data(subject=subject, about=person, actor=officer)
    kept = Participant.objects.get().given_names
    services.erase_person_data(subject=subject, about=person, reason="They insist.", actor=officer)

    assert (kept, Participant.objects.get().given_names) == ("Muestra", "")
    assert AuditEntry.objects.get(verb="data.erased").changes["reason"] == "They insist."


def test_coordinator_of_an_event_ahead_is_erased_only_with_a_reason():
    user = UserFactory()
    DelegationFactory(coordinators=[user])
    subject = services.subject_of_address(user.email)

    with pytest.raises(services.StillExpected):
        services.erase_person_data(subject=subject, about=user, actor=StaffFactory())

    assert User.objects.filter(pk=user.pk).exists()


def test_second_coordinator_comes_first_when_the_first_was_erased():
    person = everywhere()
    second = UserFactory()
    person.delegation.coordinators.add(second)

    erase(person)

    person.delegation.refresh_from_db()
    assert person.delegation.lead == second


@pytest.mark.django_db(transaction=True)
def test_two_officers_who_erase_at_once_erase_once():
    person = everywhere()
    officers = [StaffFactory(), StaffFactory()]

    def act() -> int:
        subject = services.subject_of_address(canary.ADDRESS)
        return services.erase_person_data(subject=subject, about=person, actor=officers.pop())["participants"]

    assert sorted(at_once(2, act)) == [0, 1]
    assert canary.traces() == []


def test_erased_person_cannot_be_filled_in_again():
    person = everywhere()
    erase(person)

    with pytest.raises(services.PersonGone):
        services.save_person(
            delegation=person.delegation,
            person=person,
            fields={"given_names": "Muestra"},
            version=None,
            language="en",
            actor=StaffFactory(),
        )


def test_account_of_the_secretariat_is_not_erased():
    officer = StaffFactory()

    with pytest.raises(services.OfSecretariat):
        services.erase_person_data(
            subject=services.subject_of_address(officer.email),
            about=officer,
            reason="!",
            actor=StaffFactory(),
        )

    assert User.objects.filter(pk=officer.pk).exists()


def test_letter_to_the_parliament_keeps_hash_reference_and_verification():
    person = everywhere()
    document = document_of(person.delegation.event, person.delegation.organisation, 1)
    kept = ("content_hash", "reference", "code", "validity", "file_sha256", "state")
    letters = Document.objects.filter(kind="invitation").values(*kept)
    before = letters.get()

    erase(person)

    assert letters.get() == before
    assert document.pk


def test_trail_of_an_erasure_keeps_counts_and_no_value():
    person = everywhere()

    erase(person)

    line = AuditEntry.objects.get(verb="data.erased")
    assert (line.changes["participants"], line.changes["uploads"], line.changes["mails"]) == (1, 2, 2)
    assert canary.CANARY not in str(line.changes)


def test_page_of_a_person_groups_the_stores_and_masks_what_is_sensitive(officer):
    person = everywhere()
    Participant.objects.filter(pk=person.pk).update(passport_number="X7654321")

    page = text_of(officer.get(page_of("participant", "change", person.pk)))

    headings = [
        "<h2>Participants</h2>",
        "<h2>Photographs and documents</h2>",
        "<h2>Requests for changes</h2>",
    ]
    assert [heading in page for heading in headings] == [True, True, True]
    assert ("X7654321" in page, "••••" in page) == (False, True)
    assert AuditEntry.objects.get(verb="data.shown").object_id == person.pk


@pytest.mark.parametrize("field", ["substitutes", "accompanies"])
def test_page_of_a_person_names_the_other_that_a_field_leads_to(officer, field):
    other = ParticipantFactory(given_names="Muestra", family_names="Dos")
    person = ParticipantFactory(delegation=other.delegation, **{field: other})

    page = officer.get(page_of("participant", "change", person.pk))

    (entry,) = [
        one for store, entries in page.context["sections"] for one in entries if one.title == "Participant"
    ]
    label = str(Participant._meta.get_field(field).verbose_name)
    assert [words for name, words, _day in entry.rows if name.lower() == label.lower()] == ["Muestra Dos"]


def test_page_by_address_shows_account_mails_and_registrations(officer):
    everywhere()

    page = text_of(officer.post(page_of("participant", "address"), {"email": canary.ADDRESS.upper()}))

    headings = ["Accounts", "Outgoing mail", "Participants", "Delegations", "Coordination"]
    assert [f"<h2>{heading}</h2>" in page for heading in headings] == [True] * 5


def test_page_by_an_address_that_nobody_has_says_so(officer):
    page = text_of(officer.post(page_of("participant", "address"), {"email": "nobody@parliament.example"}))

    assert "Nothing is stored under this address." in page


def test_file_holds_everything_and_is_for_this_reader_alone(officer):
    person = everywhere()
    Participant.objects.filter(pk=person.pk).update(passport_number="X7654321", visa_letter=False)

    answer = officer.post(page_of("participant", "download", person.pk))

    stores = {store["name"]: store["holds"] for store in json.loads(answer.content)["stores"]}
    values = stores["Participants"][0]["values"]
    assert (values["passport_number"], values["birth_date"]) == ("X7654321", "1971-02-03")
    assert stores["Participants"][0]["kept_until"]["passport_number"] == str(
        person.delegation.event.last_day + timedelta(days=7)
    )
    assert values["visa_letter"] is False
    assert "visa_letter" not in stores["Participants"][0]["kept_until"]
    assert answer["Content-Disposition"] == 'attachment; filename="data-about-one-person.json"'
    assert "no-store" in answer["Cache-Control"]
    assert AuditEntry.objects.filter(verb="data.downloaded").count() == 1


def test_file_never_holds_the_hash_of_a_password(officer):
    user = UserFactory(email=canary.ADDRESS)
    user.set_password("specimen-password")
    user.save()

    answer = officer.post(page_of("participant", "address_download"), {"email": canary.ADDRESS})

    assert ("pbkdf2" in answer.content.decode(), "password" in answer.content.decode()) == (False, False)


def test_erasure_on_the_page_asks_first_and_then_does_it(officer):
    person = everywhere()
    address = page_of("participant", "erase", person.pk)
    asked = text_of(officer.get(address))
    unsure = officer.post(address, {"erase": "yes"}).status_code
    kept = Participant.objects.get(pk=person.pk).erased_at

    told = said(officer.post(address, SURE, follow=True))

    assert ("at once and for good" in asked, unsure, kept) == (True, 200, None)
    assert Participant.objects.get(pk=person.pk).erased_at is not None
    assert [sentence.partition(":")[0] for sentence in told] == ["The data of the person have been erased"]


def test_erasure_by_address_on_the_page_takes_those_who_are_ticked(officer):
    person = everywhere()
    sibling = ParticipantFactory(delegation=person.delegation, given_names="Muestra", email=canary.ADDRESS)
    address = page_of("participant", "address_erase")
    first = text_of(officer.post(address, {"email": canary.ADDRESS}))

    officer.post(address, {"email": canary.ADDRESS, "people": [person.pk], **SURE})

    sibling.refresh_from_db()
    assert ("Which of these entries are the person’s" in first, sibling.given_names, sibling.email) == (
        True,
        "Muestra",
        "",
    )
    assert not User.objects.filter(email=canary.ADDRESS).exists()


def test_list_of_participants_is_flat_in_queries(officer, django_assert_num_queries):
    delegation = DelegationFactory()
    address = page_of("participant", "changelist")
    ParticipantFactory(delegation=delegation)
    officer.get(address)
    with django_assert_num_queries(5):
        officer.get(address)
    for _number in range(3):
        ParticipantFactory()

    with django_assert_num_queries(5):
        page = officer.get(address)

    assert len(page.context["cl"].result_list) == 4
