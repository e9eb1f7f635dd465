"""The programme for pages and documents: sessions by day, with their people by role."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import npgettext

from events.models import Panellist, Session


@dataclass(frozen=True, slots=True)
class RoleGroup:
    """The people with the same role in a session. The heading is singular or plural."""

    heading: str
    members: tuple[Panellist, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One session with its people, moderators before panellists."""

    session: Session
    people: tuple[RoleGroup, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """The sessions of one day in order. `date` is None for sessions without a day."""

    date: date | None
    items: tuple[Item, ...]

    @property
    def is_timed(self) -> bool:
        return any(item.session.is_timed for item in self.items)


def programme_days(sessions: Iterable[Session]) -> list[Day]:
    """Return the programme, with headings in the active language. The sessions must be in the programme's order."""
    return [
        Day(day, tuple(Item(session, people_of(session)) for session in those))
        for day, those in groupby(sessions, key=lambda session: session.day)
    ]


def people_of(session: Session) -> tuple[RoleGroup, ...]:
    """Return the moderators and the panellists, in this order, without empty roles."""
    everybody = list(session.panellists.all())
    by_role = {role: tuple(one for one in everybody if one.role == role) for role in Panellist.Role}
    return tuple(RoleGroup(_heading(role, len(those)), those) for role, those in by_role.items() if those)


def _heading(role: str, count: int) -> str:
    if role == Panellist.Role.MODERATOR:
        return npgettext("heading of a session", "Moderator", "Moderators", count)
    return npgettext("heading of a session", "Panellist", "Panellists", count)
