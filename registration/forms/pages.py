"""The small form of whoever opens an invitation: an address."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy


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
        """ASCII only: letters that look alike must not lead to another mailbox (Django CVE-2019-19844).

        Quotation marks and slashes are refused, for mails to others name this address and must hold no other one.
        """
        email: str = self.cleaned_data["email"]
        if not email.isascii():
            raise ValidationError(
                gettext_lazy("Write the address in plain letters, without accents."), code="not_ascii"
            )
        if set(email) & set('"/\\'):
            raise ValidationError(
                gettext_lazy("Addresses with quotation marks or slashes are not accepted."), code="not_plain"
            )
        return email.lower()
