"""What the trail keeps of lists that leave the site."""

from django.db import transaction

from accounts import audit
from accounts.models import User
from events.models import Event


@transaction.atomic
def record_export(*, event: Event, name: str, extension: str, actor: User) -> None:
    """Note who took the figures, the delegations or the people of an event away, and as what."""
    audit.record(actor, "figures.downloaded", event, changes={"list": name, "format": extension})
