"""The admin page of organisations, which organise, host, present or take part."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from events.admin.base import BilingualAdmin, is_referred_to
from events.models import Organisation


@admin.register(Organisation)
class OrganisationAdmin(BilingualAdmin):
    list_display = ("name", "acronym", "code", "kind", "country")
    list_filter = ("kind",)
    search_fields = ("code", "name_en", "name_es", "acronym_en", "acronym_es", "country_en", "country_es")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "kind",
                    "code",
                    "name",
                    "name_in_sentence",
                    "acronym",
                    "country",
                    "country_in_sentence",
                )
            },
        ),
        (_("On paper"), {"fields": ("motto", "letterhead", "issuing_office", "aide_memoire_title")}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Organisation | None = None) -> tuple[str, ...]:
        """Make the code read-only once anything refers to the organisation: document references contain it."""
        return ("code",) if obj and is_referred_to(obj) else ()
