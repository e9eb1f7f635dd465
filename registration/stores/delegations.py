"""What was typed about a delegation as a whole: second contact, remarks, the text of an answer."""

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from accounts.privacy import Finding, Privacy, Store, Subject, privacy_levels, values
from registration.fields import CATALOGUE, QUARTER, YEAR, Section
from registration.models import Delegation, Extension, Invitation
from registration.stores.due import empty_due, empty_values, kept_until

_ASKED = {name: field for name, field in CATALOGUE.items() if field.section == Section.DELEGATION}
KEEP: dict[str, int | None] = {name: field.keep for name, field in _ASKED.items()} | {"reason": YEAR}
SECOND_CONTACT = [name for name in _ASKED if name.startswith("second_contact_")]
OF_INVITATION = {"answer": YEAR}
OF_EXTENSION = {"reason": YEAR}


def _purge(at: datetime) -> int:
    return (
        empty_due(Delegation.objects.all(), KEEP, at, "event", version=F("version") + 1)
        + empty_due(Invitation.objects.all(), OF_INVITATION, at, "event")
        + empty_due(Extension.objects.all(), OF_EXTENSION, at, "event")
    )


def _find(subject: Subject) -> list[Finding]:
    """Delegations whose second contact has this address."""
    if not subject.email:
        return []
    theirs = Delegation.objects.filter(second_contact_email__iexact=subject.email).select_related("event")
    return [_finding(delegation) for delegation in theirs]


def _finding(delegation: Delegation) -> Finding:
    held = {
        name: value
        for name, value in values(delegation, DELEGATIONS.fields).items()
        if name in SECOND_CONTACT
    }
    kept = kept_until(delegation.event.last_day, dict.fromkeys(SECOND_CONTACT, QUARTER), held)
    return Finding(delegation._meta.label_lower, delegation.pk, held, kept)


def _erase(subject: Subject) -> int:
    if not subject.email:
        return 0
    theirs = Delegation.objects.filter(second_contact_email__iexact=subject.email)
    return theirs.update(**empty_values(Delegation, SECOND_CONTACT), version=F("version") + 1)


DELEGATIONS = Store(
    name=_("Delegations"),
    purpose=_("to prepare the registration and to reach the delegation"),
    kept=_("the second contact for 90 days after the event, remarks and reasons for a year"),
    fields={f"registration.delegation.{name}": field.privacy for name, field in _ASKED.items()}
    | privacy_levels(Privacy.PERSONAL, "registration.delegation", "reason")
    | privacy_levels(Privacy.INTERNAL, "registration.delegation", "privacy_read_at")
    | privacy_levels(Privacy.PERSONAL, "registration.invitation", "answer")
    | privacy_levels(Privacy.PERSONAL, "registration.extension", "reason"),
    find=_find,
    erase=_erase,
    purge=_purge,
)
