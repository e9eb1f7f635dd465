"""The filled-in form for use offline: the file, and what it holds on its way from the check to the writing."""

from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

VALID_FOR = 60 * 60  # seconds between the check and the writing


class SheetForm(forms.Form):
    """The file, which the sheet's own reader looks into."""

    file = forms.FileField(
        label=gettext_lazy("The filled-in form"),
        help_text=gettext_lazy("The Excel workbook (.xlsx) that you downloaded here."),
        error_messages={"required": gettext_lazy("Choose a file first.")},
        allow_empty_file=True,  # the reader says so in the same words as everything else that is wrong
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )


class CheckedSheetForm(forms.Form):
    """What was read and found right, kept by the page itself: signed, packed, for one person and one delegation.

    So nothing private lies on the server between the two steps, and what is written is what was shown.
    """

    rows = forms.CharField(
        widget=forms.HiddenInput,
        error_messages={
            "required": gettext_lazy("Upload the form again."),
            "expired": gettext_lazy("The check is more than an hour old. Upload the form again."),
        },
    )

    def __init__(self, *args: Any, whose: tuple[int, int], **kwargs: Any) -> None:
        """`whose` are the keys of the delegation and of the reader."""
        super().__init__(*args, **kwargs)
        self.salt = f"registration.sheet.{whose[0]}.{whose[1]}"

    def packed(self, stored: list[object]) -> str:
        """The rows as the page keeps them."""
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
