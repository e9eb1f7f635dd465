"""Options that the admin hides for a row to which others refer."""

import pytest
from django.urls import reverse

from tests.factories import (
    BatchFactory,
    EventFactory,
    EventOrganiserFactory,
    InvitationFactory,
    OrganisationFactory,
    ParliamentFactory,
    SessionFactory,
    StaffFactory,
)
from tests.forms import admin_address, form_values

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("staff")]


@pytest.fixture
def staff(client):
    client.force_login(StaffFactory())


def delete_link(obj):
    return f'href="{reverse(f"admin:events_{obj._meta.model_name}_delete", args=[obj.pk])}"'


def test_event_with_its_own_parts_alone_can_be_deleted(client):
    event = SessionFactory().event

    assert delete_link(event) in client.get(admin_address(event)).content.decode()


@pytest.mark.parametrize("factory", [BatchFactory, InvitationFactory])
def test_event_that_something_keeps_is_not_offered_to_be_deleted(client, factory):
    event = factory().event

    assert delete_link(event) not in client.get(admin_address(event)).content.decode()


def test_code_of_a_body_that_nothing_refers_to_can_be_corrected(client):
    body = OrganisationFactory(code="x-typo")

    client.post(admin_address(body), form_values(client.get(admin_address(body))) | {"code": "x-right"})

    body.refresh_from_db()
    assert body.code == "x-right"


@pytest.mark.parametrize(
    "refer",
    [
        lambda body: ParliamentFactory(organisation=body),
        lambda body: EventOrganiserFactory(organisation=body),
        lambda body: BatchFactory(event=EventFactory()).organisations.add(body),
    ],
    ids=["one to one", "foreign key", "many to many without a name"],
)
def test_code_of_a_body_that_something_refers_to_stays(client, refer):
    body = OrganisationFactory(code="x-old")
    refer(body)

    client.post(admin_address(body), form_values(client.get(admin_address(body))) | {"code": "x-new"})

    body.refresh_from_db()
    assert body.code == "x-old"
