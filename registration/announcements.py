"""Standard texts for circulars in both languages, filled with the event's name, dates and page."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from accounts.language import LANGUAGE_CODES
from events import dates, texts, wording
from events.models import Event
from registration.models import Circular

Recipients = Circular.Recipients


@dataclass(frozen=True, slots=True)
class Announcement:
    """Subject and text by language. Only these texts are formatted, never a text typed by an editor."""

    name: Promise
    recipients: str
    subject: Mapping[str, str]
    text: Mapping[str, str]


ANNOUNCEMENTS: dict[str, Announcement] = {
    "practical": Announcement(
        pgettext_lazy("circular", "Practical information"),
        Recipients.CONFIRMED,
        {"en": "practical information", "es": "información práctica"},
        {
            "en": """Dear colleagues,

{Event} will take place {dates}{place}.

The venue, the programme, the working languages and the documents are on the page of the event:
{address}

We ask everybody in your delegation to carry the identity document that was given in the registration. If something \
has changed, please correct it on the page of your registration, or ask for the change there.

If you have any questions, please write to {contact}.""",
            "es": """Estimadas y estimados colegas:

{Event} tendrá lugar {dates}{place}.

La sede, el programa, los idiomas de trabajo y los documentos figuran en la página del evento:
{address}

Rogamos que todas las personas de su delegación lleven consigo el documento de identidad indicado en la inscripción. \
Si ha cambiado algún dato, puede corregirlo en la página de la inscripción o solicitar allí el cambio.

Para cualquier consulta, puede escribirnos a {contact}.""",
        },
    ),
    "documents": Announcement(
        pgettext_lazy("circular", "Documents published"),
        Recipients.REGISTERED,
        {"en": "documents published", "es": "documentos publicados"},
        {
            "en": """Dear colleagues,

The documents of {event} are now on its page, where they can be read and downloaded:
{address}

Some of them are for delegations only: the coordinator sees them after signing in. Further documents are added as \
they become available.

If you have any questions, please write to {contact}.""",
            "es": """Estimadas y estimados colegas:

Los documentos de {event} ya están en su página, donde pueden consultarse y descargarse:
{address}

Algunos están reservados a las delegaciones: quien coordina la delegación los ve después de iniciar sesión. \
Se añadirán otros documentos a medida que estén disponibles.

Para cualquier consulta, puede escribirnos a {contact}.""",
        },
    ),
    "thanks": Announcement(
        pgettext_lazy("circular", "Thank you, with the final list"),
        Recipients.CONFIRMED,
        {"en": "thank you, and the final list", "es": "agradecimiento y lista definitiva"},
        {
            "en": """Dear colleagues,

We thank your delegation for taking part in {event}, held {dates}{place}.

The final list of participants, the presentations and the other documents are on the page of the event:
{address}

If something in the list has to be corrected, please write to {contact}.""",
            "es": """Estimadas y estimados colegas:

Agradecemos a su delegación su participación en {event}, que tuvo lugar {dates}{place}.

La lista definitiva de participantes, las presentaciones y los demás documentos figuran en la página del evento:
{address}

Si hubiera que corregir algún dato de la lista, puede escribirnos a {contact}.""",
        },
    ),
}


def initial_values(announcement: Announcement, event: Event) -> dict[str, str]:
    """The initial values of a new circular by field: recipients, and subject and text in each language."""
    fields = {"recipients": announcement.recipients}
    for language in LANGUAGE_CODES:
        fields[f"subject_{language}"] = announcement.subject[language]
        fields[f"text_{language}"] = _fill(announcement.text[language], event, language)
    return fields


def _fill(text: str, event: Event, language: str) -> str:
    name = texts.find(event, "name_in_sentence", language).value or texts.find(event, "title", language).value
    with translation.override(language):
        address = f"{settings.SITE_URL}{event.get_absolute_url()}"
    values = {
        "event": name,
        "Event": wording.sentence_start(name),
        "dates": dates.date_range_in_sentence(event.first_day, event.last_day, language),
        "place": _place(event, language),
        "address": address,
        "contact": event.contact_email or settings.SECRETARIAT_EMAIL,
    }
    filled = text.format(**values)
    return wording.contract(filled) if language == "es" else filled


def _place(event: Event, language: str) -> str:
    """“ in Geneva, Switzerland”, “ en Ginebra (Suiza)”; empty for an online event or one without a city."""
    city, country = (texts.find(event, name, language).value for name in ("city", "country"))
    if not city or event.mode == Event.Mode.ONLINE:
        return ""
    if language == "es":
        return f" en {city} ({country})" if country else f" en {city}"
    return f" in {city}, {country}" if country else f" in {city}"
