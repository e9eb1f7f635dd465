"""Order badges on the desk and in the administration, and declare a lost badge void."""

import pytest
from django.urls import reverse

from documents.models import Batch
from documents.services.badges import void_unfounded
from registration.models import Participant
from tests.documents.badge_samples import add_confirmed, badge_of, make_sheet, order_badges
from tests.factories import DelegationFactory, StaffFactory, UserFactory


@pytest.fixture
def delegation(event):
    return DelegationFactory(event=event, status="confirmed")


def ask(client, event, **chosen):
    client.force_login(StaffFactory())
    asked = {"which": "without", "languages": "en", "form": "a6", "check": "1"} | chosen
    return client.get(reverse("documents:order-badges", args=[event.slug]), asked)


def test_page_finds_people_and_keeps_those_ticked(client, event, delegation):
    ticked = add_confirmed(delegation, family_names="Muestra")
    found = add_confirmed(delegation, family_names="Bórquez")
    client.force_login(StaffFactory())

    answer = client.get(
        reverse("documents:order-badges", args=[event.slug]), {"q": "borquez", "picked": [ticked.pk]}
    )

    assert answer.context["form"].shown == [
        (str(ticked.pk), ticked, True),
        (str(found.pk), found, False),
    ]


def test_page_orders_what_was_checked(client, event, delegation):
    person = add_confirmed(delegation)
    asked = {"which": "picked", "picked": [person.pk], "languages": "es", "form": "small", "blanks": "3"}
    checked = ask(client, event, **asked)

    client.post(reverse("documents:order-badges", args=[event.slug]), asked)

    assert checked.context["preview"].total == 1
    assert Batch.objects.get().options == {
        "form": "small",
        "photos": False,
        "people": [person.pk],
        "blanks": 3,
        "blank_role": "guest",
    }


@pytest.mark.parametrize(
    ("chosen", "error"),
    [({"which": "picked"}, "q"), ({"which": "blank"}, "blanks"), ({"which": "without"}, "__all__")],
)
def test_page_says_what_an_order_lacks(client, event, chosen, error):
    assert list(ask(client, event, **chosen).context["form"].errors) == [error]


def test_officer_makes_badges_for_people_chosen_in_the_administration(client, event, delegation):
    people = [add_confirmed(delegation), add_confirmed(delegation)]
    client.force_login(StaffFactory())
    chosen = {"action": "make_badges", "_selected_action": [one.pk for one in people]}

    answer = client.post(reverse("admin:registration_participant_changelist"), chosen, follow=True)

    assert answer.context["form"].shown == [(str(one.pk), one, True) for one in people]


def test_officer_notes_attendance_in_the_list_of_badges(client, event, delegation):
    there, away = add_confirmed(delegation), add_confirmed(delegation)
    officer = StaffFactory()
    order_badges(event, officer, blanks=1)
    client.force_login(officer)
    address, badge = reverse("admin:documents_badge_changelist"), badge_of(there).pk

    noted = []
    for action in ("note_attendance", "withdraw_attendance"):
        client.post(address, {"action": action, "_selected_action": [badge]})
        noted.append(list(Participant.objects.attended(event)))

    assert noted == [[there], []]
    assert away.attended_at is None


def test_people_of_two_events_have_no_order_in_common(client, delegation):
    people = [add_confirmed(delegation), add_confirmed(DelegationFactory())]
    client.force_login(StaffFactory())
    chosen = {"action": "make_badges", "_selected_action": [one.pk for one in people]}

    answer = client.post(reverse("admin:registration_participant_changelist"), chosen, follow=True)

    assert "one event at a time" in answer.content.decode()


def test_officer_declares_a_lost_badge_void(client, event, delegation):
    person = add_confirmed(delegation)
    order_badges(event, StaffFactory())
    badge = badge_of(person)
    client.force_login(StaffFactory())
    before = client.get(reverse("admin:documents_badge_change", args=[badge.pk])).content.decode()

    client.post(reverse("admin:documents_badge_void", args=[badge.pk]), {"reason": "Lost."})
    after = client.get(reverse("admin:documents_badge_change", args=[badge.pk])).content.decode()

    assert ["Declare void" in before, "Declare void" in after, "Lost." in after] == [True, False, True]
    history = client.get(reverse("admin:documents_badge_history", args=[badge.pk]))
    assert [str(what) for _entry, what, _changes in history.context["entries"]] == ["Badge voided"]


def test_officer_reads_in_words_why_a_badge_is_void(client, event, delegation):
    person = add_confirmed(delegation)
    order_badges(event, StaffFactory())
    type(person).objects.filter(pk=person.pk).update(status="cancelled")
    void_unfounded()
    client.force_login(StaffFactory())

    page = client.get(reverse("admin:documents_badge_changelist")).content.decode()

    assert page.count("The person does not take part any more.") == 1


@pytest.mark.slow
@pytest.mark.usefixtures("files")
def test_coordinator_never_gets_badges(client, event, delegation):
    coordinator = UserFactory()
    delegation.coordinators.set([coordinator])
    add_confirmed(delegation)
    sheet = make_sheet(order_badges(event, StaffFactory()))
    client.force_login(coordinator)

    assert client.get(sheet.get_absolute_url()).status_code == 404
