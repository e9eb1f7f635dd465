"""A coordinator opens the personal link, enters a delegation, submits it and gets an answer from the secretariat."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from registration import links, services
from registration.models import ChangeRequest, Delegation, Participant, Rule
from tests.factories import (
    ContactFactory,
    InvitationFactory,
    RuleFactory,
    StaffFactory,
    UserFactory,
    WindowFactory,
)
from tests.journeys.coordinator import (
    OVERVIEW,
    add_people,
    address_of,
    button,
    link,
    open_check,
    open_personal_link,
    submit,
    translated,
    write_person,
)
from tests.journeys.doors import sign_in
from tests.servers import eventually

TEN = [
    ("delegate", "Specimen", "One"),
    ("delegate", "Muestra", "Dos de la Tres"),
    ("delegate", "عينة", "أربعة"),
    ("delegate", "Образец", "Пять"),
    ("delegate", "样本", "六"),
    ("delegate", "ናሙና", ""),
    ("delegate", "Muestra", "Ocho"),
    ("delegate", "Specimen", "Nine"),
    ("delegate", "Specimen", "Ten"),
    ("staff", "Muestra", "Once"),
]
WAYS = [
    pytest.param("en", 1280, True, id="desk"),
    pytest.param("es", 390, True, id="telephone in Spanish"),
    pytest.param("en", 390, False, id="telephone without script"),
    pytest.param("es", 1280, False, id="desk in Spanish without script"),
]


@pytest.fixture
def invitation():
    """An invitation to an event with at most eight members per delegation."""
    invitation = links.set_fingerprint(InvitationFactory())
    invitation.save()
    WindowFactory(event=invitation.event)
    RuleFactory(event=invitation.event, number=8, severity=Rule.Severity.BLOCK, category="members")
    RuleFactory(event=invitation.event, kind=Rule.Kind.ONE_HEAD, number=None, severity=Rule.Severity.BLOCK)
    ContactFactory(parliament=invitation.organisation.parliament)
    return invitation


@pytest.mark.parametrize(("language", "width", "script"), WAYS)
def test_coordinator_registers_ten_people_to_the_end(
    open_page, mailbox, assert_accessible, invitation, language, width, script
):
    page = open_page(width, script=script)
    open_personal_link(page, mailbox, invitation, language)
    expect(page).to_have_url(OVERVIEW)

    page.goto(page.url + "people/")
    add_people(page, language, TEN)
    expect(page.locator(".people-table tbody tr")).to_have_count(10)
    open_check(page)
    expect(button(page, "Submit registration", language)).to_have_count(0)
    if script:
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") == width
    change_role(page, language, place=1, role="head")
    change_role(page, language, place=9, role="adviser")
    open_check(page)
    submit(page, language)

    expect(page).to_have_url(OVERVIEW)
    delegation = Delegation.objects.get()
    assert statuses(delegation) == {Participant.Status.SUBMITTED: 10}
    eventually(lambda: len(mailbox.to(address_of(invitation))) == 2)  # the code and the receipt
    return_delegation(delegation)
    page.goto(page.url)
    expect(page.get_by_text("Specimen reason")).to_be_visible()
    open_check(page)
    submit(page, language)
    confirm(delegation)
    close_registration(delegation)
    ask_for_a_change(page, language, delegation)
    assert ChangeRequest.objects.get().kind == ChangeRequest.Kind.EDIT
    assert statuses(delegation) == {Participant.Status.CONFIRMED: 10}


def change_role(page, language, *, place, role):
    """Change the role of the person at this place of the list, counted from 1."""
    page.goto(page.url.partition("check/")[0].partition("people/")[0] + "people/")
    page.locator(".people-table tbody tr").nth(place - 1).locator("th a").click()
    page.locator("#id_role").select_option(role)
    page.locator(".button[value=save]").click()
    expect(page.locator(".people-table")).to_be_visible()


def statuses(delegation):
    found = list(delegation.participants.values_list("status", flat=True))
    return {status: found.count(status) for status in set(found)}


def return_delegation(delegation):
    delegation.refresh_from_db()
    services.return_delegation(
        delegation=delegation,
        version=delegation.version,
        reason="Specimen reason: look again.",
        actor=StaffFactory(),
    )


def confirm(delegation):
    delegation.refresh_from_db()
    services.confirm_delegation(delegation=delegation, version=delegation.version, actor=StaffFactory())


def close_registration(delegation):
    """Set the deadline to one minute ago."""
    delegation.event.windows.update(closes_at=timezone.now() - timedelta(minutes=1))


def ask_for_a_change(page, language, delegation):
    """Request a change after the deadline, with the reason that the person's page requires."""
    page.goto(f"/{language}" + delegation.participants.in_order()[2].get_absolute_url()[3:])
    page.locator("#id_given_names").fill("Muestra Cambiada")
    page.locator("#id_why").fill("The passport says so.")
    button(page, "Request this change", language).click()
    expect(
        page.get_by_text(translated("Your request has been sent to the secretariat.", language))
    ).to_be_visible()


def test_draft_is_saved_while_it_is_typed(page, mailbox, invitation):
    open_personal_link(page, mailbox, invitation)
    page.goto(page.url + "people/add/")
    another = page.locator(".button[value=another]")
    height = another.evaluate("button => button.offsetTop")

    write_person(page, "head", "Specimen", "Unsaved")

    expect(page.locator("#saved")).to_be_visible()
    assert another.evaluate("button => button.offsetTop") == height  # it must not move under the pointer
    eventually(lambda: Participant.objects.filter(family_names="Unsaved", function="Diputada").exists())
    assert Participant.objects.count() == 1


def test_coordinator_removes_a_person_and_takes_it_back(page, mailbox, invitation):
    open_personal_link(page, mailbox, invitation)
    page.goto(page.url + "people/")
    add_people(page, "en", TEN[:2])

    page.get_by_role("button", name="Remove – Specimen One").click()
    expect(page.locator(".people-table tbody tr")).to_have_count(1)
    page.get_by_role("button", name="Undo – Specimen One").click()

    expect(page.locator(".people-table tbody tr")).to_have_count(2)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_registration_after_the_deadline_becomes_a_request(open_page, mailbox, invitation, script):
    page = open_page(390, script=script)
    open_personal_link(page, mailbox, invitation)
    page.goto(page.url + "people/")
    add_people(page, "en", [("head", "Specimen", "Late")])
    open_check(page)

    close_registration(Delegation.objects.get())
    submit(page, "en")
    expect(page).to_have_title(re.compile("^Error:"))
    open_check(page)
    link(page, "Request late registration", "en").click()
    page.locator("#id_why").fill("The Bureau decided tonight.")
    for box in page.locator("main form input[type=checkbox]").all():
        box.check()
    button(page, "Request late registration", "en").click()

    expect(page.get_by_text("awaiting the secretariat").first).to_be_visible()
    request = ChangeRequest.objects.get()
    services.answer_request(request=request, accept=True, answer="", actor=StaffFactory())
    assert statuses(request.delegation) == {Participant.Status.SUBMITTED: 1}


def test_lost_link_reaches_the_parliament_and_nobody_else(open_page, mailbox, assert_accessible, invitation):
    page = open_page(390, script=False)
    page.goto(f"/en/events/{invitation.event.slug}/")

    link(page, "I have lost my link", "en").click()
    page.locator("#id_invitation").select_option(str(invitation.pk))
    button(page, "Send the link", "en").click()

    expect(page.get_by_role("heading", name="Your request has been received")).to_be_visible()
    contact = invitation.organisation.parliament.contacts.get().email
    eventually(lambda: mailbox.to(contact))
    text = mailbox.to(contact)[0].get_body(("plain",)).get_content()
    path = urlsplit(links.personal_link(invitation.pk, "en")).path
    assert path in text
    page.goto(path)
    expect(page.locator("#id_email")).to_be_visible()


def test_coordination_is_handed_over(open_page, mailbox, invitation):
    first, colleague = open_page(), UserFactory(email="colleague@parliament.example")
    open_personal_link(first, mailbox, invitation)
    first.goto(first.url + "coordinators/")
    first.locator("#id_email").fill(colleague.email)
    button(first, "Send the invitation", "en").click()

    second = open_page(390)
    eventually(lambda: mailbox.to(colleague.email))
    sign_in(second, colleague.email, mailbox, path="/en/desk/")
    second.get_by_role("button", name="Coordinate this delegation").click()
    first.reload()
    first.get_by_text("Hand over – colleague@parliament.example").click()
    first.get_by_role("button", name="Hand over to this person").click()

    expect(first.get_by_text("Hand over")).to_have_count(0)
    delegation = Delegation.objects.get()
    assert delegation.lead == colleague
    assert {user.email for user in delegation.coordinators.all()} == {address_of(invitation), colleague.email}


def test_second_person_with_the_link_is_told_and_changes_nothing(open_page, mailbox, invitation):
    open_personal_link(open_page(), mailbox, invitation)
    second = open_page()

    open_personal_link(second, mailbox, invitation, email="second@parliament.example")

    expect(second.get_by_role("heading", level=1)).to_be_visible()
    assert [user.email for user in Delegation.objects.get().coordinators.all()] == [address_of(invitation)]
