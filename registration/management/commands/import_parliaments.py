"""manage.py import_parliaments: show or apply the changes of a file to the directory of parliaments."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from registration import imports


class Command(BaseCommand):
    help = "Show what FILE would change in the directory of parliaments; with --apply, change it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=imports.DIRECTORY, metavar="FILE")
        parser.add_argument("--apply", action="store_true", help="write; without it nothing is written")

    def handle(self, *_args: str, file: Path, apply: bool, **options: int) -> None:
        try:
            text = imports.decode(file.read_bytes())
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        report = imports.import_parliaments(text, actor=None, apply=apply)
        self._tell(report, verbose=options["verbosity"] > 1)
        if report.errors:
            raise CommandError(f"{len(report.errors)} errors: nothing was written.")

    def _tell(self, report: imports.Report, *, verbose: bool) -> None:
        for error in report.errors:
            self.stderr.write(f"line {error.line}, {error.column or 'whole line'}: {error.sentence}")
        for change in report.added if verbose else []:
            self.stdout.write(f"+ {change.code} {change.name}")
        for change in report.changed:
            for column, before, after in change.columns:
                self.stdout.write(f"~ {change.code} {column}: {before or '(empty)'} -> {after or '(empty)'}")
        self.stdout.write(
            f"{len(report.added)} added, {len(report.changed)} changed, {report.unchanged} unchanged"
            + ("." if report.applied else "; nothing was written.")
        )
