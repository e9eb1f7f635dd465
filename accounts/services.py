"""Operations on accounts, and on the personal data in all stores."""

import logging
from collections.abc import Iterator
from datetime import datetime

from django.db import models, transaction

from accounts import audit
from accounts.models import User
from accounts.privacy import Finding, Subject, stores

logger = logging.getLogger(__name__)


class NotPurged(Exception):
    """Some stores could not be purged. The message lists their keys."""


@transaction.atomic
def settle_address(*, person: User) -> None:
    """Make the account's e-mail its only address for sign-in. The first code that is used will verify it."""
    person.emailaddress_set.exclude(email=person.email).delete()
    person.emailaddress_set.update_or_create(email=person.email, defaults={"primary": True})


def purge(at: datetime) -> Iterator[tuple[str, int]]:
    """Delete in every store the data that are due at this time; yield its key and the number of deleted items.

    Stores do not share a transaction: if one fails, the others are still purged. Each store in which something was
    deleted gets an entry in the audit trail. Raises NotPurged at the end if a store has failed.
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
    """Return what every store holds about the person, by key of the store, and record this in the audit trail.

    `about` is the object of the entry: the participant or the account, or `User(pk=0)` if there is neither.
    """
    found = {key: store.find(subject) for key, store in stores.items()}
    number = sum(len(one) for one in found.values())
    audit.record(actor, verb, about, changes={"number": number})
    return found


@transaction.atomic
def erase(*, subject: Subject, about: models.Model, reason: str = "", actor: User) -> dict[str, int]:
    """Erase the person's data in every store. Return the number of changed items by store; the trail records them."""
    counts = {key: store.erase(subject) for key, store in stores.items()}
    touched = {key: number for key, number in counts.items() if number}
    audit.record(actor, "data.erased", about, changes=touched | ({"reason": reason} if reason else {}))
    return counts
