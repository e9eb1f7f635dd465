"""The page of the details: saving, conflicts, requests after the deadline, read-only at the end."""

import pytest
from django.test import Client

from events.models import Event
from registration.models import ChangeRequest, Delegation
from tests.registration.assembly import address, assembly_draft, said, text_of
from tests.registration.browser import browser_of
from tests.registration.samples import coordinator
from tests.registration.test_parts import over

pytestmark = pytest.mark.django_db


@pytest.fixture
def delegation() -> Delegation:
    return assembly_draft()


@pytest.fixture
def client(delegation) -> Client:
    return browser_of(coordinator(delegation))


def test_details_are_saved_and_lead_back(client, delegation):
    landed = client.post(
        address("details", delegation.pk),
        {"version": delegation.version, "composition": "Four members", "expected_number": "6"},
        follow=True,
    )

    assert said(landed) == ["The details of the delegation are saved."]
    assert landed.redirect_chain[-1][0] == delegation.get_absolute_url()
    assert Delegation.objects.values_list("composition", "expected_number").get() == ("Four members", 6)


def test_language_switch_saves_the_details_first(client, delegation):
    response = client.post(
        address("details", delegation.pk),
        {"version": delegation.version, "remarks": "Kept", "action": "language-es"},
    )

    assert response.url == f"/es/desk/delegations/{delegation.pk}/details/"
    assert Delegation.objects.get().remarks == "Kept"


def test_language_switch_with_a_refused_value_shows_the_page_in_that_language(client, delegation):
    response = client.post(
        address("details", delegation.pk),
        {"version": delegation.version, "expected_number": "many", "action": "language-es"},
    )

    page = response.content.decode()
    assert '<html lang="es">' in page
    assert f'action="/es/desk/delegations/{delegation.pk}/details/"' in page
    assert response.context["form"]["expected_number"].value() == "many"


def test_second_tab_is_told_what_was_saved_and_keeps_what_was_typed(client, delegation):
    path, shown = address("details", delegation.pk), delegation.version
    client.post(path, {"version": shown, "remarks": "First tab"})

    second = client.post(path, {"version": shown, "remarks": "Second tab"})
    again = client.post(path, {"version": second.context["form"].shown_version, "remarks": "Second tab"})

    assert second.context["form"].conflicts == [("Remarks", "First tab", "Second tab")]
    assert '<td data-label="Saved there"><bdi>First tab</bdi></td>' in text_of(second)
    assert second.context["form"]["remarks"].value() == "Second tab"
    assert again.status_code == 302
    assert Delegation.objects.get().remarks == "Second tab"


def test_refused_details_keep_what_was_typed(client, delegation):
    typed = {"version": "1", "expected_number": "-3", "second_contact_email": "nobody", "remarks": "Kept"}

    page = client.post(address("details", delegation.pk), typed)

    assert sorted(page.context["form"].errors) == ["expected_number", "second_contact_email"]
    assert "<title>Error: " in text_of(page)
    assert [page.context["form"][name].value() for name in ("expected_number", "remarks")] == ["-3", "Kept"]
    assert Delegation.objects.get().remarks == ""


def test_details_of_a_submitted_delegation_are_asked_for_after_the_close(client, delegation):
    Delegation.objects.update(status="submitted")
    over(delegation)
    path = address("details", delegation.pk)
    typed = {"version": delegation.version, "composition": "Three members", "expected_number": "3"}

    page = text_of(client.get(path))
    landed = client.post(path, typed | {"action": "request", "why": "One is ill."}, follow=True)

    assert "Write what has changed and why" in page
    assert said(landed) == ["Your request has been sent to the secretariat."]
    assert "<ins>Three members</ins>" in text_of(landed)
    assert Delegation.objects.get().composition == ""
    assert ChangeRequest.objects.values_list("kind", "participant", "why").get() == (
        "details",
        None,
        "One is ill.",
    )


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"action": "request", "remarks": "Changed"}, "This field is required."),
        ({"action": "request", "why": "Why."}, "Nothing differs from what is registered."),
        ({"action": "save", "remarks": "Changed"}, "You can ask the secretariat for the change."),
    ],
    ids=["without a reason", "without a change", "saved from an older page"],
)
def test_refused_request_for_details_keeps_what_was_typed(client, delegation, typed, words):
    Delegation.objects.update(status="submitted")
    over(delegation)

    page = client.post(address("details", delegation.pk), {"version": delegation.version} | typed)

    assert words in text_of(page)
    assert "<title>Error: " in text_of(page)
    assert page.context["form"]["remarks"].value() == typed.get("remarks")
    assert 'value="request">Request this change' in text_of(page)
    assert not ChangeRequest.objects.exists()


def test_details_are_read_once_the_event_is_over(client, delegation):
    Delegation.objects.update(status="submitted")
    Event.objects.update(first_day="2020-01-01", last_day="2020-01-02")

    page = text_of(client.get(address("details", delegation.pk)))

    assert "This can no longer be changed here." in page
    assert "<textarea" not in page
