"""A delegation as a spreadsheet: the offline form, its upload in two steps, and a copy of all data."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from accounts.requests import SignedInRequest
from attachments.spreadsheets import XLSX_TYPE, download_response
from attachments.validators import FileRefused
from registration import services
from registration.contents import file_name
from registration.fields import Asked
from registration.forms.sheets import CheckedSheetForm, SheetForm
from registration.models import Delegation
from registration.sheets import (
    Judgement,
    Problem,
    SheetRefused,
    examine,
    judge,
    make_delegation_workbook,
    make_form,
    problems_of,
    read,
)
from registration.sheets.columns import columns_of
from registration.sheets.reading import Sheet
from registration.views.base import DelegationView


class Download(DelegationView):
    """A spreadsheet with the data of the delegation; the audit trail records the download."""

    def get(self, request: SignedInRequest, pk: int) -> HttpResponse:
        delegation = self.find()
        asked = Asked(delegation.event)
        content = self.make(delegation, asked)
        names = [column.name for column in columns_of(asked)]
        services.record_download(delegation=delegation, fields=names, actor=request.user)
        return download_response(content, file_name(self.file_title(), delegation, "xlsx"), XLSX_TYPE)

    def make(self, delegation: Delegation, asked: Asked) -> bytes:
        return make_delegation_workbook(delegation, asked, self.at)

    def file_title(self) -> str:
        return _("delegation")


class FormDownload(Download):
    """The offline form, in the language of the page."""

    def make(self, delegation: Delegation, asked: Asked) -> bytes:
        address = reverse("registration:sheet_upload", args=[delegation.pk])
        language = get_language() or "en"
        return make_form(delegation, asked, language, self.request.build_absolute_uri(address))

    def file_title(self) -> str:
        return _("form")


class SheetPage(DelegationView):
    """The offline form: download, upload, check, and then save all rows or none."""

    def get(self, request: SignedInRequest, pk: int) -> HttpResponse:
        return self.sheet_page(self.find(), form=SheetForm())

    def post(self, request: SignedInRequest, pk: int) -> HttpResponse:
        delegation = self.find()
        return self.write(delegation) if "rows" in request.POST else self.check(delegation)

    def check(self, delegation: Delegation) -> HttpResponse:
        """Read the file and show all problems, or the changes that it would make."""
        form = SheetForm(self.request.POST, self.request.FILES)
        if not form.is_valid():
            return self.sheet_page(delegation, form=form)
        try:
            sheet = read(form.cleaned_data["file"], delegation, Asked(delegation.event))
        except (FileRefused, SheetRefused) as refusal:
            form.add_error("file", str(refusal))
            return self.sheet_page(delegation, form=form)
        return self.preview(delegation, sheet)

    def preview(self, delegation: Delegation, sheet: Sheet) -> HttpResponse:
        judgement = judge(sheet, delegation, Asked(delegation.event), self.request.user)
        if judgement.problems:
            return self.sheet_page(delegation, form=SheetForm(), judgement=judgement)
        checked = self.checked_form(delegation)
        checked.initial["rows"] = checked.pack(sheet.stored())
        return self.sheet_page(delegation, form=checked, judgement=judgement, template="sheet_check")

    def write(self, delegation: Delegation) -> HttpResponse:
        """Save the checked rows. A conflict with a change made in the meantime is shown as a problem."""
        form = self.checked_form(delegation, self.request.POST)
        if not form.is_valid():
            refusal = " ".join(str(error) for error in form.errors["rows"])
            return self.sheet_page(delegation, form=SheetForm(), refusal=refusal)
        judgement = self.save_checked(delegation, Sheet.restored(form.cleaned_data["rows"]))
        if judgement.problems:
            return self.sheet_page(delegation, form=SheetForm(), judgement=judgement)
        messages.success(self.request, _written(len(judgement.added), len(judgement.changed)))
        return redirect("registration:people", delegation.pk)

    def save_checked(self, delegation: Delegation, sheet: Sheet) -> Judgement:
        """Check the rows again and save them; if there are problems, nothing is saved."""
        judgement = examine(sheet, delegation, Asked(delegation.event))
        if not judgement.problems:
            judgement.problems = self.save(delegation, judgement, sheet.language)
        return judgement

    def save(self, delegation: Delegation, judgement: Judgement, language: str) -> list[Problem]:
        """Save the rows; returns the refusals of the service, in which case nothing is saved."""
        entries, actor = judgement.entries, self.request.user
        try:
            services.save_people(delegation=delegation, entries=entries, language=language, actor=actor)
        except services.EntriesRefused as refused:
            return problems_of(refused)
        return []

    def checked_form(self, delegation: Delegation, *data: object) -> CheckedSheetForm:
        return CheckedSheetForm(*data, whose=(delegation.pk, self.request.user.pk))

    def sheet_page(
        self, delegation: Delegation, *, template: str = "sheet", **context: object
    ) -> HttpResponse:
        page = self.page(template, delegation, **context)
        patch_cache_control(page, private=True, no_store=True)
        return page


def _written(added: int, changed: int) -> str:
    """One sentence for the added people and one for the changed people."""
    parts = []
    if added:
        parts.append(
            ngettext("%(count)s person was added.", "%(count)s people were added.", added) % {"count": added}
        )
    if changed:
        words = ngettext("%(count)s person was changed.", "%(count)s people were changed.", changed)
        parts.append(words % {"count": changed})
    return " ".join(parts) or _("Nothing has changed.")
