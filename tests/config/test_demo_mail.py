"""The mail of the demo can be read only in the demo."""

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 " + bytes(range(256))
FILES = "django.core.mail.backends.filebased.EmailBackend"


@pytest.fixture
def kept(settings, tmp_path):
    """Two mails, sent one after the other."""
    settings.DEMO_MAIL = settings.EMAIL_FILE_PATH = tmp_path
    for subject in ("Primera invitación", "Second mail"):
        text = "Open https://convoca.example/en/ <b>now</b>"
        mail = EmailMultiAlternatives(
            subject,
            text,
            to=["someone@parliament.example"],
            cc=["mission@parliament.example"],
            connection=get_connection(FILES),
        )
        mail.attach("invitación.pdf", PDF, "application/pdf")
        mail.attach_alternative("<p>HTML</p>", "text/html")
        mail.send()


@pytest.mark.parametrize("path", ["/dev/mail/", "/dev/mail/1/"])
def test_mail_outside_the_demo_is_not_found(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.usefixtures("kept")
def test_mails_are_listed_the_newest_first(client):
    page = client.get("/dev/mail/")

    assert [(mail.number, mail.subject) for mail in page.context["mails"]] == [
        (2, "Second mail"),
        (1, "Primera invitación"),
    ]


@pytest.mark.usefixtures("kept")
def test_mail_shows_its_text_with_live_addresses_and_nothing_else(client):
    page = client.get("/dev/mail/1/").content.decode()

    assert '<a href="https://convoca.example/en/">https://convoca.example/en/</a>' in page
    assert "&lt;b&gt;now&lt;/b&gt;" in page


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("number", [0, 3, 999999])
def test_mail_that_is_not_there_is_not_found(client, number):
    assert client.get(f"/dev/mail/{number}/").status_code == 404


@pytest.mark.usefixtures("kept")
def test_mail_shows_its_copies_and_hands_out_what_it_encloses(client):
    page = client.get("/dev/mail/1/").content.decode()
    file = client.get("/dev/mail/1/1/")

    assert ("Copies to mission@parliament.example" in page, ">invitación.pdf</a>" in page) == (True, True)
    assert (b"".join(file), file["Content-Type"]) == (PDF, "application/pdf")


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("path", ["1/0/", "1/2/", "3/1/"])
def test_file_that_no_mail_encloses_is_not_found(client, path):
    assert client.get(f"/dev/mail/{path}").status_code == 404
