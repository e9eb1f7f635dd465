"""Compose documents: from the rows of the database to the snapshots of `documents.papers`."""

from collections.abc import Callable

from documents.composing.addressing import Addressee, addressees
from documents.composing.agendas import agendas
from documents.composing.aide_memoires import aide_memoire, aide_memoires
from documents.composing.badges import badge_sheets
from documents.composing.certificates import certificates
from documents.composing.invitations import collective_letters, invitations
from documents.composing.letters import Letters
from documents.composing.orders import Draft, NothingToWrite, Order
from documents.composing.participants import participant_lists
from documents.composing.person_letters import confirmations, person_confirmations, visa_letters
from documents.composing.practical_notes import practical_notes
from documents.composing.programmes import programmes
from documents.composing.texts import Incomplete
from documents.models import Kind

WRITERS: dict[Kind, Callable[[Order], list[Draft]]] = {
    Kind.INVITATION: invitations,
    Kind.COLLECTIVE: collective_letters,
    Kind.AIDE_MEMOIRE: aide_memoires,
    Kind.PROGRAMME: programmes,
    Kind.AGENDA: agendas,
    Kind.PRACTICAL_NOTE: practical_notes,
    Kind.VISA_LETTER: visa_letters,
    Kind.CONFIRMATION: confirmations,
    Kind.PERSON_CONFIRMATION: person_confirmations,
    Kind.CERTIFICATE: certificates,
    Kind.PARTICIPANTS: participant_lists,
    Kind.BADGES: badge_sheets,
}


def compose_drafts(order: Order) -> list[Draft]:
    """Return a draft of every document of the order. Raises NothingToWrite if there can be none."""
    return WRITERS[order.kind](order)


__all__ = (
    "Addressee",
    "Draft",
    "Incomplete",
    "Letters",
    "NothingToWrite",
    "Order",
    "addressees",
    "aide_memoire",
    "compose_drafts",
)
