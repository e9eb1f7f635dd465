"""Audit entries about downloaded lists."""

from django.db import transaction

from accounts import audit
from accounts.models import User
from events.models import Event


@transaction.atomic
def record_export(*, event: Event, name: str, extension: str, actor: User) -> None:
    """Record who downloaded a list of an event, which list, and in which format."""
    audit.record(actor, "figures.downloaded", event, changes={"list": name, "format": extension})
