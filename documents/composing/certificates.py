"""Compose certificates of attendance, after the event."""

from typing import Any

from documents.composing.orders import Draft, Order
from documents.composing.people import formal_name, initials_and_country, values_of
from documents.composing.person_letters import PeopleLetters, drafts_for_people
from documents.composing.texts import required_text, specimen_line, text
from documents.models import Kind
from documents.papers import CertificateSnapshot, Letterhead, Signatory
from documents.placeholders import expand
from registration.models import Participant

_LEAD = {"en": "This is to certify that", "es": "Se certifica que"}


class Certificates(PeopleLetters):
    """Composes the certificates of one template in one language with one date."""

    def certificate_for(self, person: Participant) -> CertificateSnapshot:
        """Return the certificate, without reference and code. Raises Incomplete."""
        language, template, gather = self.language, self.template, self._gathering(person, Kind.CERTIFICATE)
        signatories: tuple[Signatory, ...] = gather(lambda: self._signatories, ())
        body = gather(lambda: required_text(template, "body", language), "")
        values, number = values_of(person, language), max(len(signatories), 1)
        heading = text(template, "title", language) or self._kind
        written: dict[str, Any] = {
            "letterhead": gather(lambda: self._letterhead, Letterhead("")),
            "body_html": gather(lambda: self._filled(expand, body, values=values, signatories=number), ""),
            "place_and_date": gather(lambda: self._place_and_date, ""),
            "title": gather(lambda: f"{heading}: {self._title} – {person.full_name}", ""),
        }
        gather.raise_if_any()
        return CertificateSnapshot(
            language=language,
            heading=heading,
            lead=_LEAD[language],
            name=formal_name(person, language),
            issued=self.day.isoformat(),
            signatories=signatories,
            holder=initials_and_country(person, language),
            specimen=specimen_line(language),
            **written,
        )


def certificates(order: Order) -> list[Draft]:
    """Return a certificate for each selected person (`chosen_people`). Raises NothingToWrite."""
    return drafts_for_people(order, Certificates, Certificates.certificate_for)
