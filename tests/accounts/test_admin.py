"""Users and the audit trail in the administration."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from accounts import audit
from accounts.models import AuditEntry, User
from tests.factories import EventFactory, StaffFactory, UserFactory
from tests.forms import admin_address, form_values

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PEOPLE, TRAIL = reverse("admin:accounts_user_changelist"), reverse("admin:accounts_auditentry_changelist")


@pytest.fixture
def staff(client):
    user = StaffFactory()
    client.force_login(user)
    return user


def test_person_added_signs_in_with_a_code_and_has_no_password(client, staff):
    url = reverse("admin:accounts_user_add")
    sent = form_values(client.get(url)) | {"email": " New.Person@Parliament.Example ", "name": "Specimen One"}

    client.post(url, sent)

    person = User.objects.get(name="Specimen One")
    address = person.emailaddress_set.get()
    assert (person.email, person.has_usable_password(), person.is_staff) == (
        "new.person@parliament.example",
        False,
        False,
    )
    assert (address.email, address.primary, address.verified) == (
        "new.person@parliament.example",
        True,
        False,
    )


def test_person_with_an_address_that_exists_in_capitals_is_refused(client, staff):
    UserFactory(email="one@parliament.example")
    url = reverse("admin:accounts_user_add")

    response = client.post(url, form_values(client.get(url)) | {"email": "ONE@parliament.example"})

    assert list(response.context["adminform"].form.errors) == ["email"]
    assert User.objects.count() == 2


def test_person_with_a_new_address_signs_in_with_that_alone(client, staff):
    person = UserFactory(email="old@parliament.example")
    sent = form_values(client.get(admin_address(person))) | {"email": "new@parliament.example"}

    client.post(admin_address(person), sent)

    addresses = person.emailaddress_set.values_list("email", "primary", "verified")
    assert list(addresses) == [("new@parliament.example", True, False)]


def test_person_saved_as_shown_keeps_the_proof_of_the_address(client, staff):
    person = UserFactory()

    client.post(admin_address(person), form_values(client.get(admin_address(person))))

    assert person.emailaddress_set.get().verified is True
    assert AuditEntry.objects.count() == 0


def test_person_edited_leaves_a_line_without_name_or_address(client, staff):
    person = UserFactory()
    sent = form_values(client.get(admin_address(person))) | {
        "email": "new@parliament.example",
        "name": "New",
        "language": "es",
    }

    client.post(admin_address(person), sent)

    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.changes) == (
        "user.changed",
        {"email": [], "name": [], "language": ["en", "es"]},
    )


def test_person_closed_is_signed_out(client, staff, django_user_model):
    person = UserFactory()
    sent = form_values(client.get(admin_address(person)))
    del sent["is_active"]

    client.post(admin_address(person), sent)

    client.force_login(person)
    assert client.get(reverse("after-sign-in")).status_code == 302
    assert client.get(reverse("after-sign-in")).url.startswith("/en/account/login/")


def officer(client, *permissions):
    """Sign in a member of staff with only these permissions, and return the user."""
    user = UserFactory(is_staff=True)
    user.user_permissions.add(*Permission.objects.filter(codename__in=permissions))
    client.force_login(user)
    return user


def test_staff_without_every_right_gives_nobody_rights(client):
    officer(client, "view_user", "change_user")
    person = UserFactory()
    sent = form_values(client.get(admin_address(person))) | {
        "is_staff": "on",
        "is_superuser": "on",
        "name": "New",
    }

    client.post(admin_address(person), sent)

    person.refresh_from_db()
    assert (person.name, person.is_staff, person.is_superuser) == ("New", False, False)


@pytest.mark.parametrize("rights", [{"is_superuser": True}, {}])
def test_staff_without_every_right_cannot_take_over_a_colleague(client, rights):
    colleague = UserFactory(is_staff=True, **rights)
    officer(client, "view_user", "change_user", "delete_user")

    answers = [
        client.post(admin_address(colleague), {"email": "mine@parliament.example"}),
        client.post(admin_address(colleague, "delete"), {"post": "yes"}),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert User.objects.get(pk=colleague.pk).email == colleague.email


def test_staff_without_every_right_cannot_delete_a_colleague_from_the_list(client):
    colleague, other = StaffFactory(), UserFactory()
    officer(client, "view_user", "delete_user")

    client.post(
        PEOPLE,
        {"action": "delete_selected", "_selected_action": [colleague.pk, other.pk], "post": "yes"},
    )

    assert User.objects.filter(pk=colleague.pk).exists()


@pytest.mark.parametrize("count", [1, 5])
def test_people_take_a_fixed_number_of_queries(client, staff, count, django_assert_num_queries):
    UserFactory.create_batch(count)
    client.get(PEOPLE)

    with django_assert_num_queries(5):
        client.get(PEOPLE)


@pytest.mark.parametrize(("language", "heading"), [("en", "People"), ("es", "Personas")])
def test_list_is_headed_by_what_it_lists(client, staff, language, heading):
    page = client.get(PEOPLE, headers={"accept-language": language}).content.decode()

    assert re.findall(r"<h1>(.*?)</h1>|<title>(.*?)</title>", page) == [
        ("", f"{heading} – Convoca"),
        (heading, ""),
    ]


def test_trail_is_read_in_words(client, staff):
    event = EventFactory()
    audit.record(staff, "event.published", event, changes={"status": ["draft", "published"]})

    entry = AuditEntry.objects.get()
    row, page = (client.get(url).content.decode() for url in (TRAIL, admin_address(entry)))

    shown = (staff.name, ">Event published<", ">Event<", '"field-fields_changed">Status<')
    assert [words in row for words in shown] == [True] * 4
    assert "<div><b>Status</b>: draft → published</div>" in page
    assert "event.published" not in page
    assert admin_address(entry, "history") not in page


def test_trail_is_filtered_by_what_was_done_to_any_kind_of_object(client, staff):
    event = EventFactory()
    for verb, obj in [("event.changed", event), ("user.changed", staff), ("event.published", event)]:
        audit.record(staff, verb, obj)

    changed, published, kinds = (
        client.get(TRAIL, query).context["cl"].queryset
        for query in ({"verb": "changed"}, {"verb": "event.published"}, {"object_type": "events.event"})
    )

    assert {entry.verb for entry in changed} == {"event.changed", "user.changed"}
    assert {entry.verb for entry in published} == {"event.published"}
    assert {entry.verb for entry in kinds} == {"event.changed", "event.published"}


@pytest.mark.parametrize("count", [1, 5])
def test_trail_takes_a_fixed_number_of_queries(client, staff, count, django_assert_num_queries):
    for event in EventFactory.create_batch(count):
        audit.record(staff, "event.published", event)
    client.get(TRAIL)

    with django_assert_num_queries(7):
        client.get(TRAIL)


def test_trail_is_changed_added_and_removed_by_nobody(client, staff):
    entry = audit.record(staff, "event.published", EventFactory())

    answers = [
        client.post(admin_address(entry), {"verb": "nothing"}),
        client.post(admin_address(entry, "delete"), {"post": "yes"}),
        client.get(reverse("admin:accounts_auditentry_add")),
        client.post(TRAIL, {"action": "delete_selected", "_selected_action": [entry.pk], "post": "yes"}),
    ]

    assert [answer.status_code for answer in answers[:3]] == [404, 404, 404]
    assert AuditEntry.objects.get().verb == "event.published"


def test_trail_with_names_that_would_run_shows_them(client):
    client.force_login(StaffFactory(name="<script>x</script>"))
    actor = User.objects.get()
    entry = audit.record(
        actor, "event.changed", EventFactory(), changes={"<b>x": ["<img src=x>", "<script>y"]}
    )

    pages = [client.get(url).content.decode() for url in (TRAIL, admin_address(entry))]

    assert [(page.count("<script>x"), page.count("<img src=x"), page.count("<b>x")) for page in pages] == [
        (0, 0, 0)
    ] * 2


def test_history_of_a_person_is_theirs(client, staff):
    person = UserFactory()
    audit.record(staff, "user.changed", person, changes={"name": []})

    page = client.get(admin_address(person, "history"))

    [(_entry, what, changes)] = page.context["entries"]
    assert (what, changes) == ("Changed", "<div><b>Name</b>: changed</div>")


def test_history_of_what_is_not_there_is_not_found(client, staff):
    assert client.get(reverse("admin:accounts_user_history", args=[999999])).status_code == 404
