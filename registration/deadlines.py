"""Deadlines of a delegation, as values and as text for the reader."""

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

# The time zone of the seat of parliament, for countries with several time zones (IANA names).
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
    """The window of a stage that applies to this organisation's people of a category.

    A category's own window has priority over the general one. For the delegation as a whole, if only
    categories have windows, it is the one that closes last. An extension moves the end. Uses prefetched
    windows and extensions.
    """
    windows = {window.category: window for window in event.windows.all() if window.stage == stage}
    last = max(windows.values(), key=lambda window: window.closes_at, default=None)
    window = windows.get(category) or windows.get("") or (None if category else last)
    return window and _extended(window, stage, organisation)


def _extended(window: Window, stage: str, organisation: Organisation | None) -> Window:
    """An unsaved copy of the window with the extended end, if the secretariat granted one."""
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
    """The time zone of a parliament, by its country; None for other organisations."""
    zones = get_global("territory_zones").get(organisation.code, ())
    name = CAPITAL_ZONES.get(organisation.code) or (zones[0] if len(zones) == 1 else "")
    return ZoneInfo(name) if name else None


@dataclass(frozen=True, slots=True)
class Deadline:
    """One stage of an event at one moment for one organisation, including its extension."""

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
        """None if the event does not have this stage; `category` is a value of `Participant.category`."""
        window = window_of(event, stage, category, organisation)
        return cls(window, at, zone_of(organisation) if organisation else None) if window else None

    @classmethod
    def of_categories(
        cls, event: Event, at: datetime, organisation: Organisation | None = None
    ) -> list[Self]:
        """The registration deadlines that apply to one category only, the earliest end first."""
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
        """The last minute, in UTC."""
        return dates.last_minute(self.window.closes_at)

    @property
    def words(self) -> str:
        """“Friday, 4 June 2021, 23:59 (Geneva time)”, in the active language."""
        return dates.deadline(self.window.closes_at, self.window.closing_zone, get_language() or "en")

    @property
    def own_words(self) -> str:
        """“17:59 in Santiago”, in the active language; empty if both time zones show the same time."""
        if not self.own_zone:
            return ""
        return dates.own_time(
            self.last_minute, self.window.closing_zone, self.own_zone, get_language() or "en"
        )

    @property
    def opening_words(self) -> str:
        """The time at which the window opens, in the event's time zone and the active language."""
        return dates.moment(self.window.opens_at, self.window.event.tz, get_language() or "en")


class OutsideWindow(Refused):
    """Registration is closed at this moment; the sentence says when it opens or closed."""

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
    """Raises EventNotHeld if the event is cancelled, postponed or not published."""
    if event.status != Event.Status.PUBLISHED:
        raise EventNotHeld(event)
