"""Production starts with a complete environment, and refuses each invalid value with one sentence."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

pytestmark = pytest.mark.slow  # each test starts a Python process with Django

WHOLE = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "s" * 20 + "K9#vQ2!mZx7@pL4$" * 3,
    "LINK_KEY": "l" * 20 + "w8^Rt5&Yb1*Nc6(Ue3" * 3,
    "SITE_URL": "https://convoca.example",
    "DATABASE_URL": "postgres://convoca@/convoca",
    "EMAIL_URL": "smtp://localhost:25",
}
COMMAND = (sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING")


def run(**changes: str | None) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"]} | {k: v for k, v in (WHOLE | changes).items() if v is not None}
    return subprocess.run(
        COMMAND, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False
    )


def test_production_with_a_whole_environment_passes_the_deployment_check():
    result = run()

    assert (result.returncode, result.stdout.strip()) == (
        0,
        "System check identified no issues (0 silenced).",
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"DEBUG": "maybe"}, "DEBUG must be yes or no, not “maybe”."),
        ({"DEBUG": "yes"}, "DEBUG must be off in production: it shows visitors the inside of the site."),
        ({"SECRET_KEY": None}, "SECRET_KEY must be set; see .env.example."),
        ({"SECRET_KEY": "short"}, "SECRET_KEY must be a secret of its own, at least 50 characters long."),
        (
            {"LINK_KEY": "development-only-and-refused-in-production"},
            "LINK_KEY must be a secret of its own, at least 50 characters long.",
        ),
        ({"SITE_URL": None}, "SITE_URL must be set; see .env.example."),
        ({"SITE_URL": "http://convoca.example"}, "SITE_URL must begin with https:// in production."),
        ({"DATABASE_URL": "sqlite:///x.db"}, "DATABASE_URL must be a postgres:// address in production."),
        ({"EMAIL_URL": None}, "EMAIL_URL must be set; see .env.example."),
    ],
    ids=lambda value: str(value)[:40],
)
def test_production_with_nonsense_stops_with_one_sentence(changes, sentence):
    result = run(**changes)

    assert (result.returncode, result.stderr.strip()) == (1, f"Convoca cannot start: {sentence}")
