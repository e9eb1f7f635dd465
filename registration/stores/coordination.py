"""Coordinators, candidates, and who did what: rows that refer to accounts."""

from datetime import datetime

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from accounts.privacy import Finding, Privacy, Store, Subject, privacy_levels
from registration.models import Acceptance, Candidate, Delegation
from registration.stores.due import delete_due


def _purge(at: datetime) -> int:
    """Delete candidates whose week is over. Coordinators stay as long as their accounts."""
    return delete_due(Candidate.objects.filter(since__lte=at - Candidate.VALID_FOR))


def _find(subject: Subject) -> list[Finding]:
    if not subject.email:
        return []
    theirs = Q(user__email__iexact=subject.email)
    of_account: list[Candidate | Acceptance] = [*Candidate.objects.filter(theirs)]
    of_account += Acceptance.objects.filter(theirs)
    coordinated = Delegation.objects.filter(coordinators__email__iexact=subject.email)
    return [
        *(_finding(one, str(one.event)) for one in coordinated.select_related("event")),
        *(_finding(one, str(one.delegation)) for one in of_account),
    ]


def _finding(row: Model, where: str) -> Finding:
    return Finding(row._meta.label_lower, row.pk, {"event": where})


def _erase(subject: Subject) -> int:
    """Delete the candidates. Other rows are handled when the account itself is erased."""
    if not subject.email:
        return 0
    return Candidate.objects.filter(user__email__iexact=subject.email).delete()[0]


COORDINATION = Store(
    name=_("Coordination"),
    purpose=_("to know who acts for a delegation"),
    kept=_("an invitation to coordinate for a week, all else as long as the account"),
    fields=privacy_levels(Privacy.PERSONAL, "registration.delegation", "lead")
    | privacy_levels(Privacy.PERSONAL, "registration.delegation_coordinators", "user")
    | privacy_levels(Privacy.PERSONAL, "registration.candidate", "user")
    | privacy_levels(Privacy.INTERNAL, "registration.acceptance", "user")
    | privacy_levels(Privacy.INTERNAL, "registration.extension", "granted_by")
    | privacy_levels(Privacy.INTERNAL, "registration.invitation", "issued_by")
    | privacy_levels(Privacy.INTERNAL, "registration.circular", "written_by"),
    find=_find,
    erase=_erase,
    purge=_purge,
)
