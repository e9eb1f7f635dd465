"""Declaring a document void."""

from django import forms
from django.utils.translation import pgettext_lazy


class VoidForm(forms.Form):
    """Why a document no longer counts; for the secretariat, the verification page says only that."""

    reason = forms.CharField(label=pgettext_lazy("of a void document", "Reason"), max_length=250)
