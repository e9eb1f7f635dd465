"""manage.py make_demo_documents: have the workers make the demo's documents, then print what can be visited."""

import sys
from functools import partial
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from accounts.models import User
from config.management.commands.load_sample import credentials
from config.sample import loading, making, open_workshop
from documents.models import Batch, Document
from documents.pages import tracking
from events.models import Event
from registration import links
from registration.models import Invitation

BAR = 40


class Command(BaseCommand):
    help = "Have the workers make the demo's documents and mail its letters; exits 1 when a document failed."

    def handle(self, *_args: str, **_options: object) -> None:
        actor = User.objects.get(email=credentials()["secretariat"]["email"])
        try:
            batches = making.order(actor=actor, today=loading.today())
            making.wait(batches, partial(self._progress, what="documents"))
            making.publish(actor=actor)
            letters = making.batches_of(batches, Document.Kind.INVITATION)
            merged = making.merge(letters[0], actor=actor)
            conference = making.send(actor=actor, progress=partial(self._progress, what="mails"))
        except making.Stuck as stuck:
            raise CommandError("No document was finished for a long time: is a worker running?") from stuck
        report = making.report(batches, merged=merged)
        self._table(batches, report)
        self._tracker(conference)
        self._doors()
        if report["failed"]:
            raise CommandError(f"{report['failed']} documents failed; the administration says why.")

    def _progress(self, done: int, total: int, *, what: str) -> None:
        part = done / total if total else 0
        bar = "█" * int(part * BAR) + "░" * (BAR - int(part * BAR))
        end = "\n" if total and done == total else ""
        if sys.stdout.isatty():
            self.stdout.write(f"\r  {bar} {done}/{total} {what}", ending=end)
            self.stdout.flush()
        elif end:
            self.stdout.write(f"  {bar} {done}/{total} {what}")

    def _table(self, batches: list[Batch], report: dict[str, Any]) -> None:
        self.stdout.write(f"\n  {'kind':<20} {'language':<9} {'made':>5} {'failed':>7} {'pages':>6}")
        for row in making.totals(batches):
            line = f"  {row['kind']:<20} {row['language']:<9} {row['made']:>5} {row['failed']:>7} {row['paper']:>6}"
            self.stdout.write(line)
        speed = f"{report['letters_per_second']} letters per second"
        self.stdout.write(f"\n  made in {report['seconds']} s ({speed})")
        self.stdout.write(f"  all letters: {report['zip']}\n  for the printer: {report['merged']}")
        self.stdout.write(f"  report: {making.REPORT}\n")

    def _tracker(self, event: Event) -> None:
        """Print the number of the conference's letters by region, as the tracker page shows them."""
        regions = tracking.group_by_region(tracking.tracks(event))
        self.stdout.write(f"  {'region':<40} {'invited':>8} {'letters':>8} {'sent':>6}")
        for region, those in regions.items():
            letters = sum(bool(one.letters) for one in those)
            sent = sum(one.stage == tracking.Stage.SENT for one in those)
            self.stdout.write(f"  {region:<40} {len(those):>8} {letters:>8} {sent:>6}")
        self.stdout.write("")

    def _doors(self) -> None:
        known, site = credentials(), settings.SITE_URL
        invitation = Invitation.objects.get(
            event__slug="open-workshop", organisation__code=open_workshop.FREE_INVITATION
        )
        for name, words in (
            ("site", f"{site}/en/  {site}/es/"),
            (
                "secretariat",
                f"{site}/admin/  {known['secretariat']['email']}  {known['secretariat']['password']}",
            ),
            (
                "organiser",
                f"{site}/en/desk/  {known['organiser']['email']}  {known['organiser']['password']}",
            ),
            ("coordinator", links.personal_link(invitation.pk, "es")),
            ("assembly", f"{site}/en/desk/  coordinator@mx.example, coordinator@cl.example (with a code)"),
            ("mail", f"{site}/dev/mail/ (letters and sign-in codes arrive there)"),
            ("tracker", f"{site}{reverse('documents:tracker', args=['e-parliament-2021'])}"),
            ("verification", f"{site}/verify/"),
        ):
            self.stdout.write(f"  {name + ':':<14} {words}")
