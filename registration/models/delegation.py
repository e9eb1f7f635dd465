"""A delegation: the people of one organisation, or one group of the secretariat, at one event."""

from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import OuterRef, Prefetch, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from events.models import Event, Organisation
from registration.models.invitation import Invitation


class DelegationQuerySet(models.QuerySet["Delegation"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """All delegations for the secretariat; a coordinator's own ones; none for others."""
        return self if user.is_authenticated and user.is_secretariat else self.of_coordinator(user)

    def of_coordinator(self, user: User | AnonymousUser) -> Self:
        return self.filter(coordinators=user) if user.is_authenticated else self.none()

    def of_invitation(self, invitation: Invitation) -> Self:
        """The delegation of the invitation's event and organisation, however it was created."""
        return self.filter(event=invitation.event_id, organisation=invitation.organisation_id)

    def with_event(self) -> Self:
        """With the rows for a list of delegations: event, windows, extensions, organisation."""
        return self.select_related("event", "organisation").prefetch_related(
            "event__windows", "event__extensions"
        )

    def with_people(self) -> Self:
        return self.prefetch_related("participants")

    def with_terms(self) -> Self:
        """With all the rows that the rules need, in a fixed number of queries."""
        return self.with_history().prefetch_related(
            "event__rules",
            "event__asked_fields",
            "event__declarations",
            "event__places",
            "event__extensions",
            "event__windows",
            "organisation__parliament__presiding_officers",
            "participants",
            "uploads",
        )

    def with_history(self) -> Self:
        """With the rows that `earlier_assemblies` needs."""
        earlier = Event.objects.filter(
            kind=Event.Kind.ASSEMBLY,
            status=Event.Status.PUBLISHED,
            first_day__lt=OuterRef("event__first_day"),
        )
        latest = earlier.order_by("-first_day", "-pk").values("pk")
        confirmed = Delegation.objects.filter(
            status=Delegation.Status.CONFIRMED, event__kind=Event.Kind.ASSEMBLY
        ).prefetch_related("participants")
        return self.annotate(
            assembly_before=Subquery(latest[:1]), assembly_before_that=Subquery(latest[1:2])
        ).prefetch_related(
            Prefetch("organisation__delegations", confirmed, to_attr="confirmed_at_assemblies")
        )

    def latest_first(self) -> Self:
        """By event, the latest first."""
        return self.order_by("-event__first_day", "pk")

    def waiting(self) -> Self:
        """Submitted delegations that wait for a decision, the oldest first."""
        return self.filter(status=Delegation.Status.SUBMITTED).order_by("submitted_at", "pk")


class Delegation(models.Model):
    """Event × organisation (or group), edited by its coordinators, examined by the secretariat.

    The status says who has to act next; each person has a status of their own.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("delegation status", "draft")
        SUBMITTED = "submitted", pgettext_lazy("delegation status", "submitted")
        RETURNED = "returned", pgettext_lazy("delegation status", "returned for correction")
        CONFIRMED = "confirmed", pgettext_lazy("delegation status", "confirmed")
        REJECTED = "rejected", pgettext_lazy("delegation status", "not accepted")
        WITHDRAWN = "withdrawn", pgettext_lazy("delegation status", "withdrawn")

    class Group(models.TextChoices):
        """The secretariat's own lists of people, besides the delegations."""

        PANELLISTS = "panellists", pgettext_lazy("group of participants", "Panellists")
        SECRETARIAT = "secretariat", pgettext_lazy("group of participants", "Secretariat")
        HOST = "host", pgettext_lazy("group of participants", "Host")
        PRESS = "press", pgettext_lazy("group of participants", "Press")

    NEXT_STATUS = {
        Status.DRAFT: {Status.SUBMITTED, Status.WITHDRAWN},
        Status.SUBMITTED: {Status.CONFIRMED, Status.RETURNED, Status.REJECTED, Status.WITHDRAWN},
        Status.RETURNED: {Status.SUBMITTED, Status.WITHDRAWN},
        Status.CONFIRMED: {Status.RETURNED, Status.SUBMITTED, Status.REJECTED, Status.WITHDRAWN},
        Status.REJECTED: {Status.RETURNED},
        Status.WITHDRAWN: {Status.DRAFT},
    }
    EDITABLE = (Status.DRAFT, Status.RETURNED)  # the coordinators may edit it
    ENDED = (Status.REJECTED, Status.WITHDRAWN)  # nobody may edit it

    event = models.ForeignKey(Event, models.PROTECT, related_name="delegations", verbose_name=_("event"))
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="delegations",
        verbose_name=_("organization"),
    )
    group = models.CharField(_("group"), max_length=12, choices=Group, blank=True)
    invitation = models.OneToOneField(
        Invitation, models.PROTECT, null=True, blank=True, related_name="delegation", editable=False
    )
    coordinators = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="delegations", blank=True, verbose_name=_("coordinators")
    )
    # The first coordinator, who may invite others and hand over.
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="led_delegations",
        verbose_name=_("first coordinator"),
        editable=False,
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False
    )
    reason = models.TextField(
        _("reason"), blank=True, editable=False, help_text=_("Why it was returned or not accepted.")
    )
    composition = models.TextField(_("format of the delegation"), max_length=500, blank=True)
    expected_number = models.PositiveSmallIntegerField(_("number of people expected"), null=True, blank=True)
    second_contact_name = models.CharField(_("second contact"), max_length=150, blank=True)
    second_contact_email = models.EmailField(_("e-mail address of the second contact"), blank=True)
    second_contact_phone = models.CharField(_("telephone of the second contact"), max_length=40, blank=True)
    interpretation = models.CharField(
        _("own interpreters"),
        max_length=300,
        blank=True,
        help_text=_("Languages, and how many interpreters come with the delegation."),
    )
    remarks = models.TextField(_("remarks"), max_length=2000, blank=True)
    # Increases with each change to the data or the people: a decision applies to the version on the page.
    version = models.PositiveIntegerField(default=1, editable=False)
    privacy_read_at = models.DateTimeField(_("privacy notice read"), null=True, editable=False)
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)
    saved_at = models.DateTimeField(_("saved"), auto_now=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True, editable=False)
    returned_at = models.DateTimeField(_("returned"), null=True, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, editable=False)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = ("event", "organisation__code", "group")
        constraints = (
            models.UniqueConstraint(fields=("event", "organisation"), name="delegation_once"),
            models.UniqueConstraint(
                fields=("event", "group"),
                condition=~Q(group=""),
                name="group_once",
                violation_error_message=_("This event already has this group."),
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=True) ^ Q(group=""),
                name="delegation_of_organisation_or_group",
                violation_error_message=_("Choose an organization or a group, not both."),
            ),
        )
        indexes = (models.Index(fields=("status", "submitted_at"), name="delegation_by_status"),)

    def __str__(self) -> str:
        return f"{self.name} – {self.event}"

    def get_absolute_url(self) -> str:
        return reverse("registration:delegation", args=[self.pk])

    @property
    def name(self) -> str:
        """The organisation or the group, in the active language. Pages use `{% delegation_name %}`."""
        return str(self.organisation or self.get_group_display())

    @property
    def is_editable(self) -> bool:
        return self.status in self.EDITABLE

    @property
    def has_ended(self) -> bool:
        return self.status in self.ENDED

    @property
    def takes_changes(self) -> bool:
        """True if coordinators may still change it or request a change."""
        return not (self.has_ended or self.event.is_over)

    @property
    def earlier_assemblies(self) -> "list[Delegation]":
        """The organisation's confirmed delegations at the two Assemblies before this event.

        Empty if it was not at both.
        """
        seen: Any = self
        if not hasattr(self, "assembly_before"):
            seen = Delegation.objects.with_history().get(pk=self.pk)
        both = {seen.assembly_before, seen.assembly_before_that}
        confirmed = seen.organisation.confirmed_at_assemblies if seen.organisation else []
        found = [delegation for delegation in confirmed if delegation.event_id in both]
        return found if len(found) == len(both) else []

    @property
    def coordinator_addresses(self) -> list[str]:
        """The coordinators' addresses, shortened for strangers: “m•••@parliament.example”."""
        addresses = (coordinator.email.partition("@") for coordinator in self.coordinators.all())
        return [f"{name[:1]}•••@{domain}" for name, _at, domain in addresses]

    def can_become(self, status: str) -> bool:
        return status in self.NEXT_STATUS[self.Status(self.status)]


_coordination: Any = Delegation.coordinators.through  # the admin shows these rows when deleting an account
_coordination._meta.verbose_name = _("coordinator of")
_coordination.__str__ = lambda self: str(self.delegation)
