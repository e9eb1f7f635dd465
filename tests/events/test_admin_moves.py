"""Publishing and similar actions in the admin: list, confirmation pages, history, permissions."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils.html import escape

from accounts.models import AuditEntry
from events.models import Event, Session
from tests.events.samples import full_event
from tests.factories import (
    EventFactory,
    EventMemberFactory,
    EventOrganiserFactory,
    InvitationFactory,
    OrganisationFactory,
    StaffFactory,
    UserFactory,
)
from tests.forms import admin_address, next_messages

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LIST = reverse("admin:events_event_changelist")


@pytest.fixture
def staff(client):
    user = StaffFactory()
    client.force_login(user)
    return user


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

    with django_assert_num_queries(15):
        client.get(LIST)


def test_publish_page_names_each_gap_and_leads_to_it(client, staff):
    event = full_event(status=Event.Status.DRAFT, description_es="")
    session = event.sessions.get()
    Session.objects.filter(pk=session.pk).update(title_es="")
    url = reverse("admin:events_event_publish", args=[event.pk])

    page = client.get(url)

    links = re.findall(r'<td><a href="([^"]+)">([^<]+)<.*?</td>\s*<td>([^<]+)</td>', page.content.decode())
    assert links == [
        (f"{admin_address(event)}#id_description_es", "Description", "Spanish"),
        (f"{admin_address(session)}#id_title_es", "Title", "Spanish"),
    ]
    assert 'name="confirmed"' not in page.content.decode()


@pytest.mark.parametrize(("status", "leads"), [(Event.Status.DRAFT, True), (Event.Status.PUBLISHED, False)])
def test_number_of_gaps_leads_to_their_list_while_the_event_can_be_published(client, staff, status, leads):
    event = full_event(status=status, title_es="")

    page = client.get(admin_address(event)).content.decode()

    link = f'<a href="{reverse("admin:events_event_publish", args=[event.pk])}">'
    assert page.count("1 thing is missing for its page.") == 1
    assert (f"{link}1 thing is missing for its page.</a>" in page) is leads


def test_publish_with_gaps_is_refused_even_when_it_is_sent(client, staff):
    event = full_event(status=Event.Status.DRAFT, title_es="")

    response = client.post(reverse("admin:events_event_publish", args=[event.pk]), {"confirmed": "yes"})

    event.refresh_from_db()
    assert (response.status_code, event.status) == (200, Event.Status.DRAFT)
    assert next_messages(response) == ["Specimen Workshop: The event cannot be published yet."]


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

    assert response.url == admin_address(event)
    assert next_messages(response) == [sentence]
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

    page = client.get(admin_address(event))

    assert [move.name for move in page.context["moves"]] == offered
    assert [f'href="../{name}/"' in page.content.decode() for name in offered] == [True] * len(offered)


def test_event_page_does_not_offer_to_unpublish_once_parliaments_are_invited(client, staff):
    event = InvitationFactory().event

    page = client.get(admin_address(event))

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

    [(entry, what, changes)] = page.context["entries"]
    assert (what, entry.actor) == ("Event published", staff.name)
    assert changes == "<div><b>Status</b>: draft → published</div>"
    assert changes in page.content.decode()


def test_removed_event_leaves_a_line(client, staff):
    event = EventFactory(status="draft")

    client.post(reverse("admin:events_event_delete", args=[event.pk]), {"post": "yes"})

    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.object_id, entry.event_id) == ("event.removed", event.pk, event.pk)


def test_admin_page_allows_only_our_scripts_and_its_own_nonce(client, staff):
    response = client.get(admin_address(full_event()))

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


def test_admin_for_an_outsider_is_not_found(client):
    client.force_login(UserFactory())
    event = EventFactory()

    assert client.get(admin_address(event)).status_code == 404
    assert (
        client.post(reverse("admin:events_event_cancel", args=[event.pk]), {"confirmed": "yes"}).status_code
        == 404
    )
    assert Event.objects.get().status == Event.Status.PUBLISHED
