"""manage.py load_sample: load the reference events, the directory of parliaments, and users who can sign in."""

import json
import secrets
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from accounts.models import User
from config.sample import assembly, delegations, loading

CREDENTIALS = Path("var/demo-credentials.json")


def credentials() -> dict[str, dict[str, str]]:
    """Return e-mail and password of the secretariat and the organiser. Passwords are random and are kept in a file."""
    file = settings.BASE_DIR / CREDENTIALS
    if not file.exists():
        roles = ("secretariat", "organiser")
        known = {
            role: {"email": f"{role}@convoca.example", "password": secrets.token_urlsafe(12)}
            for role in roles
        }
        file.touch(mode=0o600)
        file.write_text(json.dumps(known, indent=2))
    return json.loads(file.read_text())


class Command(BaseCommand):
    help = "Load the reference events, the directory of parliaments and the demo's people. Changes nothing that exists."

    def handle(self, *_args: str, **_options: object) -> None:
        officer, organiser = self._people()
        loading.load_directory(actor=officer)
        loading.load_organisations()
        loading.load_contacts()
        loading.load_montevideo(actor=officer, organiser=organiser)
        loading.load_e_parliament(actor=officer, organiser=organiser)
        delegations.invite_members(actor=officer)
        self._specimens(officer, organiser)

    @transaction.atomic
    def _specimens(self, officer: User, organiser: User) -> None:
        """Load the events with delegations in one transaction, so that a run that fails can be repeated."""
        today = loading.today()
        if workshop := loading.load_open_workshop(actor=officer, organiser=organiser, today=today):
            delegations.load_delegations(event=workshop, actor=officer)
        if past := loading.load_past_workshop(actor=officer, organiser=organiser, today=today):
            delegations.load_past_delegations(event=past, actor=officer)
            loading.move_to_past(past, today=today)
        if event := loading.load_assembly(actor=officer, organiser=organiser, today=today):
            assembly.load_delegations(event=event, actor=officer)

    def _people(self) -> tuple[User, User]:
        known = credentials()
        return self._person(known["secretariat"], staff=True), self._person(known["organiser"], staff=False)

    def _person(self, known: dict[str, str], *, staff: bool) -> User:
        user = User.objects.filter(email=known["email"]).first()
        if user is None:
            create = User.objects.create_superuser if staff else User.objects.create_user
            user = create(known["email"], known["password"])
        user.emailaddress_set.get_or_create(email=user.email, defaults={"primary": True, "verified": True})
        return user
