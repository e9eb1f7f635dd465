"""Until when a delegation may do what, as a value and in the reader's words."""

from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from zoneinfo import ZoneInfo

from babel.core import get_global
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events import dates
from events.models import Event, Organisation, Window
from registration.rules import EventNotHeld, Refused

Stage = Window.Stage

# Where parliament sits, for countries whose clocks differ (IANA names).
CAPITAL_ZONES = {
    "AR": "America/Argentina/Buenos_Aires",
    "AU": "Australia/Sydney",
    "BR": "America/Sao_Paulo",
    "CA": "America/Toronto",
    "CD": "Africa/Kinshasa",
    "CL": "America/Santiago",
    "CN": "Asia/Shanghai",
    "CY": "Asia/Nicosia",
    "DE": "Europe/Berlin",
    "EC": "America/Guayaquil",
    "ES": "Europe/Madrid",
    "FM": "Pacific/Pohnpei",
    "ID": "Asia/Jakarta",
    "KI": "Pacific/Tarawa",
    "KZ": "Asia/Almaty",
    "MH": "Pacific/Majuro",
    "MN": "Asia/Ulaanbaatar",
    "MX": "America/Mexico_City",
    "MY": "Asia/Kuala_Lumpur",
    "NZ": "Pacific/Auckland",
    "PG": "Pacific/Port_Moresby",
    "PS": "Asia/Hebron",
    "PT": "Europe/Lisbon",
    "RU": "Europe/Moscow",
    "UA": "Europe/Kyiv",
    "US": "America/New_York",
    "UZ": "Asia/Tashkent",
}


def window_of(
    event: Event, stage: str = Stage.REGISTER, category: str = "", organisation: Organisation | None = None
) -> Window | None:
    """The window of a stage as it holds for one organisation's people of a category.

    A category's own window wins over the one for everybody; where only categories have windows, the one that
    closes last speaks for the delegation as a whole. An extension moves the end. Windows and extensions fetched
    before are used.
    """
    windows = {window.category: window for window in event.windows.all() if window.stage == stage}
    last = max(windows.values(), key=lambda window: window.closes_at, default=None)
    window = windows.get(category) or windows.get("") or (None if category else last)
    return window and _extended(window, stage, organisation)


def _extended(window: Window, stage: str, organisation: Organisation | None) -> Window:
    """A copy that ends later, if the secretariat has granted that; never to be saved."""
    if organisation is None:
        return window
    granted = (
        one.closes_at
        for one in window.event.extensions.all()
        if (one.organisation_id, one.stage) == (organisation.pk, stage)
    )
    extended = copy(window)
    extended.closes_at = max([window.closes_at, *granted])
    return extended


def zone_of(organisation: Organisation) -> ZoneInfo | None:
    """The clock of a parliament, by its country; nothing for bodies without one."""
    zones = get_global("territory_zones").get(organisation.code, ())
    name = CAPITAL_ZONES.get(organisation.code) or (zones[0] if len(zones) == 1 else "")
    return ZoneInfo(name) if name else None


@dataclass(frozen=True, slots=True)
class Deadline:
    """One stage of an event, seen at one moment by one organisation, with what was granted to it."""

    window: Window
    at: datetime
    own_zone: ZoneInfo | None = None

    @classmethod
    def of(
        cls,
        event: Event,
        at: datetime,
        organisation: Organisation | None = None,
        stage: str = Stage.REGISTER,
        category: str = "",
    ) -> Self | None:
        """Nothing for an event without this stage; `category` as of `Participant.category`."""
        window = window_of(event, stage, category, organisation)
        return cls(window, at, zone_of(organisation) if organisation else None) if window else None

    @classmethod
    def of_categories(
        cls, event: Event, at: datetime, organisation: Organisation | None = None
    ) -> list[Self]:
        """The registration deadlines that hold for one category only, the first to close first."""
        own = [one.category for one in event.windows.all() if one.category and one.stage == Stage.REGISTER]
        found = (cls.of(event, at, organisation, category=category) for category in own)
        return sorted(filter(None, found), key=lambda deadline: deadline.window.closes_at)

    @property
    def is_open(self) -> bool:
        return self.window.period.is_open(self.at)

    @property
    def is_early(self) -> bool:
        """True before the window opens."""
        return self.at < self.window.opens_at

    @property
    def days_left(self) -> int:
        return self.window.period.days_left(self.at)

    @property
    def last_minute(self) -> datetime:
        """In UTC, for machines."""
        return dates.last_minute(self.window.closes_at)

    @property
    def words(self) -> str:
        """“Friday, 4 June 2021, 23:59 (Geneva time)”, in the active language."""
        return dates.deadline(self.window.closes_at, self.window.closing_zone, get_language() or "en")

    @property
    def own_words(self) -> str:
        """“17:59 in Santiago”, in the active language; empty where both clocks agree."""
        if not self.own_zone:
            return ""
        return dates.own_time(
            self.last_minute, self.window.closing_zone, self.own_zone, get_language() or "en"
        )

    @property
    def opening_words(self) -> str:
        """The moment at which registration opens, in the active language."""
        return dates.moment(self.window.opens_at, self.window.event.tz, get_language() or "en")


class OutsideWindow(Refused):
    """Registrations are not taken at this moment; the sentence names the one when they are, or were."""

    def __init__(self, deadline: Deadline | None) -> None:
        super().__init__()
        self.deadline = deadline

    @property
    def early(self) -> bool:
        return bool(self.deadline and self.deadline.is_early)

    def __str__(self) -> str:
        if self.deadline is None:
            return _("Nothing was submitted: this event accepts no registrations. Your draft is kept.")
        if self.early:
            sentence = _("Nothing was submitted: registration opens on %(moment)s. Your draft is kept.")
            return sentence % {"moment": self.deadline.opening_words}
        return _("Nothing was submitted: registration closed on %(moment)s. Your draft is kept.") % {
            "moment": self.deadline.words
        }


def require_taking_place(event: Event) -> None:
    """Raises EventNotHeld for an event that is off, or not public yet."""
    if event.status != Event.Status.PUBLISHED:
        raise EventNotHeld(event)
