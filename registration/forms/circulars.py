"""The form for a circular."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from events.forms import BilingualForm
from registration.models import Circular


class CircularForm(BilingualForm):
    """A draft circular, perhaps in one language only.

    The row is locked while it is saved, so that a sent circular stays unchanged.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Circular
        exclude = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.version

    def clean(self) -> None:
        super().clean()
        held = Circular.objects.select_for_update(no_key=True).filter(pk=self.instance.pk).first()
        if held and held.is_sent:
            raise ValidationError(_("Nothing was saved: this circular has been sent in the meantime."))
        if held and held.version != self.cleaned_data.get("seen"):
            raise ValidationError(
                _("Nothing was saved: somebody else has changed this circular since you opened it."),
                code="changed",
            )
