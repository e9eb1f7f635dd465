"""manage.py tidy_documents: what dead workers and replaced merged files left in the store."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from documents import store
from documents.models import Document, MergedFile


class Command(BaseCommand):
    help = (
        "Remove temporary files of dead workers; list files that no row names, and with --remove delete them."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--remove", action="store_true")

    def handle(self, *_args: str, **options: object) -> None:
        self.stdout.write(f"{store.remove_leftovers()} temporary files removed")
        old = set(store.names(older_than=store.LEFTOVER_AGE))  # a younger one may wait for its row
        named = {
            sha256
            for model in (Document, MergedFile)
            for sha256 in model.objects.values_list("file_sha256", flat=True)
        }
        for sha256 in sorted(old - named):
            self.stdout.write(f"no row: {store.path(sha256)}")
            if options["remove"]:
                store.path(sha256).unlink(missing_ok=True)
