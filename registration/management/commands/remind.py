"""manage.py remind: send the reminders that are due today, each one once."""

from django.core.management.base import BaseCommand

from registration import services


class Command(BaseCommand):
    help = "Remind invited bodies of what they have not done yet. Run once a day; running it again sends nothing."

    def handle(self, *_args: str, **_options: object) -> None:
        self.stdout.write(f"Reminders sent: {services.remind()}")
