"""Logos in the administration, and the pictures of logos and signatures for editors."""

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.admin import AuditedAdmin, actor_of
from documents import store
from documents.forms import LogoForm
from documents.models import Image, Logo
from documents.services import images

TYPES = {"jpg": "image/jpeg", "svg": "image/svg+xml"}


def image_tag(image: Image | None) -> SafeString | str:
    """Return the picture as an `<img>`, or a dash."""
    if image is None:
        return "–"
    address = reverse("admin:documents_logo_picture", args=[image.pk])
    return format_html('<img class="picture" src="{}" alt="{}">', address, _("as it is printed"))


@admin.register(Logo)
class LogoAdmin(AuditedAdmin):
    form = LogoForm
    list_display = ("organisation", "picture")
    list_select_related = ("organisation", "image")
    search_fields = ("organisation__name_en", "organisation__name_es", "organisation__code")
    autocomplete_fields = ("organisation",)
    fields = ("organisation", "picture", "upload")
    readonly_fields = ("picture",)

    def get_urls(self) -> list[URLPattern]:
        return [self.own_path("picture/<int:pk>/", self.picture_view, "picture"), *super().get_urls()]

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Logo:
        """Create the picture's row first, with the user who added it; the form itself does not know the user."""
        if form.picture:
            images.get_or_create_image(form.picture, actor_of(request))
        logo: Logo = super().save_form(request, form, change)
        return logo

    def picture_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Return a signature or logo as it is stored, with a policy that stops scripts in it."""
        image = get_object_or_404(Image, pk=pk)
        try:
            content = store.read(image.sha256)
        except FileNotFoundError as lost:
            raise Http404 from lost
        response = HttpResponse(content, content_type=TYPES[image.name.rpartition(".")[2]])
        response["Content-Security-Policy"] = "sandbox; default-src 'none'"
        return response

    @admin.display(description=_("picture"))
    def picture(self, logo: Logo) -> SafeString | str:
        return image_tag(logo.image if logo.pk else None)
