"""Decisions about one person, answers to requests, and translations of functions in the admin."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEntry
from jobs.models import OutgoingMail
from registration import services
from registration.models import ChangeRequest, Delegation, Participant
from tests.factories import (
    ParticipantFactory,
    StaffFactory,
)
from tests.forms import next_messages as about_to_say
from tests.race import at_once
from tests.registration.office import page_of, said, text_of
from tests.registration.samples import confirm, coordinator, draft, give_back, submit

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

STALE = "Nothing was changed: the registration has been saved again since this page was opened."


@pytest.fixture
def client() -> Client:
    browser = Client()
    browser.force_login(StaffFactory())
    return browser


def page(client: Client, delegation: Delegation):
    return client.get(page_of("delegation", "change", delegation.pk)).context["page"]


def decide(client: Client, verb: str, delegation: Delegation, *arguments: int, **fields: object) -> list[str]:
    address = page_of("delegation", verb, delegation.pk, *arguments)
    return said(client.post(address, fields, follow=True))


def asked(delegation: Delegation, **fields: object) -> ChangeRequest:
    """A change requested by the coordinator."""
    values: dict[str, object] = {"kind": "edit", "why": "A typing error.", "actor": coordinator(delegation)}
    values["participant"] = delegation.participants.in_order()[0]
    return services.request_change(delegation=delegation, **values | fields)


def rename(person: Participant) -> Participant:
    """Save another name, like the coordinator's page."""
    return services.save_person(
        delegation=person.delegation,
        person=person,
        fields={"family_names": "Muestra Dos", "gender": "woman"},
        version=None,
        language="en",
        actor=coordinator(person.delegation),
    )


@pytest.mark.parametrize(("verb", "status"), [("reject_person", "rejected"), ("cancel_person", "cancelled")])
def test_decision_against_one_person_leaves_the_others(client, verb, status):
    delegation = submit(draft(people=2))
    _head, person = delegation.participants.in_order()

    decide(client, verb, delegation, person.pk, version=person.version, reason="Not nominated.")

    people = list(delegation.participants.in_order().values_list("status", "reason"))
    assert people == [("submitted", ""), (status, "Not nominated.")]


@pytest.mark.parametrize("verb", ["reject_person", "cancel_person"])
def test_decision_on_a_person_who_changed_meanwhile_tells_the_officer(client, verb):
    delegation = submit(draft())
    person = delegation.participants.get()

    told = decide(client, verb, delegation, person.pk, version=person.version - 1, reason="Not nominated.")

    assert (told, delegation.participants.get().status) == ([STALE], "submitted")


@pytest.mark.parametrize("verb", ["reject_person", "cancel_person"])
def test_person_of_another_delegation_is_not_found(client, verb):
    delegation, other = submit(draft()), submit(draft())
    person = other.participants.get()
    address = page_of("delegation", verb, delegation.pk, person.pk)

    assert client.get(address).status_code == 404
    assert client.post(address, {"version": person.version, "reason": "x"}).status_code == 404


def test_changed_identity_of_a_confirmed_person_is_shown_side_by_side(client):
    delegation = confirm(submit(draft()))
    before = delegation.participants.get()
    rename(before)

    [row] = page(client, delegation).changed_identities

    assert row.identity == [("Family names", before.family_names, "Muestra Dos")]


def test_page_says_what_changed_since_the_delegation_was_returned(client):
    delegation = give_back(submit(draft(people=2)))
    person = delegation.participants.in_order()[1]
    rename(person)
    delegation.refresh_from_db()
    submit(delegation)

    changes = page(client, delegation).changes

    assert [(change.person, change.words) for change in changes] == [
        (person, [("Family names", "changed"), ("Gender", "not stated → woman")])
    ]


def test_what_changed_since_the_return_is_done_with_once_it_is_confirmed(client):
    delegation = give_back(submit(draft()))
    rename(delegation.participants.get())
    delegation.refresh_from_db()

    confirm(submit(delegation))

    assert page(client, delegation).changes == []


def test_file_added_since_the_return_is_named_with_its_person(client):
    delegation = give_back(submit(draft()))
    person = delegation.participants.get()
    audit.record(
        coordinator(delegation),
        "upload.kept",
        delegation,
        changes={"kind": "photo", "version": 9, "participant": person.pk},
    )

    [change] = page(client, delegation).changes

    assert (change.person, change.what, change.words) == (person, ["File added: photograph"], [])


def test_request_shows_what_is_and_what_is_asked(client):
    delegation = submit(draft())
    person = delegation.participants.get()
    asked(delegation, proposal={"role": "deputy", "passport_number": "X1234567", "nationality": "CL"})

    [shown] = page(client, delegation).pending

    assert shown.changes == [
        ("Role", "Head of delegation", "Deputy head of delegation"),
        ("Nationality", "–", "Chile"),
        ("Passport number", "–", "••••"),
    ]
    assert shown.request.participant == person


def test_accepting_a_request_applies_it(client):
    delegation = submit(draft())
    request = asked(delegation, proposal={"family_names": "Muestra Dos"})

    told = decide(
        client, "answer", delegation, request.pk, version=delegation.version, accept="yes", answer=""
    )

    assert told == ["Request accepted. The coordinator is told by e-mail."]
    assert delegation.participants.get().family_names == "Muestra Dos"
    assert page(client, delegation).pending == []


def test_request_about_somebody_changed_since_is_marked_and_cannot_be_accepted(client):
    delegation = submit(draft())
    person = delegation.participants.get()
    request = asked(delegation, proposal={"family_names": "Ejemplar"})
    rename(person)
    [shown] = page(client, delegation).pending

    told = decide(
        client,
        "answer",
        delegation,
        request.pk,
        version=Delegation.objects.get().version,
        accept="yes",
        answer="",
    )

    assert shown.is_stale
    assert told == [str(services.ProposalStale.sentence)]
    assert delegation.participants.get().family_names == "Muestra Dos"


def test_page_says_who_comes_instead_of_whom_and_with_whom(client):
    delegation = submit(draft())
    former = delegation.participants.get()
    fresh = ParticipantFactory(delegation=delegation, order=1, substitutes=former)
    ParticipantFactory(delegation=delegation, order=2, role="accompanying", accompanies=fresh)

    rows = page(client, delegation).rows

    assert [(row.substitutes, row.accompanies) for row in rows] == [
        ("", ""),
        (str(former), ""),
        ("", str(fresh)),
    ]


def test_refusing_a_request_needs_a_word(client):
    delegation = submit(draft())
    request = asked(delegation, proposal={"family_names": "Muestra Dos"})
    address = page_of("delegation", "answer", delegation.pk, request.pk)

    refused = client.post(address, {"version": delegation.version, "accept": "no", "answer": " "})

    assert list(refused.context["form"].errors["answer"]) == [
        "Say why it is refused: the coordinator reads it."
    ]
    assert ChangeRequest.objects.get().state == "pending"


def test_officer_reads_which_details_are_to_change_and_accepts(client):
    delegation = submit(draft())
    request = asked(delegation, participant=None, kind="details", proposal={"expected_number": 3})

    [shown] = page(client, delegation).pending
    told = decide(
        client, "answer", delegation, request.pk, version=delegation.version, accept="yes", answer=""
    )

    assert shown.changes == [("Number of people expected", "–", "3")]
    assert told == ["Request accepted. The coordinator is told by e-mail."]
    assert Delegation.objects.get().expected_number == 3


def test_refusing_a_request_changes_nothing_else(client):
    delegation = submit(draft())
    request = asked(delegation, proposal={"family_names": "Muestra Dos"})

    told = decide(
        client,
        "answer",
        delegation,
        request.pk,
        version=delegation.version,
        accept="no",
        answer="Send the nomination.",
    )

    assert told == ["Request refused. The coordinator is told by e-mail."]
    assert delegation.participants.get().family_names != "Muestra Dos"
    assert "Send the nomination." in OutgoingMail.objects.get(kind="request_refused").text


def test_late_request_that_has_grown_since_the_officer_read_it_is_not_accepted(client):
    delegation = draft()
    delegation.event.windows.update(closes_at=timezone.now() - timedelta(days=1))
    services.request_late(
        delegation=Delegation.objects.get(),
        version=delegation.version,
        why="The Bureau decided late.",
        privacy_read=True,
        actor=coordinator(delegation),
    )
    address = page_of("delegation", "answer", delegation.pk, ChangeRequest.objects.get().pk)
    version = client.get(address).context["form"]["version"].value()
    services.save_person(
        delegation=delegation,
        person=None,
        fields={"role": "delegate", "family_names": "Muestra Dos", "function": "Member"},
        version=None,
        language="en",
        actor=coordinator(delegation),
    )

    told = about_to_say(client.post(address, {"version": version, "accept": "yes", "answer": ""}))

    assert told == [STALE]
    assert list(delegation.participants.values_list("status", flat=True)) == ["draft", "draft"]


@pytest.mark.parametrize("verb", ["reject_person", "cancel_person"])
def test_decision_on_nobody_is_not_found(client, verb):
    address = page_of("delegation", verb, submit(draft()).pk, 0)

    assert client.post(address, {"version": 1, "reason": "Not nominated."}).status_code == 404


def test_request_of_another_delegation_is_not_found(client):
    delegation, other = submit(draft()), submit(draft())
    request = asked(other, proposal={"family_names": "Muestra Dos"})

    assert client.get(page_of("delegation", "answer", delegation.pk, request.pk)).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_officers_who_answer_at_once_have_one_effect_and_one_is_told():
    delegation = submit(draft())
    request = asked(delegation, proposal={"family_names": "Muestra Dos"})
    address = page_of("delegation", "answer", delegation.pk, request.pk)
    posts = [
        {"version": delegation.version, "accept": "yes", "answer": ""},
        {"version": delegation.version, "accept": "no", "answer": "Too late."},
    ]
    browsers = [Client(), Client()]
    for browser in browsers:
        browser.force_login(StaffFactory())

    told = at_once(2, lambda: about_to_say(browsers.pop().post(address, posts.pop())))

    too_late = ["Nothing was changed: this request has been answered or taken back meanwhile."]
    assert sorted(told).count(too_late) == 1
    assert OutgoingMail.objects.filter(kind__in=["request_accepted", "request_refused"]).count() == 1


def test_function_is_kept_in_the_other_language(client):
    delegation = submit(draft())
    person = delegation.participants.get()
    version = Delegation.objects.get().version

    told = decide(client, "functions", delegation, version=version, **{f"{person.pk}-function": "Integrante"})

    person.refresh_from_db()
    assert told == ["Functions saved."]
    assert (person.function, person.function_translation, person.status) == (
        "Member",
        "Integrante",
        "submitted",
    )
    entry = AuditEntry.objects.get(verb="delegation.translated")
    assert entry.changes == {
        "version": version + 1,
        "people": 1,
        "fields": ["function_translation"],
    }


def test_functions_typed_on_an_old_page_are_shown_again(client):
    delegation = submit(draft())
    person = delegation.participants.get()
    address = page_of("delegation", "functions", delegation.pk)

    shown = client.post(address, {"version": 1, f"{person.pk}-function": "Integrante"})

    assert said(shown) == [STALE]
    assert 'value="Integrante"' in text_of(shown)
    assert Participant.objects.get().function_translation == ""


def test_function_that_was_not_typed_has_no_translation(client):
    delegation = submit(draft())
    version = Delegation.objects.get().version
    companion = ParticipantFactory(delegation=delegation, role="accompanying", order=1)

    decide(client, "functions", delegation, version=version, **{f"{companion.pk}-function": "Nada"})

    companion.refresh_from_db()
    assert companion.function_translation == ""
