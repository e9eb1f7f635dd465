"""The terms of registration of an event: rows that the secretariat edits or takes from a preset."""

from datetime import datetime
from decimal import Decimal
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from accounts.models import User
from events.models import Category, Event, Organisation, Window
from registration.models.delegation import Delegation
from registration.models.parliament import Parliament


class Terms(Event):
    """A proxy of the event, to edit its terms of registration on a page of their own."""

    class Meta:
        proxy = True
        verbose_name = _("terms of registration")
        verbose_name_plural = _("terms of registration")

    @property
    def event_id(self) -> int:
        """The key of the event, for the audit trail."""
        return self.pk

    @property
    def parts(self) -> list[models.Model]:
        """The rows that make up the terms, read from the database now."""
        own_windows = self.windows.exclude(category="").order_by("pk")
        rows = (self.rules, self.asked_fields, self.declarations, self.places, self.reminders)
        return [*(row for manager in rows for row in manager.order_by("pk")), *own_windows]


class AskedField(models.Model):
    """One field of `registration/fields.py` in the form of one event.

    An event without rows has the fields of a workshop.
    """

    class Demand(models.TextChoices):
        OPTIONAL = "optional", pgettext_lazy("field", "optional")
        REQUIRED = "required", pgettext_lazy("field", "required before submitting")

    class Round(models.TextChoices):
        WHO = "register", pgettext_lazy("round", "who comes")
        TRAVEL = "travel", pgettext_lazy("round", "travel")

    event = models.ForeignKey(Event, models.CASCADE, related_name="asked_fields")
    name = models.CharField(_("field"), max_length=30)
    demand = models.CharField(_("demand"), max_length=8, choices=Demand, default=Demand.OPTIONAL)
    round = models.CharField(_("round"), max_length=8, choices=Round, default=Round.WHO)
    changes_until = models.DateField(
        _("may change until"),
        null=True,
        blank=True,
        help_text=_("The last day, included. Empty: as long as the round and its changes are open."),
    )

    class Meta:
        verbose_name = _("field of the form")
        verbose_name_plural = _("fields of the form")
        ordering = ("event", "round", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("event", "name"),
                name="asked_once",
                violation_error_message=_("This field is asked already."),
            ),
        )

    def __str__(self) -> str:
        return self.name


class Declaration(models.Model):
    """A statement that a delegation accepts when it submits.

    A new wording is a new version; earlier acceptances stay valid.
    """

    class Kind(models.TextChoices):
        CONDUCT = "conduct", pgettext_lazy("declaration", "code of conduct")
        PHOTOS = "photos", pgettext_lazy("declaration", "photographs and recordings")
        OTHER = "other", pgettext_lazy("declaration", "other")

    event = models.ForeignKey(Event, models.CASCADE, related_name="declarations")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.CONDUCT)
    statement = models.CharField(
        _("statement"), max_length=300, help_text=_("The sentence beside the box, in the first person.")
    )
    text = models.TextField(_("text"), blank=True, help_text=_("What is read before the box is ticked."))
    is_required = models.BooleanField(_("must be accepted"), default=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("declaration")
        verbose_name_plural = _("declarations")
        ordering = ("event", "order", "pk")

    def __str__(self) -> str:
        return self.statement


class Acceptance(models.Model):
    """The answer of one delegation to a declaration: version, user and time."""

    delegation = models.ForeignKey(Delegation, models.CASCADE, related_name="acceptances")
    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="acceptances")
    version = models.PositiveIntegerField(_("version"))
    accepted = models.BooleanField(_("accepted"))
    user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("acceptance")
        verbose_name_plural = _("acceptances")
        ordering = ("delegation", "-at", "pk")

    def __str__(self) -> str:
        return f"{self.declaration} ({self.version})"


class Rule(models.Model):
    """One rule of an event about its delegations, with the people and parliaments it applies to."""

    class Kind(models.TextChoices):
        ONE_HEAD = "one_head", pgettext_lazy("rule", "exactly one head of delegation")
        MAXIMUM = "maximum", pgettext_lazy("rule", "at most so many people")
        MINIMUM = "minimum", pgettext_lazy("rule", "at least so many people")
        WOMEN_SHARE = "women_share", pgettext_lazy("rule", "share of women, in per cent")
        NOT_SINGLE_SEX = "not_single_sex", pgettext_lazy("rule", "not of one sex only")
        BALANCE = "balance", pgettext_lazy("rule", "gender balance encouraged")
        SINGLE_SEX_HISTORY = "history", pgettext_lazy("rule", "not of one sex at three Assemblies in a row")
        AGE_UNDER = "age_under", pgettext_lazy("rule", "younger than, on the opening day")
        PASSPORT = "passport", pgettext_lazy("rule", "passport valid so many months after the end")
        PHOTO = "photo", pgettext_lazy("rule", "photograph of each person")
        PASSPORT_COPY = "passport_copy", pgettext_lazy("rule", "copy of each passport")
        NOMINATION = "nomination", pgettext_lazy("rule", "proof of nomination")

    class Severity(models.TextChoices):
        INFO = "info", pgettext_lazy("severity", "information")
        WARN = "warn", pgettext_lazy("severity", "warning")
        BLOCK = "block", pgettext_lazy("severity", "prevents submission")

    class Rounding(models.TextChoices):
        NEAREST = "nearest", pgettext_lazy("rounding", "to the nearest whole number")
        UP = "up", pgettext_lazy("rounding", "up")
        DOWN = "down", pgettext_lazy("rounding", "down")

    class Chambers(models.TextChoices):
        ONE = "one", pgettext_lazy("parliament", "one chamber")
        TWO = "two", pgettext_lazy("parliament", "two chambers")

    class Population(models.TextChoices):
        UNDER = "under", _("under 100 million")
        OVER = "over", _("100 million and more")

    event = models.ForeignKey(Event, models.CASCADE, related_name="rules")
    kind = models.CharField(_("rule"), max_length=14, choices=Kind)
    severity = models.CharField(_("severity"), max_length=5, choices=Severity, default=Severity.WARN)
    number = models.PositiveSmallIntegerField(
        _("number"), null=True, blank=True, help_text=_("People, years or months, as the rule says.")
    )
    percent = models.DecimalField(
        _("per cent"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))],
    )
    rounding = models.CharField(_("rounded"), max_length=7, choices=Rounding, default=Rounding.NEAREST)
    category = models.CharField(_("category"), max_length=12, choices=Category, blank=True)
    status = models.CharField(
        pgettext_lazy("parliament", "status"), max_length=10, choices=Parliament.Status, blank=True
    )
    chambers = models.CharField(_("chambers"), max_length=3, choices=Chambers, blank=True)
    population = models.CharField(_("population"), max_length=5, choices=Population, blank=True)
    text = models.CharField(
        _("sentence"), max_length=300, blank=True, help_text=_("Empty: Convoca words it from the figures.")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("rule")
        verbose_name_plural = _("rules")
        ordering = ("event", "order", "pk")

    def __str__(self) -> str:
        return self.get_kind_display()


class Places(models.Model):
    """The number of places at an event, in all or in one category; the database refuses to exceed it."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="places")
    category = models.CharField(
        _("category"), max_length=12, choices=Category, blank=True, help_text=_("Empty: for everybody.")
    )
    places = models.PositiveIntegerField(_("places"))
    taken = models.PositiveIntegerField(_("taken"), default=0, editable=False)

    class Meta:
        verbose_name = _("places")
        verbose_name_plural = _("places")
        ordering = ("event", "category")
        constraints = (
            models.UniqueConstraint(fields=("event", "category"), name="places_once"),
            models.CheckConstraint(
                condition=Q(taken__lte=F("places")),
                name="places_hold",
                violation_error_message=_("More places than these are taken already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_category_display() or pgettext('category', 'In all')}: {self.taken}/{self.places}"

    @property
    def left(self) -> int:
        return self.places - self.taken


class ExtensionQuerySet(models.QuerySet["Extension"]):
    def closing_between(self, after: datetime, until: datetime) -> Self:
        """Extensions that end in this period, the earliest first."""
        return self.filter(closes_at__gt=after, closes_at__lte=until).order_by("closes_at", "pk")


class Extension(models.Model):
    """A later end of one stage for one delegation, granted by the secretariat."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="extensions")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="extensions")
    stage = models.CharField(_("stage"), max_length=8, choices=Window.Stage, default=Window.Stage.REGISTER)
    closes_at = models.DateTimeField(_("closes"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    granted_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", editable=False)
    granted_at = models.DateTimeField(_("granted"), auto_now=True)

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        ordering = ("event", "organisation__code")
        constraints = (
            models.UniqueConstraint(fields=("event", "organisation", "stage"), name="extension_once"),
        )

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_stage_display()}"

    def covers(self, stage: str, at: datetime) -> bool:
        """True if it keeps this stage open at `at`."""
        return self.stage == stage and at < self.closes_at
