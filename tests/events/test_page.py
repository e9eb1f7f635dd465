from datetime import UTC, date, datetime, timedelta

import pytest

from events.models import Event, EventOrganiser
from events.page import body_field, organiser_groups, registration
from tests.factories.events import EventFactory, EventOrganiserFactory, OrganisationFactory, WindowFactory

Role = EventOrganiser.Role
OPENS, CLOSES = datetime(2021, 4, 23, tzinfo=UTC), datetime(2021, 6, 5, tzinfo=UTC)
A_SECOND = timedelta(seconds=1)


@pytest.mark.django_db
def test_organisers_stand_under_each_of_their_roles():
    event = EventFactory()
    host, first, second = OrganisationFactory.create_batch(3)
    for order, (organisation, role) in enumerate(
        [(host, Role.HOSTED), (second, Role.ORGANISED), (host, Role.CO_ORGANISED), (first, Role.ORGANISED)]
    ):
        EventOrganiserFactory(event=event, organisation=organisation, role=role, order=order)

    groups = organiser_groups(event.organisers.all())

    assert [(group.heading, group.organisations) for group in groups] == [
        ("Organized by", (second, first)),
        ("Co-organized by", (host,)),
        ("Hosted by", (host,)),
    ]


@pytest.mark.parametrize(
    ("at", "ahead", "is_open", "days"),
    [
        (OPENS - A_SECOND, True, False, 43),
        (OPENS, False, True, 43),
        (CLOSES - A_SECOND, False, True, 0),
        (CLOSES, False, False, 0),
    ],
)
@pytest.mark.django_db
def test_registration_stands_by_its_window(at, ahead, is_open, days):
    WindowFactory(opens_at=OPENS, closes_at=CLOSES)

    state = registration(Event.objects.with_registration().get(), at)

    assert (state.is_ahead, state.is_open, state.days_left) == (ahead, is_open, days)


@pytest.mark.parametrize("status", ["draft", "postponed", "cancelled"])
@pytest.mark.django_db
def test_registration_of_an_event_that_is_not_simply_published_is_not_offered(status):
    WindowFactory(event__status=status)

    assert registration(Event.objects.with_registration().get(), OPENS) is None


@pytest.mark.django_db
def test_registration_without_its_own_window_is_not_offered():
    event = WindowFactory(stage="travel").event

    assert list(Event.objects.with_registration()) == [event]
    assert registration(Event.objects.with_registration().get(), OPENS) is None


@pytest.mark.parametrize(
    ("day", "after_text", "field"),
    [
        (date(2013, 10, 25), "<p>It was held.</p>", "after_text"),
        (date(2013, 10, 25), "<p></p>", "description"),
        (date(2999, 10, 25), "<p>It was held.</p>", "description"),
    ],
)
def test_body_is_the_text_for_afterwards_once_the_event_is_over(day, after_text, field):
    event = Event(first_day=day, last_day=day, after_text_en=after_text)

    assert body_field(event, "en") == field
