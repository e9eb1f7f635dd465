"""What is done to accounts, and to everything that the stores hold about people."""

import logging
from collections.abc import Iterator
from datetime import datetime

from django.db import models, transaction

from accounts import audit
from accounts.models import User
from accounts.privacy import Finding, Subject, stores

logger = logging.getLogger(__name__)


class NotPurged(Exception):
    """Some stores, by their keys, still hold what is due."""


@transaction.atomic
def settle_address(*, person: User) -> None:
    """Make the account's e-mail the one address it signs in with, proved by the first code that is used."""
    person.emailaddress_set.exclude(email=person.email).delete()
    person.emailaddress_set.update_or_create(email=person.email, defaults={"primary": True})


def purge(at: datetime) -> Iterator[tuple[str, int]]:
    """Delete what is due in every store; of each its key and how many things that were.

    Not one transaction: each store works in batches, and one that fails keeps nothing in the others. A store with
    something to delete has a line of the trail. Raises NotPurged at the end with those that failed.
    """
    failed = []
    for key, store in stores.items():
        try:
            number = store.purge(at)
        except Exception:
            logger.exception("what is due in the store %s was not deleted", key)
            failed.append(key)
            continue
        if number:
            audit.record(None, "data.purged", User(pk=0), changes={"store": key, "number": number}, at=at)
        yield key, number
    if failed:
        raise NotPurged(", ".join(failed))


@transaction.atomic
def disclose(verb: str, *, subject: Subject, about: models.Model, actor: User) -> dict[str, list[Finding]]:
    """What every store holds about the person, by key of the store, with a line of the trail that says the verb.

    `about` is the object of that line: the registered person or the account, or `User(pk=0)` where there is none.
    """
    found = {key: store.find(subject) for key, store in stores.items()}
    number = sum(len(one) for one in found.values())
    audit.record(actor, verb, about, changes={"number": number})
    return found


@transaction.atomic
def erase(*, subject: Subject, about: models.Model, reason: str = "", actor: User) -> dict[str, int]:
    """Remove the person's data in every store; how many things in each. The line of the trail keeps the counts."""
    counts = {key: store.erase(subject) for key, store in stores.items()}
    touched = {key: number for key, number in counts.items() if number}
    audit.record(actor, "data.erased", about, changes=touched | ({"reason": reason} if reason else {}))
    return counts
