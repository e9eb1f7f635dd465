"""What the administration asks about background work."""

from django import forms
from django.utils.translation import gettext_lazy as _


class BounceForm(forms.Form):
    """Why a mail came back."""

    words = forms.CharField(
        label=_("What the report says"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("As the other server puts it, for instance: 550 5.1.1 User unknown."),
    )
