"""Delegations without an invitation, and the secretariat's own groups."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.language import LANGUAGE_CODES
from accounts.models import User
from events.models import Event, Organisation, Panellist
from registration import rules
from registration.models import Delegation, Participant
from registration.services.people import increment_version, lock_delegation


class AlreadyThere(rules.Refused):
    """The event already has this delegation or group."""

    def __init__(self, delegation: Delegation) -> None:
        super().__init__()
        self.delegation = delegation

    def __str__(self) -> str:
        return _("Nothing was added: this event already has “%(name)s”.") % {"name": self.delegation.name}


@transaction.atomic
def add_delegation(
    *, event: Event, organisation: Organisation | None, group: str = "", actor: User
) -> Delegation:
    """Create an empty delegation of an organisation or `Delegation.Group`, linked to its invitation if any.

    Raises AlreadyThere.
    """
    invitation = event.invitations.filter(organisation=organisation).first() if organisation else None
    delegation, is_new = Delegation.objects.get_or_create(
        event=event, organisation=organisation, group=group, defaults={"invitation": invitation}
    )
    if not is_new:
        raise AlreadyThere(delegation)
    audit.record(actor, "delegation.added", delegation)
    return delegation


def untaken_panellists(delegation: Delegation) -> list[Panellist]:
    """The panellists of the event who are not in the group yet: one per name, in programme order."""
    speakers = Panellist.objects.filter(session__event=delegation.event_id).select_related("organisation")
    names = {_key(person.full_name) for person in delegation.participants.all()}
    fresh: dict[str, Panellist] = {}
    for speaker in speakers.order_by("session__day", "session__starts", "session__order", "order", "pk"):
        if _key(speaker.name) not in names:
            fresh.setdefault(_key(speaker.name), speaker)
    return list(fresh.values())


@transaction.atomic
def take_panellists(*, delegation: Delegation, actor: User) -> int:
    """Add the panellists of the programme to the group as drafts; returns how many were added.

    A programme stores a name in one piece: it goes into the family names, and the secretariat divides it.
    """
    delegation = lock_delegation(delegation)
    speakers = untaken_panellists(delegation)
    if not speakers:
        return 0
    first = delegation.participants.count()
    Participant.objects.bulk_create(
        _person(delegation, speaker, order) for order, speaker in enumerate(speakers, start=first)
    )
    increment_version(delegation)
    audit.record(
        actor,
        "delegation.panellists_taken",
        delegation,
        changes={"version": delegation.version, "people": len(speakers)},
    )
    return len(speakers)


def _key(name: str) -> str:
    return " ".join(name.casefold().split())


def _person(delegation: Delegation, speaker: Panellist, order: int) -> Participant:
    lines = {language: getattr(speaker, f"function_{language}") or "" for language in LANGUAGE_CODES}
    language = next((code for code in LANGUAGE_CODES if lines[code]), LANGUAGE_CODES[0])
    other = next(code for code in LANGUAGE_CODES if code != language)
    return Participant(
        delegation=delegation,
        order=order,
        role=Participant.Role.SPEAKER,
        family_names=rules.tidy(speaker.name)[:120],
        function=lines[language],
        function_language=language,
        function_translation=lines[other],
        affiliation=str(speaker.organisation or speaker.body or ""),
    )
