"""Format all dates, times and deadlines that people read, in English ("en") and Spanish ("es").

Dates are written in full, in Spanish with months and weekdays in lower case. Times use 24 hours and a colon. A moment
names the place of its time zone.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from babel.dates import format_date, get_timezone_location

from events.windows import ANYWHERE

_ONE_DAY = timedelta(days=1)
_ONE_MINUTE = timedelta(minutes=1)

_PATTERNS = {
    "en": {"day": "d", "month": "d MMMM", "year": "d MMMM y"},
    "es": {"day": "d", "month": "d 'de' MMMM", "year": "d 'de' MMMM 'de' y"},
}

_EVERYWHERE = {
    "en": "end of the day everywhere (UTC−12)",
    "es": "al final del día en todo el mundo (UTC−12)",
}

_PLACES = {  # for zones where CLDR names another city or spells it differently
    "America/Argentina/Cordoba": {"en": "Córdoba", "es": "Córdoba"},
    "America/Bogota": {"en": "Bogotá", "es": "Bogotá"},
    "America/Santiago": {"en": "Santiago", "es": "Santiago"},
    "America/Sao_Paulo": {"en": "São Paulo", "es": "São Paulo"},
    "Asia/Kathmandu": {"en": "Kathmandu", "es": "Katmandú"},
    "Europe/Zurich": {"en": "Geneva", "es": "Ginebra"},
}


def long_date(day: date, language: str, weekday: bool = False) -> str:
    """Return “4 June 2021”, “4 de junio de 2021”.

    With the weekday: “Friday, 4 June 2021”, “viernes, 4 de junio de 2021”. There is no article, so that the date can
    follow “no later than” and “a más tardar el”.
    """
    pattern = _PATTERNS[language]["year"]
    return format_date(day, f"EEEE, {pattern}" if weekday else pattern, locale=language)


def date_range(first: date, last: date, language: str, weekdays: bool = False) -> str:
    """Return “23–25 October 2013”, “23 al 25 de octubre de 2013”. A common month or year is written once.

    With weekdays: “Wednesday 23 to Friday 25 October 2013”, “miércoles 23 al viernes 25 de octubre de 2013”.
    """
    if first == last:
        return long_date(first, language, weekdays)
    if language == "es":
        return _joined(first, last, language, " y ", " al ", weekdays)
    if weekdays:
        return _joined(first, last, language, " and ", " to ", weekdays)
    dash = "–" if _same_month(first, last) else " – "
    return _joined(first, last, language, dash, dash)


def date_range_in_sentence(first: date, last: date, language: str) -> str:
    """Return the range with its preposition: “from 16 to 18 June 2021”, “del 16 al 18 de junio de 2021”.

    Two consecutive days: “on 12 and 13 December 2016”, “los días 12 y 13 de diciembre de 2016”.
    A single day: “on 20 September 2011”, “el 20 de septiembre de 2011”.
    """
    if first == last:
        return f"{'el' if language == 'es' else 'on'} {long_date(first, language)}"
    if language == "es":
        preposition = "los días" if last - first == _ONE_DAY else "del"
        return f"{preposition} {_joined(first, last, language, ' y ', ' al ')}"
    preposition = "on" if last - first == _ONE_DAY else "from"
    return f"{preposition} {_joined(first, last, language, ' and ', ' to ')}"


def hours(starts: time, ends: time | None = None) -> str:
    """Return “09:00–10:30”, or “09:00” without an end. The format is the same in both languages."""
    return f"{starts:%H:%M}–{ends:%H:%M}" if ends else f"{starts:%H:%M}"


def moment(at: datetime, zone: tzinfo, language: str, place: str = "") -> str:
    """Return “Friday, 4 June 2021, 23:59 (Geneva time)”, “viernes, 4 de junio de 2021, 23:59 (hora de Ginebra)”.

    `place` must be in the same language; by default it is the city of the zone. For a zone without a city, the offset
    is shown: “(UTC)”, “(UTC−3)”.
    """
    local = at.astimezone(zone)
    if place := place or zone_place(zone, language):
        clock = f"hora de {place}" if language == "es" else f"{place} time"
    else:
        clock = _offset(local)
    return f"{long_date(local, language, weekday=True)}, {local:%H:%M} ({clock})"


def last_minute(closes_at: datetime) -> datetime:
    """Return the last minute, in UTC, before a window closes. The closing moment is not part of the window."""
    return closes_at.astimezone(UTC) - _ONE_MINUTE


def deadline(closes_at: datetime, zone: tzinfo, language: str, place: str = "") -> str:
    """Return the last minute before a window closes, in the format of `moment`: normally 23:59.

    In the zone ANYWHERE: “Friday, 4 June 2021, end of the day everywhere (UTC−12)”.
    """
    until = last_minute(closes_at)
    if zone == ANYWHERE:
        return f"{long_date(until.astimezone(zone), language, weekday=True)}, {_EVERYWHERE[language]}"
    return moment(until, zone, language, place)


def own_time(at: datetime, zone: tzinfo, own_zone: tzinfo, language: str) -> str:
    """Return the same moment in the reader's time zone: “17:59 in Santiago”, “17:59 en Santiago”.

    The date is added if it differs. Returns "" if both zones have the same time.
    """
    there, own = at.astimezone(zone), at.astimezone(own_zone)
    if own.utcoffset() == there.utcoffset():
        return ""
    day = "" if own.date() == there.date() else f"{long_date(own, language, weekday=True)}, "
    place = zone_place(own_zone, language)
    where = f"{'en' if language == 'es' else 'in'} {place}" if place else _offset(own)
    return f"{day}{own:%H:%M} {where}"


def zone_place(zone: tzinfo, language: str) -> str:
    """Return the city of a zone (“Montevideo”, “La Habana”); "" for UTC and fixed offsets."""
    key = getattr(zone, "key", "")
    if key in _PLACES:
        return _PLACES[key][language]
    if "/" not in key or key.startswith("Etc/"):
        return ""
    city = get_timezone_location(key, locale=language, return_city=True)
    return city.rpartition("/")[2]  # if CLDR has no name, Babel returns “Argentina/Buenos Aires”


def _joined(first: date, last: date, language: str, pair: str, run: str, weekdays: bool = False) -> str:
    """Return both days, the first without the month or year that they share.

    `pair` joins two consecutive days, `run` any other range.
    """
    detail = "day" if _same_month(first, last) else "month" if first.year == last.year else "year"
    patterns = _PATTERNS[language]
    weekday = "EEEE " if weekdays else ""
    start = format_date(first, weekday + patterns[detail], locale=language)
    end = format_date(last, weekday + patterns["year"], locale=language)
    return f"{start}{pair if last - first == _ONE_DAY else run}{end}"


def _same_month(first: date, last: date) -> bool:
    return (first.year, first.month) == (last.year, last.month)


def _offset(local: datetime) -> str:
    """Return “UTC”, “UTC−3” or “UTC+5:30”, with a typographic minus sign."""
    minutes = round((local.utcoffset() or timedelta()) / _ONE_MINUTE)
    if not minutes:
        return "UTC"
    whole, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '−'}{whole}{f':{rest:02}' if rest else ''}"
