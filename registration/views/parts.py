"""The parts of a delegation around its people: its details, its files, and each file on its way out."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.language import LANGUAGE_CODES
from accounts.requests import SignedInRequest
from attachments.sending import Sent, send
from attachments.validators import FileRefused
from registration import rules, services
from registration.editing import Pen, may_edit
from registration.fields import Asked
from registration.forms import DetailsForm, UploadForm
from registration.models import Delegation, Participant, Upload
from registration.overview import Overview
from registration.views.base import DelegationView

Kind = Upload.Kind
OF_A_PERSON = (Kind.PHOTO, Kind.PASSPORT)


class DetailsPage(DelegationView):
    """What the event asks of the delegation as a whole."""

    def get(self, request: SignedInRequest, pk: int) -> HttpResponse:
        delegation = self.find()
        return self.form_page(DetailsForm(delegation=delegation, asked=Asked(delegation.event)))

    def post(self, request: SignedInRequest, pk: int) -> HttpResponse:
        delegation = self.find()
        form = DetailsForm(request.POST, delegation=delegation, asked=Asked(delegation.event))
        return self.save(form) if form.is_valid() else self.form_page(form)

    def save(self, form: DetailsForm) -> HttpResponse:
        try:
            delegation = form.save(actor=self.request.user)
        except services.DetailsChanged as conflict:
            form.show_conflict(conflict)
            return self.form_page(form)
        except rules.Refused as refusal:
            return self.form_page(form, refusal=refusal)
        messages.success(self.request, _("The details of the delegation are saved."))
        return redirect(self.next_page(delegation))

    def next_page(self, delegation: Delegation) -> str:
        """To the overview, or back to the form in the other language when the switch was used."""
        language = self.request.POST.get("action", "").removeprefix("language-")
        if language not in LANGUAGE_CODES:
            return delegation.get_absolute_url()
        with translation.override(language):
            return reverse("registration:details", args=[delegation.pk])

    def form_page(self, form: DetailsForm, **context: Any) -> HttpResponse:
        delegation = form.delegation
        pen = may_edit(delegation, form.fields, self.at, self.request.user, Asked(delegation.event))
        shown = {
            "form": form,
            "is_open": pen == Pen.FREE,
            "language_form": "details" if pen == Pen.FREE else "",
        }
        return self.page("details", delegation, **(shown | context))


class Row(NamedTuple):
    """One person, with the files that are asked of them: each kind and what is there of it."""

    person: Participant
    files: list[tuple[Kind, Upload | None]]


class DocumentsPage(DelegationView):
    """Whose files are there and whose are not."""

    def get(self, request: SignedInRequest, pk: int) -> HttpResponse:
        delegation = self.find()
        overview = Overview(delegation)
        asked = [Kind(row.name) for row in overview.asked.files()]
        kept = {(one.participant_id, one.kind): one for one in delegation.uploads.all()}
        of_each = [kind for kind in asked if kind in OF_A_PERSON]
        context = {
            "kinds": of_each,
            "rows": [
                Row(one, [(kind, kept.get((one.pk, kind))) for kind in of_each]) for one in overview.people
            ],
            "asks_nomination": Kind.NOMINATION in asked,
            "nomination": kept.get((None, Kind.NOMINATION)),
            "may_type": may_edit(delegation, asked, self.at, request.user, overview.asked) == Pen.FREE,
        }
        return self.page("documents", delegation, **context)


class UploadPage(DelegationView):
    """One file of one person, or the delegation's proof of nomination: what is there, and another in its place."""

    def get(self, request: SignedInRequest, **kwargs: Any) -> HttpResponse:
        delegation = self.find()
        return self.form_page(delegation, UploadForm(kind=self.kind(delegation)))

    def post(self, request: SignedInRequest, **kwargs: Any) -> HttpResponse:
        delegation = self.find()
        form = UploadForm(request.POST, request.FILES, kind=self.kind(delegation))
        return self.keep(delegation, form) if form.is_valid() else self.form_page(delegation, form)

    def kind(self, delegation: Delegation) -> str:
        """What the address asks for. Raises Http404 for what the event does not ask of whom the address names."""
        kind, of_person = self.kwargs["kind"], "person" in self.kwargs
        if (kind in OF_A_PERSON) != of_person or not Asked(delegation.event).asks(kind):
            raise Http404
        return str(Kind(kind))

    def owner(self, delegation: Delegation) -> Participant | None:
        """Raises Http404 for somebody who is not of the delegation."""
        if "person" not in self.kwargs:
            return None
        present = (one for one in delegation.participants.all() if one.is_present)
        found = next((one for one in present if one.pk == self.kwargs["person"]), None)
        if found is None:
            raise Http404
        return found

    def keep(self, delegation: Delegation, form: UploadForm) -> HttpResponse:
        owner, kind = self.owner(delegation), self.kind(delegation)
        try:
            services.keep_upload(
                delegation=delegation,
                participant=owner,
                kind=kind,
                file=form.cleaned_data["file"],
                actor=self.request.user,
            )
        except (FileRefused, rules.Refused) as refusal:
            form.add_error("file", str(refusal))
            return self.form_page(delegation, form)
        messages.success(self.request, _("The file has been saved."))
        return redirect(self.next_page(delegation, owner, kind))

    def next_page(self, delegation: Delegation, owner: Participant | None, kind: str) -> str:
        """To the list, or on to the next person of whom this is missing."""
        following = self.following(delegation, owner, kind)
        if following and self.request.POST.get("action") == "next":
            return reverse("registration:upload_person", args=[delegation.pk, following.pk, kind])
        return reverse("registration:documents", args=[delegation.pk])

    def following(self, delegation: Delegation, owner: Participant | None, kind: str) -> Participant | None:
        """The next person, after this one and around, of whom this is missing; None for the last."""
        if owner is None:
            return None
        given = {one.participant_id for one in delegation.uploads.all() if one.kind == kind}
        present = [one for one in delegation.participants.all() if one.is_present]
        place = present.index(owner)
        around = [*present[place + 1 :], *present[:place]]
        return next((one for one in around if one.pk not in given), None)

    def form_page(self, delegation: Delegation, form: UploadForm) -> HttpResponse:
        owner, kind = self.owner(delegation), self.kind(delegation)
        keys = (owner.pk if owner else None, kind)
        kept = (one for one in delegation.uploads.all() if (one.participant_id, one.kind) == keys)
        context = {
            "form": form,
            "kind": Kind(kind),
            "person": owner,
            "upload": next(kept, None),
            "following": self.following(delegation, owner, kind),
            "is_open": may_edit(owner or delegation, [kind], self.at, self.request.user) == Pen.FREE,
        }
        return self.page("upload", delegation, **context)


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
