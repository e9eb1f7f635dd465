"""The small forms of the coordinator: an address, and the last page before submitting."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from registration import rules


class AddressForm(forms.Form):
    """The address to which the sign-in code goes."""

    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy(
            "We send a code to it. Use your own address at work: everything about the delegation goes there."
        ),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": gettext_lazy("Enter your e-mail address.")},
    )

    def clean_email(self) -> str:
        """ASCII only: letters that look alike must not lead to another mailbox (Django CVE-2019-19844)."""
        email: str = self.cleaned_data["email"]
        if not email.isascii():
            raise ValidationError(
                gettext_lazy("Write the address in plain letters, without accents."), code="not_ascii"
            )
        return email.lower()


class SubmitForm(forms.Form):
    """The last page before submitting."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    privacy_read = forms.BooleanField(
        label=gettext_lazy(
            "I have read the privacy notice, and the people named here know that I enter their data."
        ),
        error_messages={"required": rules.PrivacyNotRead.sentence},
    )
