"""The world in which the faults occur: letters to all members in both languages, each sent by mail."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import pytest
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import QuerySet

from accounts.models import User
from documents import services
from documents.models import Batch, Document
from documents.services.planning import plan
from events.models import Event, Organisation
from jobs import dispatch
from jobs.models import WAITING, OutgoingMail, State
from tests import servers
from tests.faults.programs import Programs
from tests.faults.sums import Results, count_results, unfinished

POLL = 0.1  # seconds
SEED = 368


def moments(number: int) -> list[float]:
    """Return `number` random parts of the work, from 0 to 1 and sorted; they are the same in each run."""
    numbers = random.Random(SEED)  # noqa: S311  no secret
    return sorted(numbers.uniform(0.02, 0.95) for _ in range(number))


@dataclass
class World:
    """An event whose letters are ordered, the programs that make and send them, and their servers."""

    event: Event
    officer: User
    organisations: list[Organisation]
    programs: Programs
    mailbox: servers.Mailbox
    redis: servers.Redis
    limit: float  # seconds within which everything must end
    date: date = date(2021, 3, 15)
    begin: float = field(default_factory=time.monotonic)
    sums: Results | None = None
    seconds: float = 0

    @property
    def letters(self) -> int:
        """The number of letters: one to each organisation in each language."""
        return len(self.organisations) * len(settings.LANGUAGES)

    def order(self) -> Batch:
        """Order all letters; a worker plans them."""
        return services.order_batch(
            event=self.event,
            organisations=self.organisations,
            languages=Batch.Languages.BOTH,
            date=self.date,
            actor=self.officer,
        )

    def planned(self) -> list[Document]:
        """Order and plan all letters while no worker runs, and return the waiting rows."""
        batch = self.order()
        plan(Batch.objects.claim(batch.pk))
        assert batch.documents.filter(state=State.QUEUED).count() == self.letters
        return list(batch.documents.order_by("pk"))

    def progress(self) -> int:
        """Return the number of letters made plus the number of mails that have ended."""
        made = Document.objects.filter(state=State.DONE).count()
        return made + OutgoingMail.objects.exclude(state__in=[*WAITING, State.DRAFT]).count()

    def is_over(self) -> bool:
        """Return True if all letters have ended, and so have the mails of all letters that were made."""
        if not Document.objects.exists() or _waiting():
            return False
        return OutgoingMail.objects.exclude(state=State.DRAFT).count() == _made().count()

    def until(self, condition: Callable[[], bool]) -> None:
        """Send each letter when it is made, until the condition is true. If the database fails, try again."""
        while not self._holds(condition):
            if time.monotonic() > self.begin + self.limit:
                pytest.fail(f"Not within {self.limit:.0f} seconds: {unfinished()}")
            time.sleep(POLL)

    def _holds(self, condition: Callable[[], bool]) -> bool:
        try:
            holds = condition()
            send_made()
            return holds
        except (OperationalError, InterfaceError):
            connection.close()
            return False

    def reach(self, part: float) -> None:
        """Wait until this part (0 to 1) of all letters and mails has ended."""
        goal = part * 2 * self.letters
        self.until(lambda: self.progress() >= goal)

    def finish(self) -> Results:
        """Wait until everything has ended, check that all programs still run, and return the sums."""
        self.until(self.is_over)
        sums = self.add_up()
        assert self.programs.are_running()
        return sums

    def add_up(self) -> Results:
        """Count the results and the seconds at the first call; later calls return the same sums."""
        if self.sums is None:
            self.seconds = time.monotonic() - self.begin
            self.sums = count_results(self.mailbox.messages)
        return self.sums


def _waiting() -> bool:
    return any(model.objects.filter(state__in=WAITING).exists() for model in (Batch, Document, OutgoingMail))


def _made() -> QuerySet[Document]:
    return Document.objects.filter(state=State.DONE)


def send_made() -> None:
    """Write a mail for each finished letter that has none yet. Every second mail is paced, like a mailing."""
    known = OutgoingMail.objects.values_list("message_id", flat=True)
    names = {message_id(document): document for document in _made().defer("snapshot")}
    with transaction.atomic():
        dispatch.notify_workers(*(_mail(name, names[name]) for name in names.keys() - set(known)))


def message_id(document: Document) -> str:
    return f"<letter-{document.pk}@convoca.example>"


def address(document: Document) -> str:
    """Return the address to which the letter is sent."""
    return f"{document.subject}-{document.language}@parliament.example".lower()


def _mail(name: str, document: Document) -> OutgoingMail:
    return OutgoingMail.objects.create(
        kind="letter",
        to=address(document),
        language=document.language,
        subject=document.reference,
        text="The letter is enclosed.\n",
        html="<p>The letter is enclosed.</p>",
        attachments=[{"name": document.file_name, "sha256": document.file_sha256}],
        paced=document.pk % 2 == 1,
        message_id=name,
    )
