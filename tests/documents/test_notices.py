"""Letters and mails after an event is cancelled, postponed or edited."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from documents import services
from documents.models import Delivery, Kind
from documents.services import notices
from events import services as event_services
from events.models import Event
from jobs.models import OutgoingMail, State
from registration import mailing
from registration.models import Delegation, Invitation
from registration.services import remind
from tests.documents.issuing import deliver_all, invite_with_letter, letter_for
from tests.factories import (
    DelegationFactory,
    EventMemberFactory,
    ReminderFactory,
    UserFactory,
    WindowFactory,
)
from tests.forms import next_messages

pytestmark = pytest.mark.django_db
PAGE = "/en/desk/events/workshop/documents/notice/"


@pytest.fixture
def published(event):
    Event.objects.filter(pk=event.pk).update(status=Event.Status.PUBLISHED)
    event.refresh_from_db()
    return event


def cancelled(event, actor):
    return event_services.cancel(event=event, actor=actor)


def test_contacts_and_coordinators_are_told_each_once_and_the_others_are_not(published, actor):
    holder, _letter = invite_with_letter(published, "UY", contacts=2)
    coordinator = UserFactory(language="es")
    DelegationFactory(event=published, organisation=holder.organisation, coordinators=[coordinator])
    invite_with_letter(published, "CL", letter=False)
    event = cancelled(published, actor)

    count = notices.notify(event=event, actor=actor)
    again = notices.notify(event=event, actor=actor)

    addresses = {one.email for one in holder.organisation.parliament.contacts.all()} | {coordinator.email}
    assert (count, again) == (3, 0)
    assert {mail.to for mail in OutgoingMail.objects.all()} == addresses
    assert {(mail.kind, mail.state, mail.paced) for mail in OutgoingMail.objects.all()} == {
        ("event_cancelled", State.QUEUED, True)
    }
    assert OutgoingMail.objects.get(to=coordinator.email).language == "es"


def test_who_had_copies_of_letters_is_told_once(published, actor):
    invite_with_letter(published, "UY")
    invite_with_letter(published, "CL", language="es")
    services.compose_issue(event=published, cc=["copies@secretariat.example"], actor=actor)
    OutgoingMail.objects.update(state=State.DONE)
    event = cancelled(published, actor)

    count = notices.notify(event=event, actor=actor)

    told = OutgoingMail.objects.filter(kind="event_cancelled")
    assert (count, told.filter(to="copies@secretariat.example").count()) == (3, 1)
    assert notices.notice_page(event).not_notified == 0


def test_contact_added_afterwards_is_told_too(published, actor):
    holder, _letter = invite_with_letter(published, "UY")
    event = cancelled(published, actor)
    notices.notify(event=event, actor=actor)
    holder.organisation.parliament.contacts.create(email="second@parliament.example")

    assert notices.notify(event=event, actor=actor) == 1


def test_event_moved_twice_is_told_of_twice(published, actor):
    invite_with_letter(published, "UY")
    event = event_services.postpone(event=published, actor=actor)
    notices.notify(event=event, actor=actor)
    event = cancelled(event, actor)

    assert notices.notify(event=event, actor=actor) == 1

    assert set(OutgoingMail.objects.values_list("kind", flat=True)) == {"event_cancelled", "event_postponed"}


def test_nothing_is_told_of_an_event_that_takes_place(published, actor):
    invite_with_letter(published, "UY")

    with pytest.raises(notices.NoNoticeNeeded):
        notices.notify(event=published, actor=actor)


def test_mails_that_invite_are_taken_back_once_the_event_is_off(published, actor):
    for code in ("CL", "GB", "UY"):
        invite_with_letter(published, code)
    drafts = services.compose_issue(event=published, actor=actor).mails
    services.issue(event=published, mails=drafts[:1], actor=actor)
    deliver_all()
    services.issue(event=published, mails=drafts[1:2], actor=actor)
    invitation = Invitation.objects.with_parliament().get(organisation__code="GB")
    mailing.invitation(invitation, invitation.organisation.parliament.contacts.get())
    WindowFactory(event=published)
    ReminderFactory(event=published)
    Invitation.objects.update(mailed_at=timezone.now())
    assert remind() == 3
    cancelled(published, actor)

    assert notices.withdraw_for_moved_events() == 6
    assert notices.withdraw_for_moved_events() == 0

    reminders = OutgoingMail.objects.filter(kind="reminder")
    off = (State.CANCELLED, "The event has been cancelled or postponed since.")
    assert [(one.state, one.reason) for one in reminders] == [off] * 3
    assert [one.state for one in Delivery.objects.with_mail()] == [
        Delivery.State.SENT,
        Delivery.State.TAKEN_BACK,
        Delivery.State.TAKEN_BACK,
    ]


def test_mails_of_other_events_and_receipts_are_left_alone(published, actor):
    invite_with_letter(published, "UY")
    services.compose_issue(event=published, actor=actor)
    OutgoingMail.objects.create(kind="receipt", to="a@unit.example", message_id="<r>", event_id=published.pk)

    assert notices.withdraw_for_moved_events() == 0
    cancelled(published, actor)
    notices.withdraw_for_moved_events()

    assert OutgoingMail.objects.get(kind="receipt").state == State.QUEUED


def test_notice_that_has_not_left_is_taken_back_when_the_event_is_held_after_all(published, actor):
    invite_with_letter(published, "UY")
    event = event_services.postpone(event=published, actor=actor)
    notices.notify(event=event, actor=actor)
    Event.objects.update(status=Event.Status.PUBLISHED)

    assert notices.withdraw_for_moved_events() == 1


def test_page_says_who_holds_what_and_tells_them(client, published, actor):
    invite_with_letter(published, "UY")
    client.force_login(EventMemberFactory(event=published).user)
    cancelled(published, actor)

    page = client.get(PAGE)
    client.post(PAGE)
    again = client.post(PAGE)

    assert next_messages(again) == ["1 mail is on its way.", "Everybody has been told already."]
    assert [(one.name, one.documents) for one in page.context["news"].holders] == [
        ("Parliament of Specimen UY", 1)
    ]
    assert (page.context["news"].not_notified, page.context["news"].notified) == (1, 0)
    assert OutgoingMail.objects.filter(kind="event_cancelled").count() == 1


def test_papers_of_a_delegation_are_counted_with_the_letter_to_its_parliament(published, actor):
    invitation, _letter = invite_with_letter(published, "UY")
    delegation = DelegationFactory(event=published, organisation=invitation.organisation)
    about_a_person = {"kind": Kind.VISA_LETTER, "subject": "UY-1", "organisation": None}
    letter_for(invitation, "es", delegation=delegation, **about_a_person)
    group = DelegationFactory(event=published, organisation=None, group=Delegation.Group.PRESS)
    letter_for(invitation, "en", delegation=group, **about_a_person)

    found = notices.holders(cancelled(published, actor))

    assert {one.body.delegation: one.documents for one in found} == {delegation: 2, group: 1}


def test_page_of_an_event_that_takes_place_has_nothing_to_tell(client, published):
    client.force_login(EventMemberFactory(event=published).user)

    assert "there is nothing to tell" in client.get(PAGE).content.decode()
    assert client.post(PAGE, follow=True).status_code == 200


def test_page_that_asks_says_what_is_taken_back_whom_it_concerns_and_who_was_told(client, published, actor):
    invite_with_letter(published, "UY")
    services.compose_issue(event=published, actor=actor)
    client.force_login(actor)
    cancelling, publishing, unpublishing = (
        reverse(f"admin:events_event_{move}", args=[published.pk])
        for move in ("cancel", "publish", "unpublish")
    )

    before = client.get(cancelling).content.decode()
    notices.notify(event=cancelled(published, actor), actor=actor)
    after, hidden = (client.get(page).context["cases"][0].follows for page in (publishing, unpublishing))

    assert "have not left: 1. They are taken back." in before
    assert "a link or a registration: 1. They are told once you say so" in before
    assert ([line[:48] for line in after], hidden) == (
        ["Addresses that were told that the event is off: "],
        [],
    )


def test_cancelling_in_the_administration_takes_mails_back_and_leads_to_the_notice(client, published, actor):
    invite_with_letter(published, "UY")
    services.compose_issue(event=published, actor=actor)
    client.force_login(actor)

    page = client.post(
        reverse("admin:events_event_cancel", args=[published.pk]), {"confirmed": "yes"}, follow=True
    )

    said = " ".join(str(message) for message in page.context["messages"])
    assert reverse("documents:notice", args=["workshop"]) in said
    assert [one.state for one in Delivery.objects.with_mail()] == [Delivery.State.TAKEN_BACK]


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_nobody_is_invited_to_an_event_that_is_off(order, invite, event, status):
    uruguay = invite("UY")
    event.status = status
    event.save()

    with pytest.raises(services.NothingToWrite, match="cancelled or postponed"):
        order(uruguay)
    with pytest.raises(services.NothingToWrite, match="cancelled or postponed"):
        services.preview(event=event, kind=Kind.INVITATION, organisations=[uruguay], date=date(2031, 2, 1))
