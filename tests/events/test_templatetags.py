import json
from datetime import UTC, date, datetime, time

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

from events.models import Event, Session, Window
from tests.factories.events import EventFactory


def render(source: str, language: str = "en", **values: object) -> str:
    with translation.override(language):
        return Template("{% load convoca %}" + source).render(Context(values))


@pytest.mark.parametrize(("language", "shown"), [("en", "Rules &amp; records"), ("es", "Normas y actas")])
def test_text_in_both_languages_is_the_readers_escaped(language, shown):
    event = Event(title_en="Rules & records", title_es="Normas y actas")

    assert render('{% text event "title" %}', language, event=event) == shown


@pytest.mark.parametrize("missing", [None, "", "  "])
def test_text_in_one_language_is_shown_and_names_it(missing):
    event = Event(title_en=missing, title_es="Normas & actas")

    page = render('{% text event "title" %}', event=event)

    assert page == '<span lang="es">Normas &amp; actas</span>'


def test_text_in_no_language_is_empty():
    assert render('{% text event "title" %}', event=Event()) == ""


def test_text_of_nothing_is_empty():
    assert render('{% text event "title" %}', event=None) == ""


def test_text_kept_in_a_variable_is_plain_words():
    event = Event(title_es="«Normas» & actas")

    page = render('{% text event "title" as title %}<meta content="{{ title }}">', event=event)

    assert page == '<meta content="«Normas» &amp; actas">'


def test_text_of_an_unknown_field_fails_loudly():
    with pytest.raises(AttributeError):
        render('{% text event "titel" %}', event=Event())


def test_text_without_a_field_is_refused():
    with pytest.raises(TemplateSyntaxError, match="takes an object and a field"):
        render("{% text event %}", event=Event())


def test_richtext_is_cleaned_again():
    event = Event(description_en='<p onclick="x()">Safe<script>alert(1)</script></p>')

    assert render('{% richtext event "description" %}', event=event) == '<div class="prose"><p>Safe</p></div>'


def test_richtext_left_empty_by_the_editor_is_shown_in_the_other_language():
    event = Event(description_en="<p></p>", description_es="<p>Texto</p>")

    page = render('{% richtext event "description" %}', event=event)

    assert page == '<div class="prose" lang="es"><p>Texto</p></div>'


def test_missing_language_notice_with_a_text_in_the_other_language_names_it():
    source = '{% missing_language_notice %}{% text event "title" %}{% endmissing_language_notice %}'

    page = render(source, event=Event(title_es="Normas"))

    assert page.index("Parts of this page are available only in Spanish.") < page.index("Normas")


@pytest.mark.parametrize("shown", ['{% text event "title" %}', '{% text event "theme" as theme %}'])
def test_missing_language_notice_with_all_that_is_shown_in_the_page_language_is_absent(shown):
    source = "{% missing_language_notice %}" + shown + "{% endmissing_language_notice %}"

    page = render(source, event=Event(title_en="Rules", theme_es="Solo en español"))

    assert page in ("Rules", "")


@pytest.mark.parametrize(
    ("mode", "shown"),
    [
        ("in_person", "Montevideo, Uruguay"),
        ("online", "Online"),
        ("hybrid", "Montevideo, Uruguay, and online"),
    ],
)
def test_place_says_where_or_online(mode, shown):
    event = Event(mode=mode, venue_en="Room 17", city_en="Montevideo", country_en="Uruguay")

    assert render("{% place event %}", event=event) == shown


def test_place_with_its_venue_names_the_building_first():
    event = Event(venue_en="Palace & Garden", city_en="Montevideo", country_en="")

    assert render("{% place event venue=True %}", event=event) == "Palace &amp; Garden, Montevideo"


@pytest.mark.parametrize(
    ("source", "language", "shown"),
    [
        ("{% event_dates event %}", "en", "23–25 October 2013"),
        ("{% event_dates event %}", "es", "23 al 25 de octubre de 2013"),
        ("{% event_dates event weekdays=True %}", "en", "Wednesday 23 to Friday 25 October 2013"),
        (
            "{{ event.first_day|long_date }}",
            "es",
            '<time datetime="2013-10-23">miércoles, 23 de octubre de 2013</time>',
        ),
    ],
)
def test_dates_are_in_the_readers_language(source, language, shown):
    event = Event(first_day=date(2013, 10, 23), last_day=date(2013, 10, 25))

    assert render(source, language, event=event) == shown


@pytest.mark.parametrize(("ends", "shown"), [(time(10, 30), "09:00–10:30"), (None, "09:00")])
def test_hours_of_a_session_carry_their_day(ends, shown):
    session = Session(
        event=Event(zone="America/Montevideo"), day=date(2013, 10, 23), starts=time(9), ends=ends
    )

    assert (
        render("{{ session|hours }}", session=session)
        == f'<time datetime="2013-10-23T09:00-02:00">{shown}</time>'
    )


def test_window_shows_its_first_and_last_minute_in_the_zone_of_the_event():
    window = Window(event=Event(zone="America/Montevideo"))
    window.set_days(date(2021, 5, 3), date(2021, 6, 4))

    page = render("{{ window|opening }} {{ window|deadline }}", window=window)

    assert page == (
        '<time datetime="2021-05-03T03:00+00:00">Monday, 3 May 2021, 00:00 (Montevideo time)</time> '
        '<time datetime="2021-06-05T02:59+00:00">Friday, 4 June 2021, 23:59 (Montevideo time)</time>'
    )


def test_window_that_ends_everywhere_names_no_hour():
    window = Window(event=Event(deadline_zone=Event.DeadlineZone.ANYWHERE))
    window.set_days(date(2021, 5, 3), date(2021, 6, 4))

    page = render("{{ window|deadline }}", window=window)

    assert page == (
        '<time datetime="2021-06-05T11:59+00:00">'
        "Friday, 4 June 2021, end of the day everywhere (UTC−12)</time>"
    )


def test_moment_is_shown_in_the_zone_given():
    event = Event(zone="Europe/Zurich")
    at = datetime(2021, 6, 4, 21, 59, tzinfo=UTC)

    page = render("{% moment at event.tz %}", "es", at=at, event=event)

    assert page == (
        '<time datetime="2021-06-04T21:59+00:00">viernes, 4 de junio de 2021, 23:59 (hora de Ginebra)</time>'
    )


@pytest.mark.parametrize(
    ("codes", "language", "shown"),
    [
        ("en,es", "en", "English and Spanish"),
        ("en, es, fr", "es", "Inglés, español y francés"),
        ("es,en", "es", "Español e inglés"),
        ("xx", "en", "Xx"),
        ("", "en", ""),
    ],
)
def test_language_names_are_in_the_readers_language(codes, language, shown):
    assert render("{{ codes|language_names }}", language, codes=codes) == shown


def test_structured_data_cannot_end_its_element():
    event = EventFactory.build(title_en="</script><script>alert(1)</script> & more")

    page = render("{% structured_data event %}", event=event)

    body = page.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not set("<>&") & set(body)
    assert json.loads(body)["name"] == event.title_en


@pytest.mark.parametrize(
    ("status", "mode", "state", "attendance", "places"),
    [
        ("published", "in_person", "EventScheduled", "OfflineEventAttendanceMode", ["Place"]),
        ("postponed", "hybrid", "EventPostponed", "MixedEventAttendanceMode", ["Place", "VirtualLocation"]),
        ("cancelled", "online", "EventCancelled", "OnlineEventAttendanceMode", ["VirtualLocation"]),
    ],
)
def test_structured_data_tells_state_and_attendance(status, mode, state, attendance, places):
    event = EventFactory.build(status=status, mode=mode)

    page = render("{% structured_data event %}", event=event)

    data = json.loads(page.partition(">")[2].rpartition("<")[0])
    assert data["eventStatus"] == f"https://schema.org/{state}"
    assert data["eventAttendanceMode"] == f"https://schema.org/{attendance}"
    assert [one["@type"] for one in data["location"]] == places
    assert data["startDate"] == event.first_day.isoformat()
