"""What the secretariat does to accounts."""

from django.db import transaction

from accounts.models import User


@transaction.atomic
def settle_address(*, person: User) -> None:
    """Make the account's e-mail the one address it signs in with, proved by the first code that is used."""
    person.emailaddress_set.exclude(email=person.email).delete()
    person.emailaddress_set.update_or_create(email=person.email, defaults={"primary": True})
