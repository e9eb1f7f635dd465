"""Compose letters: the texts of a template with the data of the event and of the addressee."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property, partial
from typing import Any, cast

from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext as _

from documents.composing.addressing import Addressee
from documents.composing.texts import (
    ONLINE,
    Incomplete,
    ReasonCollector,
    contact_lines,
    logo_of,
    organisers_of,
    page_address,
    place_name,
    required_text,
    specimen_line,
    text,
    text_lines,
)
from documents.models import Document, Template
from documents.papers import Letterhead, LetterSnapshot, Role, Signatory
from documents.placeholders import expand, expand_text
from documents.rules import placeholders_for
from events.dates import date_range_in_sentence, long_date
from events.models import Event, Organisation, Window

_COLLEAGUE = {  # by language, number of signatories (2: two or more), gender of the colleague
    "en": {
        1: {"f": "my colleague, Ms. {}", "m": "my colleague, Mr. {}", "": "my colleague {}"},
        2: {"f": "our colleague, Ms. {}", "m": "our colleague, Mr. {}", "": "our colleague {}"},
    },
    "es": {
        1: {"f": "mi colega, la Sra. {}", "m": "mi colega, el Sr. {}", "": "{}"},
        2: {"f": "nuestra colega, la Sra. {}", "m": "nuestro colega, el Sr. {}", "": "{}"},
    },
}
_IN_PLACE = {"en": "in {}", "es": "en {}"}
_AND_ONLINE = {"en": "{} and online", "es": "{} y en línea"}
_EVERYBODY = {
    "en": ("Dear Madam President,", "Dear Mr. President,"),
    "es": ("Estimada Señora Presidenta:", "Estimado Señor Presidente:"),
}


class Letters:
    """Composes the letters of one template in one language with one date. Shared parts are composed once."""

    def __init__(self, template: Template, language: str, day: date) -> None:
        self.template, self.event, self.language, self.day = template, template.event, language, day

    def letter_to(self, addressee: Addressee) -> LetterSnapshot:
        """Return the letter to one body, without reference and code. Raises Incomplete."""
        organisation, gather = addressee.organisation, ReasonCollector()
        return self._write(
            gather,
            lines=gather(lambda: addressee.lines(self.language), ()),
            salutations=addressee.salutations(self.language),
            recipient=gather(lambda: required_text(organisation, "name", self.language), ""),
            body=gather(lambda: self._body(organisation), ""),
            values=_values_of(organisation, self.language),
        )

    def collective_letter(self) -> LetterSnapshot:
        """Return the collective letter, which has no single addressee. Raises Incomplete."""
        gather = ReasonCollector()
        addressee = gather(lambda: required_text(self.template, "addressee", self.language), "")
        greetings = text_lines(self.template, "salutation", self.language)
        return self._write(
            gather,
            lines=(addressee,),
            salutations=greetings or _EVERYBODY[self.language],
            recipient=addressee,
            body=gather(lambda: required_text(self.template, "body", self.language), ""),
            values={},
        )

    def _write(
        self,
        gather: ReasonCollector,
        *,
        lines: tuple[str, ...],
        salutations: tuple[str, ...],
        recipient: str,
        body: str,
        values: Mapping[str, str],
    ) -> LetterSnapshot:
        """Return the letter with the values of the event and `values`, those of the addressee. Raises Incomplete."""
        language, nobody = self.language, cast("tuple[Signatory, ...]", ())
        alone = cast("tuple[Role, ...]", ())
        signatories = gather(lambda: self._signatories, nobody)
        fill = partial(self._filled, values=values, signatories=max(len(signatories), 1))
        texts: dict[str, Any] = {
            "title": gather(lambda: f"{self._kind}: {self._title} – {recipient}", ""),
            "letterhead": gather(lambda: self._letterhead, Letterhead("")),
            "place_and_date": gather(lambda: self._place_and_date, ""),
            "subject": gather(lambda: fill(expand_text, text(self.template, "subject", language)), ""),
            "body_html": gather(lambda: fill(expand, body), ""),
            "closing": gather(lambda: required_text(self.template, "closing", language), ""),
            "organisers": gather(lambda: self._organisers, alone),
        }
        gather.raise_if_any()
        says_whom_to_ask = self.event.contact_email and self.event.contact_email in texts["body_html"]
        return LetterSnapshot(
            **texts,
            language=language,
            addressee_lines=lines,
            letter_date=self.day.isoformat(),
            salutation_lines=salutations,
            signatories=signatories,
            recipient=recipient,
            page_date=long_date(self.day, language),
            contact=() if says_whom_to_ask else contact_lines(self.event, language),
            enclosures=text_lines(self.template, "enclosures", language),
            event_url=page_address(self.event, language),
            specimen=specimen_line(language),
        )

    def _filled(
        self, fill: Callable[..., str], words: str, *, values: Mapping[str, str], signatories: int
    ) -> str:
        """Return the text with its placeholders filled in. Raises PlaceholderError."""
        known = self.values | {"contact": _colleague(self.event, self.language, signatories), **values}
        allowed = placeholders_for(self.template.kind)
        return fill(words, known, self.language, signatories=signatories, allowed=allowed)

    def _body(self, organisation: Organisation) -> str:
        """Return the text of the letter. The template may have another text for bodies that are not parliaments."""
        is_parliament = organisation.kind != Organisation.Kind.ORGANISATION
        own = "" if is_parliament else text(self.template, "body_for_bodies", self.language)
        return own or required_text(self.template, "body", self.language)

    @cached_property
    def _place_and_date(self) -> str:
        """“Geneva, 23 April 2021”; with two senders “Ginebra/Bruselas, 8 de diciembre de 2023”."""
        places = required_text(self.template, "place", self.language).split("/")
        named = "/".join(place.strip() for place in places if place.strip())
        return f"{named}, {long_date(self.day, self.language)}"

    @cached_property
    def _title(self) -> str:
        return required_text(self.event, "title", self.language)

    @cached_property
    def _kind(self) -> str:
        with translation.override(self.language):
            return str(Document.Kind(self.template.kind).label)

    @cached_property
    def _letterhead(self) -> Letterhead:
        organisation, language = self.template.letterhead, self.language
        if organisation is None:
            raise Incomplete(_("The template does not say on whose letterhead it stands."))
        return Letterhead(
            organisation=required_text(organisation, "name", language),
            motto=text(organisation, "motto", language),
            lines=text_lines(organisation, "letterhead", language),
            office=text(organisation, "issuing_office", language),
            logo=logo_of(organisation),
        )

    @cached_property
    def _organisers(self) -> tuple[Role, ...]:
        """The organisers by role; empty if the sender is the only one, because the letterhead names it."""
        organisations = {one.organisation_id for one in self.event.organisers.all()}
        is_alone = organisations <= {self.template.letterhead_id}
        return () if is_alone else organisers_of(self.event, self.language)

    @cached_property
    def _signatories(self) -> tuple[Signatory, ...]:
        signatories = tuple(
            Signatory(
                name=signatory.name,
                title=required_text(signatory, "title", self.language),
                organisation=required_text(signatory.organisation, "name", self.language),
                signature=signatory.signature.name if signatory.signature else "",
            )
            for signatory in self.template.signatories.all()
        )
        if not signatories:
            raise Incomplete(_("Nobody signs this letter: add a signatory to its template."))
        return signatories

    @cached_property
    def values(self) -> dict[str, str]:
        """The values of the placeholders about the event; "" if a value is not known."""
        event, language, writer = self.event, self.language, self.template.letterhead
        return {
            "event": text(event, "title", language),
            "event_in_sentence": text(event, "name_in_sentence", language),
            "theme": text(event, "theme", language),
            "dates_in_sentence": date_range_in_sentence(event.first_day, event.last_day, language),
            "place_in_sentence": _place_in_sentence(event, language),
            "deadline": _deadline(event, language),
            "organisation_in_sentence": text(writer, "name_in_sentence", language) if writer else "",
            "contact_email": _link(f"mailto:{event.contact_email}") if event.contact_email else "",
            "event_url": _link(page_address(event, language)),
        }


def _values_of(organisation: Organisation, language: str) -> dict[str, str]:
    """Return the values about the addressee. Without a form for sentences, the plain name is used."""
    return {
        name: text(organisation, field, language) or text(organisation, plain, language)
        for name, field, plain in (
            ("parliament", "name", "name"),
            ("parliament_in_sentence", "name_in_sentence", "name"),
            ("country_in_sentence", "country_in_sentence", "country"),
        )
    }


def _place_in_sentence(event: Event, language: str) -> str:
    """Return “in Montevideo (Uruguay)”, “online”, or both."""
    if event.mode == Event.Mode.ONLINE:
        return ONLINE[language]
    where = place_name(event, language) or text(event, "venue", language)
    if not where:
        return ""
    there = _IN_PLACE[language].format(where)
    return _AND_ONLINE[language].format(there) if event.mode == Event.Mode.HYBRID else there


def _deadline(event: Event, language: str) -> str:
    """Return the last day of registration, “Friday, 4 June 2021”, or "" if the event has no such deadline."""
    windows = [one for one in event.windows.all() if one.stage == Window.Stage.REGISTER and not one.category]
    return long_date(windows[0].last_day, language, weekday=True) if windows else ""


def _colleague(event: Event, language: str, signatories: int) -> str:
    if not event.contact_name:
        return ""
    return _COLLEAGUE[language][min(signatories, 2)][event.contact_gender].format(event.contact_name)


def _link(address: str) -> str:
    return format_html('<a href="{}">{}</a>', address, address.removeprefix("mailto:"))
