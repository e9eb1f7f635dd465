"""Messages that come five times, or come from somebody else."""

import json
from collections.abc import Callable

import pytest

from documents.models import Batch, Document
from jobs import bell
from jobs.models import WAITING, OutgoingMail, State
from tests import servers
from tests.faults.messages import TIMES, broker, multiplied
from tests.faults.programs import Worker
from tests.faults.sums import Sums, assert_nothing_is_lost
from tests.faults.test_losses import moments
from tests.faults.world import World
from tests.jobs.rows import batch, mail
from tests.live.forged import forged

pytestmark = pytest.mark.faults

Report = Callable[[str, Sums], None]

DOCUMENTS, MAILS, MAILINGS = Document.lanes[0], *OutgoingMail.lanes


def test_message_that_comes_five_times_to_four_workers_is_done_once(world: World, report: Report) -> None:
    world.planned()
    assert multiplied(DOCUMENTS.queue) == world.letters
    world.programs.start(*[Worker("letters,bulk")] * 4)
    world.until(lambda: not Document.objects.filter(state__in=WAITING).exists())
    assert OutgoingMail.objects.count() == world.letters
    assert multiplied(MAILS.queue) >= OutgoingMail.objects.filter(paced=False).count()
    for pk in OutgoingMail.objects.filter(paced=True).values_list("pk", flat=True):
        bell.send(MAILINGS, pk)
    multiplied(MAILINGS.queue)
    world.programs.start(*[Worker("mail,mailings")] * 4)

    sums = world.finish()

    report(f"each message {TIMES} times, four workers", sums)
    assert_nothing_is_lost(sums, letters=world.letters, mails=world.letters)
    assert sums.in_doubt == 0
    for model in (Document, OutgoingMail):
        assert not model.objects.exclude(fence=1, deaths=0).exists()


def test_forged_messages_change_nothing(world: World, report: Report) -> None:
    draft, other = mail(state=State.DRAFT), batch(state=State.CANCELLED)
    bell.send(MAILS, draft.pk)
    with broker() as client:
        rubbish = list(forged(json.loads(client.rpop(MAILS.queue))))  # type: ignore[arg-type]
    world.programs.start()
    world.order()
    for part in moments(5):
        world.reach(part)
        for lane in (DOCUMENTS, MAILS, MAILINGS):
            with broker() as client:
                client.lpush(lane.queue, *rubbish)
            bell.send(lane, draft.pk)
            bell.send(lane, 10**12)
        bell.send(Batch.lanes[0], other.pk)  # of another event
    children = [pid for worker in world.programs.workers for pid in servers.children(worker)]

    sums = world.finish()

    report("forged messages", sums)
    assert_nothing_is_lost(sums, letters=world.letters, mails=world.letters)
    assert sums.in_doubt == 0
    assert OutgoingMail.objects.get(pk=draft.pk).state == State.DRAFT
    assert Batch.objects.get(pk=other.pk).state == State.CANCELLED
    assert children == [pid for worker in world.programs.workers for pid in servers.children(worker)]
