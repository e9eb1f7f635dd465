"""The outbox: drafts and their release, copies, attached files, cancelled mails and bounced mails."""

import hashlib

import pytest
from django.core import mail as django_mail
from django.urls import reverse

from accounts.models import AuditEntry
from accounts.privacy import Subject
from jobs import outbox, services
from jobs.models import OutgoingMail, State
from jobs.stores import MAILS
from tests.factories import StaffFactory
from tests.forms import admin_address, next_messages
from tests.jobs.rows import mail, update
from tests.race import at_once

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 ejemplar"
SHA256 = hashlib.sha256(PDF).hexdigest()
LIST = reverse("admin:jobs_outgoingmail_changelist")


@pytest.fixture
def staff(client):
    user = StaffFactory()
    client.force_login(user)
    return user


@pytest.fixture
def stored(monkeypatch):
    """A store that holds one file."""

    def read(sha256):
        if sha256 != SHA256:
            raise FileNotFoundError
        return PDF

    monkeypatch.setitem(outbox.files, "test", read)


def claim(job):
    return OutgoingMail.objects.claim(job.pk)


def test_draft_is_sent_by_nobody():
    job = mail(state=State.DRAFT)

    assert (claim(job), list(OutgoingMail.objects.due())) == (None, [])


def test_release_lets_drafts_leave_and_nothing_else():
    drafts, done = [mail(state=State.DRAFT) for _number in range(2)], update(mail(), state=State.DONE)
    actor = StaffFactory()

    assert services.release(mails=[*drafts, done], actor=actor) == 2

    states = [OutgoingMail.objects.get(pk=one.pk).state for one in (*drafts, done)]
    assert states == [State.QUEUED, State.QUEUED, State.DONE]
    entries = AuditEntry.objects.values_list("verb", "object_id", "actor_id")
    assert sorted(entries) == [("mail.released", one.pk, actor.pk) for one in drafts]


@pytest.mark.django_db(transaction=True)
def test_release_by_five_at_once_happens_once():
    draft, actor = mail(state=State.DRAFT), StaffFactory()

    assert sorted(at_once(5, lambda: services.release(mails=[draft], actor=actor))) == [0, 0, 0, 0, 1]
    assert AuditEntry.objects.count() == 1


@pytest.mark.parametrize("state", [State.DRAFT, State.QUEUED])
def test_abort_takes_back_what_has_not_begun(state):
    job, actor = mail(state=state), StaffFactory()

    services.abort(job=job, actor=actor)

    job.refresh_from_db()
    assert (job.state, claim(job)) == (State.CANCELLED, None)
    assert AuditEntry.objects.get().changes == {"state": [state, "cancelled"]}


@pytest.mark.parametrize("state", sorted(set(State) - {State.DRAFT, State.QUEUED}))
def test_abort_of_what_has_begun_is_refused(state):
    job = update(mail(), state=state)

    with pytest.raises(services.JobNotAbortable):
        services.abort(job=job, actor=StaffFactory())

    job.refresh_from_db()
    assert (job.state, AuditEntry.objects.count()) == (state, 0)


@pytest.mark.django_db(transaction=True)
def test_abort_and_claim_at_once_end_as_one_of_them():
    for _round in range(5):
        job, actor = mail(), StaffFactory()
        acts = iter(
            [lambda job=job: claim(job), lambda job=job, actor=actor: services.abort(job=job, actor=actor)]
        )

        outcomes = at_once(2, lambda acts=acts: next(acts)(), services.JobNotAbortable)

        job.refresh_from_db()
        refused = any(isinstance(one, services.JobNotAbortable) for one in outcomes)
        assert job.state == (State.RUNNING if refused else State.CANCELLED)


def test_deliver_sends_copies_and_encloses_files(stored):
    job = mail(
        to="uy@parliament.example",
        cc=["cc@parliament.example"],
        attachments=[{"name": "UY-invitación-es.pdf", "sha256": SHA256}],
    )

    services.deliver(job.pk)

    (message,) = django_mail.outbox
    assert (message.to, message.cc) == (["uy@parliament.example"], ["cc@parliament.example"])
    assert message.attachments == [("UY-invitación-es.pdf", PDF, "application/pdf")]


@pytest.mark.parametrize("content", [None, b"other bytes"])
def test_deliver_without_the_very_file_fails_and_sends_nothing(monkeypatch, content):
    def read(_sha256):
        if content is None:
            raise FileNotFoundError
        return content

    monkeypatch.setattr(outbox, "files", {"test": read})
    job = mail(attachments=[{"name": "letter.pdf", "sha256": SHA256}])

    services.deliver(job.pk)

    job.refresh_from_db()
    assert (job.state, job.error_code, django_mail.outbox) == (State.FAILED, "no_file", [])
    assert job.reason == "An enclosed file is missing: letter.pdf"


@pytest.mark.parametrize("state", [State.DONE, State.IN_DOUBT])
def test_bounce_is_written_down_of_what_has_left(state):
    job = update(mail(), state=state)

    services.bounce(mail=job, words="550 5.1.1 User unknown", actor=None)

    job.refresh_from_db()
    assert (job.state, job.bounce, job.bounced_at is None) == (State.DONE, "550 5.1.1 User unknown", False)
    assert AuditEntry.objects.get().verb == "mail.bounced"


@pytest.mark.parametrize("state", sorted(set(State) - {State.DONE, State.IN_DOUBT}))
def test_bounce_of_what_never_left_is_refused(state):
    with pytest.raises(services.MailNotSent):
        services.bounce(mail=update(mail(), state=state), words="550", actor=None)


def test_page_of_a_draft_offers_to_send_it_and_to_take_it_back(client, staff):
    job = mail(state=State.DRAFT)

    page = client.get(admin_address(job)).content.decode()
    response = client.post(admin_address(job, "release"))

    assert (admin_address(job, "release") in page, admin_address(job, "abort") in page) == (True, True)
    assert next_messages(response) == ["1 draft is on its way."]


def test_page_takes_down_what_the_report_said(client, staff):
    job = update(mail(), state=State.DONE)
    asked = client.get(admin_address(job, "bounce"))

    empty = client.post(admin_address(job, "bounce"), {"words": ""})
    response = client.post(admin_address(job, "bounce"), {"words": "550 5.1.1 User unknown"})

    page = client.get(admin_address(job)).content.decode()
    assert (asked.status_code, empty.status_code, response.url) == (200, 200, admin_address(job))
    assert '<span class="tag tag-bad">returned</span>' in page
    assert "550 5.1.1 User unknown" in page


def test_page_of_what_never_left_has_no_such_question(client, staff):
    assert client.get(admin_address(mail(), "bounce")).status_code == 404


def test_list_takes_back_and_sends_the_selected_ones(client, staff):
    draft, waiting, done = mail(state=State.DRAFT), mail(), update(mail(), state=State.DONE)

    sent = client.post(LIST, {"action": "release_selected", "_selected_action": [draft.pk, done.pk]})
    taken = client.post(LIST, {"action": "abort_selected", "_selected_action": [waiting.pk, done.pk]})

    assert next_messages(sent)[0] == "1 draft is on its way."
    assert next_messages(taken)[1:] == ["1 was taken back.", "1 had begun or ended."]


def test_draft_that_is_reviewed_elsewhere_is_not_sent_from_here(client, staff, monkeypatch):
    monkeypatch.setattr(outbox, "reviewed", {"receipt"})
    draft = mail(state=State.DRAFT)

    page = client.get(admin_address(draft)).content.decode()
    response = client.post(admin_address(draft, "release"))

    draft.refresh_from_db()
    assert (admin_address(draft, "release") in page, draft.state) == (False, State.DRAFT)
    assert next_messages(response) == ["None of them is a draft that is sent from here."]


def test_person_who_got_a_copy_is_found_in_the_outbox_and_forgotten():
    copied = update(mail(cc=["Mission@parliament.example"]), state=State.DONE)
    mail(cc=["commission@parliament.example"])
    subject = Subject(email="mission@parliament.example")

    assert [finding.key for finding in MAILS.find(subject)] == [copied.pk]
    assert MAILS.erase(subject) == 1

    copied.refresh_from_db()
    assert (copied.to, copied.cc, copied.attachments, copied.bounce) == ("", [], [], "")
