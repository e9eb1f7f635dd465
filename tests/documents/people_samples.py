"""Helpers: a delegation with passports, and the templates of documents about people."""

from datetime import date
from typing import Any

from accounts.models import User
from documents.codes import new_code
from documents.composing import Draft, Order, compose_drafts
from documents.models import Document, Kind, Template
from documents.services.standard import standard_template
from events.models import Event
from jobs.models import State
from registration.models import Delegation, Participant
from tests.factories import (
    DelegationFactory,
    EventFactory,
    InvitationFactory,
    ParticipantFactory,
    SignatoryFactory,
    TemplateFactory,
    UserFactory,
    WindowFactory,
)

DAY = date(2026, 4, 23)
PAPERS = (Kind.VISA_LETTER, Kind.CONFIRMATION, Kind.PERSON_CONFIRMATION, Kind.CERTIFICATE)
PASSPORT: dict[str, Any] = {
    "nationality": "UY",
    "birth_date": date(1971, 3, 27),
    "passport_number": "C123456",
    "passport_country": "UY",
    "passport_expires_on": date(2031, 5, 3),
}


def montevideo(**fields: Any) -> Event:
    """Return an event in Montevideo that is over."""
    made = {
        "reference": "WS",
        "mode": "in_person",
        "city_en": "Montevideo",
        "city_es": "Montevideo",
        "country_en": "Uruguay",
        "country_es": "Uruguay",
        "first_day": date(2026, 3, 16),
        "last_day": date(2026, 3, 18),
    }
    return EventFactory(**made | fields)


def upcoming_montevideo(actor: User) -> Event:
    """Return an event in Montevideo that is open for registration, with the templates of documents about people."""
    event = montevideo(last_day=date(2036, 3, 18))
    WindowFactory(event=event)
    standard_templates(event, actor)
    return event


def invited_delegation(event: Event, language: str = "es", **fields: Any) -> Delegation:
    """Return an invited delegation with one coordinator."""
    invitation = InvitationFactory(event=event, language=language)
    return DelegationFactory(
        event=event,
        organisation=invitation.organisation,
        invitation=invitation,
        coordinators=[UserFactory()],
        **fields,
    )


def confirmed_head(delegation: Delegation, **fields: Any) -> Participant:
    """Return a confirmed head of delegation with a passport; `fields` override the defaults."""
    made = {
        "status": "confirmed",
        "confirmed_at": delegation.created_at,
        "role": "head",
        "gender": "woman",
        "honorific": "ms",
        "given_names": "Ana María",
        "family_names": "Muestra",
        "function": "Senadora",
        "function_language": "es",
    }
    return ParticipantFactory(delegation=delegation, **made | PASSPORT | fields)


def standard_templates(event: Event, actor: User) -> dict[Kind, Template]:
    """Create an invitation template with a signatory, and standard templates of all kinds about people."""
    SignatoryFactory(template=TemplateFactory(event=event))
    return {kind: standard_template(event=event, kind=kind, actor=actor) for kind in PAPERS}


def compose(event: Event, kind: Kind, languages: str = "both", **options: Any) -> list[Draft]:
    """Return the drafts of an order with the date DAY."""
    return compose_drafts(Order(event, kind, DAY, languages, options=options))


def document_about(
    delegation: Delegation, kind: Kind, person: Participant | None = None, **fields: Any
) -> Document:
    """Return a document that looks finished. It has no file."""
    subject = f"{delegation.organisation.code}-{person.pk}" if person else delegation.organisation.code
    made = {"state": State.DONE, "content_hash": "0" * 64, "snapshot": {"holder": "A. M., Uruguay"}}
    return Document.objects.create(
        kind=kind,
        event=delegation.event,
        delegation=delegation,
        participant=person,
        subject=subject,
        language="es",
        date=DAY,
        reference=f"WS-{kind.mark}-{subject.upper()}-ES",
        code=new_code(),
        **made | fields,
    )
