"""Delegations without an invitation, and groups of the secretariat."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from events.models import Event
from registration import services
from registration.models import Delegation
from tests.factories import (
    DelegationFactory,
    EventFactory,
    InvitationFactory,
    OrganisationFactory,
    PanellistFactory,
    ParticipantFactory,
    SessionFactory,
    StaffFactory,
    WindowFactory,
)
from tests.race import at_once
from tests.registration.office import page_of, said, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def client() -> Client:
    browser = Client()
    browser.force_login(StaffFactory())
    return browser


def add(client: Client, event: Event, **fields: object):
    return client.post(page_of("delegation", "add"), {"event": event.pk, **fields}, follow=True)


def group_of(event: Event) -> Delegation:
    return DelegationFactory(event=event, organisation=None, group="panellists")


def test_delegation_of_any_organisation_is_added_without_invitation(client):
    event, organisation = EventFactory(), OrganisationFactory()

    answer = add(client, event, organisation=organisation.pk)

    delegation = Delegation.objects.get()
    assert said(answer) == ["Added. Now enter its people, on the coordinator’s pages."]
    assert answer.redirect_chain[-1][0] == page_of("delegation", "change", delegation.pk)
    assert (delegation.event, delegation.organisation, delegation.invitation) == (event, organisation, None)
    assert AuditEntry.objects.get(verb="delegation.added").object_id == delegation.pk


def test_delegation_of_an_invited_parliament_is_joined_to_its_invitation(client):
    invitation = InvitationFactory()

    add(client, invitation.event, organisation=invitation.organisation.pk)

    assert Delegation.objects.get().invitation == invitation


@pytest.mark.parametrize("group", Delegation.Group.values)
def test_group_is_added_and_named_in_the_list(client, group):
    add(client, EventFactory(), group=group)

    listed = text_of(client.get(page_of("delegation", "changelist")))

    assert Delegation.objects.get().group == group
    assert str(Delegation.Group(group).label) in listed


@pytest.mark.parametrize("fields", [{}, {"organisation": True, "group": "press"}])
def test_organisation_or_group_is_chosen_and_not_both(client, fields):
    chosen = fields | ({"organisation": OrganisationFactory().pk} if "organisation" in fields else {})

    answer = add(client, EventFactory(), **chosen)

    assert list(answer.context["form"].errors["organisation"]) == [
        "Choose an organization or a group, not both."
    ]
    assert Delegation.objects.count() == 0


def test_group_that_is_there_already_is_opened(client):
    event = EventFactory()
    there = group_of(event)

    answer = add(client, event, group="panellists")

    assert said(answer) == ["Nothing was added: this event already has “Panellists”."]
    assert answer.redirect_chain[-1][0] == page_of("delegation", "change", there.pk)


@pytest.mark.django_db(transaction=True)
def test_two_officers_who_add_the_same_at_once_have_one_group():
    event, officer = EventFactory(), StaffFactory()

    results = at_once(
        2,
        lambda: services.add_delegation(event=event, organisation=None, group="press", actor=officer),
        services.AlreadyThere,
    )

    assert sorted(type(result).__name__ for result in results) == ["AlreadyThere", "Delegation"]
    assert AuditEntry.objects.filter(verb="delegation.added").count() == 1


def test_panellists_of_the_programme_are_taken_over_once_each(client):
    event = EventFactory()
    organisation = OrganisationFactory(name_en="Specimen Union")
    for name in ("Specimen One", "Muestra Dos", "specimen  one"):
        PanellistFactory(
            session=SessionFactory(event=event),
            name=name,
            function_en="Director",
            function_es="Directora",
            organisation=organisation,
        )
    PanellistFactory(name="Somebody Elsewhere")
    group = group_of(event)

    answer = client.post(page_of("delegation", "panellists", group.pk), follow=True)

    people = [
        (one.full_name, one.role, one.status, one.function, one.function_translation, one.affiliation)
        for one in group.participants.in_order()
    ]
    assert said(answer) == ["2 people entered."]
    assert people == [
        (name, "speaker", "draft", "Director", "Directora", "Specimen Union")
        for name in ("Specimen One", "Muestra Dos")
    ]
    assert answer.context["page"].panellists == 0


def test_panellists_who_are_in_the_group_are_not_taken_again(client):
    event = EventFactory()
    group = group_of(event)
    ParticipantFactory(delegation=group, given_names="Specimen", family_names="One", status="cancelled")
    PanellistFactory(session=SessionFactory(event=event), name="Specimen One")

    answer = client.post(page_of("delegation", "panellists", group.pk), follow=True)

    assert said(answer) == ["Nobody was entered: everybody of the programme is in this group already."]
    assert group.participants.count() == 1


def test_other_groups_are_not_offered_the_panellists(client):
    event = EventFactory()
    PanellistFactory(session=SessionFactory(event=event))
    press = DelegationFactory(event=event, organisation=None, group="press")

    page = client.get(page_of("delegation", "change", press.pk)).context["page"]

    assert page.panellists == 0


def test_group_is_entered_submitted_and_confirmed_by_the_secretariat(client):
    group, officer = group_of(EventFactory()), StaffFactory()
    WindowFactory(event=group.event, closes_at=timezone.now() - timedelta(days=1))
    person = services.save_person(
        delegation=group,
        person=None,
        fields={"role": "speaker", "family_names": "Specimen One", "function": "Director", "gender": "woman"},
        version=None,
        language="en",
        actor=officer,
    )
    group.refresh_from_db()
    submitted = services.submit_delegation(
        delegation=group, version=group.version, privacy_read=True, actor=officer
    ).delegation

    client.post(page_of("delegation", "confirm", group.pk), {"version": submitted.version})

    person.refresh_from_db()
    assert person.status == "confirmed"


def test_pages_of_the_coordinator_are_the_secretariats_for_a_group(client):
    group = group_of(EventFactory())
    names = ("delegation", "people", "person_add", "check", "coordinators")

    answers = {
        name: client.get(reverse(f"registration:{name}", args=[group.pk])).status_code for name in names
    }

    assert answers == dict.fromkeys(names, 200)
