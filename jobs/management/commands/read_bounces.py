"""manage.py read_bounces: read delivery reports and record which mails bounced."""

import sys
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from jobs import reports, services


class Command(BaseCommand):
    help = (
        "Read delivery reports (RFC 3464), one from standard input or one in each FILE, and note which mails came "
        'back. For an alias of the mail server: bounces: "|… manage.py read_bounces".'
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE")

    def handle(self, *_args: str, files: list[Path], **_options: object) -> None:
        for raw in [_content(file) for file in files] or [sys.stdin.buffer.read(reports.MAX_BYTES)]:
            noted = services.read_report(raw)
            for failure in noted:
                self.stdout.write(f"{failure.message_id} to {failure.address} came back")
            if not noted:
                self.stdout.write("no report of a mail that came back")


def _content(file: Path) -> bytes:
    """Return the file's first MAX_BYTES bytes. Raises CommandError if the file cannot be read."""
    try:
        with file.open("rb") as content:
            return content.read(reports.MAX_BYTES)
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
