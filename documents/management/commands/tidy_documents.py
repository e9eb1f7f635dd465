"""manage.py tidy_documents: do by hand what the sweeper does each hour, and report it."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from documents import store
from documents.services import janitor


class Command(BaseCommand):
    help = (
        "List files that no row names, and rows whose file is missing. --remove deletes the former, and what "
        "dead workers left half written; the sweeper does so each hour."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--remove", action="store_true")

    def handle(self, *_args: str, **options: object) -> None:
        for sha256 in janitor.files_without_row():
            self.stdout.write(f"no row: {store.path(sha256)}")
        for sentence in janitor.missing_file_messages():
            self.stdout.write(sentence)
        if options["remove"]:
            self.stdout.write(f"{janitor.clean_up()} files removed")
