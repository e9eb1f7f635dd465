"""Issue letters: mails written for review, mails sent, parliaments left out and the reasons."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import AuditEntry
from documents import services
from documents.models import Delivery, Document
from documents.planned_mails import Languages, Problem, plan_mails
from events.models import Event
from jobs import services as job_services
from jobs.models import OutgoingMail, State
from registration.models import Invitation
from registration.rules import EventNotHeld
from registration.services import reissue_link, revoke_link, send_invitations
from tests.documents.issuing import invite_with_letter, letter_for
from tests.factories import ContactFactory, EventFactory

pytestmark = pytest.mark.django_db


def problems(event, languages=Languages.OWN):
    return {one.organisation.code: one.problem for one in plan_mails(event, languages)}


def mails():
    return OutgoingMail.objects.order_by("pk")


def test_each_contact_gets_a_draft_with_letter_and_personal_link(event, actor):
    invitation, letter = invite_with_letter(event, "UY", contacts=2)

    composed = services.compose_issue(event=event, cc=["copies@secretariat.example"], actor=actor)

    assert [mail.pk for mail in composed.mails] == [mail.pk for mail in mails()]
    for mail in mails():
        assert (mail.state, mail.paced, mail.language) == (State.DRAFT, True, "en")
        assert mail.attachments == [{"name": "UY-invitation-en.pdf", "sha256": letter.file_sha256}]
        assert (mail.secret_kind, mail.secret_for) == ("invitation", invitation.pk)
        assert mail.cc == ["copies@secretariat.example"]
        assert "[personal link]" in mail.text
        assert [one.document for one in mail.deliveries.all()] == [letter]
    assert sorted(mail.to for mail in mails()) == sorted(
        invitation.organisation.parliament.contacts.values_list("email", flat=True)
    )


def test_parliament_is_written_to_in_its_language(event, actor):
    _invitation, letter = invite_with_letter(event, "UY", language="es")

    services.compose_issue(event=event, actor=actor)

    mail = mails().get()
    assert (mail.language, mail.attachments) == (
        "es",
        [{"name": "UY-invitacion-es.pdf", "sha256": letter.file_sha256}],
    )
    assert "[enlace personal]" in mail.text
    assert "[personal link]" not in mail.text


def test_parliament_of_both_languages_gets_both_letters_in_one_mail(event, actor):
    invitation, letter = invite_with_letter(event, "CA", language="both")
    spanish = letter_for(invitation, "es")

    services.compose_issue(event=event, actor=actor)

    mail = mails().get()
    assert mail.language == "both"
    assert [file["sha256"] for file in mail.attachments] == [letter.file_sha256, spanish.file_sha256]
    english, spanish_text = mail.text.split("\n\n* * *\n\n")
    assert ("[personal link]" in english, "[enlace personal]" in spanish_text) == (True, True)
    assert ("\n-- \n" in english, "\n-- \n" in spanish_text) == (False, True)


def test_everybody_left_out_is_named_with_the_reason(event, actor):
    cases = {}
    invite_with_letter(event, "AA")
    cases["BB"] = Problem.NO_CONTACT
    invite_with_letter(event, "BB", contacts=0)
    cases["CC"] = Problem.NO_LETTER
    invite_with_letter(event, "CC", letter=False)
    cases["DD"] = Problem.MAKING
    letter_for(invite_with_letter(event, "DD", letter=False)[0], "en", state=State.QUEUED)
    cases["EE"] = Problem.REVOKED
    revoke_link(invitation=invite_with_letter(event, "EE")[0], actor=actor)
    cases["FF"] = Problem.DECLINED
    declined, _letter = invite_with_letter(event, "FF")
    Invitation.objects.filter(pk=declined.pk).update(state=Invitation.State.DECLINED)
    cases["GG"] = Problem.NO_LETTER
    letter_for(invite_with_letter(event, "GG", letter=False)[0], "es")

    composed = services.compose_issue(event=event, actor=actor)

    assert {one.organisation.code: one.problem for one in composed.left_out} == cases
    assert len(composed.mails) == 1


def test_all_are_left_out_of_an_event_that_is_off(event, actor):
    invite_with_letter(event, "UY")
    Event.objects.filter(pk=event.pk).update(status=Event.Status.CANCELLED)

    composed = services.compose_issue(event=event, actor=actor)

    assert [one.problem for one in composed.left_out] == [Problem.OFF]
    assert not mails().exists()


def test_writing_drafts_twice_writes_them_once(event, actor):
    invite_with_letter(event, "UY")
    services.compose_issue(event=event, actor=actor)

    again = services.compose_issue(event=event, actor=actor)

    assert [one.problem for one in again.left_out] == [Problem.REVIEW]
    assert mails().count() == 1


def test_contact_added_afterwards_gets_the_letter_and_the_first_one_nothing_more(event, actor):
    invitation, _letter = invite_with_letter(event, "UY")
    services.issue(event=event, mails=services.compose_issue(event=event, actor=actor).mails, actor=actor)
    added = ContactFactory(parliament=invitation.organisation.parliament)

    composed = services.compose_issue(event=event, actor=actor)

    assert [mail.to for mail in composed.mails] == [added.email]


def test_drafts_sent_off_wait_for_their_turn_and_mark_the_invitation_as_mailed(event, actor):
    invitation, _letter = invite_with_letter(event, "UY")
    composed = services.compose_issue(event=event, actor=actor)

    issued = services.issue(event=event, mails=composed.mails, actor=actor)

    assert (issued.sent, issued.taken_back) == (1, 0)
    assert [mail.state for mail in mails()] == [State.QUEUED]
    invitation.refresh_from_db()
    assert timezone.now() - invitation.mailed_at < timedelta(minutes=1)
    assert send_invitations(invitations=[invitation], actor=actor).sent == 0
    assert AuditEntry.objects.filter(verb="letters.issued").get().changes == {"mails": 1}
    assert problems(event) == {"UY": Problem.SENT}


def test_drafts_sent_off_twice_are_sent_once(event, actor):
    invite_with_letter(event, "UY")
    drafts = services.compose_issue(event=event, actor=actor).mails
    services.issue(event=event, mails=drafts, actor=actor)

    again = services.issue(event=event, mails=drafts, actor=actor)

    assert (again.sent, again.taken_back) == (0, 0)
    assert AuditEntry.objects.filter(verb="letters.issued").count() == 1


@pytest.mark.parametrize("validity", [Document.Validity.VOID, Document.Validity.REPLACED])
def test_draft_whose_letter_is_not_in_force_any_more_is_taken_back_and_the_rest_is_sent(
    event, actor, validity
):
    _invitation, letter = invite_with_letter(event, "UY")
    invite_with_letter(event, "CL")
    drafts = services.compose_issue(event=event, actor=actor).mails
    Document.objects.filter(pk=letter.pk).update(validity=validity)

    issued = services.issue(event=event, mails=drafts, actor=actor)

    assert (issued.sent, issued.taken_back) == (1, 1)
    assert {one.document.subject: one.state for one in Delivery.objects.with_mail()} == {
        "UY": Delivery.State.TAKEN_BACK,
        "CL": Delivery.State.QUEUED,
    }


def test_draft_whose_link_was_revoked_is_taken_back(event, actor):
    invitation, _letter = invite_with_letter(event, "UY")
    drafts = services.compose_issue(event=event, actor=actor).mails
    revoke_link(invitation=invitation, actor=actor)

    issued = services.issue(event=event, mails=drafts, actor=actor)

    assert (issued.sent, issued.taken_back) == (0, 1)


def test_drafts_of_an_event_that_is_off_are_not_sent(event, actor):
    invite_with_letter(event, "UY")
    drafts = services.compose_issue(event=event, actor=actor).mails
    Event.objects.filter(pk=event.pk).update(status=Event.Status.POSTPONED)

    with pytest.raises(EventNotHeld):
        services.issue(event=event, mails=drafts, actor=actor)

    assert [mail.state for mail in mails()] == [State.DRAFT]


def test_drafts_of_another_event_are_left_alone(event, actor):
    other_event = EventFactory()
    invite_with_letter(event, "UY")
    drafts = services.compose_issue(event=event, actor=actor).mails

    issued = services.issue(event=other_event, mails=drafts, actor=actor)
    discarded = services.discard(event=other_event, mails=drafts, actor=actor)

    assert (issued.sent, issued.taken_back, discarded) == (0, 0, 0)
    assert [mail.state for mail in mails()] == [State.DRAFT]


def test_discarded_drafts_can_be_written_again(event, actor):
    invite_with_letter(event, "UY")
    drafts = services.compose_issue(event=event, actor=actor).mails

    assert services.discard(event=event, mails=drafts, actor=actor) == 1

    assert problems(event) == {"UY": None}
    assert len(services.compose_issue(event=event, actor=actor).mails) == 1


def test_void_letter_takes_its_waiting_mail_back(event, actor):
    _invitation, letter = invite_with_letter(event, "UY")
    drafts = services.compose_issue(event=event, actor=actor).mails
    services.issue(event=event, mails=drafts, actor=actor)

    services.void(document=letter, reason="Specimen", actor=actor)

    assert [one.state for one in Delivery.objects.with_mail()] == [Delivery.State.TAKEN_BACK]


def test_letter_sent_again_is_a_new_mail_with_the_same_file(event, actor):
    invitation, letter = invite_with_letter(event, "UY")
    services.issue(event=event, mails=services.compose_issue(event=event, actor=actor).mails, actor=actor)
    seen = Delivery.objects.get().pk

    assert services.resend(invitation=invitation, seen=seen, actor=actor) == 1

    first, second = mails()
    assert (second.kind, second.state, second.to) == ("letter_again", State.QUEUED, first.to)
    assert (
        second.attachments
        == first.attachments
        == [{"name": "UY-invitation-en.pdf", "sha256": letter.file_sha256}]
    )
    assert second.message_id != first.message_id


def test_second_click_on_sending_again_sends_nothing(event, actor):
    invitation, _letter = invite_with_letter(event, "UY")
    services.issue(event=event, mails=services.compose_issue(event=event, actor=actor).mails, actor=actor)
    seen = Delivery.objects.get().pk
    services.resend(invitation=invitation, seen=seen, actor=actor)

    with pytest.raises(services.SentMeanwhile):
        services.resend(invitation=invitation, seen=seen, actor=actor)

    assert mails().count() == 2


def test_nothing_is_sent_again_without_a_letter_in_force(event, actor):
    invitation, letter = invite_with_letter(event, "UY")
    services.void(document=letter, reason="Specimen", actor=actor)

    with pytest.raises(services.NothingSent):
        services.resend(invitation=invitation, seen=0, actor=actor)


def test_state_of_a_delivery_is_that_of_its_mail(event, actor):
    invite_with_letter(event, "UY")
    services.compose_issue(event=event, actor=actor)
    mail, seen = mails().get(), []

    for state in (State.DRAFT, State.QUEUED, State.RUNNING, State.FAILED, State.IN_DOUBT, State.DONE):
        OutgoingMail.objects.update(state=state)
        seen.append(Delivery.objects.get().state.value)
    job_services.bounce(mail=mail, words="550 5.1.1 unknown", actor=actor)
    seen.append(Delivery.objects.get().state.value)

    assert seen == ["draft", "queued", "queued", "failed", "in_doubt", "sent", "bounced"]


def test_link_replaced_after_sending_can_be_mailed_by_sending_the_letter_again(event, actor):
    invitation, _letter = invite_with_letter(event, "UY")
    services.issue(event=event, mails=services.compose_issue(event=event, actor=actor).mails, actor=actor)
    reissue_link(invitation=invitation, actor=actor)

    services.resend(invitation=invitation, seen=Delivery.objects.get().pk, actor=actor)

    invitation.refresh_from_db()
    assert invitation.mailed_at is not None


@pytest.mark.parametrize("count", [1, 4])
def test_survey_takes_as_many_queries_for_one_parliament_as_for_many(
    event, actor, count, django_assert_num_queries
):
    for number in range(count):
        invite_with_letter(event, f"P{number}")
    services.compose_issue(event=event, actor=actor)

    with django_assert_num_queries(4):
        plan_mails(event)


@pytest.mark.parametrize("validity", [Document.Validity.VOID, Document.Validity.REPLACED])
@pytest.mark.parametrize("failed", [State.FAILED, State.IN_DOUBT])
def test_failed_mail_tried_again_does_not_bring_a_letter_that_is_not_in_force(
    event, actor, mailoutbox, validity, failed
):
    _invitation, letter = invite_with_letter(event, "UY")
    (draft,) = services.compose_issue(event=event, actor=actor).mails
    OutgoingMail.objects.update(state=failed, error_code="451", error_text="4.7.1 later")
    Document.objects.filter(pk=letter.pk).update(validity=validity)

    job_services.retry(job=draft, actor=actor)
    job_services.deliver(draft.pk)

    mail = mails().get()
    words = {
        "void": "What it brings has been declared void since.",
        "replaced": "What it brings has been replaced by a newer version since.",
    }
    assert (mail.state, mail.reason, mailoutbox) == (State.CANCELLED, words[validity], [])
    assert AuditEntry.objects.filter(verb="job.aborted").get().changes["reason"] == validity


def test_failed_mail_tried_again_invites_to_no_event_that_is_off(event, actor, mailoutbox):
    invite_with_letter(event, "UY")
    (draft,) = services.compose_issue(event=event, actor=actor).mails
    OutgoingMail.objects.update(state=State.FAILED)
    Event.objects.filter(pk=event.pk).update(status=Event.Status.CANCELLED)

    job_services.retry(job=draft, actor=actor)
    job_services.deliver(draft.pk)

    words = "The event has been cancelled or postponed since."
    assert (mails().get().state, mails().get().reason, mailoutbox) == (State.CANCELLED, words, [])


def test_failed_mail_tried_again_brings_no_link_that_was_revoked(event, actor, mailoutbox):
    invitation, _letter = invite_with_letter(event, "UY")
    (draft,) = services.compose_issue(event=event, actor=actor).mails
    OutgoingMail.objects.update(state=State.FAILED)
    revoke_link(invitation=invitation, actor=actor)

    job_services.retry(job=draft, actor=actor)
    job_services.deliver(draft.pk)

    words = "The personal link has been revoked since."
    assert (mails().get().state, mails().get().reason, mailoutbox) == (State.CANCELLED, words, [])
