"""The pages for requests after a deadline."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from registration import services
from registration.models import ChangeRequest, Delegation, Participant
from tests.factories import ParticipantFactory, StaffFactory, UserFactory
from tests.registration.samples import confirm, coordinator, draft, submit

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

NEW_PERSON = {
    "role": "head",
    "honorific": "",
    "given_names": "Muestra",
    "family_names": "Dos",
    "gender": "woman",
    "function": "Senadora",
}


def close(delegation: Delegation) -> Delegation:
    delegation.event.windows.update(closes_at=timezone.now() - timedelta(days=1))
    return delegation


def browser_of(user: User) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def address(name: str, delegation: Delegation, *keys: int) -> str:
    return reverse(f"registration:{name}", args=[delegation.pk, *keys])


def terms(delegation: Delegation, **fields: str) -> dict[str, str]:
    return {
        "version": str(delegation.version),
        "privacy_read": "on",
        "why": "The Bureau decided late.",
    } | fields


def test_late_page_sends_the_draft_as_a_request():
    delegation = close(draft(people=2))
    browser = browser_of(coordinator(delegation))

    page = browser.get(address("late", delegation))
    sent = browser.post(address("late", delegation), terms(delegation))

    assert [one.pk for one in page.context["drafts"]] == list(
        delegation.participants.values_list("pk", flat=True)
    )
    assert sent.url == address("requests", delegation)
    assert ChangeRequest.objects.values_list("kind", "why").get() == ("late", "The Bureau decided late.")


def test_overview_after_the_close_leads_to_the_request_until_it_is_asked():
    delegation = close(draft(people=1))
    browser = browser_of(coordinator(delegation))

    before = browser.get(delegation.get_absolute_url()).content.decode()
    browser.post(address("late", delegation), terms(delegation))
    after = browser.get(delegation.get_absolute_url()).content.decode()

    assert [address("late", delegation) in page for page in (before, after)] == [True, False]


def test_desk_after_the_close_leads_to_the_request_until_it_is_asked():
    delegation = close(draft(people=1))
    browser = browser_of(coordinator(delegation))

    before = browser.get(reverse("registration:desk")).content.decode()
    browser.post(address("late", delegation), terms(delegation))
    after = browser.get(reverse("registration:desk")).content.decode()

    shown = [f'href="{address(name, delegation)}"' for name in ("late", "requests")]
    assert [[page.count(one) for one in shown] for page in (before, after)] == [[1, 0], [0, 1]]


def test_late_page_without_a_reason_keeps_what_was_typed():
    delegation = close(draft())

    page = browser_of(coordinator(delegation)).post(address("late", delegation), terms(delegation, why=" "))

    assert (page.status_code, list(page.context["form"].errors)) == (200, ["why"])
    assert ChangeRequest.objects.count() == 0


def test_late_page_leads_to_the_check_while_registration_is_open():
    delegation = draft()

    page = browser_of(coordinator(delegation)).get(address("late", delegation))

    assert address("check", delegation) in page.content.decode()


def test_late_page_says_what_is_missing():
    delegation = close(draft())
    delegation.participants.update(role="delegate")

    page = browser_of(coordinator(delegation)).get(address("late", delegation))

    assert [verdict.field for verdict, _address in page.context["blocking"]] == ["role"]
    assert "<textarea" not in page.content.decode()


def test_submission_that_arrives_late_keeps_the_draft_and_offers_the_request():
    delegation = draft()
    browser = browser_of(coordinator(delegation))
    close(delegation)

    page = browser.post(address("check", delegation), terms(delegation))

    assert (Delegation.objects.get().status, page.status_code) == ("draft", 200)
    assert address("late", delegation) in page.content.decode()


def test_one_draft_is_asked_for():
    delegation = close(confirm(submit(draft())))
    new = ParticipantFactory(delegation=delegation, function="Member", order=1)

    sent = browser_of(coordinator(delegation)).post(
        address("request_add", delegation), {"person": str(new.pk), "why": "She speaks in the panel."}
    )

    assert sent.url == address("requests", delegation)
    assert ChangeRequest.objects.values_list("kind", "participant").get() == ("add", new.pk)


@pytest.mark.parametrize("person", ["", "0", "999999999", "x", "\x00"])
def test_addition_of_nobody_known_is_refused_at_the_field(person):
    delegation = close(confirm(submit(draft())))
    ParticipantFactory(delegation=delegation, function="Member", order=1)

    page = browser_of(coordinator(delegation)).post(
        address("request_add", delegation), {"person": person, "why": "Why."}
    )

    assert (page.status_code, list(page.context["form"].errors)) == (200, ["person"])


def test_another_person_is_put_instead_while_that_is_open():
    delegation = submit(draft())
    head = delegation.participants.get()

    sent = browser_of(coordinator(delegation)).post(address("substitute", delegation, head.pk), NEW_PERSON)

    assert sent.url == address("people", delegation)
    assert Participant.objects.get(status="submitted").substitutes == head


def test_another_person_is_asked_for_after_the_close():
    delegation = close(submit(draft()))
    head = delegation.participants.get()
    browser = browser_of(coordinator(delegation))

    without = browser.post(address("substitute", delegation, head.pk), NEW_PERSON)
    sent = browser.post(address("substitute", delegation, head.pk), NEW_PERSON | {"why": "She is ill."})

    assert (without.status_code, sent.url) == (200, address("requests", delegation))
    request = ChangeRequest.objects.get()
    assert (request.kind, request.proposal["fields"]["family_names"]) == ("substitute", "Dos")
    assert delegation.participants.get().status == "submitted"


def test_nobody_is_put_instead_of_a_draft():
    delegation = draft()
    head = delegation.participants.get()

    page = browser_of(coordinator(delegation)).get(address("substitute", delegation, head.pk))

    assert page.status_code == 404


def edit_of(delegation: Delegation) -> ChangeRequest:
    return services.request_change(
        delegation=delegation,
        participant=delegation.participants.get(),
        kind="edit",
        proposal={"function": "Senadora"},
        why="New office.",
        actor=coordinator(delegation),
    )


def test_list_shows_what_would_change_and_what_was_answered():
    delegation = close(confirm(submit(draft())))
    browser, request = browser_of(coordinator(delegation)), edit_of(delegation)

    pending = browser.get(address("requests", delegation)).context["entries"]
    services.answer_request(request=request, accept=False, answer="Not a senator.", actor=StaffFactory())
    page = browser.get(address("requests", delegation))

    assert [tuple(one) for one in pending[0].differences] == [("function", "Member", "Senadora")]
    assert page.context["entries"][0].differences == []
    assert "Not a senator." in page.content.decode()


def test_request_is_taken_back_and_a_second_click_is_told():
    delegation = close(confirm(submit(draft())))
    browser, request = browser_of(coordinator(delegation)), edit_of(delegation)
    take_back = address("request_take_back", delegation, request.pk)

    first = browser.post(take_back, follow=True)
    second = browser.post(take_back, follow=True)

    said = [[str(one) for one in page.context["messages"]] for page in (first, second)]
    assert said[0] == ["You have taken the request back."]
    assert said[1] == [str(services.AlreadyAnswered.sentence)]


def test_list_costs_the_same_number_of_queries_for_any_number_of_requests(django_assert_max_num_queries):
    delegation = close(confirm(submit(draft())))
    for number in range(5):
        person = ParticipantFactory(delegation=delegation, status="submitted", order=number + 1)
        services.request_change(
            delegation=delegation,
            participant=person,
            kind="cancel",
            proposal={},
            why="Ill.",
            actor=coordinator(delegation),
        )
    browser = browser_of(coordinator(delegation))

    with django_assert_max_num_queries(30):
        page = browser.get(address("requests", delegation))

    assert len(page.context["entries"]) == 5


def test_another_role_of_the_substitute_is_asked_its_own_fields_and_keeps_what_was_typed():
    delegation = confirm(submit(draft(people=1)))
    head = delegation.participants.get()
    typed = NEW_PERSON | {"role": "accompanying", "action": "role"}

    page = browser_of(coordinator(delegation)).post(address("substitute", delegation, head.pk), typed)

    form = page.context["form"]
    assert ("accompanies" in form.fields, form["family_names"].value()) == (True, "Dos")
    assert Participant.objects.get() == head


POSTS = ["late", "request_add", "check", "withdraw", "substitute", "request_take_back"]


@pytest.mark.parametrize("name", POSTS)
def test_stranger_moves_nothing(name):
    delegation = close(confirm(submit(draft())))
    request = edit_of(delegation)
    keys = {"substitute": [delegation.participants.get().pk], "request_take_back": [request.pk]}

    answer = browser_of(UserFactory()).post(
        address(name, delegation, *keys.get(name, [])), terms(delegation) | NEW_PERSON
    )

    assert answer.status_code == 404
    assert (Delegation.objects.get().status, ChangeRequest.objects.get().state) == ("confirmed", "pending")


def test_officer_asks_on_behalf_on_the_same_page():
    delegation = close(confirm(submit(draft())))
    page = browser_of(StaffFactory()).get(address("requests", delegation))

    assert "You act on behalf of" in page.content.decode()
