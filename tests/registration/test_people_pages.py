"""The pages of the people of a delegation: the list, one page for each person, the same for travel."""

from datetime import date, timedelta

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from events.models import Window
from registration import services
from registration.models import ChangeRequest, Delegation, Participant
from tests.factories import DelegationFactory, EventFactory, ParticipantFactory, StaffFactory, UserFactory
from tests.registration.browser import browser_of
from tests.registration.person_page import adding, address, assembly, day, post, sent, stored
from tests.registration.samples import coordinator, draft

pytestmark = pytest.mark.django_db


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
    """Let registration be over, with everybody submitted."""
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

    assert response.context["pen"] == "request"
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


def test_buttons_of_the_list_move_people_and_keep_the_focus(client, delegation, head):
    other = ParticipantFactory(delegation=delegation, order=1)

    response = client.post(people(delegation), {"action": f"up:{other.pk}"})

    assert list(delegation.participants.in_order()) == [other, head]
    assert said(response) == [f"{other} is now number 1."]
    page = " ".join(client.get(response.url).content.decode().split())
    assert f'value="up:{other.pk}" aria-disabled="true" autofocus data-focus' in page


HOSTILE = [
    "",
    "nonsense",
    "up:",
    "up:x",
    "up:-1",
    "up:" + "9" * 5000,
    "remove:\0",
    "restore:²",
    ":",
    "take:0",
    "drop:1",
]


@pytest.mark.parametrize("action", HOSTILE)
def test_unknown_action_on_the_list_changes_nothing(client, delegation, action):
    before = stored()

    assert client.post(people(delegation), {"action": action}).status_code == 302
    assert stored() == before


@pytest.mark.parametrize("verb", ["up", "down", "remove", "restore", "take"])
def test_button_with_another_delegation_s_person_changes_nothing(client, delegation, verb):
    stranger = ParticipantFactory(delegation=DelegationFactory(), status="cancelled")
    before = stored()

    response = client.post(people(delegation), {"action": f"{verb}:{stranger.pk}"})

    assert said(response) == [
        "Nothing was saved: this form belongs to another registration. Open yours again."
    ]
    assert stored() == before


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


def test_lists_say_what_each_person_lacks(client, delegation):
    Participant.objects.update(function="", birth_date=date(1980, 1, 1))

    who = client.get(people(delegation)).context["rows"]
    travel = client.get(reverse("registration:travel", args=[delegation.pk])).context["rows"]

    assert [words for words, _address in who[0].missing] == ["Function", "Photograph"]
    assert "Passport number" in [words for words, _address in travel[0].missing]


def test_names_of_others_are_not_remembered_by_the_browser(client, head):
    page = client.get(address(head)).content.decode()

    for name in ("given_names", "family_names", "function", "email", "birth_date_day", "nationality"):
        assert 'autocomplete="off"' in page.split(f'name="{name}"')[1].split(">")[0]


def test_hostile_name_is_shown_as_text(client, delegation, head):
    Participant.objects.update(given_names="<script>alert(1)</script>", family_names="{{ 7*7 }}")

    pages = "".join(client.get(path).content.decode() for path in (people(delegation), address(head)))

    assert "<script>alert" not in pages
    assert "{{ 7*7 }}" in pages


@pytest.mark.parametrize("name", ["people", "travel", "person"])
def test_page_costs_as_many_queries_for_sixty_people_as_for_one(name):
    few, many = assembly(people=1), assembly(people=60)

    assert queries(many, name) == queries(few, name)


def queries(delegation: Delegation, name: str) -> int:
    """How many a page needs."""
    browser = browser_of(coordinator(delegation))
    person = [delegation.participants.first().pk] if name == "person" else []
    path = reverse(f"registration:{name}", args=[delegation.pk, *person])
    with CaptureQueriesContext(connection) as captured:
        browser.get(path)
    return len(captured)


def earlier(delegation: Delegation, **fields) -> Participant:
    """Somebody who came for the same organisation to an event that ended a week ago."""
    event = EventFactory(first_day=timezone.now().date() - timedelta(days=9))
    before = DelegationFactory(event=event, organisation=delegation.organisation)
    return ParticipantFactory(delegation=before, **{"status": "confirmed", "family_names": "Before"} | fields)


def test_person_of_an_earlier_delegation_is_taken_over_with_one_click(client, delegation):
    known = earlier(delegation, function="Senator", email="a@p.example", passport_number="X1", diet="No nuts")

    page = client.get(people(delegation))
    client.post(people(delegation), {"action": f"take:{known.pk}"})

    taken = delegation.participants.last()
    assert page.context["earlier"] == [known]
    assert (taken.full_name, taken.function, taken.email) == ("Specimen Before", "Senator", "a@p.example")
    assert (taken.passport_number, taken.diet, taken.status) == ("", "", "draft")
    assert client.get(people(delegation)).context["earlier"] == []


def test_person_taken_over_twice_is_there_once(client, delegation):
    known = earlier(delegation)

    for _click in range(2):
        client.post(people(delegation), {"action": f"take:{known.pk}"})

    assert delegation.participants.count() == 2


def test_second_head_comes_along_as_a_delegate(client, delegation):
    known = earlier(delegation, role="head")

    client.post(people(delegation), {"action": f"take:{known.pk}"})

    assert delegation.participants.last().role == "delegate"


def test_only_confirmed_people_of_the_same_organisation_s_earlier_events_are_offered(delegation):
    earlier(delegation, status="rejected")
    ParticipantFactory(
        delegation=DelegationFactory(event=earlier(delegation).delegation.event), status="confirmed"
    )
    later = DelegationFactory(
        event=EventFactory(first_day=delegation.event.first_day + timedelta(days=9)),
        organisation=delegation.organisation,
    )
    ParticipantFactory(delegation=later, status="confirmed")

    assert [person.family_names for person in services.known_before(delegation)] == ["Before"]


def test_what_the_event_does_not_ask_is_not_taken_over():
    delegation = draft(people=0)
    known = earlier(delegation, email="a@p.example", function="Senator")

    [taken] = services.take_over(delegation=delegation, people=[known.pk], actor=coordinator(delegation))

    assert (taken.email, taken.function) == ("", "Senator")
