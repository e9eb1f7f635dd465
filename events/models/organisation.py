"""Organisations, which organise, host, present or take part. Each parliament is one row, in all its roles."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Organisation(models.Model):
    """An organisation, with two forms of its name in each language: as a title and inside a sentence."""

    class Kind(models.TextChoices):
        NATIONAL = "national", _("national parliament")
        REGIONAL = "regional", _("parliamentary body of several countries")
        ORGANISATION = "organisation", _("organization")

    code = models.SlugField(
        _("code"), max_length=30, unique=True, help_text=_("UY, x-ipu: stable and unique.")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.ORGANISATION)
    country = models.CharField(_("country"), max_length=80, blank=True)
    country_in_sentence = models.CharField(
        _("country inside a sentence"),
        max_length=90,
        blank=True,
        help_text=_("With its article: el Uruguay."),
    )
    name = models.CharField(_("name"), max_length=200)
    name_in_sentence = models.CharField(
        _("name inside a sentence"),
        max_length=220,
        blank=True,
        help_text=_("With its article: la Asamblea General."),
    )
    acronym = models.CharField(_("acronym"), max_length=30, blank=True)
    motto = models.CharField(_("motto"), max_length=120, blank=True)
    letterhead = models.TextField(
        _("letterhead"), blank=True, help_text=_("Telephone, address and web site as printed, one line each.")
    )
    issuing_office = models.CharField(
        _("issuing office"), max_length=120, blank=True, help_text=_("Printed under the letterhead.")
    )
    aide_memoire_title = models.CharField(
        _("title of its aide-memoire"),
        max_length=60,
        blank=True,
        help_text=_("Nota recordatoria, Ayuda memoria."),
    )

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ("name", "code")

    def __str__(self) -> str:
        return self.name or self.code
