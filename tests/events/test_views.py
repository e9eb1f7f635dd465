"""The home page, the list of events and the sitemap, as a visitor sees them."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from events.sitemaps import SITEMAPS
from tests.events.samples import on, over, text_of
from tests.factories.events import (
    EventFactory,
    WindowFactory,
)

pytestmark = pytest.mark.django_db

HOME, LIST = "/en/", "/en/events/"


# Home


def test_home_shows_the_next_five_and_the_last_three(client):
    later, *_others = events = [on(days) for days in (60, 50, 40, 30, 20, 10)]
    past = [on(-days) for days in (10, 20, 30, 40)]
    on(5, status="draft")

    page = client.get(HOME)

    assert list(page.context["coming"]) == [event for event in reversed(events) if event != later]
    assert list(page.context["over"]) == past[:3]


def test_home_without_events_says_so(client):
    assert "No event is announced at the moment." in text_of(client.get(HOME))


@pytest.mark.parametrize(
    ("opens", "closes", "shown"),
    [(-10, 20, "Registration open"), (5, 20, "Registration opens on"), (-10, -1, "Registration closed")],
)
def test_home_says_how_registration_stands(client, opens, closes, shown):
    now = timezone.now()
    WindowFactory(opens_at=now + timedelta(days=opens), closes_at=now + timedelta(days=closes))

    assert shown in text_of(client.get(HOME))


def test_home_of_a_cancelled_event_offers_no_registration(client):
    WindowFactory(event__status="cancelled")

    page = text_of(client.get(HOME))

    assert "cancelled" in page
    assert "Registration open" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_home_query_count_is_flat(client, django_assert_num_queries, count):
    for days in range(1, count + 1):
        WindowFactory(event=on(days))
        on(-days)

    with django_assert_num_queries(2):
        client.get(HOME)


# List


@pytest.fixture
def three(db):
    return {
        "geneva": over(
            "geneva",
            date(2019, 12, 31),
            kind="conference",
            country_en="Switzerland",
            country_es="Suiza",
            title_en="Strategic planning",
            title_es="Planificación estratégica",
        ),
        "montevideo": over("montevideo", date(2013, 10, 23)),
        "online": over("online", date(2021, 6, 16), country_en="", country_es="", mode="online"),
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["online", "geneva", "montevideo"]),
        ("?kind=conference", ["geneva"]),
        ("?year=2019", ["geneva"]),
        ("?country=Switzerland", ["geneva"]),
        ("?country=Uruguay", ["montevideo"]),
        ("?q=PLANIFICACION+estrategica", ["geneva"]),
        ("?q=planning+budget", []),
        ("?q=workshop&year=2013", ["montevideo"]),
        ("?kind=circus&year=next&country=Atlantis", ["online", "geneva", "montevideo"]),
        ("?year=2013&kind=circus", ["montevideo"]),
        ("?q=%00", ["online", "geneva", "montevideo"]),
        ("?page=99", ["online", "geneva", "montevideo"]),
        ("?page=first", ["online", "geneva", "montevideo"]),
    ],
)
def test_list_answers_what_makes_sense(client, three, query, found):
    page = client.get(LIST + query)

    assert [event.slug for event in page.context["page"]] == found


def test_list_has_those_to_come_before_those_that_are_over(client):
    far, near, last, first = on(40), on(4), on(-4), on(-40)
    on(1, status="draft")

    page = client.get(LIST)

    assert page.context["coming"] == [near, far]
    assert page.context["over"] == [last, first]


def test_list_of_a_year_has_the_event_that_began_in_the_year_before(client):
    event = EventFactory(first_day=date(2019, 12, 30), last_day=date(2020, 1, 2))

    assert list(client.get(LIST + "?year=2019").context["page"]) == [event]
    over("another", date(2020, 5, 1))
    assert event in client.get(LIST + "?year=2020").context["page"]


def test_list_keeps_its_filters_when_the_language_changes(client, three):
    page = client.get(LIST + "?country=Switzerland&year=2019&q=planning")
    spanish = re.search(r'class="language-switch" href="([^"]+)"', page.content.decode())[1]

    page = client.get(spanish.replace("&amp;", "&"))

    assert [event.slug for event in page.context["page"]] == ["geneva"]
    assert '<option value="Switzerland" selected>Suiza</option>' in page.content.decode()


def test_list_without_a_match_offers_all(client, three):
    page = client.get(LIST + "?q=nothing")

    assert "No event matches." in text_of(page)
    assert f'<a href="{LIST}">Show all events</a>' in page.content.decode()


def test_list_in_pages_keeps_the_question(client):
    for number in range(25):
        over(f"one-{number}", date(2000, 1, 1) + timedelta(days=number))

    page = client.get(LIST + "?q=workshop")

    assert len(page.context["page"].object_list) == 20
    assert "25 events" in text_of(page)
    assert 'href="?q=workshop&amp;page=2"' in page.content.decode()


def test_list_escapes_what_was_asked(client):
    page = client.get(LIST, {"q": '"><script>alert(1)</script>'})

    assert b"<script>" not in page.content


@pytest.mark.parametrize("count", [1, 3])
def test_list_query_count_is_flat(client, django_assert_num_queries, count):
    for days in range(1, count + 1):
        WindowFactory(event=on(days))

    with django_assert_num_queries(4):
        client.get(LIST)


# List of all events


@pytest.mark.parametrize("method", ["post", "put", "delete"])
@pytest.mark.parametrize("name", ["home", "list", "detail", "calendar"])
def test_public_page_answers_only_reading(client, method, name):
    event = EventFactory()
    address = reverse(f"events:{name}", args=[event.slug] if name in ("detail", "calendar") else [])

    assert getattr(client, method)(address).status_code == 405


# Sitemap


def test_sitemap_has_every_public_page_in_every_language(settings):
    settings.SITE_URL = "https://events.example"
    EventFactory(slug="one")
    EventFactory(slug="hidden", status="draft")

    addresses = [row["location"] for row in SITEMAPS["events"]().get_urls()]
    alternates = [
        [(row["lang_code"], row["location"]) for row in url["alternates"]]
        for url in SITEMAPS["events"]().get_urls()
    ]

    both = {code: f"https://events.example/{code}/events/one/" for code in ("en", "es")}
    assert addresses == list(both.values())
    assert alternates == [list(both.items())] * 2
    assert "https://events.example/es/" in [row["location"] for row in SITEMAPS["pages"]().get_urls()]
