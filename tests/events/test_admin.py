"""Events in the administration: what an editor sees, sends and is told."""

import re
from datetime import UTC, date, datetime

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils.html import escape

from accounts.models import AuditEntry
from events.models import Event, EventOrganiser, EventSection, Session, Window
from tests.factories import (
    AttachmentFactory,
    EventFactory,
    EventMemberFactory,
    EventOrganiserFactory,
    EventSectionFactory,
    InvitationFactory,
    OrganisationFactory,
    PanellistFactory,
    SessionFactory,
    StaffFactory,
    UserFactory,
    WindowFactory,
)
from tests.forms import as_shown, new_row

pytestmark = pytest.mark.django_db
LIST = reverse("admin:events_event_changelist")


@pytest.fixture
def staff(client):
    user = StaffFactory()
    client.force_login(user)
    return user


def page_of(obj):
    return reverse(f"admin:events_{obj._meta.model_name}_change", args=[obj.pk])


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def full_event(**fields):
    event = EventFactory(**fields)
    EventOrganiserFactory(event=event)
    EventSectionFactory(event=event)
    WindowFactory(event=event)
    PanellistFactory(session__event=event)
    EventMemberFactory(event=event)
    AttachmentFactory(event=event)
    return event


def test_event_saved_as_shown_changes_nothing_and_writes_no_line(client, staff):
    event = full_event()
    before = Event.objects.values().get(pk=event.pk)

    response = client.post(page_of(event), as_shown(client.get(page_of(event))))

    assert response.status_code == 302
    assert Event.objects.values().get(pk=event.pk) == before
    assert AuditEntry.objects.count() == 0


def test_event_edited_writes_one_line_with_before_and_after(client, staff):
    event = full_event()
    section, session = event.sections.get(), event.sessions.get()
    sent = as_shown(client.get(page_of(event)))
    sent |= {"title_es": "Otro taller", "sections-0-text_en": "<p>New.</p>", "sessions-0-title_en": "First"}

    client.post(page_of(event), sent)

    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor_id, entry.object_id) == ("event.changed", staff.pk, event.pk)
    assert entry.changes == {
        "title_es": ["Taller de Muestra", "Otro taller"],
        f"eventsection {section.pk}: text_en": ["<p>Why it is held.</p>", "<p>New.</p>"],
        f"session {session.pk}: title_en": [session.title_en, "First"],
    }


def test_event_edited_revises_the_calendar_once(client, staff):
    event = full_event()

    client.post(page_of(event), as_shown(client.get(page_of(event))) | {"title_es": "Otro taller"})

    event.refresh_from_db()
    assert event.calendar_sequence == 1


def test_event_added_gets_a_line_and_stays_a_draft(client, staff):
    sent = as_shown(client.get(reverse("admin:events_event_add"))) | {
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

    client.post(page_of(event), as_shown(client.get(page_of(event))) | {"description_es": text})

    event.refresh_from_db()
    assert event.description_es == "<p>Good <a>link</a></p>"


def test_event_with_an_emptied_editor_has_no_text(client, staff):
    event = full_event()

    client.post(page_of(event), as_shown(client.get(page_of(event))) | {"description_es": "<p></p>"})

    event.refresh_from_db()
    assert event.description_es == ""


def test_event_with_a_text_beyond_the_bounds_is_refused_with_the_reason(client, staff):
    event = full_event()
    sent = as_shown(client.get(page_of(event))) | {"sections-0-text_es": "<p>" + "a" * 40_000 + "</p>"}

    response = client.post(page_of(event), sent)

    formset = response.context["inline_admin_formsets"][1].formset
    assert formset.errors[0]["text_es"][0].startswith("This text is too long")
    assert EventSection.objects.get(event=event).text_es == "<p>Por qué se celebra.</p>"


def test_event_that_ends_before_it_begins_is_refused_at_the_last_day(client, staff):
    event = full_event()
    sent = as_shown(client.get(page_of(event))) | {"first_day": "2027-03-03", "last_day": "2027-03-01"}

    response = client.post(page_of(event), sent)

    assert response.context["adminform"].form.errors == {
        "last_day": ["The last day cannot be before the first day."]
    }


def test_event_with_an_unknown_zone_is_refused(client, staff):
    event = full_event()

    response = client.post(page_of(event), as_shown(client.get(page_of(event))) | {"zone": "Mars/Olympus"})

    assert list(response.context["adminform"].form.errors) == ["zone"]


def test_event_keeps_a_language_that_is_not_offered(client, staff):
    event = full_event(working_languages="en,ja")

    client.post(page_of(event), as_shown(client.get(page_of(event))))

    event.refresh_from_db()
    assert event.working_languages == "en,ja"


def test_deadline_by_days_is_stored_up_to_the_following_midnight(client, staff):
    event = EventFactory(zone="America/Montevideo")
    page = client.get(page_of(event))
    row = new_row(page, "windows", stage="register", first_day="2026-12-01", last_day="2026-12-20")

    client.post(page_of(event), as_shown(page) | row)

    window = Window.objects.get(event=event)
    assert window.opens_at == datetime(2026, 12, 1, 3, tzinfo=UTC)
    assert window.closes_at == datetime(2026, 12, 21, 3, tzinfo=UTC)


def test_deadline_keeps_its_days_when_the_zone_changes_in_the_same_edit(client, staff):
    event = EventFactory(zone="America/Montevideo")
    kept, edited = (Window(event=event, stage=stage) for stage in ("register", "change"))
    for window in (kept, edited):
        window.set_days(date(2026, 12, 1), date(2026, 12, 20))
        window.save()
    sent = as_shown(client.get(page_of(event)))
    number = next(n for n in (0, 1) if sent[f"windows-{n}-stage"] == "change")

    client.post(page_of(event), sent | {"zone": "Asia/Tokyo", f"windows-{number}-last_day": "2026-12-22"})

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
    page = client.get(page_of(event))

    response = client.post(page_of(event), as_shown(page) | new_row(page, "windows", stage="register", **row))

    errors = response.context["inline_admin_formsets"][2].formset.errors[0]
    assert list(errors) == [field]
    assert error in errors[field][0]


def test_deadline_of_the_same_stage_twice_is_refused(client, staff):
    event = WindowFactory().event
    page = client.get(page_of(event))
    row = new_row(page, "windows", stage="register", first_day="2026-12-01", last_day="2026-12-20")

    response = client.post(page_of(event), as_shown(page) | row)

    errors = response.context["inline_admin_formsets"][2].formset.errors
    assert errors == [{}, {"stage": ["This stage already has its deadline."]}]


def test_deadline_replaced_in_one_edit_is_kept(client, staff):
    event = WindowFactory().event
    page = client.get(page_of(event))
    row = new_row(page, "windows", stage="register", first_day="2026-12-01", last_day="2026-12-20")

    client.post(page_of(event), as_shown(page) | row | {"windows-0-DELETE": "on"})

    assert Window.objects.get(event=event).last_day == date(2026, 12, 20)


def test_organiser_with_the_same_role_twice_is_refused(client, staff):
    organiser = EventOrganiserFactory()
    page = client.get(page_of(organiser.event))
    row = new_row(page, "organisers", role=organiser.role, organisation=organiser.organisation_id, order="1")

    response = client.post(page_of(organiser.event), as_shown(page) | row)

    assert response.status_code == 200
    assert EventOrganiser.objects.count() == 1


def test_session_on_its_own_page_takes_speakers_and_tells_calendars(client, staff):
    session = SessionFactory(event=EventFactory())
    page = client.get(page_of(session))
    sent = as_shown(page) | {"day": str(session.event.first_day), "starts": "09:00", "ends": "10:30"}
    row = new_row(
        page, "panellists", role="moderator", name="Specimen One", function_es="Directora", order="0"
    )

    client.post(page_of(session), sent | row)

    session = Session.objects.get(pk=session.pk)
    assert [(one.name, one.function_es) for one in session.panellists.all()] == [
        ("Specimen One", "Directora")
    ]
    assert session.event.calendar_sequence == 1
    assert AuditEntry.objects.get().verb == "session.changed"


def test_session_with_a_time_and_no_day_is_refused(client, staff):
    session = SessionFactory()

    response = client.post(page_of(session), as_shown(client.get(page_of(session))) | {"starts": "09:00"})

    assert response.context["adminform"].form.errors["__all__"] == ["A session with a time needs its day."]


def test_list_shows_dates_state_gaps_and_both_pages(client, staff):
    event = EventFactory(title_es="", first_day=date(2013, 10, 23), last_day=date(2013, 10, 25))

    page = client.get(LIST).content.decode()

    row = re.sub(r"<[^>]+>|\s+", " ", page[page.index("<tbody>") : page.index("</tbody>")])
    words = " ".join(row.split())
    assert words == "Specimen Workshop 23–25 October 2013 published Workshop 1 English · Español"
    assert [f"/{code}/events/{event.slug}/" in page for code in ("en", "es")] == [True, True]


@pytest.mark.parametrize("count", [1, 4])
def test_list_takes_a_fixed_number_of_queries(client, staff, count, django_assert_num_queries):
    for _number in range(count):
        full_event()
    client.get(LIST)

    with django_assert_num_queries(14):
        client.get(LIST)


def test_publish_page_names_each_gap_and_leads_to_it(client, staff):
    event = full_event(status=Event.Status.DRAFT, description_es="")
    session = event.sessions.get()
    Session.objects.filter(pk=session.pk).update(title_es="")
    url = reverse("admin:events_event_publish", args=[event.pk])

    page = client.get(url)

    links = re.findall(r'<td><a href="([^"]+)">([^<]+)<.*?</td>\s*<td>([^<]+)</td>', page.content.decode())
    assert links == [
        (f"{page_of(event)}#id_description_es", "Description", "Spanish"),
        (f"{page_of(session)}#id_title_es", "Title", "Spanish"),
    ]
    assert 'name="confirmed"' not in page.content.decode()


def test_publish_with_gaps_is_refused_even_when_it_is_sent(client, staff):
    event = full_event(status=Event.Status.DRAFT, title_es="")

    response = client.post(reverse("admin:events_event_publish", args=[event.pk]), {"confirmed": "yes"})

    event.refresh_from_db()
    assert (response.status_code, event.status) == (200, Event.Status.DRAFT)
    assert said(response) == ["Specimen Workshop: The event cannot be published yet."]


@pytest.mark.parametrize(
    ("move", "was", "becomes", "sentence"),
    [
        ("publish", "draft", "published", "“Specimen Workshop” is published."),
        ("postpone", "published", "postponed", "“Specimen Workshop” is postponed."),
        ("cancel", "published", "cancelled", "“Specimen Workshop” is cancelled."),
        ("unpublish", "published", "draft", "“Specimen Workshop” is a draft again."),
    ],
)
def test_move_asks_first_and_happens_when_confirmed(client, staff, move, was, becomes, sentence):
    event = full_event(status=was)
    url = reverse(f"admin:events_event_{move}", args=[event.pk])

    asked, unconfirmed = client.get(url), client.post(url)
    assert (asked.status_code, unconfirmed.status_code) == (200, 200)
    assert Event.objects.get(pk=event.pk).status == was

    response = client.post(url, {"confirmed": "yes"})

    assert response.url == page_of(event)
    assert said(response) == [sentence]
    assert Event.objects.get(pk=event.pk).status == becomes


@pytest.mark.parametrize(
    ("status", "offered"),
    [
        ("draft", ["publish"]),
        ("published", ["postpone", "cancel", "unpublish"]),
        ("postponed", ["publish", "cancel", "unpublish"]),
        ("cancelled", ["publish", "unpublish"]),
    ],
)
def test_event_page_offers_the_moves_that_are_possible(client, staff, status, offered):
    event = EventFactory(status=status)

    page = client.get(page_of(event))

    assert [move.name for move in page.context["moves"]] == offered
    assert [f'href="../{name}/"' in page.content.decode() for name in offered] == [True] * len(offered)


def test_event_page_does_not_offer_to_unpublish_once_parliaments_are_invited(client, staff):
    event = InvitationFactory().event

    page = client.get(page_of(event))

    assert [move.name for move in page.context["moves"]] == ["postpone", "cancel"]


def test_action_on_the_list_asks_first_and_leaves_out_what_cannot_be_moved(client, staff):
    draft, published = full_event(status="draft"), full_event(status="published", slug="other")
    chosen = {"action": "cancel", "_selected_action": [draft.pk, published.pk]}

    asked = client.post(LIST, chosen | {"index": "0"})
    response = client.post(LIST, chosen | {"confirmed": "yes"})

    assert asked.context["can_move"] is True
    assert response.status_code == 302
    assert sorted(Event.objects.values_list("status", flat=True)) == ["cancelled", "draft"]


def test_history_shows_who_did_what(client, staff):
    event = full_event(status="draft")
    client.post(reverse("admin:events_event_publish", args=[event.pk]), {"confirmed": "yes"})

    page = client.get(reverse("admin:events_event_history", args=[event.pk]))

    [(entry, changes)] = page.context["entries"]
    assert (entry.verb, entry.actor) == ("event.published", staff.name)
    assert changes == "<div><b>status</b>: draft → published</div>"
    assert changes in page.content.decode()


def test_removed_event_leaves_a_line(client, staff):
    event = EventFactory(status="draft")

    client.post(reverse("admin:events_event_delete", args=[event.pk]), {"post": "yes"})

    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.object_id, entry.event_id) == ("event.removed", event.pk, event.pk)


def test_admin_page_allows_only_our_scripts_and_its_own_nonce(client, staff):
    response = client.get(page_of(full_event()))

    policy = dict(part.split(" ", 1) for part in response["Content-Security-Policy"].split("; "))
    nonce = re.search(r'<script type="importmap" nonce="([^"]+)"', response.content.decode())[1]
    assert policy["script-src"] == f"'self' 'nonce-{nonce}'"
    assert policy["style-src"] == f"'self' 'nonce-{nonce}'"


def test_public_page_has_no_nonce(client):
    response = client.get(EventFactory().get_absolute_url())

    assert "nonce" not in response["Content-Security-Policy"]


HOSTILE = "<script>alert('x')</script><img src=x onerror=alert(1)>"


@pytest.mark.parametrize("view", ["changelist", "change", "publish", "cancel", "history", "delete"])
def test_hostile_names_are_shown_and_never_run(client, staff, view):
    StaffFactory(name=HOSTILE)
    event = full_event(title_en=HOSTILE, title_es=HOSTILE, summary_es="")
    EventOrganiserFactory(event=event, organisation=OrganisationFactory(name_en=HOSTILE))
    Session.objects.update(title_en=HOSTILE, title_es=HOSTILE)
    args = [] if view == "changelist" else [event.pk]

    page = client.get(reverse(f"admin:events_event_{view}", args=args)).content.decode()

    assert HOSTILE not in page
    assert escape(HOSTILE)[:20] in page


PAGES = [
    LIST,
    "/admin/",
    "/admin/events/event/1/change/",
    "/admin/events/event/1/publish/",
    "/admin/events/event/999999/publish/",
    "/admin/events/event/1/cancel/",
    "/admin/no-such-page/",
    "/admin/attachments/attachment/upload/",
    "/admin/login/",
]


@pytest.mark.parametrize("url", PAGES)
def test_admin_for_a_person_who_is_not_staff_is_not_found(client, url):
    member = EventMemberFactory(event__pk=1).user
    client.force_login(member)

    assert client.get(url).status_code == 404
    assert client.post(url, {"confirmed": "yes"}).status_code == 404


@pytest.mark.parametrize("url", PAGES)
def test_admin_for_a_stranger_is_the_sign_in_page(client, url):
    EventFactory(pk=1)

    response = client.get(url, follow=True)

    assert response.redirect_chain[-1][0].startswith("/en/account/login/?next=")
    assert Event.objects.get().status == Event.Status.PUBLISHED


def test_admin_for_staff_without_the_right_is_not_found(client):
    client.force_login(UserFactory(is_staff=True))
    event = EventFactory()

    assert client.get(page_of(event)).status_code == 404
    assert (
        client.post(reverse("admin:events_event_cancel", args=[event.pk]), {"confirmed": "yes"}).status_code
        == 404
    )
    assert Event.objects.get().status == Event.Status.PUBLISHED


@pytest.mark.parametrize("language", ["en", "es"])
def test_draft_is_begun_in_either_language(client, staff, language):
    sent = as_shown(client.get(reverse("admin:events_event_add"))) | {
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
    sent = as_shown(client.get(page_of(event))) | {"title_en": "", "title_es": ""}

    response = client.post(page_of(event), sent)

    required = ["This field is required."]
    assert response.context["adminform"].form.errors == {"title_en": required, "title_es": required}


def test_section_without_a_text_in_any_language_is_refused(client, staff):
    event = full_event()
    page = client.get(page_of(event))

    response = client.post(
        page_of(event), as_shown(page) | new_row(page, "sections", kind="objectives", order="1")
    )

    assert sorted(response.context["inline_admin_formsets"][1].formset.errors[1]) == ["text_en", "text_es"]
