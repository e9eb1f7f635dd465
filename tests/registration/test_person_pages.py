"""The page of one person: button, autosave, request after the deadline, and the travel page."""

from datetime import date, timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from events.models import Window
from registration.models import ChangeRequest, Delegation, Participant
from tests.factories import DelegationFactory, ParticipantFactory, StaffFactory, UserFactory
from tests.registration.browser import browser_of
from tests.registration.person_page import adding, address, assembly, day, post, sent, stored
from tests.registration.samples import coordinator

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def delegation() -> Delegation:
    return assembly()


@pytest.fixture
def head(delegation) -> Participant:
    return delegation.participants.get()


@pytest.fixture
def client(delegation):
    return browser_of(coordinator(delegation))


def people(delegation: Delegation) -> str:
    return reverse("registration:people", args=[delegation.pk])


def said(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def close(delegation: Delegation) -> None:
    """Submit everybody and close registration."""
    now = timezone.now()
    Window.objects.update(opens_at=now - timedelta(days=9), closes_at=now - timedelta(days=1))
    Participant.objects.update(status="submitted", submitted_at=now)


def test_person_is_added_and_the_list_has_the_focus_on_them(client, delegation):
    response = post(client, adding(delegation), given_names="Ana", family_names="Muestra Dos")

    person = delegation.participants.last()
    assert response.url == f"{people(delegation)}?focus=person-{person.pk}"
    assert said(response) == ["Saved: Ana Muestra Dos"]
    assert f'id="person-{person.pk}"' in client.get(response.url).content.decode()


def test_save_and_add_another_goes_on_to_an_empty_page(client, delegation):
    response = post(client, adding(delegation), given_names="Ana", action="another")

    assert response.url == adding(delegation)
    assert client.get(response.url).context["form"]["given_names"].value() == ""


@pytest.mark.parametrize("language", ["en", "es"])
def test_language_switch_saves_first_and_stays_with_the_person(client, head, language):
    response = post(client, address(head), function="Senadora", action=f"language-{language}")

    assert response.url == f"/{language}/desk/delegations/{head.delegation_id}/people/{head.pk}/"
    assert Participant.objects.get().function == "Senadora"


def test_language_switch_says_in_the_new_language_that_it_saved(client, head):
    response = post(client, address(head), action="language-es")

    assert said(response) == [f"Datos guardados: {head.full_name}"]


def test_language_switch_with_a_refused_value_shows_the_page_in_that_language(client, delegation):
    before = stored()

    response = post(client, adding(delegation), email="half@", action="language-es")

    form, page = response.context["form"], response.content.decode()
    assert '<html lang="es">' in page
    assert f'action="/es/desk/delegations/{delegation.pk}/people/add/"' in page
    assert "Introduzca una dirección de correo electrónico válida." in page
    assert form["email"].value() == "half@"
    assert stored() == before


@pytest.mark.parametrize("language", ["xx", "/evil.example", "../../../tmp/fr", "\0"])
def test_switch_to_a_language_that_there_is_not_goes_on_to_the_list(client, head, language):
    response = post(client, address(head), function="Senadora", action=f"language-{language}")

    assert response.url.startswith(people(head.delegation))


def test_half_filled_draft_is_kept(client, delegation):
    post(client, adding(delegation), family_names="Três", role="delegate")

    assert delegation.participants.last().family_names == "Três"


def test_refused_value_keeps_everything_typed_and_writes_nothing(client, head):
    before = stored()

    response = post(
        client, address(head), email="half@", function="Typed", **day("birth_date", "31", "2", "1980")
    )

    form, page = response.context["form"], response.content.decode()
    assert (form["email"].value(), form["function"].value()) == ("half@", "Typed")
    assert [form["birth_date"].value(), list(form.errors)] == [["31", "2", "1980"], ["email", "birth_date"]]
    assert "<title>Error: " in page
    assert 'href="#id_birth_date_0"' in page
    assert stored() == before


def test_second_head_is_refused_at_the_role(client, delegation):
    response = post(client, adding(delegation), given_names="Ana", role="head")

    assert list(response.context["form"].errors["role"]) == [
        "A delegation has one head: choose another role for the others."
    ]


def test_role_with_more_to_fill_in_comes_back_to_the_person(client, delegation):
    person = ParticipantFactory(delegation=delegation, role="accompanying")

    response = post(client, address(person), role="staff")

    assert response.url == address(person)
    assert said(response) == [f"Saved: {person}. This role is asked for more:"]


def test_other_role_shows_at_once_what_is_asked_and_writes_nothing(client, head):
    before = stored()

    response = post(client, address(head), role="accompanying", given_names="Half typ", action="role")

    form = response.context["form"]
    assert form["given_names"].value() == "Half typ"
    assert ("accompanies" in form.fields, "function" in form.fields) == (True, False)
    assert (form.errors, stored()) == ({}, before)


def test_later_save_sees_both_values_and_saving_again_keeps_the_typed_one(client, head):
    page = client.get(address(head)).context["form"]
    post(client, address(head), function="Saved there")

    told = client.post(address(head), sent(page, function="Typed here", email="a@parliament.example"))

    form = told.context["form"]
    assert [tuple(conflict) for conflict in form.conflicts] == [("Function", "Saved there", "Typed here")]
    assert form["email"].value() == "a@parliament.example"
    assert Participant.objects.get().function == "Saved there"
    client.post(address(head), sent(form))
    assert Participant.objects.get().function == "Typed here"


@pytest.mark.parametrize("version", ["", "latest", "-1", "9" * 40, "99", "\0", "١"])
def test_wrong_version_is_answered_with_both_values_and_writes_nothing(client, head, version):
    before = stored()

    response = post(client, address(head), function="Typed here", version=version)

    assert response.status_code == 200
    assert [conflict.stored for conflict in response.context["form"].conflicts] == ["Member"]
    assert stored() == before


@pytest.mark.parametrize("key", ["", "no key", "\0", "9" * 10_000])
def test_wrong_key_adds_the_person_all_the_same(client, delegation, key):
    post(client, adding(delegation), given_names="Ana", key=key)

    assert delegation.participants.last().given_names == "Ana"


def test_page_of_a_removed_person_says_so_and_has_no_form(client, head):
    Participant.objects.update(status="cancelled")

    page = client.get(address(head)).content.decode()

    assert "This person is not in the delegation any more." in page
    assert 'id="person"' not in page


def test_person_removed_meanwhile_is_not_written(client, head):
    form = client.get(address(head)).context["form"]
    Participant.objects.update(status="cancelled")

    response = client.post(address(head), sent(form, function="Typed here"))

    assert str(response.context["refusal"]).startswith("Nothing was saved")
    assert Participant.objects.get().function == "Member"


def autosave(client, path, **typed) -> dict:
    return post(client, path, action="autosave", **typed).json()


def test_draft_is_saved_as_it_is_typed(client, delegation):
    told = autosave(client, adding(delegation), given_names="Ana")

    person = delegation.participants.last()
    assert told == {"state": "saved", "words": "Saved {time}", "version": 1, "address": address(person)}


def test_nameless_draft_waits(client, delegation):
    told = autosave(client, adding(delegation), function="Member")

    assert told["state"] == "waiting"
    assert delegation.participants.count() == 1


def test_what_is_right_is_saved_and_what_is_not_is_named(client, head):
    told = autosave(client, address(head), function="Typed", email="half@")

    assert (told["state"], told["words"]) == ("partly", "Saved {time}, but not: E-mail address")
    assert Participant.objects.get().function == "Typed"


def test_draft_saved_elsewhere_is_not_written_over_by_itself(client, head):
    form = client.get(address(head)).context["form"]
    post(client, address(head), function="Saved there")

    told = client.post(address(head), sent(form, function="Typed here", action="autosave")).json()

    assert told["state"] == "conflict"
    assert Participant.objects.get().function == "Saved there"


def test_submitted_person_is_saved_by_the_button_alone(client, head):
    Participant.objects.update(status="submitted")

    assert autosave(client, address(head), function="Typed")["state"] == "refused"
    assert Participant.objects.get().function == "Member"


def test_draft_with_a_second_head_is_refused_with_the_sentence(client, delegation):
    told = autosave(client, adding(delegation), given_names="Ana", role="head")

    assert told["words"] == "A delegation has one head: choose another role for the others."


def test_submitted_person_after_the_close_is_changed_by_request(client, head):
    close(head.delegation)
    page = client.get(address(head)).content.decode()

    response = post(client, address(head), function="Typed", action="request", why="Elected yesterday.")

    request = ChangeRequest.objects.get()
    assert ("Request this change" in page, ">Save<" in page) == (True, False)
    assert response.url == people(head.delegation)
    assert (request.kind, request.participant, request.why) == ("edit", head, "Elected yesterday.")
    assert request.proposal["fields"] == {"function": "Typed"}
    assert Participant.objects.get().function == "Member"


def test_request_without_a_reason_keeps_what_was_typed(client, head):
    close(head.delegation)

    response = post(client, address(head), function="Typed", action="request", why=" ")

    assert list(response.context["why"].errors) == ["why"]
    assert response.context["form"]["function"].value() == "Typed"
    assert not ChangeRequest.objects.exists()


def test_request_of_nothing_is_refused(client, head):
    close(head.delegation)

    response = post(client, address(head), action="request", why="Because.")

    assert response.context["refusal"] == "Nothing differs from what is registered."


def test_save_that_arrives_after_the_close_becomes_the_offer_of_a_request(client, head):
    Participant.objects.update(status="submitted")
    form = client.get(address(head)).context["form"]
    close(head.delegation)

    response = client.post(address(head), sent(form, function="Typed"))

    assert response.context["edit_mode"] == "request"
    assert response.context["form"]["function"].value() == "Typed"
    assert Participant.objects.get().function == "Member"


def test_officer_changes_after_the_close_and_the_page_says_for_whom(head):
    close(head.delegation)
    officer = browser_of(StaffFactory())

    page = officer.get(address(head)).content.decode()
    post(officer, address(head), function="Typed by telephone")

    assert "You act on behalf of" in page
    assert Participant.objects.get().function == "Typed by telephone"


def test_draft_is_removed_from_its_page_and_brought_back_from_the_list(client, head):
    removed = client.post(address(head), {"action": "remove"})
    status = Participant.objects.get().status
    restored = client.post(people(head.delegation), {"action": f"restore:{head.pk}"})

    assert removed.url == f"{people(head.delegation)}?focus=restore-{head.pk}"
    assert restored.url == f"{people(head.delegation)}?focus=person-{head.pk}#people"
    assert (status, Participant.objects.get().status) == ("cancelled", "draft")


def test_removal_after_the_close_is_asked_for_with_a_reason(client, head):
    close(head.delegation)

    silent = client.post(address(head), {"action": "remove", "why": ""})
    client.post(address(head), {"action": "remove", "why": "Ill."})

    assert list(silent.context["remove_why"].errors) == ["why"]
    assert ChangeRequest.objects.get().kind == "cancel"
    assert Participant.objects.get().status == "submitted"


def test_page_of_another_delegation_s_person_is_not_there(client, delegation):
    stranger = ParticipantFactory(delegation=DelegationFactory())
    path = reverse("registration:person", args=[delegation.pk, stranger.pk])

    assert (client.get(path).status_code, client.post(path, {"action": "remove"}).status_code) == (404, 404)


def test_stranger_changes_nobody(delegation, head):
    stranger, before = browser_of(UserFactory()), stored()

    answers = [
        stranger.post(path, {"action": action}).status_code
        for path, action in (
            (address(head), "save"),
            (address(head), "autosave"),
            (address(head), "remove"),
            (adding(delegation), "save"),
            (people(delegation), f"remove:{head.pk}"),
        )
    ]

    assert (answers, stored()) == ([404] * 5, before)


def test_second_coordinator_changes_the_same_people(delegation, head):
    second = UserFactory()
    delegation.coordinators.add(second)

    post(browser_of(second), address(head), function="Typed by the second")

    assert Participant.objects.get().function == "Typed by the second"
    assert AuditEntry.objects.get(verb="person.saved").actor_id == second.pk


def test_travel_page_asks_for_travel_alone_and_keeps_it(client, head):
    shown = client.get(address(head, "travel")).context["form"]

    post(
        client,
        address(head, "travel"),
        arrival_at="9:30",
        diet="No nuts",
        **day("arrival_on", "1", "6", "2027"),
    )

    person = Participant.objects.get()
    assert "given_names" not in shown.fields
    assert (person.arrival_on, f"{person.arrival_at:%H:%M}", person.diet) == (
        date(2027, 6, 1),
        "09:30",
        "No nuts",
    )


def test_names_of_others_are_not_remembered_by_the_browser(client, head):
    page = client.get(address(head)).content.decode()

    for name in ("given_names", "family_names", "function", "email", "birth_date_day", "nationality"):
        assert 'autocomplete="off"' in page.split(f'name="{name}"')[1].split(">")[0]
