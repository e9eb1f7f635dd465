"""Several people send, void and replace letters at the same moment."""

import pytest

from accounts.models import AuditEntry
from documents import services
from documents.models import Correction, Delivery, Document
from documents.services import notices
from events.models import Event
from jobs.models import OutgoingMail, State
from tests.documents.issuing import invite_with_letter
from tests.factories import StaffFactory
from tests.race import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("files"), pytest.mark.slow]
TIMES = 8


@pytest.fixture
def parliaments(event):
    return [invite_with_letter(event, code)[0] for code in ("CL", "GB", "UY")]


def states():
    return [mail.state for mail in OutgoingMail.objects.order_by("pk")]


def test_drafts_written_by_many_at_once_are_written_once(event, actor, parliaments):
    composed = at_once(TIMES, lambda: len(services.compose_issue(event=event, actor=actor).mails))

    assert sorted(composed) == [0] * (TIMES - 1) + [3]
    assert states() == [State.DRAFT] * 3


def test_same_drafts_sent_by_two_officers_at_once_leave_once(event, actor, parliaments):
    drafts = services.compose_issue(event=event, actor=actor).mails
    officers = iter([actor, StaffFactory()])

    sent = at_once(2, lambda: services.issue(event=event, mails=drafts, actor=next(officers)).sent)

    assert sorted(sent) == [0, 3]
    assert states() == [State.QUEUED] * 3
    assert AuditEntry.objects.filter(verb="letters.issued").count() == 1


def test_letter_sent_and_declared_void_at_once_does_not_leave(event, actor, parliaments):
    drafts = services.compose_issue(event=event, actor=actor).mails
    letter = Document.objects.get(subject="UY")
    acts = iter(
        [
            lambda: services.issue(event=event, mails=drafts, actor=actor),
            lambda: services.void(document=letter, reason="Specimen", actor=actor),
        ]
    )

    at_once(2, lambda: next(acts)())

    assert {one.document.subject: one.state.value for one in Delivery.objects.with_mail()} == {
        "CL": "queued",
        "GB": "queued",
        "UY": "taken_back",
    }


def test_drafts_sent_and_discarded_at_once_are_one_or_the_other(event, actor, parliaments):
    drafts = services.compose_issue(event=event, actor=actor).mails
    acts = iter(
        [
            lambda: services.issue(event=event, mails=drafts, actor=actor).sent,
            lambda: services.discard(event=event, mails=drafts, actor=actor),
        ]
    )

    done = at_once(2, lambda: next(acts)())

    assert sum(done) == 3
    assert set(states()) <= {State.QUEUED, State.CANCELLED}


def test_letter_sent_again_by_many_at_once_is_sent_once(event, actor, parliaments):
    services.issue(event=event, mails=services.compose_issue(event=event, actor=actor).mails, actor=actor)
    seen = Delivery.objects.get(document__subject="UY").pk
    uruguay = parliaments[2]

    answers = at_once(
        TIMES,
        lambda: services.resend(invitation=uruguay, seen=seen, actor=actor),
        services.SentMeanwhile,
    )

    assert answers.count(1) == 1
    assert OutgoingMail.objects.filter(kind="letter_again").count() == 1


def test_holders_told_by_many_at_once_get_one_notice_each(event, actor, parliaments):
    Event.objects.filter(pk=event.pk).update(status=Event.Status.CANCELLED)

    told = at_once(TIMES, lambda: notices.notify(event=event, actor=actor))

    assert sorted(told) == [0] * (TIMES - 1) + [3]
    assert OutgoingMail.objects.filter(kind="event_cancelled").count() == 3


def test_corrections_continued_by_many_sweepers_at_once_are_mailed_once(event, actor, parliaments):
    services.issue(event=event, mails=services.compose_issue(event=event, actor=actor).mails, actor=actor)
    OutgoingMail.objects.update(state=State.DONE)
    letter = Document.objects.get(subject="UY")
    batch = event.batches.create(date=letter.date, state=State.DONE)
    batch.documents.add(letter)
    Correction.objects.create(document=letter, batch=batch, changes=["dates"], asked_by=actor)

    at_once(TIMES, services.continue_corrections)

    assert OutgoingMail.objects.exclude(kind="letter").count() == 1
    assert not Correction.objects.open().exists()
