"""The form on the page of an invitation: an e-mail address."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy


class AddressForm(forms.Form):
    """The address that gets the sign-in code."""

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
        """Accept only ASCII: similar letters must not lead to another mailbox (Django CVE-2019-19844).

        Refuse quotation marks and slashes: mails to others show this address, which must not contain another
        one.
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
