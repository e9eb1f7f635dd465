"""The agenda of a statutory meeting."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events import richtext
from events.models.event import Event


class AgendaItem(models.Model):
    """One item of the agenda, numbered by its position. The programme says when the item is discussed."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="agenda_items", verbose_name=_("event"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    title = models.CharField(pgettext_lazy("agenda item", "title"), max_length=250)
    body = models.CharField(
        _("committee or body"),
        max_length=200,
        blank=True,
        help_text=_("Printed in brackets after the title: Standing Committee on Peace."),
    )
    annotation = models.TextField(_("annotation"), blank=True)

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = pgettext_lazy("of a statutory meeting", "agenda")
        ordering = ("order", "pk")

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        """Clean the rich text before every save."""
        richtext.clean_columns(self, "annotation")
        super().save(*args, **kwargs)  # type: ignore[arg-type]
