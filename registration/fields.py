"""The catalogue of fields: section, privacy level, purpose, keeping period, and roles without the field.

An event chooses its fields with rows of `AskedField`; an event without rows asks for the fields of a
workshop.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, cast

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from accounts.privacy import Privacy
from events.models import Event
from registration.models import AskedField, Delegation, Participant, Upload

Demand, Round = AskedField.Demand, AskedField.Round
Role = Participant.Role

WEEK, QUARTER, YEAR = 7, 90, 365  # days after the last day of the event


class Section(StrEnum):
    """The sections of a person's form, in order; `HEADINGS` holds their headings."""

    IDENTITY = "identity"
    FUNCTION = "function"
    CONTACT = "contact"
    PASSPORT = "passport"
    JOURNEY = "journey"
    NEEDS = "needs"
    CONSENT = "consent"
    FILES = "files"
    DELEGATION = "delegation"


HEADINGS: dict[str, Promise] = {
    Section.IDENTITY: pgettext_lazy("part of the form", "Who it is"),
    Section.FUNCTION: pgettext_lazy("part of the form", "Functions"),
    Section.CONTACT: pgettext_lazy("part of the form", "Contact"),
    Section.PASSPORT: pgettext_lazy("part of the form", "Passport and visa"),
    Section.JOURNEY: pgettext_lazy("part of the form", "Arrival and departure"),
    Section.NEEDS: pgettext_lazy("part of the form", "Needs and wishes"),
    Section.CONSENT: pgettext_lazy("part of the form", "List of participants"),
    Section.FILES: pgettext_lazy("part of the form", "Photograph and documents"),
    Section.DELEGATION: pgettext_lazy("part of the form", "Delegation"),
}

_LIST = pgettext_lazy("purpose", "to register the person and print lists and badges")
_BALANCE = pgettext_lazy("purpose", "to apply the rules about delegations and report figures")
_REACH = pgettext_lazy("purpose", "to reach the person during the event")
_VISA = pgettext_lazy("purpose", "for visa support and access to the venue")
_TRANSFER = pgettext_lazy("purpose", "to arrange transfers and hotels")
_CARE = pgettext_lazy("purpose", "to meet the person’s needs")
_PAPER = pgettext_lazy("purpose", "to prepare the registration")


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `keep` is a number of days after the event's last day; None keeps it as long as the record.

    `not_of` are the roles without this field.
    """

    name: str
    section: Section
    privacy: Privacy
    purpose: Promise
    keep: int | None = None
    not_of: frozenset[str] = frozenset()

    @property
    def column(self) -> "models.Field[Any, Any]":
        """The model field of the delegation or the person; files have none."""
        owner = Delegation if self.section == Section.DELEGATION else Participant
        return cast("models.Field[Any, Any]", owner._meta.get_field(self.name))

    @property
    def is_open(self) -> bool:
        """True if the audit trail may record its values and downloaded lists may contain them."""
        return self.privacy in {Privacy.PUBLIC, Privacy.INTERNAL}

    @property
    def label(self) -> str:
        is_file = self.section == Section.FILES
        return str(Upload.Kind(self.name).label if is_file else self.column.verbose_name)


_COMPANY = frozenset({Role.ACCOMPANYING})
_P = Privacy

CATALOGUE: dict[str, Field] = {
    field.name: field
    for field in (
        Field("role", Section.IDENTITY, _P.INTERNAL, _LIST),
        Field("honorific", Section.IDENTITY, _P.INTERNAL, _LIST),
        Field("given_names", Section.IDENTITY, _P.PERSONAL, _LIST),
        Field("family_names", Section.IDENTITY, _P.PERSONAL, _LIST),
        Field("badge_name", Section.IDENTITY, _P.PERSONAL, _LIST, YEAR),
        Field("gender", Section.IDENTITY, _P.INTERNAL, _BALANCE),
        Field("accompanies", Section.IDENTITY, _P.INTERNAL, _LIST, None, frozenset(Role) - _COMPANY),
        Field("function", Section.FUNCTION, _P.PERSONAL, _LIST, None, _COMPANY),
        Field("body_function", Section.FUNCTION, _P.PERSONAL, _LIST, None, _COMPANY),
        Field("chamber", Section.FUNCTION, _P.PERSONAL, _LIST, YEAR, _COMPANY),
        Field("party", Section.FUNCTION, _P.SENSITIVE, _BALANCE, QUARTER, _COMPANY),
        Field("affiliation", Section.FUNCTION, _P.PERSONAL, _LIST, None, _COMPANY),
        Field("biography", Section.FUNCTION, _P.PERSONAL, _LIST, QUARTER, _COMPANY),
        Field("email", Section.CONTACT, _P.PERSONAL, _REACH, YEAR),
        Field("phone", Section.CONTACT, _P.PERSONAL, _REACH, QUARTER),
        Field("emergency_contact", Section.CONTACT, _P.PERSONAL, _REACH, WEEK),
        Field("address", Section.CONTACT, _P.PERSONAL, _REACH, QUARTER),
        Field("birth_date", Section.PASSPORT, _P.SENSITIVE, _VISA, WEEK),
        Field("nationality", Section.PASSPORT, _P.PERSONAL, _VISA, QUARTER),
        Field("passport_number", Section.PASSPORT, _P.SENSITIVE, _VISA, WEEK),
        Field("passport_country", Section.PASSPORT, _P.SENSITIVE, _VISA, WEEK),
        Field("passport_issued_on", Section.PASSPORT, _P.SENSITIVE, _VISA, WEEK),
        Field("passport_expires_on", Section.PASSPORT, _P.SENSITIVE, _VISA, WEEK),
        Field("visa_letter", Section.PASSPORT, _P.INTERNAL, _VISA, QUARTER),
        Field("visa_applied_at", Section.PASSPORT, _P.PERSONAL, _VISA, WEEK),
        Field("attendance", Section.JOURNEY, _P.INTERNAL, _LIST),
        Field("arrival_on", Section.JOURNEY, _P.PERSONAL, _TRANSFER, WEEK),
        Field("arrival_at", Section.JOURNEY, _P.PERSONAL, _TRANSFER, WEEK),
        Field("arrival_by", Section.JOURNEY, _P.PERSONAL, _TRANSFER, WEEK),
        Field("departure_on", Section.JOURNEY, _P.PERSONAL, _TRANSFER, WEEK),
        Field("departure_at", Section.JOURNEY, _P.PERSONAL, _TRANSFER, WEEK),
        Field("departure_by", Section.JOURNEY, _P.PERSONAL, _TRANSFER, WEEK),
        Field("hotel", Section.JOURNEY, _P.PERSONAL, _TRANSFER, WEEK),
        Field("spoken_languages", Section.NEEDS, _P.PERSONAL, _CARE, QUARTER),
        Field("related_meetings", Section.NEEDS, _P.PERSONAL, _CARE, QUARTER),
        Field("diet", Section.NEEDS, _P.SENSITIVE, _CARE, WEEK),
        Field("access_needs", Section.NEEDS, _P.SENSITIVE, _CARE, WEEK),
        Field("consents_to_list", Section.CONSENT, _P.INTERNAL, _LIST),
        Field("photo", Section.FILES, _P.PERSONAL, _LIST, QUARTER),
        Field("passport", Section.FILES, _P.SENSITIVE, _VISA, WEEK),
        Field("nomination", Section.FILES, _P.PERSONAL, _PAPER, YEAR),
        Field("composition", Section.DELEGATION, _P.INTERNAL, _PAPER),
        Field("expected_number", Section.DELEGATION, _P.INTERNAL, _PAPER),
        Field("second_contact_name", Section.DELEGATION, _P.PERSONAL, _REACH, QUARTER),
        Field("second_contact_email", Section.DELEGATION, _P.PERSONAL, _REACH, QUARTER),
        Field("second_contact_phone", Section.DELEGATION, _P.PERSONAL, _REACH, QUARTER),
        Field("interpretation", Section.DELEGATION, _P.INTERNAL, _PAPER),
        Field("remarks", Section.DELEGATION, _P.PERSONAL, _PAPER, YEAR),
    )
}

# Fields that are masked until a user reveals them. Files are opened one by one instead.
SENSITIVE = [
    field.name
    for field in CATALOGUE.values()
    if field.privacy == Privacy.SENSITIVE and field.section != Section.FILES
]

# Every event asks for these fields: nobody can be registered without them.
ALWAYS: dict[str, str] = {
    "role": Demand.REQUIRED,
    "given_names": Demand.REQUIRED,
    "family_names": Demand.REQUIRED,
}

_TRAVEL_SECTIONS = {Section.PASSPORT, Section.JOURNEY, Section.NEEDS}
_WITH_WHO = {"birth_date", "nationality", "attendance"}  # rules and lists need them in the first round

WORKSHOP: dict[str, str] = {
    **ALWAYS,
    "honorific": Demand.OPTIONAL,
    "gender": Demand.REQUIRED,
    "accompanies": Demand.REQUIRED,  # only for accompanying persons
    "function": Demand.REQUIRED,
    "remarks": Demand.OPTIONAL,
}
ASSEMBLY: dict[str, str] = {
    **WORKSHOP,
    "badge_name": Demand.OPTIONAL,
    "body_function": Demand.OPTIONAL,
    "chamber": Demand.OPTIONAL,
    "email": Demand.OPTIONAL,
    "phone": Demand.OPTIONAL,
    "birth_date": Demand.REQUIRED,
    "nationality": Demand.OPTIONAL,
    "passport_number": Demand.REQUIRED,
    "passport_country": Demand.REQUIRED,
    "passport_issued_on": Demand.OPTIONAL,
    "passport_expires_on": Demand.REQUIRED,
    "visa_letter": Demand.OPTIONAL,
    "visa_applied_at": Demand.OPTIONAL,
    "attendance": Demand.OPTIONAL,
    "arrival_on": Demand.OPTIONAL,
    "arrival_at": Demand.OPTIONAL,
    "arrival_by": Demand.OPTIONAL,
    "departure_on": Demand.OPTIONAL,
    "departure_at": Demand.OPTIONAL,
    "departure_by": Demand.OPTIONAL,
    "hotel": Demand.OPTIONAL,
    "spoken_languages": Demand.OPTIONAL,
    "related_meetings": Demand.OPTIONAL,
    "diet": Demand.OPTIONAL,
    "access_needs": Demand.OPTIONAL,
    "consents_to_list": Demand.OPTIONAL,
    "photo": Demand.REQUIRED,
    "nomination": Demand.OPTIONAL,
    "composition": Demand.OPTIONAL,
    "expected_number": Demand.OPTIONAL,
    "second_contact_name": Demand.OPTIONAL,
    "second_contact_email": Demand.OPTIONAL,
    "second_contact_phone": Demand.OPTIONAL,
    "interpretation": Demand.OPTIONAL,
}


def round_of(name: str) -> str:
    """The round in which a field is asked for by default."""
    is_travel = CATALOGUE[name].section in _TRAVEL_SECTIONS and name not in _WITH_WHO
    return Round.TRAVEL if is_travel else Round.WHO


def asked_fields_for(event: Event, preset: Mapping[str, str]) -> list[AskedField]:
    """The unsaved rows for an event that asks for the fields of a preset."""
    names = [name for name in CATALOGUE if name in preset]
    return [AskedField(event=event, name=name, demand=preset[name], round=round_of(name)) for name in names]


class Asked:
    """The fields that one event asks for, in the order of the catalogue. Uses prefetched rows.

    Consent to be named is asked for only if the event's list of participants depends on it.
    """

    def __init__(self, event: Event) -> None:
        rows = {row.name: row for row in event.asked_fields.all()} or {
            row.name: row for row in asked_fields_for(event, WORKSHOP)
        }
        always = {row.name: row for row in asked_fields_for(event, ALWAYS)}
        self.event = event
        self.rows = {name: rows.get(name) or always[name] for name in CATALOGUE if name in {**rows, **always}}
        if event.list_publication != Event.ListPublication.CONSENT:
            self.rows.pop("consents_to_list", None)

    def of_person(self, role: str, *rounds: str) -> list[AskedField]:
        """The fields of a person in this role, without files, in these rounds (or in all)."""
        apart = (Section.FILES, Section.DELEGATION)
        return [
            row
            for row in self._in_rounds(rounds)
            if role not in CATALOGUE[row.name].not_of and CATALOGUE[row.name].section not in apart
        ]

    def of_delegation(self) -> list[AskedField]:
        """The fields of the delegation as a whole, without files."""
        return [row for row in self.rows.values() if CATALOGUE[row.name].section == Section.DELEGATION]

    def files(self) -> list[AskedField]:
        """The files: of each person, and the delegation's proof of nomination."""
        return [row for row in self.rows.values() if CATALOGUE[row.name].section == Section.FILES]

    def asks(self, name: str) -> bool:
        return name in self.rows

    def is_required(self, name: str, role: str = "") -> bool:
        """True if the field must be filled in before submission, for a person in this role."""
        row = self.rows.get(name)
        return bool(row and row.demand == Demand.REQUIRED and role not in CATALOGUE[name].not_of)

    def _in_rounds(self, rounds: Iterable[str]) -> list[AskedField]:
        wanted = set(rounds) or set(Round.values)
        return [row for row in self.rows.values() if row.round in wanted]
