"""The form for declaring a document void."""

from django import forms
from django.utils.translation import pgettext_lazy


class VoidForm(forms.Form):
    """The reason, for the secretariat. The verification page only says that the document is void."""

    reason = forms.CharField(label=pgettext_lazy("of a void document", "Reason"), max_length=250)
