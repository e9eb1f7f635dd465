"""Helpers: people, and orders of badges."""

from datetime import date
from typing import Any

from django.utils import timezone

from accounts.models import User
from documents import services
from documents.models import Badge, Batch, Document, Kind
from documents.services.making import render_and_store
from documents.services.planning import plan
from events.models import Event
from registration.models import Delegation, Participant
from tests.factories import ParticipantFactory

DAY = date(2026, 9, 1)


def add_confirmed(delegation: Delegation, **fields: Any) -> Participant:
    return ParticipantFactory(
        **{"delegation": delegation, "status": "confirmed", "confirmed_at": timezone.now()} | fields
    )


def order_badges(event: Event, actor: User, languages: str = "en", **options: Any) -> Batch:
    return services.order_batch(
        event=event, kind=Kind.BADGES, languages=languages, date=DAY, options=options, actor=actor
    )


def plan_sheet(batch: Batch) -> Document:
    plan(Batch.objects.claim(batch.pk))
    return batch.documents.get()


def make_sheet(batch: Batch) -> Document:
    """Return the sheet of the order, rendered as a worker does it."""
    document = plan_sheet(batch)
    render_and_store(Document.objects.claim(document.pk))
    return Document.objects.get(pk=document.pk)


def badge_of(person: Participant) -> Badge:
    return person.badges.latest("number")
