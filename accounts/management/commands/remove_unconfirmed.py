"""manage.py remove_unconfirmed: forget who gave an address a week ago and never confirmed it. Run once a day."""

from django.core.management.base import BaseCommand

from accounts import sign_in


class Command(BaseCommand):
    help = "Remove accounts that were asked for through a personal link and never confirmed within 7 days."

    def handle(self, *_args: str, **_options: object) -> None:
        self.stdout.write(f"{sign_in.remove_unconfirmed()} removed")
