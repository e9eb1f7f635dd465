"""Translate the functions of people: the coordinator types one language, the secretariat adds the other."""

from collections.abc import Mapping

from django.db import transaction

from accounts import audit
from accounts.models import User
from registration import rules
from registration.models import Delegation, Participant
from registration.services.people import increment_version, lock_delegation

LINES = ("function", "body_function")


@transaction.atomic
def translate_functions(
    *, delegation: Delegation, version: int, lines: Mapping[int, Mapping[str, str]], actor: User
) -> Delegation:
    """Save the translations of people's functions; `lines` is by the person's key, then by a name in `LINES`.

    Ignores a translation of an empty line. Raises VersionChanged, UnknownPerson.
    """
    delegation = lock_delegation(delegation)
    if delegation.version != version:
        raise rules.VersionChanged
    people = {person.pk: person for person in delegation.participants.all()}
    if not people.keys() >= lines.keys():
        raise rules.UnknownPerson
    changed = {pk: _translated(people[pk], typed) for pk, typed in lines.items()}
    written = [people[pk] for pk, names in changed.items() if names]
    if not written:
        return delegation
    for person in written:
        person.version += 1
        person.save(update_fields=[*sorted(changed[person.pk]), "version"])
    increment_version(delegation)
    figures = {"people": len(written), "fields": sorted(set().union(*changed.values()))}
    audit.record(
        actor, "delegation.translated", delegation, changes={"version": delegation.version, **figures}
    )
    return delegation


def _translated(person: Participant, typed: Mapping[str, str]) -> set[str]:
    """Set the translations on the person and return the names of the changed columns."""
    new = {f"{line}_translation": typed.get(line, "") for line in LINES if getattr(person, line)}
    changed = {name for name, words in new.items() if getattr(person, name) != words}
    for name in changed:
        setattr(person, name, new[name])
    return changed
