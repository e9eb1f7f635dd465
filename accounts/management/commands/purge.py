"""manage.py purge: delete personal data whose retention period has ended, in every store."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts import services
from accounts.privacy import stores


class Command(BaseCommand):
    help = "Delete data of people that are no longer needed. Run once a day; running it again deletes nothing more."

    def handle(self, *_args: str, **_options: object) -> None:
        try:
            for key, number in services.purge(timezone.now()):
                self.stdout.write(f"{stores[key].name}: {number}")
        except services.NotPurged as failed:
            raise CommandError(f"Not purged, as the log explains: {failed}.") from failed
