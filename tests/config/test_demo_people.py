"""The passwords that the demo prints give access to the pages that it names."""

import pytest

from config.management.commands.load_sample import Command, credentials

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(settings, tmp_path):
    """The addresses and passwords that `make demo` prints; their users are in the database."""
    (tmp_path / "var").mkdir()
    settings.BASE_DIR = tmp_path
    Command()._people()
    return credentials()


@pytest.mark.parametrize(
    ("role", "door", "status"),
    [("secretariat", "/admin/", 200), ("organiser", "/en/desk/", 200), ("organiser", "/admin/", 404)],
)
def test_printed_password_opens_the_door_of_its_role(client, known, role, door, status):
    client.post("/en/account/login/", {"login": known[role]["email"], "password": known[role]["password"]})

    assert client.get(door).status_code == status


def test_second_demo_prints_the_same_passwords(known):
    Command()._people()

    assert credentials() == known


def test_credentials_are_for_their_owner_alone(known, tmp_path):
    file = tmp_path / "var" / "demo-credentials.json"

    assert oct(file.stat().st_mode & 0o777) == "0o600"
