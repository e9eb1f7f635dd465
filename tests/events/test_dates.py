from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events import dates
from events.windows import ANYWHERE

GENEVA = ZoneInfo("Europe/Zurich")
MONTEVIDEO = ZoneInfo("America/Montevideo")
SANTIAGO = ZoneInfo("America/Santiago")
AUCKLAND = ZoneInfo("Pacific/Auckland")

OCTOBER = (date(2013, 10, 23), date(2013, 10, 25))
JUNE = (date(2021, 6, 16), date(2021, 6, 18))
ACROSS_MONTHS = (date(2021, 11, 30), date(2021, 12, 2))
ACROSS_YEARS = (date(2021, 12, 30), date(2022, 1, 2))
FIRST_OF_MONTH = (date(2010, 10, 1), date(2010, 10, 3))
SAME_MONTH_NEXT_YEAR = (date(2021, 5, 3), date(2022, 5, 4))
TWO_DAYS = (date(2016, 12, 12), date(2016, 12, 13))
TWO_DAYS_ACROSS_MONTHS = (date(2021, 11, 30), date(2021, 12, 1))
TWO_DAYS_ACROSS_YEARS = (date(2021, 12, 31), date(2022, 1, 1))
ONE_DAY = (date(2011, 9, 20), date(2011, 9, 20))

JUNE_DEADLINE = datetime(2021, 6, 4, 22, 0, tzinfo=UTC)  # midnight at the end of 4 June in Geneva


@pytest.mark.parametrize(
    ("day", "language", "weekday", "expected"),
    [
        (date(2021, 6, 4), "en", False, "4 June 2021"),
        (date(2021, 6, 4), "es", False, "4 de junio de 2021"),
        (date(2021, 6, 4), "en", True, "Friday, 4 June 2021"),
        (date(2021, 6, 4), "es", True, "viernes, 4 de junio de 2021"),
        (date(2010, 10, 1), "en", False, "1 October 2010"),
        (date(2010, 10, 1), "es", False, "1 de octubre de 2010"),
        (date(2022, 9, 14), "es", True, "miércoles, 14 de septiembre de 2022"),
        (date(2024, 2, 29), "es", True, "jueves, 29 de febrero de 2024"),
        (date(2021, 6, 5), "es", True, "sábado, 5 de junio de 2021"),
    ],
)
def test_long_date_in_each_language_is_in_full(day, language, weekday, expected):
    assert dates.long_date(day, language, weekday) == expected


@pytest.mark.parametrize(
    ("span", "language", "expected"),
    [
        (OCTOBER, "en", "23–25 October 2013"),
        (OCTOBER, "es", "23 al 25 de octubre de 2013"),
        (ACROSS_MONTHS, "en", "30 November – 2 December 2021"),
        (ACROSS_MONTHS, "es", "30 de noviembre al 2 de diciembre de 2021"),
        (ACROSS_YEARS, "en", "30 December 2021 – 2 January 2022"),
        (ACROSS_YEARS, "es", "30 de diciembre de 2021 al 2 de enero de 2022"),
        (SAME_MONTH_NEXT_YEAR, "en", "3 May 2021 – 4 May 2022"),
        (SAME_MONTH_NEXT_YEAR, "es", "3 de mayo de 2021 al 4 de mayo de 2022"),
        (FIRST_OF_MONTH, "en", "1–3 October 2010"),
        (FIRST_OF_MONTH, "es", "1 al 3 de octubre de 2010"),
        (TWO_DAYS, "en", "12–13 December 2016"),
        (TWO_DAYS, "es", "12 y 13 de diciembre de 2016"),
        (TWO_DAYS_ACROSS_MONTHS, "en", "30 November – 1 December 2021"),
        (TWO_DAYS_ACROSS_MONTHS, "es", "30 de noviembre y 1 de diciembre de 2021"),
        (TWO_DAYS_ACROSS_YEARS, "en", "31 December 2021 – 1 January 2022"),
        (TWO_DAYS_ACROSS_YEARS, "es", "31 de diciembre de 2021 y 1 de enero de 2022"),
        (ONE_DAY, "en", "20 September 2011"),
        (ONE_DAY, "es", "20 de septiembre de 2011"),
    ],
)
def test_date_range_of_days_says_once_what_they_share(span, language, expected):
    assert dates.date_range(*span, language) == expected


@pytest.mark.parametrize(
    ("span", "language", "expected"),
    [
        (OCTOBER, "en", "Wednesday 23 to Friday 25 October 2013"),
        (OCTOBER, "es", "miércoles 23 al viernes 25 de octubre de 2013"),
        (ACROSS_MONTHS, "en", "Tuesday 30 November to Thursday 2 December 2021"),
        (ACROSS_MONTHS, "es", "martes 30 de noviembre al jueves 2 de diciembre de 2021"),
        (ACROSS_YEARS, "en", "Thursday 30 December 2021 to Sunday 2 January 2022"),
        (ACROSS_YEARS, "es", "jueves 30 de diciembre de 2021 al domingo 2 de enero de 2022"),
        (TWO_DAYS, "en", "Monday 12 and Tuesday 13 December 2016"),
        (TWO_DAYS, "es", "lunes 12 y martes 13 de diciembre de 2016"),
        (ONE_DAY, "en", "Tuesday, 20 September 2011"),
        (ONE_DAY, "es", "martes, 20 de septiembre de 2011"),
    ],
)
def test_date_range_with_weekdays_names_both_ends(span, language, expected):
    assert dates.date_range(*span, language, weekdays=True) == expected


@pytest.mark.parametrize(
    ("span", "language", "expected"),
    [
        (JUNE, "en", "from 16 to 18 June 2021"),
        (JUNE, "es", "del 16 al 18 de junio de 2021"),
        (ACROSS_MONTHS, "en", "from 30 November to 2 December 2021"),
        (ACROSS_MONTHS, "es", "del 30 de noviembre al 2 de diciembre de 2021"),
        (ACROSS_YEARS, "en", "from 30 December 2021 to 2 January 2022"),
        (ACROSS_YEARS, "es", "del 30 de diciembre de 2021 al 2 de enero de 2022"),
        (FIRST_OF_MONTH, "en", "from 1 to 3 October 2010"),
        (FIRST_OF_MONTH, "es", "del 1 al 3 de octubre de 2010"),
        (TWO_DAYS, "en", "on 12 and 13 December 2016"),
        (TWO_DAYS, "es", "los días 12 y 13 de diciembre de 2016"),
        (TWO_DAYS_ACROSS_MONTHS, "en", "on 30 November and 1 December 2021"),
        (TWO_DAYS_ACROSS_MONTHS, "es", "los días 30 de noviembre y 1 de diciembre de 2021"),
        (TWO_DAYS_ACROSS_YEARS, "en", "on 31 December 2021 and 1 January 2022"),
        (TWO_DAYS_ACROSS_YEARS, "es", "los días 31 de diciembre de 2021 y 1 de enero de 2022"),
        (ONE_DAY, "en", "on 20 September 2011"),
        (ONE_DAY, "es", "el 20 de septiembre de 2011"),
    ],
)
def test_date_range_in_a_sentence_brings_its_preposition(span, language, expected):
    assert dates.date_range_in_sentence(*span, language) == expected


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        (time(9, 0), time(10, 30), "09:00–10:30"),
        (time(14, 5), time(18, 0), "14:05–18:00"),
        (time(9, 0), None, "09:00"),
        (time(23, 0), time(0, 0), "23:00–00:00"),
    ],
)
def test_hours_have_a_colon_and_24_hours(starts, ends, expected):
    assert dates.hours(starts, ends) == expected


@pytest.mark.parametrize(
    ("zone", "place", "language", "expected"),
    [
        (GENEVA, "", "en", "Friday, 4 June 2021, 23:59 (Geneva time)"),
        (GENEVA, "", "es", "viernes, 4 de junio de 2021, 23:59 (hora de Ginebra)"),
        (GENEVA, "Brig", "en", "Friday, 4 June 2021, 23:59 (Brig time)"),
        (GENEVA, "Brig", "es", "viernes, 4 de junio de 2021, 23:59 (hora de Brig)"),
        (MONTEVIDEO, "", "en", "Friday, 4 June 2021, 18:59 (Montevideo time)"),
        (MONTEVIDEO, "", "es", "viernes, 4 de junio de 2021, 18:59 (hora de Montevideo)"),
        (AUCKLAND, "", "es", "sábado, 5 de junio de 2021, 09:59 (hora de Auckland)"),
        (UTC, "", "en", "Friday, 4 June 2021, 21:59 (UTC)"),
        (ZoneInfo("Etc/GMT+3"), "", "es", "viernes, 4 de junio de 2021, 18:59 (UTC−3)"),
        (ANYWHERE, "", "en", "Friday, 4 June 2021, 09:59 (UTC−12)"),
    ],
)
def test_moment_in_a_zone_names_the_place_of_the_clock(zone, place, language, expected):
    assert dates.moment(JUNE_DEADLINE - timedelta(minutes=1), zone, language, place) == expected


@pytest.mark.parametrize(
    ("closes_at", "zone", "language", "expected"),
    [
        (JUNE_DEADLINE, GENEVA, "en", "Friday, 4 June 2021, 23:59 (Geneva time)"),
        (JUNE_DEADLINE, GENEVA, "es", "viernes, 4 de junio de 2021, 23:59 (hora de Ginebra)"),
        (
            datetime(2021, 6, 5, 12, 0, tzinfo=UTC),
            ANYWHERE,
            "en",
            "Friday, 4 June 2021, end of the day everywhere (UTC−12)",
        ),
        (
            datetime(2021, 6, 5, 12, 0, tzinfo=UTC),
            ANYWHERE,
            "es",
            "viernes, 4 de junio de 2021, al final del día en todo el mundo (UTC−12)",
        ),
        # In Chile this midnight does not exist: clocks go from 24:00 to 01:00.
        (
            datetime(2026, 9, 6, 4, 0, tzinfo=UTC),
            SANTIAGO,
            "es",
            "sábado, 5 de septiembre de 2026, 23:59 (hora de Santiago)",
        ),
    ],
)
def test_deadline_at_a_midnight_is_the_last_minute_of_the_day_before(closes_at, zone, language, expected):
    assert dates.deadline(closes_at, zone, language) == expected


def test_deadline_with_a_place_names_it():
    assert (
        dates.deadline(JUNE_DEADLINE, GENEVA, "es", "Brig")
        == "viernes, 4 de junio de 2021, 23:59 (hora de Brig)"
    )


def test_last_minute_of_a_window_is_one_minute_before_it_closes():
    closes_at = datetime(2021, 6, 5, 0, 0, tzinfo=GENEVA)

    assert dates.last_minute(closes_at) == datetime(2021, 6, 4, 21, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("own_zone", "language", "expected"),
    [
        (SANTIAGO, "en", "17:59 in Santiago"),
        (SANTIAGO, "es", "17:59 en Santiago"),
        (AUCKLAND, "en", "Saturday, 5 June 2021, 09:59 in Auckland"),
        (AUCKLAND, "es", "sábado, 5 de junio de 2021, 09:59 en Auckland"),
        (ZoneInfo("Europe/Madrid"), "es", ""),
        (UTC, "es", "21:59 UTC"),
    ],
)
def test_own_time_of_a_reader_elsewhere_is_shown_where_it_differs(own_zone, language, expected):
    at = dates.last_minute(JUNE_DEADLINE)

    assert dates.own_time(at, GENEVA, own_zone, language) == expected


@pytest.mark.parametrize(
    ("zone", "english", "spanish"),
    [
        ("America/Montevideo", "Montevideo", "Montevideo"),
        ("Europe/Zurich", "Geneva", "Ginebra"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires", "Buenos Aires"),
        ("America/Havana", "Havana", "La Habana"),
        ("America/Bogota", "Bogotá", "Bogotá"),
        ("America/Mexico_City", "Mexico City", "Ciudad de México"),
        ("America/New_York", "New York", "Nueva York"),
        ("Asia/Ho_Chi_Minh", "Ho Chi Minh", "Ho Chi Minh"),
        ("UTC", "", ""),
        ("Etc/GMT+12", "", ""),
    ],
)
def test_place_of_a_zone_is_its_city_in_the_language(zone, english, spanish):
    places = [dates.zone_place(ZoneInfo(zone), language) for language in ("en", "es")]

    assert places == [english, spanish]


DAYS = st.dates(date(1889, 1, 1), date(2999, 12, 31))
MOMENTS = st.integers(0, 1_000_000_000).map(
    lambda minutes: datetime(1970, 1, 2, tzinfo=UTC) + timedelta(minutes=minutes)
)
ZONES = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)
LANGUAGES = st.sampled_from(["en", "es"])


def well_formed(text, language):
    """True if no space is doubled or at an end, and Spanish has no capital before the place."""
    words = text.partition("(")[0]
    return text == " ".join(text.split()) and (language == "en" or words == words.lower())


@given(first=DAYS, length=st.integers(0, 500), language=LANGUAGES)
def test_ranges_of_any_days_are_well_formed(first, length, language):
    last = first + timedelta(days=length)
    texts = [
        dates.date_range(first, last, language),
        dates.date_range(first, last, language, weekdays=True),
        dates.date_range_in_sentence(first, last, language),
    ]

    assert [text for text in texts if not well_formed(text, language)] == []
    assert [text for text in texts if not text.endswith(dates.long_date(last, language)[-4:])] == []


@given(at=MOMENTS, zone=ZONES, language=LANGUAGES)
def test_moments_in_any_zone_are_well_formed(at, zone, language):
    texts = [dates.moment(at, zone, language), dates.deadline(at, zone, language)]

    assert [text for text in texts if not well_formed(text, language)] == []


@given(at=MOMENTS, zone=ZONES, own_zone=ZONES, language=LANGUAGES)
def test_own_time_in_any_zone_is_empty_only_where_the_clocks_agree(at, zone, own_zone, language):
    clocks_agree = at.astimezone(zone).replace(tzinfo=None) == at.astimezone(own_zone).replace(tzinfo=None)

    text = dates.own_time(at, zone, own_zone, language)

    assert (text == "") == clocks_agree
    assert text == " ".join(text.split())
