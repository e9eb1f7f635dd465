"""The directory of parliaments, and of organisations that are invited like parliaments."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.models import Organisation


class ParliamentQuerySet(models.QuerySet["Parliament"]):
    def members(self) -> Self:
        return self.filter(status=Parliament.Status.MEMBER)

    def with_names(self) -> Self:
        """With the organisation, ordered by its code."""
        return self.select_related("organisation").order_by("organisation__code")

    def with_counts(self) -> Self:
        """Annotate `chambers` and `addresses`: the number of presiding officers and of contacts."""
        return self.annotate(
            chambers=Count("presiding_officers", distinct=True), addresses=Count("contacts", distinct=True)
        )


class Parliament(models.Model):
    """Status, chambers and language of correspondence of one organisation."""

    class Status(models.TextChoices):
        MEMBER = "member", pgettext_lazy("parliament status", "member")
        ASSOCIATE = "associate", pgettext_lazy("parliament status", "associate member")
        OBSERVER = "observer", pgettext_lazy("parliament status", "observer")
        NON_MEMBER = "non_member", pgettext_lazy("parliament status", "non-member")

    class Group(models.TextChoices):
        AFRICAN = "African", pgettext_lazy("geopolitical group", "African")
        ARAB = "Arab", pgettext_lazy("geopolitical group", "Arab")
        ASIA_PACIFIC = "Asia-Pacific", pgettext_lazy("geopolitical group", "Asia-Pacific")
        EURASIA = "Eurasia", pgettext_lazy("geopolitical group", "Eurasia")
        GRULAC = "GRULAC", pgettext_lazy("geopolitical group", "GRULAC")
        TWELVE_PLUS = "Twelve Plus", pgettext_lazy("geopolitical group", "Twelve Plus")

    organisation = models.OneToOneField(
        Organisation, models.CASCADE, related_name="parliament", verbose_name=_("organization")
    )
    status = models.CharField(
        pgettext_lazy("parliament", "status"), max_length=10, choices=Status, default=Status.MEMBER
    )
    group = models.CharField(_("geopolitical group"), max_length=20, choices=Group, blank=True)
    over_100m = models.BooleanField(_("population of at least 100 million"), default=False)
    language = models.CharField(
        _("language of correspondence"), max_length=2, choices=settings.LANGUAGES, default="en"
    )
    note = models.TextField(_("note"), blank=True, help_text=_("For the secretariat only."))

    objects = ParliamentQuerySet.as_manager()

    class Meta:
        verbose_name = _("parliament")
        verbose_name_plural = _("parliaments")
        ordering = ("organisation__code",)

    def __str__(self) -> str:
        return str(self.organisation)


class PresidingOfficer(models.Model):
    """The addressee of a letter: the office in one chamber, with its holder's name and gender if known."""

    class Chamber(models.TextChoices):
        SINGLE = "single", pgettext_lazy("chamber", "single chamber or body")
        LOWER = "lower", pgettext_lazy("chamber", "lower chamber")
        UPPER = "upper", pgettext_lazy("chamber", "upper chamber")

    class Gender(models.TextChoices):
        WOMAN = "f", _("woman")
        MAN = "m", _("man")
        UNKNOWN = "", _("not stated")

    parliament = models.ForeignKey(Parliament, models.CASCADE, related_name="presiding_officers")
    chamber = models.CharField(_("chamber"), max_length=6, choices=Chamber, default=Chamber.SINGLE)
    chamber_name = models.CharField(_("name of the chamber"), max_length=150, blank=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    gender = models.CharField(_("gender"), max_length=1, choices=Gender, blank=True)
    # An English title has one form, a Spanish title has two.
    office_en = models.CharField(_("office, English"), max_length=150)
    office_es_f = models.CharField(_("office, Spanish feminine"), max_length=150)
    office_es_m = models.CharField(_("office, Spanish masculine"), max_length=150)
    # Salutations without “Dear” and without punctuation.
    salutation_en_f = models.CharField(_("salutation, English feminine"), max_length=80)
    salutation_en_m = models.CharField(_("salutation, English masculine"), max_length=80)
    salutation_es_f = models.CharField(_("salutation, Spanish feminine"), max_length=80)
    salutation_es_m = models.CharField(_("salutation, Spanish masculine"), max_length=80)

    class Meta:
        verbose_name = _("presiding officer")
        verbose_name_plural = _("presiding officers")
        ordering = ("parliament", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("parliament", "chamber"), name="presiding_officer_once_per_chamber"
            ),
        )

    def __str__(self) -> str:
        return self.name or self.office_en


class Contact(models.Model):
    """An address that gets the invitations and notices of a parliament."""

    parliament = models.ForeignKey(Parliament, models.CASCADE, related_name="contacts")
    email = models.EmailField(_("e-mail address"))
    office = models.CharField(
        _("office"), max_length=150, blank=True, help_text=_("International relations unit.")
    )

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ("parliament", "pk")
        constraints = (models.UniqueConstraint(fields=("parliament", "email"), name="contact_once"),)

    def __str__(self) -> str:
        return self.email
