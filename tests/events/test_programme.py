from datetime import date, time

import pytest

from events.models import Panellist
from events.programme import people_of, programme_days
from tests.factories.events import EventFactory, PanellistFactory, SessionFactory

pytestmark = pytest.mark.django_db


def test_programme_has_its_days_in_order_and_undated_sessions_last():
    event = EventFactory()
    second = SessionFactory(event=event, day=date(2013, 10, 24), starts=time(9))
    undated = SessionFactory(event=event, order=0)
    late = SessionFactory(event=event, day=date(2013, 10, 23), starts=time(14))
    early = SessionFactory(event=event, day=date(2013, 10, 23), starts=time(9))

    days = programme_days(event.sessions.with_people())

    assert [(day.date, [item.session for item in day.items], day.is_timed) for day in days] == [
        (date(2013, 10, 23), [early, late], True),
        (date(2013, 10, 24), [second], True),
        (None, [undated], False),
    ]


def test_programme_without_sessions_has_no_day():
    assert programme_days([]) == []


def test_people_come_by_role_with_a_heading_for_their_number():
    session = SessionFactory()
    speaker = PanellistFactory(session=session, order=1)
    moderator = PanellistFactory(session=session, order=2, role=Panellist.Role.MODERATOR)
    other = PanellistFactory(session=session, order=3)

    people = people_of(session)

    assert [(group.heading, group.members) for group in people] == [
        ("Moderator", (moderator,)),
        ("Panellists", (speaker, other)),
    ]


def test_session_without_people_has_no_heading():
    assert people_of(SessionFactory()) == ()
