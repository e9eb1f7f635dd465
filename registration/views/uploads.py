"""The files of a delegation: whose are there, one in the place of another, and each on its way out."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from accounts.requests import SignedInRequest
from attachments.sending import Sent, send
from attachments.validators import FileRefused
from registration import rules, services
from registration.editing import Pen, may_edit
from registration.forms import UploadForm
from registration.models import Upload
from registration.slots import Slot, slots_of_people
from registration.views.base import DelegationView

Kind = Upload.Kind


class DocumentsPage(DelegationView):
    """Whose files are there and whose are not."""

    def get(self, request: SignedInRequest, pk: int) -> HttpResponse:
        delegation = self.find()
        nomination = Slot.find(delegation, Kind.NOMINATION, None)
        return self.page(
            "documents",
            delegation,
            nomination=nomination,
            rows=slots_of_people(delegation),
            people=delegation.participants.all(),
            may_type=may_edit(delegation, Kind.values, self.at, request.user) == Pen.FREE,
        )


class UploadPage(DelegationView):
    """One file of one person, or the delegation's proof of nomination: what is there, and another in its place."""

    def get(self, request: SignedInRequest, **kwargs: Any) -> HttpResponse:
        slot = self.slot()
        return self.form_page(slot, UploadForm(kind=slot.kind))

    def post(self, request: SignedInRequest, **kwargs: Any) -> HttpResponse:
        slot = self.slot()
        form = UploadForm(request.POST, request.FILES, kind=slot.kind)
        return self.keep(slot, form) if form.is_valid() else self.form_page(slot, form)

    def slot(self) -> Slot:
        """What the address asks for. Raises Http404 for what is not asked, and of strangers."""
        slot = Slot.find(self.find(), self.kwargs["kind"], self.kwargs.get("person"))
        if slot is None:
            raise Http404
        return slot

    def keep(self, slot: Slot, form: UploadForm) -> HttpResponse:
        whose: dict[str, Any] = {"delegation": slot.delegation, "participant": slot.person, "kind": slot.kind}
        try:
            services.keep_upload(file=form.cleaned_data["file"], actor=self.request.user, **whose)
        except (FileRefused, rules.Refused) as refusal:
            form.add_error("file", str(refusal))
            return self.form_page(slot, form)
        messages.success(self.request, _("The file has been saved."))
        goes_on = self.request.POST.get("action") == "next" and slot.following
        return redirect(goes_on) if goes_on else redirect("registration:documents", slot.delegation.pk)

    def form_page(self, slot: Slot, form: UploadForm) -> HttpResponse:
        is_open = may_edit(slot.owner, [slot.kind], self.at, self.request.user) == Pen.FREE
        return self.page("upload", slot.delegation, slot=slot, form=form, is_open=is_open)


class UploadFile(DelegationView):
    """The file itself: shown in the page when it is a portrait, otherwise as a download. Openings are noted."""

    def get(self, request: SignedInRequest, pk: int, upload: int) -> HttpResponseBase:
        found = find_upload(request, pk, upload)
        services.record_opening(upload=found, actor=request.user)
        inline = found.kind == Kind.PHOTO and found.content_type == "image/jpeg"
        return send(request, Sent(found.file, found.name, found.content_type, found.checksum, inline=inline))


class RemoveUploadPage(DelegationView):
    """Asks whether the file is to go, and removes it."""

    def get(self, request: SignedInRequest, pk: int, upload: int) -> HttpResponse:
        return self.page("remove_upload", self.find(), upload=find_upload(request, pk, upload))

    def post(self, request: SignedInRequest, pk: int, upload: int) -> HttpResponse:
        found = find_upload(request, pk, upload)
        try:
            services.remove_upload(upload=found, actor=request.user)
        except rules.Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The file has been removed."))
        return redirect("registration:documents", pk)


def find_upload(request: SignedInRequest, delegation: int, upload: int) -> Upload:
    """Raises Http404 for files of others and of nobody."""
    visible = Upload.objects.visible_to(request.user).select_related("delegation__event", "participant")
    return get_object_or_404(visible, pk=upload, delegation=delegation)
