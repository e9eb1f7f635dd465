"""The users of Convoca, and the audit trail of what they did."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Coalesce, Lower, Now, NullIf
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts import trail


class UserManager(BaseUserManager["User"]):
    """Manages accounts, which are identified by their e-mail address in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a user, who signs in with a code sent by e-mail and has a password only if one is given."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a member of the secretariat with all permissions and a verified e-mail address."""
        user = self.create_user(email, password, is_staff=True, is_superuser=True, **fields)
        user.emailaddress_set.create(email=user.email, primary=True, verified=True)
        return user

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email=(email or "").lower())

    def unconfirmed(self) -> models.QuerySet["User"]:
        """Users who asked for a code and never used one: no verified address, no password, no delegation, no team."""
        nothing = {"last_login": None, "delegations": None, "teams": None, "password__startswith": "!"}
        return self.filter(is_staff=False, **nothing).exclude(emailaddress__verified=True)

    def dormant(self, at: datetime) -> models.QuerySet["User"]:
        """Users who have not signed in for ACCOUNT_KEPT_DAYS and have no delegation to an event that is not over.

        Members of the secretariat and of event teams are never dormant.
        """
        last_seen = Coalesce("last_login", "date_joined")
        limit = at - timedelta(days=settings.ACCOUNT_KEPT_DAYS)
        waiting = models.Q(delegations__event__last_day__gte=at.date())
        long_gone = self.annotate(last_seen=last_seen).filter(is_staff=False, teams=None, last_seen__lt=limit)
        return long_gone.exclude(waiting)


class User(AbstractBaseUser, PermissionsMixin):
    """A user: member of the secretariat (staff), organiser (event team) or coordinator (delegation)."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="en")
    is_staff = models.BooleanField(
        _("secretariat"), default=False, help_text=_("May use the administration.")
    )
    is_active = models.BooleanField(pgettext_lazy("account", "active"), default=True)
    date_joined = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = EMAIL_FIELD = "email"

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ("email",)
        constraints = (
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_lower_case"),
        )

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_secretariat(self) -> bool:
        return self.is_active and self.is_staff

    def has_perm(self, perm: str, obj: models.Model | None = None) -> bool:
        """Return True for the secretariat. Only superusers can make other users staff; `UserAdmin` ensures this."""
        return self.is_secretariat

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_secretariat


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    def about(self, obj: models.Model) -> Self:
        """Entries about one object, the newest first."""
        return self.filter(object_type=obj._meta.label_lower, object_id=obj.pk)

    def with_actor(self) -> Self:
        """Add `actor`, the name or the e-mail address of the user; None for the system and for deleted accounts."""
        who = User.objects.filter(pk=models.OuterRef("actor_id"))
        shown = Coalesce(NullIf("name", models.Value("")), "email", output_field=models.CharField())
        return self.annotate(actor=models.Subquery(who.values(shown=shown)))


class AuditEntry(models.Model):
    """One entry of the audit trail: who did what to which object. A PostgreSQL trigger forbids later changes."""

    at = models.DateTimeField(_("when"), db_default=Now(), editable=False)
    # No foreign key: the entry is kept when the account is deleted.
    actor_id = models.BigIntegerField(_("who"), null=True, editable=False)
    verb = models.CharField(_("what"), max_length=60, editable=False)
    object_type = models.CharField(_("kind of object"), max_length=60, editable=False)
    object_id = models.BigIntegerField(_("object"), editable=False)
    event_id = models.BigIntegerField(_("event"), null=True, editable=False)
    changes = models.JSONField(_("changes"), default=dict, editable=False)
    request_id = models.CharField(_("reference number"), max_length=20, blank=True, editable=False)

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit trail")
        ordering = ("-at", "-pk")
        indexes = (
            models.Index(fields=("object_type", "object_id", "-at"), name="audit_by_object"),
            models.Index(fields=("-at", "-id"), name="audit_by_time"),
        )

    def __str__(self) -> str:
        verb, name = trail.verb_description(self.verb), trail.object_type_name(self.object_type)
        return f"{verb}: {name} {self.object_id or ''}".rstrip()
