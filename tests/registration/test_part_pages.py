"""The pages around the people: overview, details, files, check, privacy notice, withdrawing."""

import io
import shutil
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from PIL import Image

from accounts.models import AuditEntry
from registration.fields import ASSEMBLY, rows_of
from registration.models import Acceptance, Delegation, Participant, Upload
from tests.attachments.samples import archive, pdf
from tests.factories import (
    DeclarationFactory,
    EventMemberFactory,
    ParticipantFactory,
    PlacesFactory,
    StaffFactory,
    UserFactory,
)
from tests.registration.browser import browser_of
from tests.registration.pictures import encoded, halves, header_bomb, portrait, uploaded
from tests.registration.samples import coordinator, draft
from tests.registration.test_parts import over

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_disk() -> None:
    shutil.rmtree(settings.FILES_ROOT / "registration", ignore_errors=True)


@pytest.fixture
def delegation() -> Delegation:
    """A draft of two people at an event that asks everything an Assembly asks, and copies of passports."""
    made = draft(people=2)
    for row in rows_of(made.event, ASSEMBLY | {"passport": "optional"}):
        row.save()
    made.participants.update(gender="woman", birth_date="1971-03-27")
    return made


@pytest.fixture
def client(delegation) -> Client:
    return browser_of(coordinator(delegation))


def address(name: str, *arguments: object) -> str:
    return reverse(f"registration:{name}", args=arguments)


def text_of(response: Any) -> str:
    return response.content.decode()


def said(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def send(
    client: Client, delegation: Delegation, kind: str = "photo", data: bytes | None = None, **fields: str
) -> Any:
    person = delegation.participants.first()
    route = ("upload_delegation", delegation.pk, kind)
    if kind != "nomination":
        route = ("upload_person", delegation.pk, person.pk, kind)
    name = fields.pop("name", "letter.pdf" if kind == "nomination" else "portrait.jpg")
    data = data if data is not None else pdf() if kind == "nomination" else portrait()
    return client.post(address(*route), {"file": uploaded(data, name)} | fields, follow=True)


def kept(client: Client, delegation: Delegation, kind: str) -> Upload:
    send(client, delegation, kind)
    return Upload.objects.get(kind=kind)


def complete(delegation: Delegation) -> None:
    """Everything that the first round demands is there."""
    for person in delegation.participants.all():
        Upload.objects.create(delegation=delegation, participant=person, kind="photo", size=1, name="x.jpg")


def submission(delegation: Delegation, **fields: object) -> dict[str, object]:
    people = list(delegation.participants.values_list("pk", flat=True))
    delegation.refresh_from_db()
    return {"version": delegation.version, "people": people, "privacy_read": "on"} | fields


# Overview


def test_overview_lists_the_parts_with_their_states(client, delegation):
    page = client.get(delegation.get_absolute_url())

    assert [
        (str(task.title), str(task.state), task.sentences) for task in page.context["overview"].tasks()
    ] == [
        ("Delegation", "optional", ["0 of 7 fields filled in"]),
        ("People", "complete", ["2 of 2 people complete"]),
        (
            "Photographs and documents",
            "not started",
            ["0 of 2 photographs", "0 of 2 copies of the passport", "no proof of nomination yet"],
        ),
        ("Travel and needs", "not started", ["0 of 2 people with travel details"]),
        ("Check and submit", "not started", ["2 things to mend first"]),
    ]


def test_overview_of_a_workshop_has_no_files_and_no_travel():
    delegation = draft()

    page = browser_of(coordinator(delegation)).get(delegation.get_absolute_url())

    parts = [str(task.part) for task in page.context["overview"].tasks()]
    assert parts == ["details", "people", "check"]


def test_every_missing_thing_leads_to_where_it_is_mended(client, delegation):
    overview = client.get(delegation.get_absolute_url()).context["overview"]

    for _verdict, link in overview.to_mend["block"] + overview.to_mend["warn"]:
        assert client.get(link.partition("#")[0]).status_code == 200


@pytest.mark.parametrize("count", [1, 20])
def test_overview_query_count_is_flat(count, django_assert_max_num_queries):
    delegation = draft(people=count)
    browser = browser_of(coordinator(delegation))

    with django_assert_max_num_queries(22):
        browser.get(delegation.get_absolute_url())


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("submitted", "Received, not confirmed yet"),
        ("confirmed", "The delegation is registered."),
        ("returned", "Add the functions."),
        ("rejected", "Not accepted"),
        ("withdrawn", "The delegation does not come."),
    ],
)
def test_overview_says_what_became_of_it(client, delegation, status, words):
    Delegation.objects.update(status=status, reason="Add the functions.")

    assert words in text_of(client.get(delegation.get_absolute_url()))


def test_officer_is_told_whose_behalf_it_is(delegation):
    page = text_of(browser_of(StaffFactory()).get(delegation.get_absolute_url()))

    assert f"You act on behalf of {delegation.organisation.name_en}." in page


def test_after_the_close_the_button_asks_for_late_registration(client, delegation):
    over(delegation)

    page = text_of(client.get(delegation.get_absolute_url()))

    assert "Request late registration" in page
    assert f'class="button" href="{address("check", delegation.pk)}"' not in page


# Who may


PAGES = ("details", "documents", "check", "privacy", "withdraw")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_stranger_and_organiser_get_not_found(delegation, name, method):
    for user in (UserFactory(), EventMemberFactory(event=delegation.event).user):
        for pk in (delegation.pk, 10**15):
            assert getattr(browser_of(user), method)(address(name, pk)).status_code in {404, 405}


@pytest.mark.parametrize("name", PAGES)
def test_second_coordinator_sees_the_same_pages(delegation, name):
    second = UserFactory()
    delegation.coordinators.add(second)

    assert browser_of(second).get(address(name, delegation.pk)).status_code == 200


def test_file_is_for_the_delegation_and_the_secretariat(client, delegation):
    upload = kept(client, delegation, "photo")

    answers = [
        browser_of(user).get(upload.get_absolute_url())
        for user in (coordinator(delegation), StaffFactory(), UserFactory(), coordinator(draft()))
    ]

    assert [(answer.status_code, bool(answer.getvalue())) for answer in answers[:2]] == [(200, True)] * 2
    assert [answer.status_code for answer in answers[2:]] == [404, 404]


def test_file_is_not_found_under_another_delegation(client, delegation):
    upload, other = kept(client, delegation, "photo"), draft()
    other.coordinators.set([coordinator(delegation)])

    assert client.get(address("upload", other.pk, upload.pk)).status_code == 404


def test_visitor_is_asked_to_sign_in_for_files_that_exist_and_do_not(client, delegation):
    upload = kept(client, delegation, "photo")

    for pk in (upload.pk, 10**15):
        path = address("upload", delegation.pk, pk)
        assert Client().get(path).url == f"/en/account/login/?next={path}"


# Details


def test_details_are_saved_and_lead_back(client, delegation):
    landed = client.post(
        address("details", delegation.pk),
        {"version": delegation.version, "composition": "Four members", "expected_number": "6"},
        follow=True,
    )

    assert said(landed) == ["The details of the delegation are saved."]
    assert landed.redirect_chain[-1][0] == delegation.get_absolute_url()
    assert Delegation.objects.values_list("composition", "expected_number").get() == ("Four members", 6)


def test_language_switch_saves_the_details_first(client, delegation):
    response = client.post(
        address("details", delegation.pk),
        {"version": delegation.version, "remarks": "Kept", "action": "language-es"},
    )

    assert response.url == f"/es/desk/delegations/{delegation.pk}/details/"
    assert Delegation.objects.get().remarks == "Kept"


def test_second_tab_is_told_what_was_saved_and_keeps_what_was_typed(client, delegation):
    path, shown = address("details", delegation.pk), delegation.version
    client.post(path, {"version": shown, "remarks": "First tab"})

    second = client.post(path, {"version": shown, "remarks": "Second tab"})
    again = client.post(path, {"version": second.context["form"].shown_version, "remarks": "Second tab"})

    assert "Remarks – saved there: “First tab”" in text_of(second).replace("remarks –", "Remarks –")
    assert second.context["form"]["remarks"].value() == "Second tab"
    assert again.status_code == 302
    assert Delegation.objects.get().remarks == "Second tab"


def test_refused_details_keep_what_was_typed(client, delegation):
    typed = {"version": "1", "expected_number": "-3", "second_contact_email": "nobody", "remarks": "Kept"}

    page = client.post(address("details", delegation.pk), typed)

    assert sorted(page.context["form"].errors) == ["expected_number", "second_contact_email"]
    assert "<title>Error: " in text_of(page)
    assert [page.context["form"][name].value() for name in ("expected_number", "remarks")] == ["-3", "Kept"]
    assert Delegation.objects.get().remarks == ""


def test_details_of_a_submitted_delegation_are_read_after_the_close(client, delegation):
    Delegation.objects.update(status="submitted")
    over(delegation)

    page = text_of(client.get(address("details", delegation.pk)))

    assert "This can no longer be changed here." in page
    assert "<textarea" not in page


# Files


def test_portrait_is_kept_cut_and_shown(client, delegation):
    landed = send(client, delegation)

    upload = Upload.objects.get()
    shown = client.get(upload.get_absolute_url())
    content = b"".join(shown.streaming_content)
    assert said(landed) == ["The file has been saved."]
    assert Image.open(io.BytesIO(content)).size == (600, 800)
    assert f'src="{upload.get_absolute_url()}"' in text_of(landed)


HEADERS = ("Content-Type", "Content-Disposition", "X-Content-Type-Options", "Content-Security-Policy")
SENT = {
    "photo": ("image/jpeg", 'inline; filename="portrait.jpg"', "nosniff", "sandbox"),
    "passport": ("image/jpeg", 'attachment; filename="portrait.jpg"', "nosniff", "sandbox"),
    "nomination": ("application/pdf", 'attachment; filename="letter.pdf"', "nosniff", "sandbox"),
}


@pytest.mark.parametrize("kind", SENT)
def test_file_is_sent_sealed(client, delegation, kind):
    response = client.get(kept(client, delegation, kind).get_absolute_url())

    response.getvalue()  # which closes the file
    assert tuple(response[name] for name in HEADERS) == SENT[kind]
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))


def test_file_is_left_to_nginx_where_there_is_one(client, delegation, settings):
    upload = kept(client, delegation, "photo")
    settings.ACCEL_LOCATION = "/protected/"

    assert client.get(upload.get_absolute_url())["X-Accel-Redirect"] == f"/protected/{upload.file.name}"


def test_opening_a_passport_is_noted(client, delegation):
    upload, officer = kept(client, delegation, "passport"), StaffFactory()

    browser_of(officer).get(upload.get_absolute_url()).getvalue()

    entry = AuditEntry.objects.filter(verb="upload.opened").get()
    assert (entry.actor_id, entry.object_id) == (officer.pk, delegation.pk)


HOSTILE = {
    "archive": archive(a="b"),
    "bomb": header_bomb(),
    "truncated": encoded(halves(), quality=95)[:5000],
    "nothing": b"",
    "too large": b"\xff\xd8\xff" + b"\0" * (50 * 1024 * 1024),
    "page": b"<html><script>alert(1)</script>",
}


@pytest.mark.parametrize("kind", ["photo", "passport", "nomination"])
@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_file_is_refused_at_the_field(client, delegation, kind, case):
    page = send(client, delegation, kind, HOSTILE[case], name="portrait.jpg")

    (error,) = page.context["form"].errors["file"]
    assert error.startswith("“portrait.jpg” was not accepted: ")
    assert "<title>Error: " in text_of(page)
    assert Upload.objects.count() == 0


def test_form_without_a_file_asks_for_one(client, delegation):
    person = delegation.participants.first()

    page = client.post(address("upload_person", delegation.pk, person.pk, "photo"), {})

    assert page.context["form"].errors["file"] == ["Choose a file first."]


@pytest.mark.parametrize("kind", ["nomination", "virus", "../photo", "PHOTO"])
def test_file_of_a_kind_that_no_person_has_is_not_found(client, delegation, kind):
    path = f"{address('documents', delegation.pk)}{delegation.participants.first().pk}/{kind}/"

    assert client.get(path).status_code == 404


def test_person_of_another_delegation_is_not_found(client, delegation):
    stranger = ParticipantFactory()

    path = address("upload_person", delegation.pk, stranger.pk, "photo")

    assert [client.get(path).status_code, client.post(path, {"file": uploaded(portrait())}).status_code] == [
        404,
        404,
    ]


def test_saving_goes_on_to_the_next_person_without_a_photograph(client, delegation):
    second = delegation.participants.last()

    landed = send(client, delegation, action="next")

    assert landed.redirect_chain[-1][0] == address("upload_person", delegation.pk, second.pk, "photo")


def test_file_is_removed_after_a_question(client, delegation):
    upload = kept(client, delegation, "photo")
    path = address("upload_remove", delegation.pk, upload.pk)

    asked = client.get(path)
    landed = client.post(path, follow=True)

    assert "The file is deleted at once" in text_of(asked)
    assert said(landed) == ["The file has been removed."]
    assert Upload.objects.count() == 0


# Check


def test_check_page_names_what_is_missing_and_has_no_button(client, delegation):
    page = text_of(client.get(address("check", delegation.pk)))

    assert "2 things are missing" in page
    assert "Submit registration" not in page


def test_some_are_sent_and_the_others_stay_drafts(client, delegation):
    complete(delegation)
    head, other = delegation.participants.all()

    client.post(address("check", delegation.pk), submission(delegation, people=[head.pk]))

    assert list(delegation.participants.values_list("status", flat=True)) == ["submitted", "draft"]
    assert f'value="{other.pk}"' not in text_of(client.get(address("check", delegation.pk)))


def test_nobody_chosen_is_refused_with_the_boxes_as_they_were(client, delegation):
    complete(delegation)

    page = client.post(address("check", delegation.pk), submission(delegation, people=[]))

    assert page.context["form"].errors["people"] == ["Choose at least one person."]
    assert [ticked for _person, ticked in page.context["form"].rows] == [False, False]


def test_person_of_another_delegation_cannot_be_sent(client, delegation):
    complete(delegation)
    stranger = ParticipantFactory()

    page = client.post(address("check", delegation.pk), submission(delegation, people=[stranger.pk]))

    assert list(page.context["form"].errors) == ["people"]
    assert Participant.objects.get(pk=stranger.pk).status == "draft"


def test_declarations_are_stored_with_their_version(client, delegation):
    complete(delegation)
    required = DeclarationFactory(event=delegation.event, version=3)
    optional = DeclarationFactory(event=delegation.event, is_required=False, kind="photos", order=1)

    client.post(
        address("check", delegation.pk), submission(delegation, **{f"declaration-{required.pk}": "on"})
    )

    stored = Acceptance.objects.order_by("declaration").values_list(
        "declaration", "version", "accepted", "user"
    )
    user = coordinator(delegation).pk
    assert list(stored) == [(required.pk, 3, True, user), (optional.pk, 1, False, user)]


def test_declaration_that_must_be_accepted_is_asked_for_at_its_box(client, delegation):
    complete(delegation)
    required = DeclarationFactory(event=delegation.event)

    page = client.post(address("check", delegation.pk), submission(delegation))

    assert page.context["form"].errors == {
        f"declaration-{required.pk}": ["Read this and tick the box before you submit."]
    }
    assert "Be kind." in text_of(page)
    assert Delegation.objects.get().status == "draft"


def test_too_few_places_are_told_before_submitting(client, delegation):
    PlacesFactory(event=delegation.event, places=1)

    page = text_of(client.get(address("check", delegation.pk)))

    assert "Everybody: 1 place is left, and 2 are wanted." in page


def test_version_of_an_older_page_submits_nothing(client, delegation):
    complete(delegation)
    data = submission(delegation)
    Delegation.objects.update(version=7)

    page = client.post(address("check", delegation.pk), data)

    assert "has been saved again since this page was opened" in text_of(page)
    assert Delegation.objects.get().status == "draft"


# Privacy notice and withdrawing


def test_privacy_notice_names_every_field_that_is_asked(client, delegation):
    page = text_of(client.get(address("privacy", delegation.pk)))

    assert page.count("<tr>") == len(ASSEMBLY) + 1 + 1  # the copy of the passport, and the head of the table
    assert "until 7 days after the event" in page


def test_withdrawing_asks_first_and_keeps_what_was_entered(client, delegation):
    path = address("withdraw", delegation.pk)

    asked = client.get(path)
    landed = client.post(path, {"version": delegation.version}, follow=True)

    assert "its 2 people lose their places" in text_of(asked)
    assert said(landed) == ["The registration has been withdrawn. The secretariat knows."]
    assert (Delegation.objects.get().status, delegation.participants.count()) == ("withdrawn", 2)


@pytest.mark.parametrize("version", ["", "x", "99", "\0"])
def test_withdrawing_another_version_changes_nothing(client, delegation, version):
    page = client.post(address("withdraw", delegation.pk), {"version": version})

    assert "Nothing was changed" in text_of(page)
    assert Delegation.objects.get().status == "draft"
