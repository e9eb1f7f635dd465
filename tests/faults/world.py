"""The world that the faults strike: letters to all members in both languages, and each of them sent by mail."""

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
from jobs import bell
from jobs.models import WAITING, OutgoingMail, State
from tests import servers
from tests.faults.programs import Programs
from tests.faults.sums import Sums, add_up, unfinished

POLL = 0.1  # seconds
SEED = 368


def moments(number: int) -> list[float]:
    """At which parts of the work something happens, the same every time."""
    numbers = random.Random(SEED)  # noqa: S311  no secret
    return sorted(numbers.uniform(0.02, 0.95) for _ in range(number))


@dataclass
class World:
    """An event whose letters are asked for, the programs that make and send them, and the servers that they need."""

    event: Event
    officer: User
    organisations: list[Organisation]
    programs: Programs
    mailbox: servers.Mailbox
    redis: servers.Redis
    limit: float  # seconds within which all is over
    date: date = date(2021, 3, 15)
    begin: float = field(default_factory=time.monotonic)
    sums: Sums | None = None
    seconds: float = 0

    @property
    def letters(self) -> int:
        """How many letters are asked for: one to each organisation in each language."""
        return len(self.organisations) * len(settings.LANGUAGES)

    def order(self) -> Batch:
        """Ask for all letters; a worker plans them."""
        return services.order_batch(
            event=self.event,
            organisations=self.organisations,
            languages=Batch.Languages.BOTH,
            date=self.date,
            actor=self.officer,
        )

    def planned(self) -> list[Document]:
        """All letters as rows that wait, while no worker runs."""
        batch = self.order()
        plan(Batch.objects.claim(batch.pk))
        assert batch.documents.filter(state=State.QUEUED).count() == self.letters
        return list(batch.documents.order_by("pk"))

    def progress(self) -> int:
        """How many letters are made and how many mails have left."""
        made = Document.objects.filter(state=State.DONE).count()
        return made + OutgoingMail.objects.exclude(state__in=[*WAITING, State.DRAFT]).count()

    def is_over(self) -> bool:
        """True when each letter has ended, and so has the mail of each that was made."""
        if not Document.objects.exists() or _waiting():
            return False
        return OutgoingMail.objects.exclude(state=State.DRAFT).count() == _made().count()

    def until(self, condition: Callable[[], bool]) -> None:
        """Send each letter as soon as it is made, until the condition holds; a lost database is tried again."""
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
        """Wait until that part of all letters and mails has ended."""
        goal = part * 2 * self.letters
        self.until(lambda: self.progress() >= goal)

    def finish(self) -> Sums:
        """Wait until all has ended; what became of it. Not one of the programs has ended by itself."""
        self.until(self.is_over)
        sums = self.add_up()
        assert self.programs.are_running()
        return sums

    def add_up(self) -> Sums:
        """What has become of all letters and mails, and after how many seconds; asked again, the same."""
        if self.sums is None:
            self.seconds = time.monotonic() - self.begin
            self.sums = add_up(self.mailbox.messages)
        return self.sums


def _waiting() -> bool:
    return any(model.objects.filter(state__in=WAITING).exists() for model in (Batch, Document, OutgoingMail))


def _made() -> QuerySet[Document]:
    return Document.objects.filter(state=State.DONE)


def send_made() -> None:
    """Write a mail for each letter that is made and has none yet, every other one paced like a mailing."""
    known = OutgoingMail.objects.values_list("message_id", flat=True)
    names = {message_id(document): document for document in _made().defer("snapshot")}
    with transaction.atomic():
        bell.ring(*(_mail(name, names[name]) for name in names.keys() - set(known)))


def message_id(document: Document) -> str:
    return f"<letter-{document.pk}@convoca.example>"


def address(document: Document) -> str:
    """Whom its letter is sent to."""
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
