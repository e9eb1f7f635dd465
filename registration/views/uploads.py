"""The files of a delegation: list, upload, download, removal."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from attachments.sending import FileToSend, send
from attachments.validators import FileRefused
from registration import rules, services
from registration.editing import EditMode, get_edit_mode
from registration.forms import UploadForm
from registration.models import Upload
from registration.models.files import UploadQuerySet
from registration.slots import Slot, slots_of_people
from registration.views.base import DelegationView
from registration.views.telling import show_result

Kind = Upload.Kind


class DocumentsPage(DelegationView):
    """The files that are uploaded and those that are missing."""

    def get(self, request: SignedInRequest, pk: int) -> HttpResponse:
        delegation = self.find()
        removed = Upload.everything.removed().filter(delegation=delegation).select_related("participant")
        files = {"nomination": Slot.find(delegation, Kind.NOMINATION, None), "removed": removed}
        people = {"rows": slots_of_people(delegation), "people": delegation.participants.all()}
        may_type = get_edit_mode(delegation, Kind.values, self.at, request.user) == EditMode.FREE
        focus = request.GET.get("focus")
        return self.page("documents", delegation, may_type=may_type, focus=focus, **files, **people)


class UploadPage(DelegationView):
    """One file of one person, or the delegation's proof of nomination: view it or replace it."""

    def get(self, request: SignedInRequest, **kwargs: Any) -> HttpResponse:
        slot = self.slot()
        return self.form_page(slot, UploadForm(kind=slot.kind))

    def post(self, request: SignedInRequest, **kwargs: Any) -> HttpResponse:
        slot = self.slot()
        form = UploadForm(request.POST, request.FILES, kind=slot.kind)
        return self.store(slot, form) if form.is_valid() else self.form_page(slot, form)

    def slot(self) -> Slot:
        """The slot in the URL. Raises Http404 for a file that is not asked for, and for strangers."""
        slot = Slot.find(self.find(), self.kwargs["kind"], self.kwargs.get("person"))
        if slot is None:
            raise Http404
        return slot

    def store(self, slot: Slot, form: UploadForm) -> HttpResponse:
        whose: dict[str, Any] = {"delegation": slot.delegation, "participant": slot.person, "kind": slot.kind}
        try:
            services.store_upload(file=form.cleaned_data["file"], actor=self.request.user, **whose)
        except (FileRefused, rules.Refused) as refusal:
            form.add_error("file", str(refusal))
            return self.form_page(slot, form)
        messages.success(self.request, _("The file has been saved."))
        goes_on = self.request.POST.get("action") == "next" and slot.following
        return redirect(goes_on) if goes_on else redirect("registration:documents", slot.delegation.pk)

    def form_page(self, slot: Slot, form: UploadForm) -> HttpResponse:
        is_open = get_edit_mode(slot.owner, [slot.kind], self.at, self.request.user) == EditMode.FREE
        return self.page("upload", slot.delegation, slot=slot, form=form, is_open=is_open)


class UploadFile(DelegationView):
    """The file: a portrait is displayed, others are downloaded. The audit trail records it for passports."""

    def get(self, request: SignedInRequest, pk: int, upload: int) -> HttpResponseBase:
        found = find_upload(request, pk, upload)
        services.record_opening(upload=found, actor=request.user)
        inline = found.kind == Kind.PHOTO and found.content_type == "image/jpeg"
        return send(
            request, FileToSend(found.file, found.name, found.content_type, found.checksum, inline=inline)
        )


@login_required
@require_POST
def remove(request: SignedInRequest, pk: int, upload: int) -> HttpResponse:
    """Remove the file and redirect to the button that restores it."""
    found = find_upload(request, pk, upload, Upload.everything.all())

    def act() -> str:
        services.remove_upload(upload=found, actor=request.user)
        return _("The file has been removed.")

    show_result(request, act)
    return redirect(f"{reverse('registration:documents', args=[pk])}?focus=restore-{found.pk}")


@login_required
@require_POST
def restore(request: SignedInRequest, pk: int, upload: int) -> HttpResponse:
    """Restore a removed file."""
    found = find_upload(request, pk, upload, Upload.everything.all())

    def act() -> str:
        services.restore_upload(upload=found, actor=request.user)
        return _("The file has been brought back.")

    show_result(request, act)
    return redirect("registration:documents", pk)


def find_upload(
    request: SignedInRequest, delegation: int, upload: int, among: UploadQuerySet | None = None
) -> Upload:
    """A file, by default one that is not removed.

    Raises Http404 if it does not exist or is not visible to the user.
    """
    among = Upload.objects.all() if among is None else among
    visible = among.visible_to(request.user).select_related("delegation__event", "participant")
    return get_object_or_404(visible, pk=upload, delegation=delegation)
