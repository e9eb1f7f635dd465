"""Until when a delegation may be registered, as a value and in the reader's words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self
from zoneinfo import ZoneInfo

from babel.core import get_global
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events import dates
from events.models import Event, Organisation, Window
from events.windows import NEVER, PeriodClosed
from registration.rules import EventNotHeld, Refused

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


def registration_window(event: Event) -> Window | None:
    """The event's window for registration that holds for everybody. Windows fetched before are used."""
    everybody = (Window.Stage.REGISTER, "")
    return next((one for one in event.windows.all() if (one.stage, one.category) == everybody), None)


def zone_of(organisation: Organisation) -> ZoneInfo | None:
    """The clock of a parliament, by its country; nothing for bodies without one."""
    zones = get_global("territory_zones").get(organisation.code, ())
    name = CAPITAL_ZONES.get(organisation.code) or (zones[0] if len(zones) == 1 else "")
    return ZoneInfo(name) if name else None


@dataclass(frozen=True, slots=True)
class Deadline:
    """The registration window of an event, seen at one moment by the parliament of one country."""

    window: Window
    at: datetime
    own_zone: ZoneInfo | None = None

    @classmethod
    def of(cls, event: Event, at: datetime, organisation: Organisation | None = None) -> Self | None:
        """Nothing for an event without registration."""
        window = registration_window(event)
        return cls(window, at, zone_of(organisation) if organisation else None) if window else None

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

    def __init__(self, event: Event, closed: PeriodClosed) -> None:
        super().__init__()
        self.window, self.early = registration_window(event), closed.early

    def __str__(self) -> str:
        if self.window is None:
            return _("Nothing was submitted: this event takes no registrations. Your draft is kept.")
        seen = Deadline(self.window, self.window.opens_at)
        if self.early:
            sentence = _("Nothing was submitted: registration opens on %(moment)s. Your draft is kept.")
            return sentence % {"moment": seen.opening_words}
        return _("Nothing was submitted: registration closed on %(moment)s. Your draft is kept.") % {
            "moment": seen.words
        }


def require_open(event: Event, at: datetime) -> None:
    """Raises EventNotHeld, OutsideWindow when the event takes no registration at this moment."""
    if event.status != Event.Status.PUBLISHED:
        raise EventNotHeld(event)
    window = registration_window(event)
    try:
        (window.period if window else NEVER).require_open(at)
    except PeriodClosed as closed:
        raise OutsideWindow(event, closed) from closed
