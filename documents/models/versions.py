"""The versions of a template: its texts when documents were made from it."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from documents.models.kinds import Kind
from events.models import Event

if TYPE_CHECKING:
    from documents.models.document import Document
    from documents.models.template import Template


class TemplateVersionQuerySet(models.QuerySet["TemplateVersion"]):
    def of(self, template: "Template") -> Self:
        """The versions of the template, newest first."""
        return self.filter(event=template.event_id, kind=template.kind)

    def version_of(self, document: "Document") -> "TemplateVersion | None":
        """Return the version from which the document was made, or None."""
        same = self.filter(event=document.event_id, kind=document.kind)
        return same.filter(number=document.template_version).first()


class TemplateVersion(models.Model):
    """All texts of a template at one time.

    The row stays when the template is deleted; a later template of the same kind continues its numbers.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="+", verbose_name=_("event"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    number = models.PositiveIntegerField(_("version"))
    texts = models.JSONField(_("text"))
    kept_at = models.DateTimeField(_("kept"), auto_now_add=True)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )

    objects = TemplateVersionQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("documents", "version of a template")
        verbose_name_plural = pgettext_lazy("documents", "versions of templates")
        ordering = ("event", "kind", "-number")
        constraints = (
            models.UniqueConstraint(fields=("event", "kind", "number"), name="template_version_once"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} – {self.event} ({self.number})"
