"""Letters are made by workers, reviewed, sent, and corrected after the event's dates have changed."""

import hashlib
import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest

import stack
from accounts.models import User
from documents import services
from documents.models import Delivery, Document
from events.models import Event
from jobs.models import OutgoingMail, State
from registration import links
from registration.models import Invitation
from tests import servers
from tests.factories import (
    ContactFactory,
    EventMemberFactory,
    InvitationFactory,
    SignatoryFactory,
    TemplateFactory,
)

LETTERS = 12


@pytest.fixture
def event() -> Event:
    """An event to which parliaments are invited, each with one contact."""
    template = TemplateFactory(event__slug="workshop")
    SignatoryFactory(template=template)
    for invitation in InvitationFactory.create_batch(LETTERS, event=template.event):
        ContactFactory(parliament=invitation.organisation.parliament)
        links.set_fingerprint(invitation).save(update_fields=["token_hash"])
    return template.event


@pytest.fixture
def organiser(event: Event) -> User:
    return EventMemberFactory(event=event).user


def issue_all(event: Event, organiser: User) -> list[OutgoingMail]:
    """Have the workers make all letters, release their mails, and return the mails."""
    bodies = [invitation.organisation for invitation in event.invitations.all()]
    services.order_batch(event=event, organisations=bodies, date=date(2026, 4, 23), actor=organiser)
    servers.eventually(lambda: Document.objects.current().count() == LETTERS, seconds=90)
    mails = services.compose_issue(event=event, actor=organiser).mails
    services.issue(event=event, mails=mails, actor=organiser)
    return mails


def ended(kind: str) -> int:
    return OutgoingMail.objects.filter(kind=kind, state__in=[State.DONE, State.FAILED]).count()


def test_letters_reach_each_parliament_once_and_a_bad_address_stops_nobody(
    redis: servers.Redis,
    worker: Callable[..., stack.Service],
    sweeper: Callable[..., stack.Service],
    mailbox: servers.Mailbox,
    event: Event,
    organiser: User,
) -> None:
    bad = Invitation.objects.first().organisation.parliament.contacts.get()
    mailbox.unknown.add(bad.email)
    worker()
    sweeper(MAIL_PER_MINUTE="1000", MAIL_PER_DOMAIN_PER_MINUTE="1000")

    mails = issue_all(event, organiser)
    servers.eventually(lambda: ended("letter") == LETTERS, seconds=60)

    assert sorted(str(message["To"]) for message in mailbox.messages) == sorted(
        mail.to for mail in mails if mail.to != bad.email
    )
    for message in mailbox.messages:
        delivery = Delivery.objects.select_related("document").get(mail__message_id=message["Message-ID"])
        (file,) = message.iter_attachments()
        assert hashlib.sha256(file.get_content()).hexdigest() == delivery.document.file_sha256
        invitation = Invitation.objects.get(organisation=delivery.document.organisation_id)
        (token,) = re.findall(r"/invitation/(\w+)/", message.get_body(("plain",)).get_content())
        assert links.find(token) == invitation
    states = [one.state for one in Delivery.objects.with_mail()]
    assert (states.count("sent"), states.count("failed")) == (LETTERS - 1, 1)

    Event.objects.filter(pk=event.pk).update(
        first_day=event.first_day + timedelta(7), last_day=event.last_day + timedelta(7)
    )
    services.replace_and_notify(
        event=event, documents=event.documents.current(), date=date(2026, 5, 2), actor=organiser
    )
    servers.eventually(lambda: ended("letter_corrected") == LETTERS, seconds=90)

    subjects = [" ".join(str(message["Subject"]).split()) for message in mailbox.messages]
    assert subjects.count(f"Corrected invitation: new dates – {event.title_en}") == LETTERS - 1
    assert Document.objects.filter(validity=Document.Validity.REPLACED).count() == LETTERS
