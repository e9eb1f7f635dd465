"""Stale letters are found, replaced, and corrected by mail, even if a process dies in between."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from config.dashboard import open_tasks
from documents import services
from documents.models import Batch, Correction, Delivery, Document
from documents.services import correcting
from documents.staleness import Change, find_event_changes, find_stale
from events.models import Event, Window
from jobs.models import OutgoingMail, State
from registration import links
from registration.models import Invitation
from registration.rules import EventNotHeld
from tests.documents.issuing import deliver_all, make_without_files
from tests.factories import ContactFactory, EventMemberFactory, SessionFactory, WindowFactory
from tests.forms import form_values

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LATER = date(2026, 5, 2)


@pytest.fixture
def letters(event, template, invite, order):
    """Letters to two parliaments, one in both languages. They name the dates, the place and the deadline."""
    WindowFactory(event=event, stage=Window.Stage.REGISTER)
    template.body_en = (
        "<p>We invite {parliament_in_sentence} to {event_in_sentence}, {dates_in_sentence}, {place_in_sentence}.</p>"
        "<p>Please register no later than {deadline},\nby the personal link.</p>"
    )
    template.body_es = (
        "<p>Invitamos a {parliament_in_sentence} a {event_in_sentence}, {dates_in_sentence}, {place_in_sentence}.</p>"
        "<p>El plazo de inscripción vence el {deadline}.</p>"
    )
    template.save()
    for code, language in (("CL", "both"), ("UY", "en")):
        organisation = invite(code, language)
        ContactFactory(parliament=organisation.parliament)
        invitation = Invitation.objects.get(organisation=organisation)
        links.set_fingerprint(invitation).save(update_fields=["token_hash"])
    return make_without_files(order(*(one.organisation for one in Invitation.objects.all())))


@pytest.fixture
def sent(event, actor, letters):
    """The same letters, sent to all."""
    services.issue(event=event, mails=services.compose_issue(event=event, actor=actor).mails, actor=actor)
    deliver_all()
    return letters


def move_by(event, days):
    """Move the event by this number of days."""
    first, last = event.first_day + timedelta(days), event.last_day + timedelta(days)
    Event.objects.filter(pk=event.pk).update(first_day=first, last_day=last)
    event.refresh_from_db()


def replace_all(event, actor):
    documents = event.documents.current()
    return services.replace_and_notify(event=event, documents=documents, date=LATER, actor=actor)


def make_and_go_on():
    """Do the work of the workers and the sweeper."""
    for batch in Batch.objects.filter(state=State.QUEUED):
        make_without_files(batch)
    return services.continue_corrections()


def corrected():
    return list(OutgoingMail.objects.filter(kind="letter_corrected").order_by("language"))


@pytest.mark.parametrize("codes", [["UY"], ["CL", "GB", "UY"]])
def test_letters_ordered_one_by_one_are_compared_in_a_fixed_number_of_queries(
    event, invite, order, codes, django_assert_num_queries
):
    for code in codes:
        make_without_files(order(invite(code)))

    with django_assert_num_queries(12):
        assert find_stale(event.documents) == []


def test_letters_match_as_long_as_nothing_changes(event, letters):
    assert find_stale(event.documents) == []
    assert find_event_changes(event) == ()


def test_new_dates_are_found_in_every_letter_and_language(event, letters):
    move_by(event, 7)

    found = find_stale(event.documents)

    assert [(one.document.subject, one.document.language, one.changes) for one in found] == [
        ("CL", "en", (Change.DATES,)),
        ("UY", "en", (Change.DATES,)),
        ("CL", "es", (Change.DATES,)),
    ]
    assert find_event_changes(event) == (Change.DATES,)


def test_new_venue_deadline_and_words_are_told_apart(event, letters, template):
    Event.objects.filter(pk=event.pk).update(city_en="Kampala", city_es="Kampala")
    place = {one.changes for one in find_stale(event.documents)}
    Event.objects.filter(pk=event.pk).update(city_en=event.city_en, city_es=event.city_es)
    window = Window.objects.get()
    window.set_days(window.first_day, window.last_day + timedelta(3))
    window.save()
    deadline = {one.changes for one in find_stale(event.documents)}
    template.body_en += "<p>Interpretation is provided.</p>"
    template.save()
    both = {(one.document.language, one.changes) for one in find_stale(event.documents)}

    assert place == {(Change.PLACE,)}
    assert deadline == {(Change.DEADLINE,)}
    assert both == {("en", (Change.DEADLINE, Change.TEXT)), ("es", (Change.DEADLINE,))}


def test_new_venue_is_found_in_the_papers_that_name_it(event, letters, order):
    SessionFactory(event=event)
    make_without_files(order(kind=Document.Kind.PROGRAMME, languages="both"))
    Event.objects.filter(pk=event.pk).update(venue_en="Specimen Hall", venue_es="Sala de Muestra")

    assert [(one.document.kind, one.changes) for one in find_stale(event.documents)] == [
        ("programme", (Change.PLACE,)),
        ("programme", (Change.PLACE,)),
    ]


def test_renamed_parliament_makes_its_letter_stale_and_no_other(event, letters):
    organisation = Invitation.objects.get(organisation__code="UY").organisation
    organisation.name_en = "Specimen Assembly"
    organisation.save()

    (one,) = find_stale(event.documents)

    assert (one.document.subject, one.changes) == ("UY", (Change.TEXT,))
    assert "Specimen Assembly" in " ".join(one.after)


def test_replaced_letters_are_mailed_with_what_has_changed_in_the_subject(event, sent, actor):
    move_by(event, 7)
    replace_all(event, actor)

    assert make_and_go_on() == 2

    both, english = corrected()
    assert english.subject == f"Corrected invitation: new dates – {event.title_en}"
    assert (english.state, english.paced) == (State.QUEUED, True)
    assert (both.language, len(both.attachments)) == ("both", 2)
    assert [one.validity for one in Document.objects.filter(pk__in=[one.pk for one in sent])] == [
        Document.Validity.REPLACED
    ] * 3
    new = event.documents.current().order_by("subject", "language")
    assert [(one.subject, one.language, one.date) for one in new] == [
        ("CL", "en", LATER),
        ("CL", "es", LATER),
        ("UY", "en", LATER),
    ]
    assert AuditEntry.objects.filter(verb="letter.corrected").count() == 2
    assert find_stale(event.documents) == []


def test_correction_goes_also_to_whoever_had_a_copy_of_the_letter(event, sent, actor):
    OutgoingMail.objects.filter(language="en").update(cc=["copies@secretariat.example"])
    move_by(event, 7)
    replace_all(event, actor)

    make_and_go_on()

    assert [one.cc for one in corrected()] == [[], ["copies@secretariat.example"]]


def test_sentence_is_shown_whole_wherever_its_source_is_broken(event, letters):
    window = Window.objects.get()
    window.set_days(window.first_day, window.last_day + timedelta(3))
    window.save()

    first = find_stale(event.documents)[0]

    assert [one.endswith(", by the personal link.") for one in (*first.before, *first.after)] == [True, True]


def test_nothing_is_mailed_before_every_letter_of_the_parliament_is_made(event, sent, actor):
    move_by(event, 7)
    first, *_others = replace_all(event, actor)
    make_without_files(first)

    services.continue_corrections()

    assert {mail.language for mail in corrected()} == {"en"}
    assert make_and_go_on() == 1
    assert [mail.language for mail in corrected()] == ["both", "en"]


def test_mails_of_a_worker_that_died_are_written_once_by_whoever_goes_on(event, sent, actor):
    move_by(event, 7)
    replace_all(event, actor)

    assert [make_and_go_on(), services.continue_corrections()] == [2, 0]

    assert len(corrected()) == 2
    assert not Correction.objects.open().exists()


def test_replacing_twice_orders_and_mails_once(event, sent, actor):
    move_by(event, 7)
    replace_all(event, actor)
    replace_all(event, actor)
    make_and_go_on()

    replace_all(event, actor)
    make_and_go_on()

    assert len(corrected()) == 2
    assert event.documents.count() == 6


def test_second_officer_replaces_the_same_letters_without_a_second_mail(event, sent, actor):
    move_by(event, 7)
    replace_all(event, actor)
    replace_all(event, EventMemberFactory(event=event).user)

    make_and_go_on()

    assert len(corrected()) == 2
    assert event.documents.count() == 6


def test_letter_that_was_never_sent_is_replaced_without_a_mail(event, letters, actor):
    move_by(event, 7)
    replace_all(event, actor)

    assert make_and_go_on() == 0

    assert not OutgoingMail.objects.exists()
    assert {one.date for one in event.documents.current()} == {LATER}


def test_mail_that_had_not_left_is_taken_back_and_the_new_letter_is_the_first(event, letters, actor):
    services.issue(event=event, mails=services.compose_issue(event=event, actor=actor).mails, actor=actor)
    move_by(event, 7)
    replace_all(event, actor)

    make_and_go_on()

    assert sorted(OutgoingMail.objects.values_list("kind", "state")) == [
        ("letter", State.CANCELLED),
        ("letter", State.CANCELLED),
        ("letter", State.QUEUED),
        ("letter", State.QUEUED),
    ]
    assert Delivery.objects.live().count() == 3


def test_failed_letter_keeps_its_correction_until_it_is_made(event, sent, actor):
    move_by(event, 7)
    for batch in replace_all(event, actor):
        make_without_files(batch)
    new = event.documents.current().get(subject="UY")
    Document.objects.filter(pk=new.pk).update(state=State.FAILED)

    assert services.continue_corrections() == 1
    Document.objects.filter(pk=new.pk).update(state=State.DONE)

    assert services.continue_corrections() == 1


@pytest.mark.parametrize("failing", ["CL", "UY"])
def test_failed_letters_of_one_parliament_keep_no_place_in_a_round_of_the_sweeper(
    event, sent, actor, failing, monkeypatch
):
    monkeypatch.setattr(correcting, "MAX_AT_ONCE", 1)
    move_by(event, 7)
    for batch in replace_all(event, actor):
        make_without_files(batch)
    event.documents.current().filter(subject=failing).update(state=State.FAILED)

    assert services.continue_corrections() == 1


def test_order_taken_back_ends_its_corrections_without_a_mail(event, sent, actor):
    move_by(event, 7)
    for batch in replace_all(event, actor):
        services.cancel(batch=batch, actor=actor)

    assert services.continue_corrections() == 0

    assert not Correction.objects.open().exists()
    assert len(find_stale(event.documents)) == 3


def test_nothing_is_replaced_for_an_event_that_is_off(event, sent, actor):
    move_by(event, 7)
    Event.objects.filter(pk=event.pk).update(status=Event.Status.CANCELLED)

    with pytest.raises(EventNotHeld):
        replace_all(event, actor)


def test_reissued_letter_is_mailed_though_nothing_has_changed(event, sent, actor):
    invitation = Invitation.objects.get(organisation__code="UY")

    services.reissue(invitation=invitation, date=LATER, actor=actor)
    make_and_go_on()

    (mail,) = corrected()
    assert mail.subject == f"Invitation reissued – {event.title_en}"
    assert event.documents.current().get(subject="UY").date == LATER


def test_page_says_what_has_changed_and_replaces_what_is_ticked(client, event, sent):
    client.force_login(EventMemberFactory(event=event).user)
    move_by(event, 7)
    address = f"/en/desk/events/{event.slug}/documents/stale/"

    page = client.get(address)
    uruguay = event.documents.current().get(subject="UY")
    client.post(address, {"picked": [uruguay.pk], "date": "2026-05-02"})
    make_and_go_on()

    assert page.context["overview"].counts == [(Change.DATES, 3)]
    assert [mail.language for mail in corrected()] == ["en"]
    assert len(find_stale(event.documents)) == 2


@pytest.mark.parametrize(
    ("edited", "said"),
    [
        (lambda _event: {}, []),
        (lambda event: {"first_day": event.first_day - timedelta(1)}, ["new dates"]),
        (lambda _event: {"city_en": "Kampala", "city_es": "Kampala"}, ["new place"]),
        (
            lambda event: {"windows-0-last_day": event.windows.get().last_day + timedelta(1)},
            ["new deadline"],
        ),
    ],
)
def test_event_saved_with_other_facts_leads_to_the_letters_that_no_longer_match(
    client, event, letters, actor, edited, said
):
    client.force_login(actor)
    page = reverse("admin:events_event_change", args=[event.pk])

    answer = client.post(page, form_values(client.get(page)) | edited(event), follow=True)

    told = [str(one) for one in answer.context["messages"] if "no longer match" in str(one)]
    assert [label for label in map(str, Change.labels) if label in "".join(told)] == said
    assert [f"/desk/events/{event.slug}/documents/stale/" in one for one in told] == [True] * len(said)


def test_first_page_of_the_administration_names_events_with_stale_letters(event, letters):
    Event.objects.filter(pk=event.pk).update(status=Event.Status.PUBLISHED)
    before = [need.title for need in open_tasks(timezone.now())]
    move_by(event, 7)
    cache.clear()  # a minute later

    titles = {need.title: need for need in open_tasks(timezone.now())}

    assert "1 event whose documents no longer match" not in before
    assert titles["1 event whose documents no longer match"].rows == [
        (str(event), "new dates", f"/en/desk/events/{event.slug}/documents/stale/")
    ]


def test_first_page_of_the_administration_compares_documents_once_a_minute(event, letters):
    Event.objects.filter(pk=event.pk).update(status=Event.Status.PUBLISHED)
    with CaptureQueriesContext(connection) as first:
        open_tasks(timezone.now())

    with CaptureQueriesContext(connection) as second:
        open_tasks(timezone.now())

    assert [any("documents_template" in query["sql"] for query in each) for each in (first, second)] == [
        True,
        False,
    ]
