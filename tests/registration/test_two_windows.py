"""The form open in two windows: the second to save is told, and nothing is lost on either side."""

import pytest
from django.test import Client

from registration.models import Delegation, Participant
from tests.registration.browser import form_of, post, row, stored_row
from tests.registration.samples import coordinator, draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def delegation() -> Delegation:
    return draft(people=1)


@pytest.fixture
def client(delegation) -> Client:
    browser = Client()
    browser.force_login(coordinator(delegation))
    return browser


def test_two_windows_the_second_is_told_and_loses_nothing(client, delegation):
    head = delegation.participants.get()
    second_window = form_of(delegation, stored_row(head, function="Typed here"), row(given_names="New"))
    post(
        client,
        delegation,
        stored_row(head, function="Saved there"),
        row(given_names="Added", family_names="There"),
    )

    told = client.post(delegation.get_absolute_url(), second_window)

    form = told.context["draft"]
    assert form.differences == [
        f"{head.full_name}: the function stored is “Saved there”.",
        "Added There has been added there.",
    ]
    assert [one["function"].value() for one in form.people] == ["Typed here", "Member", "Member"]
    assert [one["given_names"].value() for one in form.people] == [head.given_names, "New", "Added"]
    assert form.details["version"].value() == 2
    assert Participant.objects.get(pk=head.pk).function == "Saved there"


def test_person_removed_in_the_other_window_is_new_in_this_one(client, delegation):
    head = delegation.participants.get()
    second_window = form_of(delegation, stored_row(head))
    post(client, delegation, stored_row(head, remove="1"))

    told = client.post(delegation.get_absolute_url(), second_window)

    form = told.context["draft"]
    assert form.differences == [f"{head.full_name} has been removed there."]
    assert [one["pk"].value() for one in form.people] == [""]


def test_second_window_wins_when_it_saves_again(client, delegation):
    head = delegation.participants.get()
    post(client, delegation, stored_row(head, function="Saved there"))
    delegation.refresh_from_db()

    post(client, delegation, stored_row(head, function="Typed here"))

    assert Participant.objects.get().function == "Typed here"
