"""Delivery reports: what they record about a mail, and what they must not change."""

from io import BytesIO
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.models import AuditEntry
from jobs import reports, services
from jobs.models import OutgoingMail, State
from jobs.reports import Failure
from tests.factories import StaffFactory
from tests.forms import next_messages
from tests.jobs.rows import mail, update

pytestmark = pytest.mark.django_db
UPLOAD = reverse("admin:jobs_outgoingmail_report")

REPORT = """\
From: MAILER-DAEMON@mx.example
To: no-reply@convoca.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Arrival-Date: Sun, 22 Nov 2026 00:00:00 +0000

Final-Recipient: rfc822; {to}
Original-Recipient: rfc822;{to}
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <{to}>: Recipient address rejected:
    User unknown

--B
Content-Type: {enclosed}

From: no-reply@convoca.example
Subject: =?utf-8?q?Invitaci=C3=B3n?=
Message-ID: {message_id}

--B--
"""
WORDS = "550 5.1.1 <{to}>: Recipient address rejected: User unknown"


def report(job, *, to="", action="failed", enclosed="text/rfc822-headers"):
    """Return a report as Postfix sends it about a mail."""
    values = {"to": to or job.to, "action": action, "enclosed": enclosed, "message_id": job.message_id}
    return REPORT.format(**values).encode()


@pytest.fixture
def sent():
    return update(mail(cc=["copy@parliament.example"]), state=State.DONE)


@pytest.mark.parametrize("enclosed", ["text/rfc822-headers", "message/rfc822"])
def test_report_names_message_address_and_words(sent, enclosed):
    assert reports.failures(report(sent, enclosed=enclosed)) == [
        Failure(sent.message_id, sent.to, WORDS.format(to=sent.to))
    ]


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_report_of_what_may_still_arrive_is_no_failure(sent, action):
    assert reports.failures(report(sent, action=action)) == []


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff" * 1000,
        b"Subject: Out of office\nIn-Reply-To: <1@convoca.example>\n\nI am away.",
        b"Content-Type: multipart/report; boundary=B\nIn-Reply-To: <1@x>\n\nno parts",
        b"Content-Type: multipart/report; boundary=B\nIn-Reply-To: <1@x>\n\n"
        b"--B\nContent-Type: message/delivery-status\n\n--B--",
        b"Content-Type: multipart/report; boundary=B\n\n"
        + b"--B\nContent-Type: multipart/mixed; boundary=B\n\n" * 2000,
        b"Content-Type: multipart/report; boundary=B\n\n--B\n" + b"Content-Type: message/rfc822\n\n" * 2000,
    ],
)
def test_what_is_no_report_is_no_failure(raw):
    assert reports.failures(raw) == []


def test_mail_that_came_back_is_shown_as_returned(sent):
    assert [one.address for one in services.read_report(report(sent))] == [sent.to]

    sent.refresh_from_db()
    assert (sent.state, sent.bounce, sent.bounced_at is None) == (
        State.DONE,
        WORDS.format(to=sent.to),
        False,
    )
    assert AuditEntry.objects.get().verb == "mail.bounced"


def test_signs_that_no_column_holds_are_left_out_of_the_words(sent):
    services.read_report(report(sent).replace(b"User", b"Us\0er"))

    sent.refresh_from_db()
    assert sent.bounce == WORDS.format(to=sent.to)


def test_words_in_the_servers_own_language_are_kept(sent):
    services.read_report(report(sent).replace(b"User unknown", "Buzón lleno".encode()))

    sent.refresh_from_db()
    assert sent.bounce == WORDS.format(to=sent.to).replace("User unknown", "Buzón lleno")


def test_copy_that_came_back_is_noted_and_the_mail_is_not_returned(sent):
    services.read_report(report(sent, to="copy@parliament.example"))

    sent.refresh_from_db()
    assert (sent.bounced_at, sent.reason) == (
        None,
        f"Not delivered to everybody who should have a copy: copy@parliament.example: "
        f"{WORDS.format(to='copy@parliament.example')}",
    )


def test_copies_that_came_back_one_by_one_are_noted_each_once():
    sent = update(mail(cc=["one@parliament.example", "two@parliament.example"]), state=State.DONE)

    for to in ("one@parliament.example", "two@parliament.example", "one@parliament.example"):
        services.read_report(report(sent, to=to))

    sent.refresh_from_db()
    one, two = (f"{to}: {WORDS.format(to=to)}" for to in sent.cc)
    assert sent.reason == f"Not delivered to everybody who should have a copy: {one}; {two}"


def test_report_about_another_address_changes_nothing(sent):
    assert services.read_report(report(sent, to="other@parliament.example")) == []

    assert OutgoingMail.objects.get().bounced_at is None


def test_report_about_a_message_of_others_changes_nothing(sent):
    stranger = SimpleNamespace(message_id="<1@elsewhere.example>", to=sent.to)

    assert services.read_report(report(stranger)) == []


def test_report_about_what_has_not_left_changes_nothing():
    assert services.read_report(report(mail())) == []


def test_command_reads_files_and_standard_input(sent, tmp_path, capsys, monkeypatch):
    file = tmp_path / "report.eml"
    file.write_bytes(report(sent))
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=BytesIO(b"Subject: hello\n\n")))

    call_command("read_bounces", file)
    call_command("read_bounces")

    assert capsys.readouterr().out.splitlines() == [
        f"{sent.message_id} to {sent.to} came back",
        "no report of a mail that came back",
    ]


def test_command_says_which_file_it_cannot_read(tmp_path):
    with pytest.raises(CommandError, match=r"nothing\.eml cannot be read: No such file or directory\."):
        call_command("read_bounces", tmp_path / "nothing.eml")


@pytest.fixture
def staff(client):
    user = StaffFactory()
    client.force_login(user)
    return user


def upload(client, raw):
    return client.post(UPLOAD, {"report": SimpleUploadedFile("report.eml", raw)})


def test_page_reads_the_report_that_is_given_in(client, staff, sent):
    assert client.get(UPLOAD).status_code == 200

    response = upload(client, report(sent))

    assert next_messages(response) == [f"It is noted that the mail to {sent.to} came back."]
    assert AuditEntry.objects.get().actor_id == staff.pk


def test_page_names_the_copy_that_came_back(client, staff, sent):
    response = upload(client, report(sent, to=sent.cc[0]))

    assert next_messages(response) == [f"It is noted that the mail to {sent.cc[0]} came back."]


def test_page_says_that_the_outbox_has_no_such_mail(client, staff):
    response = upload(client, report(SimpleNamespace(message_id="<1@x.example>", to="a@b.example")))

    assert next_messages(response) == ["No mail of the outbox is the one that came back."]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"Subject: hello\n\n", "This is not a report of a message that could not be delivered."),
        (b"x" * (reports.MAX_BYTES + 1), "This file is too large for a delivery report."),
    ],
)
def test_page_refuses_what_is_no_report(client, staff, raw, words):
    assert words in upload(client, raw).content.decode()
