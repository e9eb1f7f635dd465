"""Let a delegation order its own documents when it needs them."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from documents.composing import Draft, Incomplete
from documents.composing.people import is_attendance_noted, missing_for_document, own_language
from documents.models import Batch, Kind
from documents.services.ordering import order_batch, preview
from registration.models import Delegation, Participant


def ask_for_paper(
    *, delegation: Delegation, kind: Kind, person: Participant | None = None, actor: User
) -> Batch:
    """Order one document for the delegation or for one of its people.

    Its language is that of the delegation, its date is today in the event's time zone. Raises Incomplete with a
    sentence, without a person's name, for each thing that is missing. Raises NothingToWrite without a template,
    or if this kind cannot be made at this time.
    """
    event, language = delegation.event, own_language(delegation)
    noted = is_attendance_noted(event)
    missing = missing_for_document(person, kind, noted=noted) if person else _lacking_in(delegation)
    if reasons := list(missing):
        raise Incomplete(*reasons)
    order: dict[str, Any] = {
        "event": event,
        "kind": kind,
        "languages": language or Batch.Languages.BOTH,
        "date": timezone.now().astimezone(event.tz).date(),
        "options": {"people": [person.pk]} if person else {"delegations": [delegation.pk]},
    }
    if problems := preview(**order).problems:
        raise Incomplete(*_in_words_for(actor, problems))
    return order_batch(**order, actor=actor)


def _in_words_for(actor: User, problems: Sequence[Draft]) -> list[str]:
    """Return what the template or the event lacks. Only the secretariat can correct it and sees the details."""
    if actor.is_secretariat:
        return list(dict.fromkeys(line for draft in problems for line in draft.reason.splitlines()))
    return [_("The secretariat has to complete the wording of this document first. Please write to it.")]


def _lacking_in(delegation: Delegation) -> Sequence[str]:
    confirmed = delegation.participants.with_status(Participant.Status.CONFIRMED).filter(erased_at=None)
    return [] if confirmed.exists() else [_("Nobody of this delegation is confirmed.")]
