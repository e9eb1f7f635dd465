"""Forms for the filled-in offline form: its upload, and its content between check and saving."""

from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

VALID_FOR = 60 * 60  # seconds between check and saving


class SheetForm(forms.Form):
    """The file; `registration.sheets` checks its content."""

    file = forms.FileField(
        label=gettext_lazy("The filled-in form"),
        help_text=gettext_lazy("The Excel workbook (.xlsx) that you downloaded here."),
        error_messages={"required": gettext_lazy("Choose a file first.")},
        allow_empty_file=True,  # the reader refuses it, with a message like that of other faults
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )


class CheckedSheetForm(forms.Form):
    """The checked rows, compressed and signed in a hidden field of the page, for one user and one delegation.

    The server stores no personal data between the two steps, and what is saved is what the user saw.
    """

    rows = forms.CharField(
        widget=forms.HiddenInput,
        error_messages={
            "required": gettext_lazy("Upload the form again."),
            "expired": gettext_lazy("The check is more than an hour old. Upload the form again."),
        },
    )

    def __init__(self, *args: Any, whose: tuple[int, int], **kwargs: Any) -> None:
        """`whose` are the keys of the delegation and of the user."""
        super().__init__(*args, **kwargs)
        self.salt = f"registration.sheet.{whose[0]}.{whose[1]}"

    def pack(self, stored: list[object]) -> str:
        """The rows as the value of the hidden field."""
        return signing.dumps(stored, salt=self.salt, compress=True)

    def clean_rows(self) -> list[object]:
        messages = self.fields["rows"].error_messages
        try:
            stored: list[object] = signing.loads(self.cleaned_data["rows"], salt=self.salt, max_age=VALID_FOR)
        except signing.SignatureExpired as error:
            raise ValidationError(messages["expired"], code="expired") from error
        except signing.BadSignature as error:
            raise ValidationError(messages["required"], code="required") from error
        return stored
