"""The public pages, as a visitor, a stranger, the team and the secretariat see them."""

import json
import re
from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from attachments.models import Attachment
from events.models import Event, EventSection
from events.sitemaps import SITEMAPS
from tests.factories.accounts import StaffFactory, UserFactory
from tests.factories.events import (
    AttachmentFactory,
    EventFactory,
    EventMemberFactory,
    EventOrganiserFactory,
    EventSectionFactory,
    PanellistFactory,
    SessionFactory,
    WindowFactory,
)

pytestmark = pytest.mark.django_db

TODAY = timezone.now().date()
HOME, LIST = "/en/", "/en/events/"


def on(days: int, **fields: object) -> Event:
    """An event of one day, so many days from today."""
    return EventFactory(
        first_day=TODAY + timedelta(days=days), last_day=TODAY + timedelta(days=days), **fields
    )


def over(slug: str, day: date, **fields: object) -> Event:
    return EventFactory(slug=slug, first_day=day, last_day=day, **fields)


def text_of(response) -> str:
    """What the page says in its main part, without its elements."""
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


@pytest.fixture(autouse=True)
def english():
    """A request leaves its language behind in the thread; the next test starts in English."""
    with translation.override("en"):
        yield


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


# Event


def test_event_without_much_is_still_a_page(client):
    event = EventFactory(description_en="", description_es="", contact_name="", contact_email="")

    page = client.get(event.get_absolute_url())

    assert "Specimen Workshop" in text_of(page)
    assert "Programme" not in text_of(page)


def test_event_shows_its_facts(client):
    event = over(
        "fact",
        date(2013, 10, 23),
        venue_en="Legislative Palace",
        contact_phone="+41 22 000 00 00",
        theme_en="Theme",
    )
    EventOrganiserFactory(
        event=event, organisation__name_en="Inter-Parliamentary Union", organisation__acronym_en="IPU"
    )

    page = text_of(client.get(event.get_absolute_url()))

    for shown in (
        "Theme Wednesday, 23 October 2013 Montevideo, Uruguay",
        "Organized by Inter-Parliamentary Union (IPU)",
        "Venue Legislative Palace, Montevideo, Uruguay",
        "Working languages English and Spanish",
        "Contact Specimen Contact contact@secretariat.example +41 22 000 00 00",
    ):
        assert shown in page


def test_event_shows_the_deadline_with_its_zone_and_the_days_left(client):
    window = WindowFactory.build(event=EventFactory())
    window.set_days(TODAY, TODAY + timedelta(days=20))
    window.save()

    page = text_of(client.get(window.event.get_absolute_url()))

    assert re.search(r"Open until \w+, \d+ \w+ \d{4}, 23:59 \(Montevideo time\) 2[12] days left", page)
    assert "Registration is by invitation" in page


def test_event_before_its_last_day_has_the_description_and_the_programme_before_the_documents(client):
    event = on(0, zone="Pacific/Niue", after_text_en="<p>It was held.</p>")
    SessionFactory(event=event)
    AttachmentFactory(event=event)

    page = text_of(client.get(event.get_absolute_url()))

    assert "It was held." not in page
    assert page.index("What the workshop is about.") < page.index("Programme") < page.index("Documents")


def test_event_from_the_day_after_has_the_documents_first_and_the_text_for_afterwards(client):
    event = over("past", date(2013, 10, 23), after_text_en="<p>It was held.</p>")
    SessionFactory(event=event)
    AttachmentFactory(event=event)

    page = text_of(client.get(event.get_absolute_url()))

    assert "What the workshop is about." not in page
    assert page.index("Documents") < page.index("It was held.") < page.index("Programme")
    assert "Add to calendar" not in page


def test_event_shows_only_the_sections_meant_for_the_page(client):
    event = EventFactory()
    shown = EventSectionFactory(event=event, on_page=True)
    EventSectionFactory(event=event, kind=EventSection.Kind.OBJECTIVES, text_en="<p>For the paper.</p>")

    page = client.get(event.get_absolute_url())

    assert list(page.context["sections"]) == [shown]
    assert "Background Why it is held." in text_of(page)


def test_programme_has_hours_rooms_and_people(client):
    session = SessionFactory(
        title_en="Opening", day=date(2027, 1, 10), starts=time(9), ends=time(9, 30), room_en="Room 17"
    )
    PanellistFactory(session=session, name="Specimen One", body_en="Specimen Body")

    page = text_of(client.get(session.event.get_absolute_url()))

    assert (
        "Sunday, 10 January 2027 09:00–09:30 Opening Room 17 Panellist Specimen One , Director, Specimen Body"
    ) in page


def test_programme_without_hours_is_a_numbered_list(client):
    event = EventFactory()
    for number in (1, 2):
        SessionFactory(event=event, title_en=f"Talk {number}")

    page = text_of(client.get(event.get_absolute_url()))

    assert "Programme Sessions 1. Talk 1 2. Talk 2" in page


@pytest.mark.parametrize(
    ("who", "audiences"),
    [
        ("visitor", ["public"]),
        ("stranger", ["public"]),
        ("organiser", ["public", "delegates"]),
        ("secretariat", ["public", "delegates", "secretariat"]),
    ],
)
def test_event_shows_each_reader_their_documents(client, who, audiences):
    event = EventFactory()
    for order, audience in enumerate(Attachment.Audience):
        AttachmentFactory(event=event, audience=audience, order=order)
    people = {
        "stranger": UserFactory,
        "organiser": lambda: EventMemberFactory(event=event).user,
        "secretariat": StaffFactory,
    }
    if who in people:
        client.force_login(people[who]())

    page = client.get(event.get_absolute_url())

    assert [attachment.audience for attachment in page.context["attachments"]] == audiences


@pytest.mark.parametrize(
    ("status", "notice"),
    [("postponed", "This event has been postponed."), ("cancelled", "This event has been cancelled.")],
)
def test_event_that_is_not_held_as_planned_says_so_before_its_title(client, status, notice):
    event = EventFactory(status=status)
    WindowFactory(event=event)

    page = text_of(client.get(event.get_absolute_url()))

    assert page.index(notice) < page.index("Specimen Workshop")
    assert "Registration" not in page


def test_draft_is_for_the_secretariat_and_its_own_team(client):
    event = EventFactory(status="draft")
    member, other, officer = EventMemberFactory(event=event).user, EventMemberFactory().user, StaffFactory()
    address = event.get_absolute_url()
    statuses = [client.get(address).status_code]
    for person in (other, member, officer):
        client.force_login(person)
        statuses.append(client.get(address).status_code)

    assert statuses == [404, 404, 200, 200]
    assert "Draft: visitors cannot see this page." in text_of(client.get(address))


def test_event_with_a_text_in_one_language_marks_it_and_says_so(client):
    event = EventFactory(title_en="", title_es="Taller")

    page = client.get(event.get_absolute_url())

    assert '<h1><span lang="es">Taller</span></h1>' in page.content.decode()
    assert "<title>Taller – Convoca</title>" in page.content.decode()
    assert text_of(page).index("Parts of this page are available only in Spanish.") < text_of(page).index(
        "Taller"
    )


def test_event_names_its_address_in_each_language(client, settings):
    settings.SITE_URL = "https://events.example"
    event = EventFactory(slug="one")

    page = client.get("/es/events/one/?utm=x", headers={"host": "localhost"}).content.decode()

    assert '<link rel="canonical" href="https://events.example/es/events/one/">' in page
    for code in ("en", "es"):
        assert (
            f'<link rel="alternate" hreflang="{code}" href="https://events.example/{code}/events/one/">'
            in page
        )
    assert '<meta property="og:url" content="https://events.example/es/events/one/">' in page
    assert f'<meta property="og:title" content="{event.title_es}">' in page


def test_event_carries_its_data_for_search_engines_and_nothing_that_runs(client):
    event = EventFactory(title_en="</script><script>alert(1)</script>")

    page = client.get(event.get_absolute_url()).content.decode()

    (data,) = re.findall(r"<script[^>]*>(.*?)</script>", page, re.DOTALL)
    assert json.loads(data)["name"] == event.title_en


@pytest.mark.parametrize("method", ["post", "put", "delete"])
@pytest.mark.parametrize("name", ["home", "list", "detail", "calendar"])
def test_public_page_answers_only_reading(client, method, name):
    event = EventFactory()
    address = reverse(f"events:{name}", args=[event.slug] if name in ("detail", "calendar") else [])

    assert getattr(client, method)(address).status_code == 405


@pytest.mark.parametrize("address", ["/en/events/unknown/", "/es/events/unknown/calendar.ics"])
def test_unknown_event_is_not_found(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("count", [1, 100])
def test_event_takes_six_queries_whatever_its_programme(client, django_assert_num_queries, count):
    event = WindowFactory().event
    EventOrganiserFactory(event=event)
    EventSectionFactory(event=event, on_page=True)
    for number in range(count):
        session = SessionFactory(event=event, day=event.first_day, starts=time(9), room_en=f"Room {number}")
        PanellistFactory(session=session)
        AttachmentFactory(event=event, session=session)
    AttachmentFactory(event=event)

    with django_assert_num_queries(6):
        page = client.get(event.get_absolute_url())

    assert sum(len(day.items) for day in page.context["programme"]) == count


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
