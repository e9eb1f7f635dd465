"""Personal data in accounts: the accounts, their sessions, the audit trail, and the counters of attempts."""

from collections.abc import Iterable
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts import audit, sign_in
from accounts.models import AuditEntry, User
from accounts.privacy import Finding, Privacy, Store, Subject, findings, impersonal, privacy_levels, stores

SHOWN = 1000  # newest entries of the trail to show for one person


def register() -> None:
    """Add the stores of this app to the registry. Sessions come first because the account is needed to find them."""
    stores["sessions"] = SESSIONS
    stores["accounts"] = ACCOUNTS
    stores["trail"] = TRAIL
    stores["limits"] = LIMITS
    impersonal.update(
        {
            "accounts.user": "is_superuser is_staff is_active language",
            "accounts.auditentry": "at verb object_type object_id event_id request_id",
            "accounts.user_groups": "*",
            "accounts.user_user_permissions": "*",
        }
    )


def _accounts(subject: Subject) -> models.QuerySet[User]:
    """Return the accounts with this address, as their main address or as another verified one."""
    if not subject.email:
        return User.objects.none()
    theirs = models.Q(emailaddress__email__iexact=subject.email, emailaddress__verified=True)
    return User.objects.filter(models.Q(email__iexact=subject.email) | theirs).distinct()


def _find_accounts(subject: Subject) -> list[Finding]:
    people = _accounts(subject)
    found = findings(people, SHOWN_OF_ACCOUNT)
    others = EmailAddress.objects.filter(user__in=people)
    addresses = [Finding("account.emailaddress", one.pk, {"email": one.email}) for one in others]
    factors = Authenticator.objects.filter(user__in=people)
    return found + addresses + [Finding("mfa.authenticator", one.pk, {"type": one.type}) for one in factors]


def _erase_accounts(subject: Subject) -> int:
    """Delete the accounts. Records of what the person did contain only the account's number, which stays."""
    return delete_accounts(_accounts(subject))


@transaction.atomic
def _purge_accounts(at: datetime) -> int:
    """Delete unconfirmed and dormant accounts. Return their number."""
    return sign_in.remove_unconfirmed() + delete_accounts(User.objects.dormant(at))


def delete_accounts(people: Iterable[User]) -> int:
    """Delete these accounts with their addresses and second factors, and record it. Return their number."""
    gone = list(people)
    for user in gone:
        audit.record(None, "user.removed", user)
        user.delete()
    return len(gone)


def _sessions(subject: Subject) -> list[Session]:
    """Return the account's sessions. All sessions are decoded, because their rows do not name the account."""
    keys = {str(pk) for pk in _accounts(subject).values_list("pk", flat=True)}
    if not keys:
        return []
    return [one for one in Session.objects.iterator() if one.get_decoded().get("_auth_user_id") in keys]


def _find_sessions(subject: Subject) -> list[Finding]:
    return [Finding("sessions.session", 0, {"expire_date": one.expire_date}) for one in _sessions(subject)]


def _erase_sessions(subject: Subject) -> int:
    keys = [one.session_key for one in _sessions(subject)]
    return Session.objects.filter(pk__in=keys).delete()[0]


def _purge_sessions(at: datetime) -> int:
    return Session.objects.filter(expire_date__lt=at).delete()[0]


def _find_lines(subject: Subject) -> list[Finding]:
    """Return what the account did and when, without the objects: these also concern other people."""
    lines = AuditEntry.objects.filter(actor_id__in=_accounts(subject).values("pk"))[:SHOWN]
    return [Finding(one._meta.label_lower, one.pk, {"at": one.at, "verb": one.verb}) for one in lines]


def _nothing(_subject: Subject) -> list[Finding]:
    return []


SHOWN_OF_ACCOUNT = privacy_levels(Privacy.PERSONAL, "accounts.user", "email name last_login date_joined")
ACCOUNTS = Store(
    name=_("Accounts"),
    purpose=_("to sign in, and to send the news about a registration"),
    kept=format_lazy(
        _("a week unless it is confirmed; then until {days} days after the last sign-in"),
        days=settings.ACCOUNT_KEPT_DAYS,
    ),
    fields=privacy_levels(Privacy.PERSONAL, "accounts.user", "email name")
    | privacy_levels(Privacy.INTERNAL, "accounts.user", "last_login date_joined")
    | privacy_levels(Privacy.SENSITIVE, "accounts.user", "password"),
    find=_find_accounts,
    erase=_erase_accounts,
    purge=_purge_accounts,
)
SESSIONS = Store(
    name=_("Sessions"),
    purpose=_("to stay signed in"),
    kept=_("twelve hours"),
    fields={},
    find=_find_sessions,
    erase=_erase_sessions,
    purge=_purge_sessions,
)
TRAIL = Store(
    name=_("Audit trail"),
    purpose=_("to settle who did what, and when"),
    kept=_("always: it holds numbers of accounts and the names of personal fields, never their values"),
    fields=privacy_levels(Privacy.INTERNAL, "accounts.auditentry", "actor_id changes"),
    find=_find_lines,
)
LIMITS = Store(
    name=_("Counters of attempts"),
    purpose=_("to stop anyone who guesses codes or floods a mailbox"),
    kept=_("a day, in the cache, under a fingerprint of the address"),
    fields={},
    find=_nothing,
)
