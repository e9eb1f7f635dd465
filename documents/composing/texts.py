"""Read texts in exactly one language: a document never falls back to another language."""

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
"""The place of an online event, as it is used inside a sentence."""


class Incomplete(ValueError):
    """The document cannot be composed. Each of the `reasons` is a sentence that says what is missing and where."""

    def __init__(self, *reasons: str) -> None:
        self.reasons = reasons
        super().__init__(" ".join(reasons))


class ReasonCollector:
    """Collects the reasons why a document cannot be composed, so that all of them are reported at once."""

    def __init__(self) -> None:
        self._reasons: dict[str, None] = {}

    def __call__(self, write: Callable[[], T], otherwise: T) -> T:
        """Return the result of `write`, or `otherwise` if it raises; the reasons are noted."""
        try:
            return write()
        except (Incomplete, PlaceholderError) as error:
            self.add(*error.reasons)
            return otherwise

    def add(self, *reasons: str) -> None:
        """Add these reasons, each once."""
        self._reasons |= dict.fromkeys(reasons)

    def raise_if_any(self) -> None:
        """Raises Incomplete with all reasons, if there are any."""
        if self._reasons:
            raise Incomplete(*self._reasons)


def text(obj: Model, field: str, language: str) -> str:
    """Return the field in this language, or ""."""
    return (getattr(obj, f"{field}_{language}") or "").strip()


def text_lines(obj: Model, field: str, language: str) -> tuple[str, ...]:
    """Return the lines of the field in this language, without empty lines."""
    return tuple(line.strip() for line in text(obj, field, language).splitlines() if line.strip())


def required_text(obj: Model, field: str, language: str) -> str:
    """Return the field in this language. Raises Incomplete if it is empty."""
    value = text(obj, field, language)
    if not value:
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
    return value


def page_address(event: Event, language: str) -> str:
    """Return the address of the event's public page in this language, as printed."""
    with translation.override(language):
        return settings.SITE_URL + event.get_absolute_url()


def specimen_line(language: str) -> str:
    """Return the line at the foot of documents of the demonstration; "" on any other site."""
    if not settings.SPECIMEN:
        return ""
    return {
        "en": "Specimen made by the Convoca demonstration",
        "es": "Documento de muestra generado por la demostración de Convoca",
    }[language]


def place_name(event: Event, language: str) -> str:
    """Return “Montevideo (Uruguay)”, or "" for an event without a city and country."""
    city, country = text(event, "city", language), text(event, "country", language)
    return f"{city} ({country})" if city and country and city != country else city or country


def organisers_of(event: Event, language: str) -> tuple[Role, ...]:
    """Return the organisers by role. Raises Incomplete if a name is empty in this language."""
    with translation.override(language):
        groups = organiser_groups(event.organisers.all())
    return tuple(
        Role(
            group.heading,
            tuple(required_text(organisation, "name", language) for organisation in group.organisations),
        )
        for group in groups
    )


def logo_of(organisation: Organisation | None) -> str:
    """Return the image name of the organisation's logo, or ""."""
    logo = getattr(organisation, "logo", None)
    return logo.image.name if logo else ""


def contact_lines(event: Event, language: str) -> tuple[str, ...]:
    """Return name, unit, e-mail and telephone of the contact, without empty lines."""
    lines = (
        event.contact_name,
        text(event, "contact_unit", language),
        event.contact_email,
        event.contact_phone,
    )
    return tuple(line for line in lines if line)
