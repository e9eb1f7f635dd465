"""What prevents publication of an event, and the table of its status moves."""

from datetime import timedelta

import pytest
from django.utils import translation

from attachments.models import Attachment
from events.models import Event, Window
from events.rules import Missing, missing_facts, missing_texts, refusal_reason, with_checked_rows
from tests.factories import (
    AgendaItemFactory,
    AttachmentFactory,
    DelegationFactory,
    EventFactory,
    EventOrganiserFactory,
    EventSectionFactory,
    InvitationFactory,
    OrganisationFactory,
    PanellistFactory,
    SessionFactory,
    WindowFactory,
)

pytestmark = pytest.mark.django_db
Status = Event.Status


def gaps(event, **options):
    return [(gap.obj, gap.field, gap.language) for gap in missing_texts(event, **options)]


def test_missing_texts_of_a_complete_event_are_none():
    event = EventFactory()
    EventOrganiserFactory(event=event)
    EventSectionFactory(event=event)
    AgendaItemFactory(event=event)
    PanellistFactory(session__event=event)
    AttachmentFactory(event=event)

    assert missing_texts(event) == []


@pytest.mark.parametrize("field", ["title", "name_in_sentence", "summary", "description", "city", "country"])
def test_missing_text_that_is_needed_is_named_in_both_languages(field):
    event = EventFactory(**{f"{field}_en": "", f"{field}_es": None})

    assert gaps(event) == [(event, field, "en"), (event, field, "es")]


@pytest.mark.parametrize("field", ["theme", "venue", "contact_unit", "after_text"])
def test_missing_text_that_is_optional_is_named_where_the_other_language_has_it(field):
    event = EventFactory(**{f"{field}_en": "<p>Only in English</p>"})

    assert gaps(event) == [(event, field, "es")]


def test_agenda_item_without_its_body_in_the_other_language_is_named():
    item = AgendaItemFactory(body_en="Standing Committee")

    assert gaps(item.event) == [(item, "body", "es")]


def test_missing_texts_of_an_empty_editor_are_named():
    event = EventFactory()
    Event.objects.filter(pk=event.pk).update(description_es="<p></p><p><br></p>")
    event.refresh_from_db()

    assert gaps(event) == [(event, "description", "es")]


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        (Event.Mode.ONLINE, []),
        (Event.Mode.HYBRID, ["city", "city", "country", "country"]),
        (Event.Mode.IN_PERSON, ["city", "city", "country", "country"]),
    ],
)
def test_missing_place_counts_only_for_an_event_with_a_place(mode, expected):
    event = EventFactory(mode=mode, city_en="", city_es="", country_en="", country_es="")

    assert [field for _obj, field, _language in gaps(event)] == expected


def test_missing_texts_are_named_for_each_object_of_the_page_in_its_order():
    event = EventFactory(title_es="")
    organiser = EventOrganiserFactory(event=event, organisation__name_es="")
    section = EventSectionFactory(event=event, text_es="")
    session = SessionFactory(event=event, room_es="Sala 1", title_en="")
    panellist = PanellistFactory(
        session=session, function_es="", organisation=OrganisationFactory(name_en="")
    )
    attachment = AttachmentFactory(event=event, session=session, title_es="")

    assert gaps(event) == [
        (event, "title", "es"),
        (section, "text", "es"),
        (session, "title", "en"),
        (session, "room", "en"),
        (panellist, "function", "es"),
        (attachment, "title", "es"),
        (organiser.organisation, "name", "es"),
        (panellist.organisation, "name", "en"),
    ]


def test_missing_name_of_a_body_with_two_roles_is_named_once():
    event = EventFactory()
    body = OrganisationFactory(name_es="")
    EventOrganiserFactory(event=event, organisation=body)
    EventOrganiserFactory(event=event, organisation=body, role="hosted")

    assert gaps(event) == [(body, "name", "es")]


def test_missing_letterhead_of_a_body_does_not_matter_to_a_page():
    organiser = EventOrganiserFactory(organisation__motto_es="Por la democracia. Para todos.")

    assert missing_texts(organiser.event) == []


def test_missing_title_of_an_internal_file_does_not_matter_to_a_page():
    attachment = AttachmentFactory(title_es="", audience=Attachment.Audience.SECRETARIAT)

    assert missing_texts(attachment.event) == []


def test_missing_description_of_a_past_event_is_made_up_for_by_the_text_for_afterwards():
    event = EventFactory(
        description_en="",
        description_es="",
        after_text_en="<p>It was held.</p>",
        after_text_es="<p>Se celebró.</p>",
    )
    day_after = event.last_day + timedelta(days=1)

    assert gaps(event, today=day_after) == []
    assert gaps(event, today=event.last_day) == [(event, "description", "en"), (event, "description", "es")]


@pytest.mark.parametrize("count", [1, 5])
def test_missing_texts_of_a_list_take_a_fixed_number_of_queries(count, django_assert_num_queries):
    for _number in range(count):
        event = EventFactory()
        EventOrganiserFactory.create_batch(2, event=event)
        EventSectionFactory.create_batch(2, event=event)
        PanellistFactory.create_batch(2, session__event=event, organisation=OrganisationFactory())
        AttachmentFactory.create_batch(2, event=event, presented_by=OrganisationFactory())
        WindowFactory(event=event)

    with django_assert_num_queries(11):
        found = [
            missing_texts(event) + missing_facts(event) for event in with_checked_rows(Event.objects.all())
        ]

    assert found == [[]] * count


def test_missing_facts_of_a_coming_event_are_organiser_contact_and_deadline():
    event = EventFactory(contact_name="", contact_email="")
    WindowFactory(event=event, stage=Window.Stage.CHANGE)

    assert missing_facts(event) == [
        Missing(event, "organisers"),
        Missing(event, "contact_name"),
        Missing(event, "contact_email"),
        Missing(event, "windows"),
    ]


def test_missing_facts_of_a_past_event_with_an_organiser_are_none():
    event = EventOrganiserFactory(event__contact_name="", event__contact_email="").event

    assert missing_facts(event, event.last_day + timedelta(days=1)) == []


def test_missing_says_where_what_and_in_which_language():
    session = SessionFactory(title_en="Opening", title_es="Apertura")
    gap = Missing(session, "title", "es")

    with translation.override("en"):
        assert (gap.label, gap.field_label, gap.language_label) == ("Session: Opening", "title", "Spanish")
        assert Missing(session.event, "windows").field_label == "deadline for registration"
        assert Missing(session.event, "organisers").field_label == "organizer"
        assert Missing(session.event, "contact_email").language_label == ""


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (Status.DRAFT, Status.POSTPONED),
        (Status.DRAFT, Status.CANCELLED),
        (Status.DRAFT, Status.DRAFT),
        (Status.PUBLISHED, Status.PUBLISHED),
        (Status.POSTPONED, Status.POSTPONED),
        (Status.CANCELLED, Status.POSTPONED),
    ],
)
def test_refusal_of_a_move_that_makes_no_sense_names_the_status(now, then):
    event = EventFactory(status=now)

    with translation.override("en"):
        assert refusal_reason(event, then) == f"This is not possible: the event’s status is “{now.label}”."


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (Status.DRAFT, Status.PUBLISHED),
        (Status.PUBLISHED, Status.DRAFT),
        (Status.PUBLISHED, Status.POSTPONED),
        (Status.PUBLISHED, Status.CANCELLED),
        (Status.POSTPONED, Status.PUBLISHED),
        (Status.POSTPONED, Status.CANCELLED),
        (Status.CANCELLED, Status.PUBLISHED),
    ],
)
def test_refusal_of_a_move_along_the_table_is_empty(now, then):
    assert refusal_reason(EventFactory(status=now), then) == ""


@pytest.mark.parametrize("factory", [InvitationFactory, DelegationFactory])
def test_refusal_to_unpublish_once_parliaments_know_the_page(factory):
    event = EventFactory()
    factory(event=event)

    assert refusal_reason(event, Status.DRAFT).startswith("Parliaments have been invited")
