"""Events in the admin: what an editor sees, sends and reads."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import AuditEntry
from events.models import Event, EventOrganiser, EventSection, Session, Window
from tests.events.samples import full_event
from tests.factories import (
    EventFactory,
    EventOrganiserFactory,
    PanellistFactory,
    SessionFactory,
    StaffFactory,
    WindowFactory,
)
from tests.forms import admin_address, form_values, new_row

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LIST = reverse("admin:events_event_changelist")


@pytest.fixture
def staff(client):
    user = StaffFactory()
    client.force_login(user)
    return user


def test_event_saved_as_shown_changes_nothing_and_writes_no_line(client, staff):
    event = full_event()
    before = Event.objects.values().get(pk=event.pk)

    response = client.post(admin_address(event), form_values(client.get(admin_address(event))))

    assert response.status_code == 302
    assert Event.objects.values().get(pk=event.pk) == before
    assert AuditEntry.objects.count() == 0


def test_event_edited_writes_one_line_with_before_and_after(client, staff):
    event = full_event()
    section, session = event.sections.get(), event.sessions.get()
    sent = form_values(client.get(admin_address(event)))
    sent |= {"title_es": "Otro taller", "sections-0-text_en": "<p>New.</p>", "sessions-0-title_en": "First"}

    client.post(admin_address(event), sent)

    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor_id, entry.object_id) == ("event.changed", staff.pk, event.pk)
    assert entry.changes == {
        "title_es": ["Taller de Muestra", "Otro taller"],
        f"eventsection {section.pk}: text_en": ["<p>Why it is held.</p>", "<p>New.</p>"],
        f"session {session.pk}: title_en": [session.title_en, "First"],
    }


MEANWHILE = [
    "Nothing was saved: somebody else has changed this since you opened the page. "
    "Look at it in another window; what you save from here now replaces it."
]


def refusals(response) -> list[str]:
    return list(response.context["adminform"].form.non_field_errors())


def test_session_that_somebody_else_has_changed_meanwhile_is_saved_only_knowingly(client, staff):
    session = full_event().sessions.get()
    shown = form_values(client.get(admin_address(session)))
    client.post(admin_address(session), shown | {"room_en": "Hall A"})

    refused = client.post(admin_address(session), shown | {"room_en": "Hall B"})
    room = Session.objects.get().room_en
    saved = client.post(admin_address(session), form_values(refused))

    assert refusals(refused) == MEANWHILE
    assert (room, saved.status_code, Session.objects.get().room_en) == ("Hall A", 302, "Hall B")


def test_panellist_whom_somebody_else_has_added_meanwhile_is_not_overlooked(client, staff):
    session = full_event().sessions.get()
    shown = form_values(client.get(admin_address(session)))
    PanellistFactory(session=session)

    assert refusals(client.post(admin_address(session), shown)) == MEANWHILE


def test_event_whose_session_somebody_else_has_changed_meanwhile_is_not_overwritten(client, staff):
    event = full_event()
    shown = form_values(client.get(admin_address(event)))
    session = event.sessions.get()
    client.post(
        admin_address(session), form_values(client.get(admin_address(session))) | {"title_en": "First"}
    )

    refused = client.post(admin_address(event), shown | {"title_en": "Typed at once"})

    assert refusals(refused) == MEANWHILE
    assert refused.context["adminform"].form["title_en"].value() == "Typed at once"
    assert Session.objects.get().title_en == "First"


def test_event_edited_revises_the_calendar_once(client, staff):
    event = full_event()

    client.post(
        admin_address(event), form_values(client.get(admin_address(event))) | {"title_es": "Otro taller"}
    )

    event.refresh_from_db()
    assert event.calendar_sequence == 1


def test_event_added_gets_a_line_and_stays_a_draft(client, staff):
    sent = form_values(client.get(reverse("admin:events_event_add"))) | {
        "kind": "workshop",
        "title_en": "New Workshop",
        "slug": "new-workshop",
        "reference": "NEW-1",
        "first_day": "2027-03-01",
        "last_day": "2027-03-03",
        "working_languages": ["en", "es"],
    }

    client.post(reverse("admin:events_event_add"), sent)

    event = Event.objects.get(slug="new-workshop")
    assert (event.status, event.working_languages) == (Event.Status.DRAFT, "en,es")
    assert AuditEntry.objects.get().verb == "event.added"


def test_event_with_script_in_its_text_is_stored_without(client, staff):
    event = full_event()
    text = '<p onclick="x()">Good <script>bad()</script><a href="javascript:x()">link</a></p>'

    client.post(
        admin_address(event), form_values(client.get(admin_address(event))) | {"description_es": text}
    )

    event.refresh_from_db()
    assert event.description_es == "<p>Good <a>link</a></p>"


def test_event_with_an_emptied_editor_has_no_text(client, staff):
    event = full_event()

    client.post(
        admin_address(event), form_values(client.get(admin_address(event))) | {"description_es": "<p></p>"}
    )

    event.refresh_from_db()
    assert event.description_es == ""


def test_event_with_a_text_beyond_the_bounds_is_refused_with_the_reason(client, staff):
    event = full_event()
    sent = form_values(client.get(admin_address(event))) | {
        "sections-0-text_es": "<p>" + "a" * 40_000 + "</p>"
    }

    response = client.post(admin_address(event), sent)

    formset = response.context["inline_admin_formsets"][1].formset
    assert formset.errors[0]["text_es"][0].startswith("This text is too long")
    assert EventSection.objects.get(event=event).text_es == "<p>Por qué se celebra.</p>"


def test_event_that_ends_before_it_begins_is_refused_at_the_last_day(client, staff):
    event = full_event()
    sent = form_values(client.get(admin_address(event))) | {
        "first_day": "2027-03-03",
        "last_day": "2027-03-01",
    }

    response = client.post(admin_address(event), sent)

    assert response.context["adminform"].form.errors == {
        "last_day": ["The last day cannot be before the first day."]
    }


def test_event_with_an_unknown_zone_is_refused(client, staff):
    event = full_event()

    response = client.post(
        admin_address(event), form_values(client.get(admin_address(event))) | {"zone": "Mars/Olympus"}
    )

    assert list(response.context["adminform"].form.errors) == ["zone"]


def test_event_keeps_the_order_of_its_languages_when_their_choice_stays(client, staff):
    event = full_event(working_languages="fr,en")
    sent = form_values(client.get(admin_address(event))) | {"working_languages": ["en", "fr"]}

    client.post(admin_address(event), sent)

    event.refresh_from_db()
    assert event.working_languages == "fr,en"


def test_event_keeps_a_language_that_is_not_offered(client, staff):
    event = full_event(working_languages="en,ja")

    client.post(admin_address(event), form_values(client.get(admin_address(event))))

    event.refresh_from_db()
    assert event.working_languages == "en,ja"


def test_deadline_by_days_is_stored_up_to_the_following_midnight(client, staff):
    event = EventFactory(zone="America/Montevideo")
    page = client.get(admin_address(event))
    row = new_row(page, "windows", stage="register", first_day="2026-12-01", last_day="2026-12-20")

    client.post(admin_address(event), form_values(page) | row)

    window = Window.objects.get(event=event)
    assert window.opens_at == datetime(2026, 12, 1, 3, tzinfo=UTC)
    assert window.closes_at == datetime(2026, 12, 21, 3, tzinfo=UTC)


def test_deadline_keeps_its_days_when_the_zone_changes_in_the_same_edit(client, staff):
    event = EventFactory(zone="America/Montevideo")
    kept, edited = (Window(event=event, stage=stage) for stage in ("register", "change"))
    for window in (kept, edited):
        window.set_days(date(2026, 12, 1), date(2026, 12, 20))
        window.save()
    sent = form_values(client.get(admin_address(event)))
    number = next(n for n in (0, 1) if sent[f"windows-{n}-stage"] == "change")

    client.post(
        admin_address(event), sent | {"zone": "Asia/Tokyo", f"windows-{number}-last_day": "2026-12-22"}
    )

    days = {window.stage: (window.first_day, window.last_day) for window in Window.objects.all()}
    assert days == {
        "register": (date(2026, 12, 1), date(2026, 12, 20)),
        "change": (date(2026, 12, 1), date(2026, 12, 22)),
    }


@pytest.mark.parametrize(
    ("row", "field", "error"),
    [
        ({"first_day": "2026-12-20", "last_day": "2026-12-01"}, "last_day", "cannot be before the first day"),
        ({"first_day": "2026-12-01", "last_day": ""}, "last_day", "This field is required"),
        ({"first_day": "31.12.", "last_day": "2026-12-20"}, "first_day", "Enter a valid date"),
    ],
)
def test_deadline_with_wrong_days_is_refused_where_it_is_wrong(client, staff, row, field, error):
    event = EventFactory()
    page = client.get(admin_address(event))

    response = client.post(
        admin_address(event), form_values(page) | new_row(page, "windows", stage="register", **row)
    )

    errors = response.context["inline_admin_formsets"][2].formset.errors[0]
    assert list(errors) == [field]
    assert error in errors[field][0]


def test_deadline_of_the_same_stage_twice_is_refused(client, staff):
    event = WindowFactory().event
    page = client.get(admin_address(event))
    row = new_row(page, "windows", stage="register", first_day="2026-12-01", last_day="2026-12-20")

    response = client.post(admin_address(event), form_values(page) | row)

    errors = response.context["inline_admin_formsets"][2].formset.errors
    assert errors == [{}, {"stage": ["This stage already has its deadline."]}]


def test_deadline_replaced_in_one_edit_is_kept(client, staff):
    event = WindowFactory().event
    page = client.get(admin_address(event))
    row = new_row(page, "windows", stage="register", first_day="2026-12-01", last_day="2026-12-20")

    client.post(admin_address(event), form_values(page) | row | {"windows-0-DELETE": "on"})

    assert Window.objects.get(event=event).last_day == date(2026, 12, 20)


def test_organiser_with_the_same_role_twice_is_refused(client, staff):
    organiser = EventOrganiserFactory()
    page = client.get(admin_address(organiser.event))
    row = new_row(page, "organisers", role=organiser.role, organisation=organiser.organisation_id, order="1")

    response = client.post(admin_address(organiser.event), form_values(page) | row)

    assert response.status_code == 200
    assert EventOrganiser.objects.count() == 1


def test_session_on_its_own_page_takes_speakers_and_tells_calendars(client, staff):
    session = SessionFactory(event=EventFactory())
    page = client.get(admin_address(session))
    sent = form_values(page) | {"day": str(session.event.first_day), "starts": "09:00", "ends": "10:30"}
    row = new_row(
        page, "panellists", role="moderator", name="Specimen One", function_es="Directora", order="0"
    )

    client.post(admin_address(session), sent | row)

    session = Session.objects.get(pk=session.pk)
    assert [(one.name, one.function_es) for one in session.panellists.all()] == [
        ("Specimen One", "Directora")
    ]
    assert session.event.calendar_sequence == 1
    assert AuditEntry.objects.get().verb == "session.changed"


def test_session_with_a_time_and_no_day_is_refused(client, staff):
    session = SessionFactory()

    response = client.post(
        admin_address(session), form_values(client.get(admin_address(session))) | {"starts": "09:00"}
    )

    assert response.context["adminform"].form.errors["__all__"] == ["A session with a time needs its day."]


@pytest.mark.parametrize("language", ["en", "es"])
def test_draft_is_begun_in_either_language(client, staff, language):
    sent = form_values(client.get(reverse("admin:events_event_add"))) | {
        f"title_{language}": "Title",
        "slug": "new",
        "reference": "NEW",
        "first_day": "2027-03-01",
        "last_day": "2027-03-03",
    }

    client.post(reverse("admin:events_event_add"), sent)

    event = Event.objects.get(slug="new")
    assert {event.title_en, event.title_es} == {"Title", None}
    assert str(event) == "Title"


def test_event_without_a_title_in_any_language_is_refused_at_both(client, staff):
    event = full_event()
    sent = form_values(client.get(admin_address(event))) | {"title_en": "", "title_es": ""}

    response = client.post(admin_address(event), sent)

    required = ["This field is required."]
    assert response.context["adminform"].form.errors == {"title_en": required, "title_es": required}


def test_section_without_a_text_in_any_language_is_refused(client, staff):
    event = full_event()
    page = client.get(admin_address(event))

    response = client.post(
        admin_address(event), form_values(page) | new_row(page, "sections", kind="objectives", order="1")
    )

    assert sorted(response.context["inline_admin_formsets"][1].formset.errors[1]) == ["text_en", "text_es"]


def test_session_outside_the_days_of_its_event_is_refused():
    event = EventFactory()
    session = SessionFactory.build(event=event, day=event.last_day + timedelta(days=1))

    with pytest.raises(ValidationError) as refused:
        session.clean()

    assert refused.value.message_dict == {"day": ["The event is not held on this day."]}
