"""Who comes for one organisation to one event."""

from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from events.models import Event, Organisation
from registration.models.invitation import Invitation


class DelegationQuerySet(models.QuerySet["Delegation"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The secretariat sees all, a coordinator their own."""
        return self if user.is_authenticated and user.is_secretariat else self.of_coordinator(user)

    def of_coordinator(self, user: User | AnonymousUser) -> Self:
        return self.filter(coordinators=user) if user.is_authenticated else self.none()

    def with_event(self) -> Self:
        """With what a list of delegations shows: the event, its windows, the organisation."""
        return self.select_related("event", "organisation").prefetch_related("event__windows")

    def with_people(self) -> Self:
        return self.prefetch_related("participants")

    def counted(self) -> Self:
        """Each with `people`, how many they are."""
        return self.annotate(people=Count("participants", distinct=True))

    def latest_first(self) -> Self:
        """By their events, the one farthest in the future first."""
        return self.order_by("-event__first_day", "pk")

    def waiting(self) -> Self:
        """Submitted and not looked at yet, the oldest first."""
        return self.filter(status=Delegation.Status.SUBMITTED).order_by("submitted_at", "pk")


class Delegation(models.Model):
    """Event × organisation, kept by one or more coordinators until the secretariat has confirmed it."""

    class Status(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("delegation status", "draft")
        SUBMITTED = "submitted", pgettext_lazy("delegation status", "submitted")
        RETURNED = "returned", pgettext_lazy("delegation status", "returned for correction")
        CONFIRMED = "confirmed", pgettext_lazy("delegation status", "confirmed")

    NEXT_STATUS = {
        Status.DRAFT: {Status.SUBMITTED},
        Status.SUBMITTED: {Status.CONFIRMED, Status.RETURNED},
        Status.RETURNED: {Status.SUBMITTED},
        Status.CONFIRMED: {Status.RETURNED},
    }
    EDITABLE = (Status.DRAFT, Status.RETURNED)  # the coordinator holds the pen

    event = models.ForeignKey(Event, models.PROTECT, related_name="delegations", verbose_name=_("event"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="delegations", verbose_name=_("organisation")
    )
    invitation = models.OneToOneField(
        Invitation, models.PROTECT, null=True, blank=True, related_name="delegation", editable=False
    )
    coordinators = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="delegations", blank=True, verbose_name=_("coordinators")
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False
    )
    return_reason = models.TextField(_("reason for the return"), blank=True, editable=False)
    remarks = models.TextField(_("remarks"), blank=True)
    # Rises with each save of its people: confirming applies to the version that was shown.
    version = models.PositiveIntegerField(default=1, editable=False)
    privacy_read_at = models.DateTimeField(_("privacy notice read"), null=True, editable=False)
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)
    saved_at = models.DateTimeField(_("saved"), auto_now=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, editable=False)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = ("event", "organisation__code")
        constraints = (models.UniqueConstraint(fields=("event", "organisation"), name="delegation_once"),)

    def __str__(self) -> str:
        return f"{self.organisation} – {self.event}"

    def get_absolute_url(self) -> str:
        return reverse("registration:delegation", args=[self.pk])

    @property
    def is_editable(self) -> bool:
        return self.status in self.EDITABLE

    @property
    def coordinator_addresses(self) -> list[str]:
        """The coordinators' addresses as a stranger may see them: “m•••@parliament.example”."""
        addresses = (coordinator.email.partition("@") for coordinator in self.coordinators.all())
        return [f"{name[:1]}•••@{domain}" for name, _at, domain in addresses]

    def can_become(self, status: str) -> bool:
        return status in self.NEXT_STATUS[self.Status(self.status)]


class Participant(models.Model):
    """A person of a delegation."""

    class Role(models.TextChoices):
        HEAD = "head", pgettext_lazy("role", "Head of delegation")
        DEPUTY = "deputy", pgettext_lazy("role", "Deputy head of delegation")
        DELEGATE = "delegate", pgettext_lazy("role", "Delegate")
        ADVISER = "adviser", pgettext_lazy("role", "Adviser")
        OBSERVER = "observer", pgettext_lazy("role", "Observer")
        STAFF = "staff", pgettext_lazy("role", "Parliamentary staff")
        INTERPRETER = "interpreter", pgettext_lazy("role", "Interpreter")
        SECURITY = "security", pgettext_lazy("role", "Security")
        PRESS = "press", pgettext_lazy("role", "Press")
        ACCOMPANYING = "accompanying", pgettext_lazy("role", "Accompanying person")

    class Honorific(models.TextChoices):
        NONE = "", pgettext_lazy("honorific", "none")
        MS = "ms", pgettext_lazy("honorific", "Ms.")
        MR = "mr", pgettext_lazy("honorific", "Mr.")
        HON = "hon", pgettext_lazy("honorific", "Hon.")
        DR = "dr", pgettext_lazy("honorific", "Dr.")
        HE = "he", pgettext_lazy("honorific", "H.E.")
        SENATOR = "senator", pgettext_lazy("honorific", "Senator")
        DEPUTY = "deputy", pgettext_lazy("honorific", "Deputy")

    class Gender(models.TextChoices):
        WOMAN = "woman", pgettext_lazy("gender", "woman")
        MAN = "man", pgettext_lazy("gender", "man")
        OTHER = "other", pgettext_lazy("gender", "other")
        NOT_STATED = "not_stated", pgettext_lazy("gender", "not stated")

    delegation = models.ForeignKey(Delegation, models.CASCADE, related_name="participants")
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.DELEGATE)
    honorific = models.CharField(_("form of address"), max_length=10, choices=Honorific, blank=True)
    given_names = models.CharField(
        _("given names"), max_length=120, blank=True, help_text=_("As in the passport.")
    )
    family_names = models.CharField(
        _("family names"), max_length=120, blank=True, help_text=_("As in the passport.")
    )
    badge_name = models.CharField(_("name for the badge"), max_length=80, blank=True)
    gender = models.CharField(_("gender"), max_length=10, choices=Gender, default=Gender.NOT_STATED)
    function = models.CharField(_("function"), max_length=200, blank=True)
    function_language = models.CharField(
        max_length=2, choices=settings.LANGUAGES, default="en", editable=False
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ("delegation", "order", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("delegation",),
                condition=Q(role="head"),
                name="one_head_per_delegation",
                violation_error_message=_("A delegation has one head."),
            ),
            # Either alone will do: many passports have one name and leave the other line empty.
            models.CheckConstraint(
                condition=~Q(given_names="", family_names=""),
                name="participant_has_a_name",
                violation_error_message=_("Enter the given names, the family names or both."),
            ),
        )

    def __str__(self) -> str:
        return self.badge_name or self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.given_names} {self.family_names}".strip()
