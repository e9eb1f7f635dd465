"""The forms of the admin pages of background work."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from jobs import reports


class BounceForm(forms.Form):
    """The reason why a mail bounced."""

    words = forms.CharField(
        label=_("What the report says"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("As the other server puts it, for instance: 550 5.1.1 User unknown."),
    )


class ReportForm(forms.Form):
    """A delivery report, as saved by a mail program."""

    report = forms.FileField(
        label=_("Delivery report"),
        help_text=_("The message of the mail server, saved as a file (.eml)."),
        widget=forms.FileInput(attrs={"accept": ".eml,message/rfc822"}),
    )

    def clean_report(self) -> UploadedFile:
        """Raises ValidationError if the file is not a delivery report or is too large."""
        report: UploadedFile = self.cleaned_data["report"]
        if (report.size or 0) > reports.MAX_BYTES:
            raise forms.ValidationError(_("This file is too large for a delivery report."))
        if not reports.failures(report.read()):
            raise forms.ValidationError(_("This is not a report of a message that could not be delivered."))
        report.seek(0)
        return report
