"""The coordinator's form: hostile posts, names of the world, and that nothing typed is lost."""

import pytest
from django.test import Client

from registration.models import Delegation, Participant
from tests.factories import DelegationFactory, ParticipantFactory
from tests.registration.browser import form_of, post, row, stored_row
from tests.registration.samples import coordinator, draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def delegation() -> Delegation:
    return draft(people=1)


@pytest.fixture
def client(delegation) -> Client:
    browser = Client()
    browser.force_login(coordinator(delegation))
    return browser


def everything() -> list[dict[str, object]]:
    return list(Participant.objects.order_by("pk").values())


def test_people_are_saved_and_the_page_says_so(client, delegation):
    head = delegation.participants.get()

    response = client.post(
        delegation.get_absolute_url(),
        form_of(
            delegation, stored_row(head), row(given_names="Ana", family_names="Dos"), remarks="Late arrival."
        ),
        follow=True,
    )

    assert [str(one) for one in delegation.participants.all()] == [str(head), "Ana Dos"]
    assert [str(message) for message in response.context["messages"]] == ["Draft saved."]
    assert Delegation.objects.get().remarks == "Late arrival."


def test_save_and_check_goes_on_to_the_check(client, delegation):
    assert post(client, delegation, row(), action="check").url == f"{delegation.get_absolute_url()}check/"


def test_language_switch_saves_first(client, delegation):
    response = post(client, delegation, row(), action="language-es")

    assert response.url == f"/es/desk/delegations/{delegation.pk}/"
    assert delegation.participants.count() == 2


@pytest.mark.parametrize("language", ["xx", "/evil.example", "../../../tmp/fr", "\0"])
def test_switch_to_a_language_that_there_is_not_keeps_the_present_one(client, delegation, language):
    response = post(client, delegation, row(), action=f"language-{language}")

    assert response.url == delegation.get_absolute_url()


@pytest.mark.parametrize("place", ["7", "-1", "0x0", "9" * 5000, "\0"])
def test_striking_a_row_that_there_is_not_changes_nothing(client, delegation, place):
    response = post(client, delegation, row(), action=f"remove:{place}")

    assert [form["remove"].value() for form in response.context["draft"].people] == [""]


def test_draft_may_be_incomplete(client, delegation):
    post(
        client,
        delegation,
        {"role": "delegate", "gender": "not_stated", "given_names": "", "family_names": "Três"},
    )

    assert delegation.participants.last().family_names == "Três"


NAMES = {
    "Arabic": ("محمد", "الفاسي"),
    "Chinese": ("小明", "王"),
    "Cyrillic": ("Анна", "Щербакова"),
    "Devanagari with joiner": ("क्‍षमा", "शर्मा"),
    "Persian with non-joiner": ("علی‌رضا", "حسینی"),
    "Greek": ("Ελένη", "Παπαδοπούλου"),
    "Hebrew": ("שרה", "כהן"),
    "apostrophes and hyphens": ("Jean-Noël", "O’Brien-d'Ávila"),
    "one letter": ("X", "Y"),
    "suffix": ("John 3rd", "Smith, Jr."),
    "longest": ("a" * 120, "b" * 120),
}


@pytest.mark.parametrize("script", NAMES)
def test_names_of_every_script_are_kept_as_typed(client, delegation, script):
    given, family = NAMES[script]

    post(client, delegation, row(given_names=given, family_names=family))

    saved = delegation.participants.last()
    assert (saved.given_names, saved.family_names) == (given, family)


CLEANED = {
    "spaces": ("  Ana \t María ", "Ana María"),
    "no-break space": ("Ana\u00a0María", "Ana María"),
    "line break": ("Ana\r\nMaría", "Ana María"),
    "decomposed accent": ("Jose\u0301", "José"),
    "soft hyphen": ("Mar\u00adía", "María"),
    "zero-width space": ("Ana\u200b", "Ana"),
    "byte-order mark": ("\ufeffAna", "Ana"),
    "right-to-left mark": ("\u200fAna\u200e", "Ana"),
    "embedding of direction": ("\u202aAna\u202c", "Ana"),
    "isolates": ("\u2067Ana\u2069", "Ana"),
}


@pytest.mark.parametrize("what", CLEANED)
def test_what_a_paste_carries_along_is_cleaned(client, delegation, what):
    typed, kept = CLEANED[what]

    post(client, delegation, row(given_names=typed))

    assert delegation.participants.last().given_names == kept


UNPRINTABLE = "This contains a character that cannot be printed (U+%s). Please type the text again."
REFUSED = {
    "null": ("given_names", "A\x00na", UNPRINTABLE % "0000"),
    "bell": ("family_names", "Ana\x07", UNPRINTABLE % "0007"),
    "escape": ("function", "\x1b[31mMember", UNPRINTABLE % "001B"),
    "override of direction": ("given_names", "\u202eanA", UNPRINTABLE % "202E"),
    "private sign": ("badge_name", "Ana \ue000", UNPRINTABLE % "E000"),
    "unreadable sign": ("given_names", "An\ufffd", UNPRINTABLE % "FFFD"),
    "tag sign": ("given_names", "Ana\U000e0041", UNPRINTABLE % "E0041"),
    "overlong name": ("given_names", "a" * 121, "Ensure this value has at most 120 characters (it has 121)."),
    "overlong function": (
        "function",
        "a" * 201,
        "Ensure this value has at most 200 characters (it has 201).",
    ),
    "overlong badge": ("badge_name", "a" * 81, "Ensure this value has at most 80 characters (it has 81)."),
    "no letter": ("family_names", "–", "Write the name in letters, or leave the field empty."),
    "digits": ("badge_name", "007", "Write the name in letters, or leave the field empty."),
    "role": ("role", "president", "Select a valid choice. president is not one of the available choices."),
    "no role": ("role", "", "This field is required."),
    "gender": ("gender", "x", "Select a valid choice. x is not one of the available choices."),
    "honorific": ("honorific", "king", "Select a valid choice. king is not one of the available choices."),
    "address": ("email", "no address", "Enter a valid email address."),
    "address with a line break": ("email", "a@p.example\nBcc: b@p.example", "Enter a valid email address."),
}


@pytest.mark.parametrize("what", REFUSED)
def test_bad_field_is_refused_at_the_field_and_keeps_what_was_typed(client, delegation, what):
    name, value, sentence = REFUSED[what]
    before = everything()

    response = post(client, delegation, row(**{name: value}))

    form = response.context["draft"].people[0]
    assert list(form.errors[name]) == [sentence]
    assert form["function"].value() == (value if name == "function" else "Member")
    assert "<title>Error: " in response.content.decode()
    assert f'href="#id_people-0-{name}"' in response.content.decode()
    assert everything() == before


def test_nameless_person_is_refused_at_the_name(client, delegation):
    head = delegation.participants.get()

    response = post(client, delegation, stored_row(head, given_names="", family_names=" "))

    assert list(response.context["draft"].people[0].errors["given_names"]) == [
        "Enter the given names, the family names or both, or remove this person."
    ]


def test_second_head_is_refused_at_its_role(client, delegation):
    response = post(client, delegation, row(role="head"), row(role="head"))

    assert list(response.context["draft"].people[1].errors["role"]) == [
        "A delegation has one head: choose another role for the others."
    ]


def test_head_whom_the_form_does_not_name_is_counted(client, delegation):
    response = post(client, delegation, row(role="head"))

    assert (
        str(response.context["refusal"]) == "A delegation has one head: choose another role for the others."
    )
    assert delegation.participants.count() == 1


def test_empty_row_is_left_out(client, delegation):
    post(client, delegation, {"role": "delegate", "gender": "not_stated", "given_names": "  "})

    assert delegation.participants.count() == 1


def hostile_posts(delegation: Delegation) -> dict[str, dict[str, str]]:
    """Posts that no browser sends, each of which must change nothing and get an answer."""
    other = ParticipantFactory(delegation=DelegationFactory())
    good = form_of(delegation, row())
    return {
        "nothing": {},
        "no count of rows": {name: value for name, value in good.items() if "TOTAL" not in name},
        "count in words": good | {"people-TOTAL_FORMS": "many"},
        "enormous count": good | {"people-TOTAL_FORMS": "9" * 40},
        "too many rows": form_of(delegation, *[row()] * 61),
        "no version": {name: value for name, value in good.items() if name != "version"},
        "version in words": good | {"version": "latest"},
        "negative version": good | {"version": "-1"},
        "enormous version": good | {"version": "9" * 40},
        "older version": good | {"version": "999"},
        "another delegation's person": form_of(delegation, row(pk=str(other.pk))),
        "another delegation's person, removed": form_of(delegation, row(pk=str(other.pk), remove="1")),
        "person in words": form_of(delegation, row(pk="one")),
        "negative person": form_of(delegation, row(pk="-1")),
        "enormous person": form_of(delegation, row(pk="9" * 40)),
        "null person": form_of(delegation, row(pk="\x00")),
        "strange person, removed": form_of(delegation, row(pk="one", remove="1")),
        "person twice": form_of(delegation, *[row(pk=str(delegation.participants.get().pk))] * 2),
        "null in the remarks": good | {"remarks": "a\x00b"},
        "overlong remarks": good | {"remarks": "a" * 2001},
    }


HOSTILE = (
    "nothing", "no count of rows", "count in words", "enormous count", "too many rows",
    "no version", "version in words", "negative version", "enormous version", "older version",
    "another delegation's person", "another delegation's person, removed", "person in words", "negative person",
    "enormous person", "null person", "strange person, removed", "person twice", "null in the remarks",
    "overlong remarks",
)  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_post_is_answered_with_the_form_and_writes_nothing(client, delegation, what):
    data = hostile_posts(delegation)[what]
    before = everything(), list(Delegation.objects.order_by("pk").values())

    response = client.post(delegation.get_absolute_url(), data)

    assert response.status_code == 200
    assert "<title>Error: " in response.content.decode()
    assert (everything(), list(Delegation.objects.order_by("pk").values())) == before


def test_every_hostile_post_is_tried(delegation):
    assert tuple(hostile_posts(delegation)) == HOSTILE


@pytest.mark.parametrize(
    "action",
    [
        "",
        "nonsense",
        "remove:",
        "remove:99",
        "remove:-1",
        "restore:x",
        "drop:0",
        "add:0",
        "remove:²",
        ":",
        "\x00",
    ],
)
def test_unknown_action_loses_nothing(client, delegation, action):
    head = delegation.participants.get()

    response = post(client, delegation, stored_row(head), row(given_names="Kept"), action=action)

    assert response.status_code in {200, 302}
    if response.status_code == 200:
        assert response.context["draft"].people[1]["given_names"].value() == "Kept"
    assert delegation.participants.filter(pk=head.pk).exists()


def test_adding_a_person_keeps_everything_typed_and_checks_nothing(client, delegation):
    typed = row(given_names="", family_names="", email="half@", function="Mem")

    response = post(client, delegation, typed, action="add", remarks="Half a sent")

    form = response.context["draft"]
    assert [one["email"].value() for one in form.people] == ["half@", None]
    assert form.details["remarks"].value() == "Half a sent"
    assert "error-summary" not in response.content.decode()
    assert "autofocus" in str(form.people[1]["role"])
    assert delegation.participants.count() == 1


def test_adding_stops_at_the_limit(client, delegation):
    response = post(client, delegation, *[row()] * 60, action="add")

    assert len(response.context["draft"].people.forms) == 60


def test_removal_can_be_undone_until_it_is_saved(client, delegation):
    head = delegation.participants.get()

    struck = post(client, delegation, stored_row(head, function="Changed"), action="remove:0")
    back = post(client, delegation, stored_row(head, function="Changed", remove="1"), action="restore:0")
    saved = post(client, delegation, stored_row(head, remove="1"))

    assert [one.is_removed for one in struck.context["draft"].people] == [True]
    assert struck.context["draft"].people[0]["function"].value() == "Changed"
    assert [one.is_removed for one in back.context["draft"].people] == [False]
    assert saved.status_code == 302
    assert not delegation.participants.exists()


def test_struck_row_is_not_checked(client, delegation):
    response = post(client, delegation, row(given_names="\x00", email="half@", remove="1"))

    assert response.status_code == 302
    assert delegation.participants.count() == 1


def test_names_of_others_are_not_remembered_by_the_browser(client, delegation):
    page = client.get(delegation.get_absolute_url()).content.decode()

    for name in ("given_names", "family_names", "badge_name", "function", "email"):
        field = page.split(f'name="people-0-{name}"')[1].split(">")[0]
        assert 'autocomplete="off"' in field


def test_hostile_name_is_shown_as_text(client, delegation):
    Participant.objects.update(given_names="<script>alert(1)</script>", family_names="{{ 7*7 }}")

    page = client.get(delegation.get_absolute_url()).content.decode()

    assert "<script>alert" not in page
    assert "{{ 7*7 }}" in page
