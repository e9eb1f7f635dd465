"""Messages that arrive five times, and forged messages."""

import json

import pytest

from documents.models import Batch, Document
from jobs import dispatch
from jobs.models import WAITING, OutgoingMail, State
from tests import servers
from tests.faults.messages import TIMES, broker, multiply_messages
from tests.faults.programs import Worker
from tests.faults.sums import assert_nothing_is_lost
from tests.faults.world import World, moments
from tests.jobs.rows import batch, mail
from tests.live.forged import forged

DOCUMENTS, MAILS, MAILINGS = Document.lanes[0], *OutgoingMail.lanes


@pytest.mark.scenario(f"each message {TIMES} times, four workers", 90)
def test_message_that_comes_five_times_to_four_workers_is_done_once(world: World) -> None:
    world.planned()
    assert multiply_messages(DOCUMENTS.queue) == world.letters
    world.programs.start(*[Worker("letters,bulk")] * 4)
    world.until(lambda: not Document.objects.filter(state__in=WAITING).exists())
    assert OutgoingMail.objects.count() == world.letters
    assert multiply_messages(MAILS.queue) >= OutgoingMail.objects.filter(paced=False).count()
    for pk in OutgoingMail.objects.filter(paced=True).values_list("pk", flat=True):
        dispatch.send_message(MAILINGS, pk)
    multiply_messages(MAILINGS.queue)
    world.programs.start(*[Worker("mail,mailings")] * 4)

    sums = world.finish()

    assert_nothing_is_lost(sums, letters=world.letters, mails=world.letters)
    assert sums.in_doubt == 0
    for model in (Document, OutgoingMail):
        assert not model.objects.exclude(fence=1, deaths=0).exists()


@pytest.mark.scenario("forged messages", 70)
def test_forged_messages_change_nothing(world: World) -> None:
    draft, other = mail(state=State.DRAFT), batch(state=State.CANCELLED)
    dispatch.send_message(MAILS, draft.pk)
    with broker() as client:
        rubbish = list(forged(json.loads(client.rpop(MAILS.queue))))  # type: ignore[arg-type]
    world.programs.start()
    world.order()
    for part in moments(5):
        world.reach(part)
        for lane in (DOCUMENTS, MAILS, MAILINGS):
            with broker() as client:
                client.lpush(lane.queue, *rubbish)
            dispatch.send_message(lane, draft.pk)
            dispatch.send_message(lane, 10**12)
        dispatch.send_message(Batch.lanes[0], other.pk)  # belongs to another event
    children = [pid for worker in world.programs.workers for pid in servers.children(worker)]

    sums = world.finish()

    assert_nothing_is_lost(sums, letters=world.letters, mails=world.letters)
    assert sums.in_doubt == 0
    assert OutgoingMail.objects.get(pk=draft.pk).state == State.DRAFT
    assert Batch.objects.get(pk=other.pk).state == State.CANCELLED
    assert children == [pid for worker in world.programs.workers for pid in servers.children(worker)]
