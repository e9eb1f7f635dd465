"""Compose the address and the salutation of a letter.

If the gender of a presiding officer is not known, both forms are printed, the feminine first.
"""

from dataclasses import dataclass

from documents.composing.texts import required_text, text
from events.models import Organisation
from events.wording import join_list
from registration.models import PresidingOfficer

_CHAMBERS = list(PresidingOfficer.Chamber)
_DEAR = {
    "en": {"f": "Dear {},", "m": "Dear {},"},
    "es": {"f": "Estimada {}:", "m": "Estimado {}:"},
}
# For an office with two holders: the Captains Regent of San Marino.
_DEAR_ALL = {"Señoras": "Estimadas {}:", "Señores": "Estimados {}:"}
_NOBODY = {"en": {"f": "Madam", "m": "Sir"}, "es": {"f": "Señora", "m": "Señor"}}


@dataclass(frozen=True, slots=True)
class Addressee:
    """A body and the presiding officers to whom one letter goes. `subject` is different for each letter."""

    organisation: Organisation
    officers: tuple[PresidingOfficer, ...]
    subject: str

    def lines(self, language: str) -> tuple[str, ...]:
        """Return the address block: names, offices, body, country. Raises Incomplete."""
        body = required_text(self.organisation, "name", language)
        country = text(self.organisation, "country", language)
        officers = [line for officer in self.officers for line in _officer_lines(officer, language)]
        return (*officers, body, *([country] if country and country not in body else []))

    def salutations(self, language: str) -> tuple[str, ...]:
        """Return the salutations, feminine forms first, without repetition."""
        greeted: tuple[PresidingOfficer | None, ...] = self.officers or (None,)
        lines = [
            _dear(_words(officer, language, form), language, form)
            for form in ("f", "m")
            for officer in greeted
            if officer is None or officer.gender in {"", form}
        ]
        return tuple(dict.fromkeys(lines))


def addressees(organisation: Organisation, *, each_chamber: bool) -> list[Addressee]:
    """Return one addressee for all presiding officers of the body, or one for each of its two chambers."""
    parliament = getattr(organisation, "parliament", None)
    unsorted = parliament.presiding_officers.all() if parliament else []
    officers = tuple(sorted(unsorted, key=lambda officer: _CHAMBERS.index(officer.chamber)))
    if not each_chamber or len(officers) < 2:
        return [Addressee(organisation, officers, organisation.code)]
    return [
        Addressee(organisation, (officer,), f"{organisation.code}-{officer.chamber}") for officer in officers
    ]


def _officer_lines(officer: PresidingOfficer, language: str) -> list[str]:
    """Return name, office, and the chamber if the office does not contain it: Lord Speaker, House of Lords."""
    office, chamber = _office(officer, language), text(officer, "chamber_name", language)
    lines = [officer.name, office, "" if chamber.casefold() in office.casefold() else chamber]
    return [line for line in lines if line]


def _office(officer: PresidingOfficer, language: str) -> str:
    if language == "en":
        return officer.office_en
    if officer.gender:
        return officer.office_es_f if officer.gender == "f" else officer.office_es_m
    return _either(officer.office_es_f, officer.office_es_m)


def _either(feminine: str, masculine: str) -> str:
    """Join both forms; the words that both have at the end are printed once: “Presidenta o Presidente del Senado”."""
    first, second = feminine.split(), masculine.split()
    shared: list[str] = []
    while first and second and first[-1] == second[-1]:
        shared.insert(0, first.pop())
        second.pop()
    forms = [" ".join(words) for words in (first, second) if words]
    return " ".join(filter(None, (join_list(forms, "es", "or"), *shared)))


def _words(officer: PresidingOfficer | None, language: str, form: str) -> str:
    words: str = getattr(officer, f"salutation_{language}_{form}") if officer else ""
    return words or _NOBODY[language][form]


def _dear(words: str, language: str, form: str) -> str:
    return _DEAR_ALL.get(words.split()[0], _DEAR[language][form]).format(words)
