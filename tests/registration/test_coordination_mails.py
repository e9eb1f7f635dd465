"""The mails about coordination and lost links: first line, equal text and HTML, both languages."""

import re

import pytest

from accounts.models import User
from jobs.models import OutgoingMail
from registration import mailing
from registration.models import Delegation
from tests.factories import ContactFactory, DelegationFactory, InvitationFactory, UserFactory, WindowFactory

pytestmark = pytest.mark.django_db

KINDS = {
    "coordinator": (
        "Specimen Workshop: who coordinates your delegation",
        "maria@parliament.example will coordinate the delegation of the Chamber to the Specimen Workshop.",
    ),
    "coordinator_invited": (
        "Specimen Workshop: please coordinate the delegation with us",
        "You are invited to coordinate the delegation of the Chamber to the Specimen Workshop, together with those who "
        "do so already.",
    ),
    "coordinator_admitted": (
        "Specimen Workshop: you coordinate the delegation",
        "You now coordinate the delegation of the Chamber to the Specimen Workshop, as you asked.",
    ),
    "coordinator_asks": (
        "Specimen Workshop: somebody asks to coordinate too",
        "maria@parliament.example has opened the personal link of your parliament and asks to coordinate the "
        "delegation of the Chamber to the Specimen Workshop with you.",
    ),
    "coordinator_removed": (
        "Specimen Workshop: you no longer coordinate the delegation",
        "You no longer coordinate the delegation of the Chamber to the Specimen Workshop.",
    ),
    "handed_over": (
        "Specimen Workshop: you are the first coordinator",
        "You are now the first coordinator of the delegation of the Chamber to the Specimen Workshop.",
    ),
    "lost_link": (
        "Specimen Workshop: the personal link of your parliament",
        "Somebody asked on the event’s page for the personal link of the Chamber for the Specimen Workshop. Here it is "
        "again.",
    ),
}


def delegation_in(language: str) -> tuple[Delegation, User]:
    """A delegation whose users all read this language, and a user with a hostile name."""
    delegation = DelegationFactory(coordinators=[UserFactory(language=language)])
    delegation.organisation.name_in_sentence_en = "the Chamber"
    delegation.organisation.name_in_sentence_es = "el Congreso"
    delegation.organisation.save()
    parliament = delegation.organisation.parliament
    parliament.language = language
    parliament.save()
    ContactFactory(parliament=parliament)
    WindowFactory(event=delegation.event)
    person = UserFactory(email="maria@parliament.example", name="www.evil.example", language=language)
    return Delegation.objects.get(pk=delegation.pk), person


def written(kind: str, language: str = "en") -> OutgoingMail:
    """The mail of this kind in the outbox."""
    delegation, person = delegation_in(language)
    if kind == "lost_link":
        invitation = InvitationFactory(
            event=delegation.event, organisation=delegation.organisation, language=language
        )
        mailing.lost_link(invitation, mailing.contacts_of(delegation.organisation_id)[0])
    else:
        getattr(mailing, kind)(delegation, person)
    return OutgoingMail.objects.get()


@pytest.mark.parametrize("kind", KINDS)
def test_mail_says_what_and_why_first(kind):
    mail = written(kind)

    assert (mail.subject, mail.text.splitlines()[0]) == KINDS[kind]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["en", "es"])
def test_html_of_the_mail_says_the_same_as_its_text(kind, language):
    mail = written(kind, language)

    visible = " ".join(re.sub(r"<[^>]+>", " ", mail.html.split("</title>")[1]).split())
    visible = re.sub(r" ([.,:;])", r"\1", visible)
    lines = [
        line.strip().removesuffix(":") for line in mail.text.splitlines() if line.strip() not in {"", "--"}
    ]
    assert [line for line in lines if line not in visible] == []
    assert mail.language == language


@pytest.mark.parametrize("kind", KINDS)
def test_every_link_of_the_mail_is_ours_and_no_name_is_in_it(kind):
    mail = written(kind)

    ours = ("http://localhost:8000/en/", "mailto:secretariat@convoca.example", "[personal link]")
    found = re.findall(r'href="([^"]+)"', mail.html)
    assert [link for link in found if not link.startswith(ours)] == []
    assert "evil" not in mail.subject + mail.text + mail.html
