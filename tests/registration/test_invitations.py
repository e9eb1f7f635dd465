"""Issuing invitations, sending and replacing their links."""

import pytest

from accounts.models import AuditEntry
from events.models import Event
from jobs.models import OutgoingMail
from registration import links, rules, services
from registration.models import Invitation, Parliament
from tests.factories import (
    ContactFactory,
    EventFactory,
    ParliamentFactory,
    StaffFactory,
    UserFactory,
    WindowFactory,
)
from tests.registration.samples import verbs

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return WindowFactory().event


def invite(event: Event, *parliaments: Parliament, language: str = "own") -> services.InvitationResult:
    return services.invite(event=event, parliaments=parliaments, language=language, actor=StaffFactory())


def send(*invitations: Invitation) -> services.SendResult:
    return services.send_invitations(
        invitations=invitations or Invitation.objects.all(), actor=StaffFactory()
    )


def test_each_parliament_is_invited_in_its_own_language(event):
    english, spanish = ParliamentFactory(language="en"), ParliamentFactory(language="es")

    done = invite(event, english, spanish)

    assert (done.new, done.already) == (2, 0)
    assert dict(Invitation.objects.values_list("organisation", "language")) == {
        english.organisation_id: "en",
        spanish.organisation_id: "es",
    }


@pytest.mark.parametrize("language", ["en", "es", "both"])
def test_one_language_can_be_chosen_for_all(event, language):
    invite(event, ParliamentFactory(language="es"), language=language)

    assert Invitation.objects.get().language == language


def test_every_invitation_has_a_link_of_its_own(event):
    invite(event, *ParliamentFactory.create_batch(3))

    for invitation in Invitation.objects.all():
        assert links.find(links.token(invitation.pk, 1)) == invitation


def test_second_round_invites_only_the_others(event):
    first, second = ParliamentFactory.create_batch(2)
    invite(event, first)
    before = Invitation.objects.values().get()

    done = invite(event, first, second, language="both")

    assert (done.new, done.already) == (1, 1)
    assert Invitation.objects.values().get(pk=before["id"]) == before


def test_round_that_invites_nobody_leaves_no_audit_line(event):
    parliament = ParliamentFactory()
    invite(event, parliament)
    invite(event, parliament)

    assert verbs() == ["invitations.issued"]
    assert AuditEntry.objects.get().changes == {
        "parliaments": [parliament.organisation.code],
        "language": "own",
    }
    assert AuditEntry.objects.get().object_id == event.pk


def test_survey_counts_and_changes_nothing(event):
    invited, fresh = ParliamentFactory.create_batch(2)
    ContactFactory(parliament=fresh)
    invite(event, invited)

    found = services.preview_invitations(event, Parliament.objects.all())

    assert (found.new, found.already, found.without_contact) == (1, 1, [invited])
    assert Invitation.objects.count() == 1


def test_cancelled_event_invites_nobody():
    event = EventFactory(status=Event.Status.CANCELLED)

    with pytest.raises(rules.EventNotHeld):
        invite(event, ParliamentFactory())

    assert not Invitation.objects.exists()


def test_link_goes_to_every_contact_once(event):
    parliament, lonely = ParliamentFactory.create_batch(2)
    contacts = ContactFactory.create_batch(2, parliament=parliament)
    invite(event, parliament, lonely)

    first, second = send(), send()

    assert (first.sent, second.sent) == (1, 0)
    assert [one.organisation for one in first.without_contact] == [lonely.organisation]
    assert sorted(OutgoingMail.objects.values_list("to", flat=True)) == sorted(one.email for one in contacts)
    assert verbs() == ["invitations.issued", "invitation.sent"]


def test_cancelled_event_sends_nothing(event):
    ContactFactory(parliament=(parliament := ParliamentFactory()))
    invite(event, parliament)
    Event.objects.update(status=Event.Status.CANCELLED)

    with pytest.raises(rules.EventNotHeld):
        send()

    assert not OutgoingMail.objects.exists()


def test_replaced_link_can_be_sent_again(event):
    ContactFactory(parliament=(parliament := ParliamentFactory()))
    invite(event, parliament)
    send()
    invitation = Invitation.objects.get()

    replaced = services.reissue_link(invitation=invitation, actor=StaffFactory())
    sent = send()

    assert (replaced.token_version, sent.sent) == (2, 1)
    assert links.find(links.token(invitation.pk, 1)) is None
    assert links.find(links.token(invitation.pk, 2)) == invitation
    assert verbs() == ["invitations.issued", "invitation.sent", "invitation.link_replaced", "invitation.sent"]


def test_stored_mail_holds_no_link(event):
    ContactFactory(parliament=(parliament := ParliamentFactory()))
    invite(event, parliament, language="both")
    send()

    mail = OutgoingMail.objects.get()
    invitation = Invitation.objects.get()
    assert links.token(invitation.pk, 1) not in mail.text + mail.html
    assert (mail.secret_kind, mail.secret_for) == ("invitation", invitation.pk)
    assert (mail.text.count("[personal link]"), mail.text.count("[enlace personal]")) == (1, 1)


def test_shown_link_leaves_a_line_in_the_trail(event):
    invite(event, ParliamentFactory())
    invitation, officer = Invitation.objects.get(), StaffFactory()

    link = services.show_link(invitation=invitation, actor=officer, language="es")

    assert link == links.personal_link(invitation.pk, "es")
    assert AuditEntry.objects.get(verb="invitation.link_shown").actor_id == officer.pk


def test_claim_with_a_link_replaced_meanwhile_is_refused(event):
    invite(event, ParliamentFactory())
    opened = Invitation.objects.get()
    services.reissue_link(invitation=opened, actor=StaffFactory())

    with pytest.raises(rules.LinkReplaced):
        services.claim_delegation(invitation=opened, user=UserFactory(), language="en")


def test_delegation_of_the_secretariat_is_claimed_as_it_is(event):
    invite(event, ParliamentFactory())
    invitation = Invitation.objects.get()
    own = event.delegations.create(organisation=invitation.organisation)

    claimed = services.claim_delegation(invitation=invitation, user=UserFactory(), language="en")

    assert (claimed, claimed.invitation) == (own, invitation)
