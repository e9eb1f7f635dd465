"""Texts in one language and no other: a document never falls back to a language that was not asked for."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from babel import Locale
from django.conf import settings
from django.db.models import Field, Model
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from documents.papers import Role
from documents.placeholders import PlaceholderError
from events.models import Event, Organisation
from events.page import organiser_groups

T = TypeVar("T")

ONLINE = {"en": "online", "es": "en línea"}
"""Where an event is that is held nowhere else, inside a sentence."""


class Incomplete(ValueError):
    """The document cannot be written. Each of the `reasons` is a sentence that says what is missing where."""

    def __init__(self, *reasons: str) -> None:
        self.reasons = reasons
        super().__init__(" ".join(reasons))


class Gathering:
    """Writes on past what is missing, so that all of it is named at once."""

    def __init__(self) -> None:
        self._reasons: dict[str, None] = {}

    def __call__(self, write: Callable[[], T], otherwise: T) -> T:
        """What `write` answers; where that cannot be written, the stand-in."""
        try:
            return write()
        except (Incomplete, PlaceholderError) as error:
            self.note(*error.reasons)
            return otherwise

    def note(self, *reasons: str) -> None:
        """Name these too, each once."""
        self._reasons |= dict.fromkeys(reasons)

    def settle(self) -> None:
        """Raises Incomplete with all that was missing, if anything was."""
        if self._reasons:
            raise Incomplete(*self._reasons)


def text(obj: Model, field: str, language: str) -> str:
    """The field in that language, or nothing."""
    return (getattr(obj, f"{field}_{language}") or "").strip()


def text_lines(obj: Model, field: str, language: str) -> tuple[str, ...]:
    """The lines of the field in that language, without the empty ones."""
    return tuple(line.strip() for line in text(obj, field, language).splitlines() if line.strip())


def required(obj: Model, field: str, language: str) -> str:
    """The field in that language. Raises Incomplete when it is empty."""
    found = text(obj, field, language)
    if not found:
        label = cast("Field[Any, Any]", obj._meta.get_field(field)).verbose_name
        raise Incomplete(
            _("%(field)s is empty in %(language)s: %(kind)s “%(object)s”.")
            % {
                "field": capfirst(label),
                "language": Locale.parse(get_language() or "en").languages[language],
                "kind": obj._meta.verbose_name,
                "object": obj,
            }
        )
    return found


def page_address(event: Event, language: str) -> str:
    """The event's public page in that language, as it is printed."""
    with translation.override(language):
        return settings.SITE_URL + event.get_absolute_url()


def specimen_line(language: str) -> str:
    """The line at the foot of whatever the demonstration makes; empty anywhere else."""
    if not settings.SPECIMEN:
        return ""
    return {
        "en": "Specimen made by the Convoca demonstration",
        "es": "Documento de muestra generado por la demostración de Convoca",
    }[language]


def place(event: Event, language: str) -> str:
    """“Montevideo (Uruguay)”; empty for an event without a city."""
    city, country = text(event, "city", language), text(event, "country", language)
    return f"{city} ({country})" if city and country and city != country else city or country


def organisers_of(event: Event, language: str) -> tuple[Role, ...]:
    """Who organises, by role. Raises Incomplete when a name is empty in that language."""
    with translation.override(language):
        groups = organiser_groups(event.organisers.all())
    return tuple(
        Role(group.heading, tuple(required(one, "name", language) for one in group.organisations))
        for group in groups
    )


def logo_of(organisation: Organisation | None) -> str:
    """The name of the image that is its logo, if it has one."""
    logo = getattr(organisation, "logo", None)
    return logo.image.name if logo else ""


def contact_lines(event: Event, language: str) -> tuple[str, ...]:
    """Whom to ask: name, unit, e-mail, telephone, without what is not known."""
    lines = (
        event.contact_name,
        text(event, "contact_unit", language),
        event.contact_email,
        event.contact_phone,
    )
    return tuple(line for line in lines if line)
