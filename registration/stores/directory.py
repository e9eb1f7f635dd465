"""The directory: holders of offices in parliaments, and the addresses for invitations."""

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from accounts.privacy import Finding, Privacy, Store, Subject, findings, privacy_levels
from registration.models import Contact, PresidingOfficer


def _find(subject: Subject) -> list[Finding]:
    """Rows with the same name or address. A reader must judge whether they are about the same person."""
    rows: list[Model] = list(PresidingOfficer.objects.filter(name__in=subject.names))
    if subject.email:
        rows += Contact.objects.filter(email__iexact=subject.email)
    return findings(rows, DIRECTORY.fields)


def _erase(subject: Subject) -> int:
    """Delete the address only.

    A letter needs the name of the office holder until somebody else holds the office.
    """
    if not subject.email:
        return 0
    return Contact.objects.filter(email__iexact=subject.email).delete()[0]


DIRECTORY = Store(
    name=_("Directory of parliaments"),
    purpose=_("to address invitations"),
    kept=_("as long as the person holds the office; the secretariat keeps it up to date"),
    fields=privacy_levels(Privacy.PUBLIC, "registration.presidingofficer", "name")
    | privacy_levels(Privacy.PERSONAL, "registration.contact", "email")
    | privacy_levels(Privacy.INTERNAL, "registration.parliament", "note"),
    find=_find,
    erase=_erase,
)
