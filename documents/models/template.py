"""Templates: the texts of a document in both languages, its signatories and its letterhead."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from documents.models.images import Image
from documents.models.kinds import Kind
from events import richtext
from events.models import Event, Organisation

MAX_SIGNATORIES = 3


class Template(models.Model):
    """The texts for one kind of document of an event. Placeholders come from a fixed list; no text is executed.

    `documents.rules.WORDS` defines which fields a kind uses and which it needs.
    """

    Kind = Kind

    event = models.ForeignKey(Event, models.CASCADE, related_name="templates", verbose_name=_("event"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.INVITATION)
    letterhead = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("letterhead of"),
    )
    title = models.CharField(
        _("own title"),
        max_length=120,
        blank=True,
        help_text=_("Printed in place of the usual name of this document."),
    )
    place = models.CharField(
        _("place"),
        max_length=120,
        blank=True,
        help_text=_("Printed before the date: Geneva. Two places where two write: Geneva/Brussels."),
    )
    addressee = models.CharField(
        _("addressee"),
        max_length=200,
        blank=True,
        help_text=_("In place of a name: To all IPU Groups."),
    )
    salutation = models.TextField(
        _("salutation"),
        blank=True,
        help_text=_("One on each line: Dear Madam President,"),
    )
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    body = models.TextField(_("text"), blank=True)
    body_for_bodies = models.TextField(
        _("text for bodies that are not parliaments"), blank=True, help_text=_("Empty: the same text.")
    )
    closing = models.CharField(_("closing"), max_length=80, blank=True)
    enclosures = models.TextField(_("enclosures"), blank=True, help_text=_("One on each line."))
    # The number of the last `TemplateVersion`; 0 if there is none.
    version = models.PositiveIntegerField(_("version"), default=0, editable=False)

    class Meta:
        verbose_name = pgettext_lazy("documents", "template")
        verbose_name_plural = pgettext_lazy("documents", "templates")
        ordering = ("event", "kind")
        constraints = (
            models.UniqueConstraint(
                fields=("event", "kind"),
                name="template_once_per_kind",
                violation_error_message=_("This event already has a template of this kind."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} – {self.event}"

    def save(self, *args: object, **kwargs: object) -> None:
        """Clean the rich text on every save, also outside forms."""
        richtext.clean_columns(self, "body", "body_for_bodies")
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class Signatory(models.Model):
    """A person who signs, in order from the left."""

    template = models.ForeignKey(Template, models.CASCADE, related_name="signatories")
    name = models.CharField(_("name"), max_length=150)
    title = models.CharField(_("title"), max_length=150)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organization")
    )
    signature = models.ForeignKey(
        Image,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("signature"),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("signatory")
        verbose_name_plural = pgettext_lazy("letter", "signatories")
        ordering = ("order", "pk")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a fourth signatory: the letter has room for three."""
        if self.template_id and self.template.signatories.exclude(pk=self.pk).count() >= MAX_SIGNATORIES:
            raise ValidationError(_("A letter has at most three signatories."))
