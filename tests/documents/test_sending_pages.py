"""The review queue and the tracker, used by the secretariat and the event's team."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documents import services
from documents.models import Delivery, Document
from documents.pages.tracking import Stage, tracks
from events.models import Event
from jobs import services as job_services
from jobs.models import OutgoingMail, State
from registration.models import Invitation
from tests.documents.issuing import invite_with_letter, letter_for
from tests.factories import DelegationFactory

pytestmark = pytest.mark.django_db
REVIEW = "/en/desk/events/workshop/documents/sending/review/"
TRACKER = "/en/desk/events/workshop/documents/sending/"


@pytest.fixture
def drafts(event, actor):
    """Mails to three parliaments in the review queue."""
    for code, group in (("CL", "GRULAC"), ("GB", "Twelve Plus"), ("UY", "GRULAC")):
        invite_with_letter(event, code, group=group)
    return services.compose_issue(event=event, actor=actor).mails


def states():
    return [mail.state for mail in OutgoingMail.objects.order_by("pk")]


def said(response):
    return [str(message) for message in response.context["messages"]]


def test_mails_are_written_with_the_copies_asked_for(client, organiser, event):
    invite_with_letter(event, "UY")

    page = client.post(
        REVIEW, {"prepare": "", "languages": "own", "cc": "a@unit.example, b@unit.example"}, follow=True
    )

    assert said(page) == ["1 mail is ready to be read."]
    assert OutgoingMail.objects.get().cc == ["a@unit.example", "b@unit.example"]


def test_wrong_address_for_copies_writes_nothing_and_is_named(client, organiser, event):
    invite_with_letter(event, "UY")

    page = client.post(REVIEW, {"prepare": "", "languages": "own", "cc": "a@unit.example nobody"})

    assert page.context["form"].errors == {"cc": ["“nobody” is not an e-mail address."]}
    assert not OutgoingMail.objects.exists()


def test_review_shows_each_mail_with_its_letter_and_the_problems(client, organiser, event, drafts):
    invite_with_letter(event, "XX", contacts=0)

    page = client.get(REVIEW)

    assert [row.mail.pk for row in page.context["queue"].rows] == [mail.pk for mail in drafts]
    assert [(problem.value, len(those)) for problem, those in page.context["queue"].left_out] == [
        ("no-contact", 1)
    ]


def test_review_of_one_region_shows_and_sends_that_region_only(client, organiser, event, drafts):
    page = client.get(REVIEW, {"region": "GRULAC"})
    shown = [row.mail.pk for row in page.context["queue"].rows]

    client.post(f"{REVIEW}?region=GRULAC", {"send_all": "", "shown": shown})

    assert len(shown) == 2
    assert states() == [State.QUEUED, State.DRAFT, State.QUEUED]


def test_only_ticked_mails_are_sent(client, organiser, drafts):
    keys = [mail.pk for mail in drafts]

    page = client.post(REVIEW, {"send": "", "shown": keys, "picked": keys[:1]}, follow=True)

    assert said(page) == ["1 mail leaves within about 1 min."]
    assert states() == [State.QUEUED, State.DRAFT, State.DRAFT]


def test_mails_sent_twice_are_sent_once(client, organiser, drafts):
    keys = [mail.pk for mail in drafts]
    client.post(REVIEW, {"send_all": "", "shown": keys})

    page = client.post(REVIEW, {"send_all": "", "shown": keys}, follow=True)

    assert said(page)[-1] == "0 mails leave within about 0 min."
    assert states() == [State.QUEUED] * 3


@pytest.mark.parametrize("number", ["9" * 5000, "9" * 19, "٣", "-1", "\0", ""])
def test_number_that_no_row_has_sends_nothing(client, organiser, event, drafts, number):
    client.post(REVIEW, {"send": "", "picked": number})
    client.post(f"{TRACKER}to/UY/again/", {"seen": number})
    stale = client.post("/en/desk/events/workshop/documents/stale/", {"picked": number, "date": "2026-04-23"})

    assert stale.status_code == 302
    assert states() == [State.DRAFT] * 3


@pytest.mark.parametrize("day", ["0001-01-01", "1979-12-31", "2108-01-01", "9999-12-31"])
def test_day_that_no_file_can_bear_is_refused(client, organiser, event, drafts, day):
    page = client.post(f"{TRACKER}to/UY/reissue/", {"date": day})

    assert len(page.context["form"].errors["date"]) == 1
    assert not event.batches.exists()


def test_address_with_a_sign_that_no_code_has_is_not_found(client, organiser):
    assert client.get(f"{TRACKER}to/UY%00/").status_code == 404


def test_letter_whose_file_is_lost_is_not_found_and_made_again(client, organiser, drafts, files, sent_tasks):
    letter = Document.objects.get(subject="UY")

    with sent_tasks() as tasks:
        answer = client.get(letter.get_absolute_url())

    assert (answer.status_code, tasks) == (404, [("documents.restore", letter.pk)])


def test_discarded_mails_are_taken_back_and_the_others_stay(client, organiser, drafts):
    keys = [mail.pk for mail in drafts]

    client.post(REVIEW, {"discard": "", "shown": keys, "picked": keys[1:]})

    assert states() == [State.DRAFT, State.CANCELLED, State.CANCELLED]


def test_nobody_is_ticked_where_none_was_asked(client, organiser, drafts):
    ticked = client.get(REVIEW).content.decode().count(" checked>")
    none = client.get(REVIEW, {"none": "1"}).content.decode().count(" checked>")

    assert ticked - none == 3


def test_mail_is_shown_with_its_words_but_not_with_the_link(client, organiser, event, drafts):
    page = client.get(reverse("documents:mail", args=["workshop", drafts[0].pk]))

    assert page.context["mail"] == drafts[0]
    assert "[personal link]" in page.content.decode()


@pytest.mark.parametrize("count", [1, 5])
def test_review_takes_as_many_queries_for_one_mail_as_for_many(
    client, organiser, event, actor, count, django_assert_max_num_queries
):
    for number in range(count):
        invite_with_letter(event, f"P{number}")
    services.compose_issue(event=event, actor=actor)

    with django_assert_max_num_queries(11):
        client.get(REVIEW)


def test_tracker_counts_letters_by_region(client, organiser, event, drafts, actor):
    services.issue(event=event, mails=drafts, actor=actor)
    first, second, _third = OutgoingMail.objects.order_by("pk")
    OutgoingMail.objects.filter(pk=first.pk).update(state=State.DONE)
    OutgoingMail.objects.filter(pk=second.pk).update(state=State.FAILED)
    Invitation.objects.filter(organisation__code="CL").update(state=Invitation.State.ACCEPTED)
    DelegationFactory(
        event=event, organisation=first.deliveries.get().document.organisation, status="submitted"
    )

    page = client.get(TRACKER)

    (table,) = page.context["tables"]
    assert {row.label: row.numbers for row in table.rows} == {
        "GRULAC": (2, 2, 1, 0, 1, 1, 1),
        "Twelve Plus": (1, 1, 0, 1, 0, 0, 0),
    }
    assert [one.stage for one in tracks(event)] == [Stage.SENT, Stage.FAILED, Stage.QUEUED]


@pytest.mark.parametrize(
    ("language", "regions"),
    [
        ("en", ["Arab", "Eurasia", "GRULAC", "Twelve Plus"]),
        ("es", ["Grupo Árabe", "Grupo Eurasia", "GRULAC", "Grupo Doce Más"]),
    ],
)
def test_regions_stand_in_the_same_order_in_each_language(client, organiser, event, language, regions):
    for code, group in (("CL", "GRULAC"), ("EG", "Arab"), ("GB", "Twelve Plus"), ("AZ", "Eurasia")):
        invite_with_letter(event, code, group=group)

    tracker, review = (client.get(path.replace("/en/", f"/{language}/")) for path in (TRACKER, REVIEW))

    assert tracker.context["regions"] == regions
    assert review.context["queue"].regions == regions


def test_tracker_shows_one_stage_of_one_region(client, organiser, event, drafts):
    letter_for(invite_with_letter(event, "AR", letter=False, group="GRULAC")[0], "en")

    page = client.get(TRACKER, {"region": "GRULAC", "stage": "unsent"})

    assert {
        region: [one.organisation.code for one in those] for region, those in page.context["groups"].items()
    } == {"GRULAC": ["AR"]}


@pytest.mark.parametrize("count", [1, 5])
def test_tracker_takes_as_many_queries_for_one_parliament_as_for_many(
    client, organiser, event, actor, count, django_assert_max_num_queries
):
    for number in range(count):
        invite_with_letter(event, f"P{number}")
    services.compose_issue(event=event, actor=actor)

    with django_assert_max_num_queries(11):
        client.get(TRACKER)


def test_mail_of_a_letter_that_is_void_is_not_offered_to_be_tried_again(client, organiser, event, drafts):
    OutgoingMail.objects.update(state=State.FAILED)
    Document.objects.filter(subject="UY").update(validity=Document.Validity.VOID)

    assert "Try again" not in client.get(f"{TRACKER}to/UY/").content.decode()
    assert "Try again" in client.get(f"{TRACKER}to/CL/").content.decode()


def test_parliament_says_why_its_mail_failed_and_lets_it_be_tried_again(client, organiser, event, drafts):
    OutgoingMail.objects.update(state=State.FAILED, error_code="550", error_text="5.1.1 unknown user")
    page = client.get(f"{TRACKER}to/UY/")

    client.post(f"{TRACKER}to/UY/retry/{drafts[2].pk}/")

    assert "5.1.1 unknown user" in page.content.decode()
    assert states() == [State.FAILED, State.FAILED, State.QUEUED]


def test_letter_is_sent_again_after_a_page_that_says_what_was_sent(client, organiser, event, drafts, actor):
    services.issue(event=event, mails=drafts, actor=actor)
    OutgoingMail.objects.update(state=State.DONE)
    page = client.get(f"{TRACKER}to/UY/again/")

    done = client.post(f"{TRACKER}to/UY/again/", {"seen": page.context["seen"]}, follow=True)

    assert drafts[2].to in page.content.decode()
    assert said(done) == ["1 mail is on its way."]
    assert states() == [State.DONE, State.DONE, State.DONE, State.QUEUED]


def test_second_click_on_send_again_is_told_so(client, organiser, event, drafts, actor):
    services.issue(event=event, mails=drafts, actor=actor)
    seen = client.get(f"{TRACKER}to/UY/again/").context["seen"]
    client.post(f"{TRACKER}to/UY/again/", {"seen": seen})

    again = client.post(f"{TRACKER}to/UY/again/", {"seen": seen}, follow=True)

    assert said(again)[-1] == "Nothing was sent: the letter has been sent in the meantime."


def test_letter_is_declared_void_with_its_reason(client, organiser, event):
    _invitation, letter = invite_with_letter(event, "UY")

    client.post(f"{TRACKER}to/UY/void/{letter.pk}/", {"reason": "Wrong addressee"})

    letter.refresh_from_db()
    assert (letter.validity, letter.void_reason) == (Document.Validity.VOID, "Wrong addressee")
    assert client.get(f"{TRACKER}to/UY/void/{letter.pk}/").status_code == 404


def test_letter_of_another_parliament_is_not_declared_void_here(client, organiser, event):
    invite_with_letter(event, "UY")
    _invitation, other = invite_with_letter(event, "CL")

    assert client.post(f"{TRACKER}to/UY/void/{other.pk}/", {"reason": "Specimen"}).status_code == 404


def test_returned_mail_counts_as_not_delivered(client, organiser, event, drafts, actor):
    services.issue(event=event, mails=drafts, actor=actor)
    OutgoingMail.objects.update(state=State.DONE)

    client.post(f"{TRACKER}to/UY/returned/{drafts[2].pk}/", {"words": "550 5.1.1 User unknown"})

    assert [one.stage for one in tracks(event)] == [Stage.SENT, Stage.SENT, Stage.BOUNCED]
    assert "550 5.1.1 User unknown" in client.get(f"{TRACKER}to/UY/").content.decode()


def test_letter_sent_again_to_a_corrected_address_is_delivered(event, actor):
    invitation, _letter = invite_with_letter(event, "UY")
    services.issue(event=event, mails=services.compose_issue(event=event, actor=actor).mails, actor=actor)
    OutgoingMail.objects.update(state=State.DONE)
    job_services.bounce(mail=OutgoingMail.objects.get(), words="550", actor=actor)
    invitation.organisation.parliament.contacts.update(email="right@parliament.example")

    services.resend(invitation=invitation, seen=Delivery.objects.get().pk, actor=actor)
    OutgoingMail.objects.filter(state=State.QUEUED).update(state=State.DONE)

    assert [one.stage for one in tracks(event)] == [Stage.SENT]


def test_review_of_an_event_that_is_off_says_why_nothing_is_sent(client, organiser, event, drafts):
    Event.objects.filter(pk=event.pk).update(status=Event.Status.CANCELLED)

    page = client.post(REVIEW, {"send_all": "", "shown": [mail.pk for mail in drafts]}, follow=True)

    assert said(page) == ["The event has been cancelled: registrations are no longer accepted."]
    assert states() == [State.DRAFT] * 3


def test_parliament_is_offered_no_letter_to_an_event_that_is_off(client, organiser, event, drafts):
    page = reverse("documents:parliament", args=[event.slug, "UY"])
    order = f'href="{reverse("documents:order", args=[event.slug])}?'
    before = client.get(page).content.decode()
    Event.objects.filter(pk=event.pk).update(status=Event.Status.CANCELLED)

    after = client.get(page).content.decode()

    assert [order in before, order in after] == [True, False]


def test_tracker_reads_neither_the_texts_of_letters_nor_those_of_mails(event, drafts):
    with CaptureQueriesContext(connection) as queries:
        assert [track.stage for track in tracks(event)] == [Stage.DRAFT] * 3

    read = "".join(query["sql"] for query in queries)
    assert ['"snapshot"' in read, '"html"' in read] == [False, False]
