"""Claiming a delegation as its first coordinator, the notices about it, and revoked links."""

import pytest

from accounts.models import User
from jobs.models import OutgoingMail
from registration import links, rules, services
from registration.addresses import is_known
from registration.models import Delegation, Invitation
from tests.factories import ContactFactory, StaffFactory, UserFactory
from tests.race import at_once
from tests.registration.coordinating import claim, coordinators, mails
from tests.registration.samples import verbs
from tests.registration.steps import issued_invitation

pytestmark = pytest.mark.django_db


@pytest.fixture
def first() -> User:
    return UserFactory(email="first@parliament.example")


def test_first_claim_makes_the_lead_and_tells_every_registered_contact(first):
    invitation = issued_invitation()
    contacts = ContactFactory.create_batch(2, parliament=invitation.organisation.parliament)

    delegation = claim(invitation, first)
    claim(invitation, first)

    assert (delegation.lead, coordinators(delegation)) == (first, [first.email])
    assert mails("coordinator") == sorted(contact.email for contact in contacts)
    assert verbs() == ["delegation.claimed"]


def test_notice_names_the_address_and_whom_to_tell_and_holds_no_link_that_acts(first):
    invitation = issued_invitation()
    ContactFactory(parliament=invitation.organisation.parliament)

    claim(invitation, first)

    notice = OutgoingMail.objects.get()
    assert notice.subject == "Specimen Workshop: who coordinates your delegation"
    assert notice.text.splitlines()[:3] == [
        "first@parliament.example will coordinate the delegation of "
        f"{invitation.organisation.name_in_sentence_en} to the Specimen Workshop.",
        "",
        "Not right? Tell us: write to secretariat@convoca.example. Until then this person enters the members of the "
        "delegation and hears from the secretariat.",
    ]
    links_in_it = [part for part in notice.html.split('"') if part.startswith("http")]
    assert links_in_it == [f"http://localhost:8000/en/events/{invitation.event.slug}/"]


def test_notice_is_in_the_parliaments_language(first):
    invitation = issued_invitation()
    parliament = invitation.organisation.parliament
    ContactFactory(parliament=parliament)
    parliament.language = "es"
    parliament.save()

    claim(invitation, first)

    assert OutgoingMail.objects.get().language == "es"


def test_revoked_link_claims_nothing(first):
    invitation = issued_invitation()
    services.revoke_link(invitation=invitation, actor=StaffFactory())

    with pytest.raises(rules.LinkReplaced):
        claim(invitation, first)

    assert not Delegation.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_twenty_people_who_claim_at_once_get_one_coordinator_and_one_notice():
    invitation = issued_invitation()
    ContactFactory(parliament=invitation.organisation.parliament)
    people = iter(UserFactory.create_batch(20))

    done = at_once(20, lambda: claim(invitation, next(people)), rules.AlreadyCoordinated)

    assert sum(isinstance(one, Delegation) for one in done) == 1
    assert Delegation.objects.get().coordinators.count() == 1
    assert (len(mails("coordinator")), verbs().count("delegation.claimed")) == (1, 1)


@pytest.mark.parametrize(
    ("address", "contacts", "known"),
    [
        ("one@senate.example", ["office@senate.example"], True),
        ("ONE@Senate.Example", ["office@senate.example"], True),
        ("one@protocol.senate.example", ["office@senate.example"], True),
        ("one@senate.example", ["office@protocol.senate.example"], False),
        ("one@notsenate.example", ["office@senate.example"], False),
        ("one@senate.example.evil.example", ["office@senate.example"], False),
        ("one@house.example", ["office@senate.example", "desk@house.example"], True),
        ("one@gmail.com", ["office@gmail.com"], False),
        ("office@gmail.com", ["office@gmail.com"], True),
        ("one@yahoo.com.mx", ["office@yahoo.com.mx"], False),
        ("one@senate.example", [], False),
    ],
)
def test_address_is_known_by_the_domains_of_the_contacts(address, contacts, known):
    assert is_known(address, contacts) is known


def test_revoked_link_opens_nothing_until_a_new_one_is_issued():
    invitation, officer = issued_invitation(), StaffFactory()
    old = links.token(invitation.pk, 1)

    for _ in range(2):
        services.revoke_link(invitation=invitation, actor=officer)
    revoked = Invitation.objects.get()
    computed = links.token(invitation.pk, revoked.token_version)
    reissued = services.reissue_link(invitation=invitation, actor=officer)

    assert (revoked.is_revoked, links.find(old), links.find(computed)) == (True, None, None)
    assert links.find(links.token(invitation.pk, reissued.token_version)) == invitation
    assert verbs() == ["invitation.link_revoked", "invitation.link_replaced"]


def test_revoked_invitation_is_neither_sent_nor_shown_nor_issued_again():
    invitation, officer = issued_invitation(), StaffFactory()
    parliament = invitation.organisation.parliament
    ContactFactory(parliament=parliament)
    services.revoke_link(invitation=invitation, actor=officer)

    sent = services.send_invitations(invitations=[invitation], actor=officer)
    services.invite(event=invitation.event, parliaments=[parliament], language="en", actor=officer)

    with pytest.raises(rules.LinkRevoked):
        services.show_link(invitation=invitation, actor=officer, language="en")
    assert (sent.sent, Invitation.objects.get().is_revoked) == (0, True)
