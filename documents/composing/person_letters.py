"""Compose letters about people: visa-support letters, confirmations of a person or a delegation."""

from collections.abc import Callable
from dataclasses import fields
from functools import cached_property, partial
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from accounts.language import LANGUAGE_CODES
from documents.composing.letters import Letters
from documents.composing.orders import Draft, Order
from documents.composing.people import (
    body_name,
    chosen_delegations,
    chosen_people,
    confirmed_people,
    formal_name,
    function_and_language,
    initials_and_country,
    is_attendance_noted,
    missing_for_document,
    organisation_of,
    own_language,
    role_name,
    subject_of,
    values_of,
    values_of_delegation,
)
from documents.composing.texts import ReasonCollector, required_text, text, text_lines
from documents.models import Kind
from documents.papers import (
    DelegationLetterSnapshot,
    Fact,
    LetterSnapshot,
    Listed,
    Paper,
    PersonLetterSnapshot,
)
from events.models import Event, Organisation
from events.wording import adapt_for_joining
from registration.models import Delegation, Participant

_Honorific, _Gender = Participant.Honorific, Participant.Gender

_AUTHORITIES = {
    "en": "To the consular authorities of ",
    "es": "A las autoridades consulares de ",
}
_WHOM = {"en": "To whom it may concern", "es": "A quien corresponda"}
_ALL = {"en": ("Dear Sir or Madam,",), "es": ("De nuestra consideración:",)}
_EXCELLENCY = {"en": "Excellency,", "es": "Excelencia:"}
_DEAR = {"es": {_Gender.WOMAN: "Estimada {}:", _Gender.MAN: "Estimado {}:"}}
_FACTS = {
    "en": {
        "name": "Name in the passport",
        "function": "Function",
        "nationality": "Country of nationality",
        "birth_date": "Date of birth",
        "passport_number": "Passport number",
        "passport_country": "Passport issued by",
        "passport_expiry": "Passport valid until",
    },
    "es": {
        "name": "Nombre en el pasaporte",
        "function": "Cargo",
        "nationality": "País de nacionalidad",
        "birth_date": "Fecha de nacimiento",
        "passport_number": "Número de pasaporte",
        "passport_country": "Pasaporte expedido por",
        "passport_expiry": "Pasaporte válido hasta",
    },
}
Letter = TypeVar("Letter", bound=LetterSnapshot)
Made = TypeVar("Made", bound="PeopleLetters")


class PeopleLetters(Letters):
    """Composes the letters of one template in one language that are about people."""

    def visa_letter(self, person: Participant) -> PersonLetterSnapshot:
        """Return the visa-support letter: passport data and the days of the event, no travel data.

        Raises Incomplete.
        """
        to = text(self.template, "addressee", self.language) or self._consulate
        values = values_of(person, self.language)
        letter = self._about(person, Kind.VISA_LETTER, (to,), _ALL[self.language], recipient=to)
        return _as_class(PersonLetterSnapshot, letter, facts=_facts(person, values, self.language))

    def person_confirmation(self, person: Participant) -> PersonLetterSnapshot:
        """Return the confirmation of one person with the confirmed role. Raises Incomplete."""
        language, name = self.language, formal_name(person, self.language)
        about = (name, function_and_language(person, language)[0], body_name(person.delegation, language))
        lines = tuple(line for line in about if line)
        return self._about(
            person, Kind.PERSON_CONFIRMATION, lines, (_dear(person, language),), recipient=name
        )

    def delegation_confirmation(self, delegation: Delegation) -> DelegationLetterSnapshot:
        """Return the confirmation of a delegation with its confirmed people. Raises Incomplete."""
        language, organisation, people = (
            self.language,
            organisation_of(delegation),
            confirmed_people(delegation),
        )
        body, gather = body_name(delegation, language), ReasonCollector()
        country = text(organisation, "country", language) if organisation else ""
        if not people:
            gather.add(_("Nobody of this delegation is confirmed."))
        letter = self._write(
            gather,
            lines=(body, *([country] if country and country not in body else [])),
            salutations=self._greeting(_ALL[language]),
            recipient=body,
            body=gather(lambda: required_text(self.template, "body", language), ""),
            values=values_of_delegation(delegation, language),
        )
        return _as_class(
            DelegationLetterSnapshot, letter, people=tuple(_listed(one, language) for one in people)
        )

    def _about(
        self,
        person: Participant,
        kind: Kind,
        lines: tuple[str, ...],
        salutations: tuple[str, ...],
        *,
        recipient: str,
    ) -> PersonLetterSnapshot:
        """Return a letter about one person. The title contains the person's name. Raises Incomplete."""
        gather = self._gathering(person, kind)
        letter = self._write(
            gather,
            lines=lines,
            salutations=self._greeting(salutations),
            recipient=recipient,
            body=gather(lambda: required_text(self.template, "body", self.language), ""),
            values=values_of(person, self.language),
        )
        title = f"{self._kind}: {self._title} – {person.full_name}"
        return _as_class(
            PersonLetterSnapshot, letter, title=title, holder=initials_and_country(person, self.language)
        )

    def _gathering(self, person: Participant, kind: Kind) -> ReasonCollector:
        """Return a ReasonCollector that already has the reasons against a document about this person."""
        gather = ReasonCollector()
        gather.add(*missing_for_document(person, kind, noted=self._noted))
        return gather

    @cached_property
    def _noted(self) -> bool:
        """True if certificates go only to people whose attendance is recorded."""
        return self.template.kind == Kind.CERTIFICATE and is_attendance_noted(self.event)

    @cached_property
    def _consulate(self) -> str:
        return _consulate(self.event, self.language)

    def _greeting(self, usual: tuple[str, ...]) -> tuple[str, ...]:
        return text_lines(self.template, "salutation", self.language) or usual


def visa_letters(order: Order) -> list[Draft]:
    """Return a visa-support letter for each person of the order. Raises NothingToWrite."""
    return drafts_for_people(order, PeopleLetters, PeopleLetters.visa_letter)


def person_confirmations(order: Order) -> list[Draft]:
    """Return a confirmation for each person of the order. Raises NothingToWrite."""
    return drafts_for_people(order, PeopleLetters, PeopleLetters.person_confirmation)


def confirmations(order: Order) -> list[Draft]:
    """Return a confirmation for each delegation of the order, with its confirmed people. Raises NothingToWrite."""
    order.require_possible_now()
    template = order.require_template()
    letters = {language: PeopleLetters(template, language, order.date) for language in LANGUAGE_CODES}
    return [
        Draft(
            subject_of(delegation), language, delegation=delegation, template_version=template.version
        ).with_paper(partial(letters[language].delegation_confirmation, delegation))
        for delegation in chosen_delegations(order)
        for language in order.languages_for(own_language(delegation))
    ]


def drafts_for_people(
    order: Order, made: type[Made], write: Callable[[Made, Participant], Paper]
) -> list[Draft]:
    """Return what `write` composes for each person of the order, in each language. Raises NothingToWrite."""
    order.require_possible_now()
    template = order.require_template()
    letters = {language: made(template, language, order.date) for language in LANGUAGE_CODES}
    return [
        Draft(
            f"{subject_of(person.delegation)}-{person.pk}",
            language,
            delegation=person.delegation,
            participant=person,
            template_version=template.version,
        ).with_paper(partial(write, letters[language], person))
        for person in chosen_people(order)
        for language in order.languages_for(own_language(person.delegation))
    ]


def _as_class(kind: type[Letter], letter: LetterSnapshot, **more: Any) -> Letter:
    """Return the letter as another class of paper, with its additional fields."""
    values = {field.name: getattr(letter, field.name) for field in fields(letter)}
    return kind(**values | more)


def _consulate(event: Event, language: str) -> str:
    """Return the addressee of a visa-support letter: the consular authorities of the event's country."""
    country = text(event, "country", language)
    if not country:
        return _WHOM[language]
    same = Organisation.objects.filter(**{f"country_{language}": country})
    known = same.exclude(**{f"country_in_sentence_{language}": ""}).first()
    name = text(known, "country_in_sentence", language) if known else country
    return "".join(adapt_for_joining(_AUTHORITIES[language], name, language))


def _dear(person: Participant, language: str) -> str:
    """Return “Dear Ms. One,” or “Estimada Sra. One:”.

    If the wording needs a gender that is not known, the salutation has no name.
    """
    if person.honorific == _Honorific.HE:
        return _EXCELLENCY[language]
    title, family = formal_name(person, language).removesuffix(person.full_name), person.family_names
    name = f"{title}{family}" if title and family else person.full_name
    if language == "en":
        return f"Dear {name},"
    form = _DEAR[language].get(_Gender(person.gender))
    return form.format(name) if form else _ALL[language][0]


def _facts(person: Participant, values: dict[str, str], language: str) -> tuple[Fact, ...]:
    """Return the data that a consulate compares with the passport, in the order of the passport."""
    words, of = function_and_language(person, language)
    known = values | {"function": words}
    return tuple(
        Fact(label, known[name], of if name == "function" else "")
        for name, label in _FACTS[language].items()
        if known[name]
    )


def _listed(person: Participant, language: str) -> Listed:
    words, _language = function_and_language(person, language)
    return Listed(formal_name(person, language), role_name(person, language), words, person.pk)
