"""A mailing with attached files is sent at its limited rate, and does not delay a receipt."""

import hashlib
from collections.abc import Callable

import stack
from documents import store
from jobs import dispatch, services
from jobs.models import OutgoingMail, State
from tests import servers
from tests.factories import StaffFactory
from tests.jobs.rows import mail

PDF = b"%PDF-1.7 specimen " + bytes(range(256))
LETTERS, PACE = 12, 5


def sent() -> int:
    return OutgoingMail.objects.filter(state=State.DONE).count()


def test_drafts_that_are_released_leave_at_their_pace_with_their_files(
    redis: servers.Redis,
    worker: Callable[..., stack.Service],
    sweeper: Callable[..., stack.Service],
    mailbox: servers.Mailbox,
) -> None:
    sha256 = store.save(lambda file: file.write(PDF))
    files = [{"name": "UY-invitación-es.pdf", "sha256": sha256}]
    copies = ["mission@parliament.example"]
    drafts = [mail(state=State.DRAFT, paced=True, attachments=files, cc=copies) for _number in range(LETTERS)]
    worker(queues="mail,mailings", concurrency=1)
    sweeper(MAIL_PER_MINUTE=str(PACE))

    services.release(mails=drafts, actor=StaffFactory())
    servers.eventually(lambda: sent() == PACE, seconds=90)  # a busy machine starts them slowly
    receipt = mail()
    dispatch.notify_workers(receipt)
    servers.eventually(lambda: sent() == PACE + 1)

    letters = [message for message in mailbox.messages if message["Cc"]]
    assert (len(letters), sent()) == (PACE, PACE + 1)
    (enclosed,) = letters[0].iter_attachments()
    assert (enclosed.get_filename(), enclosed.get_content_type()) == (
        "UY-invitación-es.pdf",
        "application/pdf",
    )
    assert hashlib.sha256(enclosed.get_content()).hexdigest() == sha256
    assert len({message["Message-ID"] for message in mailbox.messages}) == PACE + 1
