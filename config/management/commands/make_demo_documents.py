"""manage.py make_demo_documents: has the workers make the demo's documents and says what there is to see."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from config.management.commands.load_sample import credentials
from config.sample import loading, making, open_workshop
from documents.models import Batch, Document
from registration import links
from registration.models import Invitation

BAR = 40


class Command(BaseCommand):
    help = "Have the workers make the demo's letters and aide-memoires; exits 1 when one failed."

    def handle(self, *_args: str, **_options: object) -> None:
        actor = User.objects.get(email=credentials()["secretariat"]["email"])
        try:
            batches = making.order(actor=actor, today=loading.today())
            making.wait(batches, self._progress)
            letters = making.batches_of(batches, Document.Kind.INVITATION)
            merged = making.merge(letters[0], actor=actor)
        except making.Stuck as stuck:
            raise CommandError("No document was finished for a long time: is a worker running?") from stuck
        report = making.report(batches, merged=merged)
        self._table(batches, report)
        self._doors()
        if report["failed"]:
            raise CommandError(f"{report['failed']} documents failed; the administration says why.")

    def _progress(self, done: int, total: int) -> None:
        part = done / total if total else 0
        bar = "█" * int(part * BAR) + "░" * (BAR - int(part * BAR))
        end = "\n" if total and done == total else ""
        if sys.stdout.isatty():
            self.stdout.write(f"\r  {bar} {done}/{total} documents", ending=end)
            self.stdout.flush()
        elif end:
            self.stdout.write(f"  {bar} {done}/{total} documents")

    def _table(self, batches: list[Batch], report: dict[str, Any]) -> None:
        self.stdout.write(f"\n  {'kind':<14} {'language':<9} {'made':>5} {'failed':>7} {'pages':>6}")
        for row in making.totals(batches):
            line = f"  {row['kind']:<14} {row['language']:<9} {row['made']:>5} {row['failed']:>7} {row['paper']:>6}"
            self.stdout.write(line)
        speed = f"{report['letters_per_second']} letters per second"
        self.stdout.write(f"\n  made in {report['seconds']} s ({speed})")
        self.stdout.write(f"  all letters: {report['zip']}\n  for the printer: {report['merged']}")
        self.stdout.write(f"  report: {making.REPORT}\n")

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
            ("mail", f"{site}/dev/mail/ (sign-in codes arrive there)"),
            ("verification", f"{site}/verify/"),
        ):
            self.stdout.write(f"  {name + ':':<14} {words}")
