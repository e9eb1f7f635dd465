"""The page of an event for a visitor, a stranger, the team and the secretariat."""

import json
import re
from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from attachments.models import Attachment
from events.models import EventSection
from tests.events.samples import on, over, text_of
from tests.factories.accounts import StaffFactory, UserFactory
from tests.factories.events import (
    AgendaItemFactory,
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


def test_event_without_much_is_still_a_page(client):
    event = EventFactory(description_en="", description_es="", contact_name="", contact_email="")

    page = client.get(event.get_absolute_url())

    assert "Specimen Workshop" in text_of(page)
    assert "Programme" not in text_of(page)


def test_agenda_is_numbered_with_the_body_in_brackets(client):
    event = EventFactory()
    AgendaItemFactory(
        event=event,
        title_en="Emergency item",
        body_en="Standing Committee",
        annotation_en="<p>One may be included.</p>",
    )
    AgendaItemFactory(event=event, title_en="Any other business")

    page = text_of(client.get(event.get_absolute_url()))

    assert "Agenda 1. Emergency item (Standing Committee) One may be included. 2. Any other business" in page


def test_event_without_agenda_shows_no_heading_for_it(client):
    assert "Agenda" not in text_of(client.get(EventFactory().get_absolute_url()))


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


def test_theme_that_the_title_names_is_not_repeated(client):
    event = EventFactory(title_en="Workshop “Open record”", theme_en="Open record")

    page = client.get(event.get_absolute_url()).content.decode()

    assert '<p class="lead">Open record</p>' not in page
    assert page.count("<h1>Workshop “Open record”</h1>") == 1


def test_event_shows_the_deadline_with_its_zone_and_the_days_left(client):
    window = WindowFactory.build(event=EventFactory())
    window.set_days(TODAY - timedelta(days=1), TODAY + timedelta(days=20))
    window.save()

    page = text_of(client.get(window.event.get_absolute_url()))

    assert re.search(r"Open until \w+, \d+ \w+ \d{4}, 23:59 \(Montevideo time\) 2[01] days left", page)
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
