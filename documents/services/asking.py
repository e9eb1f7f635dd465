"""Papers that a delegation asks for when it needs them."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from documents.composing import Draft, Incomplete
from documents.composing.people import is_attendance_noted, lacking, own_language
from documents.models import Batch, Kind
from documents.services.ordering import order_batch, preview
from registration.models import Delegation, Participant


def ask_for_paper(
    *, delegation: Delegation, kind: Kind, person: Participant | None = None, actor: User
) -> Batch:
    """Order one paper of the delegation, or of one of its people, in its language and dated today.

    Raises Incomplete with a sentence for each thing that is missing, none of which names anybody; NothingToWrite
    without a template, or when it is not the time for this kind.
    """
    event, language = delegation.event, own_language(delegation)
    noted = is_attendance_noted(event)
    if reasons := list(lacking(person, kind, noted=noted)) if person else _lacking_in(delegation):
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
    """What the template or the event lacks: details for who can mend it, for the others who that is."""
    if actor.is_secretariat:
        return list(dict.fromkeys(line for draft in problems for line in draft.reason.splitlines()))
    return [_("The secretariat has to complete the wording of this document first. Please write to it.")]


def _lacking_in(delegation: Delegation) -> Sequence[str]:
    confirmed = delegation.participants.with_status(Participant.Status.CONFIRMED).filter(erased_at=None)
    return [] if confirmed.exists() else [_("Nobody of this delegation is confirmed.")]
