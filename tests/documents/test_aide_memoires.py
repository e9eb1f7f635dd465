"""The texts of aide-memoires."""

from datetime import date, time

import pytest

from documents.composing import Incomplete, aide_memoire
from documents.papers import Speaker, Speakers
from events.models import EventSection
from tests.factories import (
    EventFactory,
    EventOrganiserFactory,
    EventSectionFactory,
    OrganisationFactory,
    PanellistFactory,
    SessionFactory,
)

DAY = date(2021, 4, 23)

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return EventFactory(first_day=date(2021, 6, 16), last_day=date(2021, 6, 18))


def test_aide_memoire_has_the_text_from_before_the_event(event):
    event.description_en = "<p>What is planned.</p>"
    event.after_text_en = "<p>What was held.</p>"
    EventSectionFactory(event=event, kind=EventSection.Kind.OBJECTIVES, text_en="<p>Why.</p>")
    EventSectionFactory(event=event, kind=EventSection.Kind.CONTACT, in_aide_memoire=False)

    written = aide_memoire(event, "en", DAY)

    assert [(one.heading, one.body_html) for one in written.sections] == [
        ("Background", "<p>What is planned.</p>"),
        ("Objectives", "<p>Why.</p>"),
    ]


def test_aide_memoire_is_titled_by_the_body_that_leads(event):
    lead = OrganisationFactory(name_es="UN/DESA", aide_memoire_title_es="Ayuda memoria")
    EventOrganiserFactory(event=event, role="hosted", order=0)
    EventOrganiserFactory(event=event, organisation=lead, role="organised", order=1)

    written = aide_memoire(event, "es", DAY)

    assert (written.heading, written.organisation) == ("Ayuda memoria", "UN/DESA")
    assert written.date_line == "16 al 18 de junio de 2021"
    assert written.place == "Montevideo (Uruguay)"


def test_aide_memoire_without_own_title_takes_that_of_its_language(event):
    assert aide_memoire(event, "es", DAY).heading == "Nota recordatoria"
    assert aide_memoire(event, "en", DAY).heading == "Aide-memoire"


def test_aide_memoire_lists_the_programme_by_day_with_hours_and_people(event):
    session = SessionFactory(
        event=event,
        title_en="Opening",
        day=date(2021, 6, 16),
        starts=time(9),
        ends=time(10, 30),
        room_en="Hall",
    )
    PanellistFactory(session=session, name="Specimen One", body_en="Specimen Body")
    SessionFactory(event=event, title_en="Untimed")

    timed, untimed = aide_memoire(event, "en", DAY).programme

    assert (timed.label, timed.sessions[0].time, timed.sessions[0].room) == (
        "Wednesday, 16 June 2021",
        "09:00–10:30",
        "Hall",
    )
    assert timed.sessions[0].speakers == (
        Speakers("Panellist", (Speaker("Specimen One", "Director, Specimen Body"),)),
    )
    assert (untimed.label, untimed.sessions[0].time) == ("", "")


def test_aide_memoire_with_a_text_missing_in_its_language_is_incomplete(event):
    EventSectionFactory(event=event, text_es="")

    with pytest.raises(Incomplete, match="Spanish"):
        aide_memoire(event, "es", DAY)
