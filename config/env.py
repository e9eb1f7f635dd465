"""Typed getters for environment variables. A secret can also come from a file (NAME_FILE).

All getters raise ImproperlyConfigured, with an explanation, if the value is not valid.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
SMTP_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
YES, NO = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}

environ.Env.read_env(BASE_DIR / ".env")


def text(name: str, default: str | None = None) -> str:
    """Return the content of the file that NAME_FILE names, or the value of NAME, or the default.

    Raises ImproperlyConfigured if none of them is given.
    """
    if file := os.environ.get(f"{name}_FILE"):
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error.strerror}.") from error
    value = os.environ.get(name, "").strip() or default
    if value is None:
        raise ImproperlyConfigured(f"{name} must be set; see .env.example.")
    return value


def flag(name: str, default: bool) -> bool:
    """Return True for yes, true, on or 1; False for no, false, off or 0."""
    value = text(name, "yes" if default else "no").lower()
    if value not in YES | NO:
        raise ImproperlyConfigured(f"{name} must be yes or no, not “{value}”.")
    return value in YES


def integer(name: str, default: int, *, minimum: int = 0) -> int:
    """Return a whole number that is not below the minimum."""
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit() or int(value) < minimum:
        raise ImproperlyConfigured(f"{name} must be a whole number of at least {minimum}, not “{value}”.")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """Return the items of a comma-separated list, without empty ones."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def folder(name: str, default: Path) -> Path:
    """Return the absolute path of a folder. A relative path starts at the project's root."""
    return (BASE_DIR / text(name, str(default))).resolve()


def site_url(name: str, default: str | None = None) -> str:
    """Return the public address of the site: only scheme and host, without a slash at the end."""
    value = text(name, default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
        raise ImproperlyConfigured(f"{name} must look like https://events.example.org, not “{value}”.")
    return value


def database(name: str, default: str) -> dict[str, object]:
    """Return Django's database settings for a postgres:// or sqlite:// address."""
    address = text(name, default)
    if urlsplit(address).scheme not in {"postgres", "postgresql", "sqlite"}:
        raise ImproperlyConfigured(f"{name} must be a postgres:// or sqlite:// address.")
    return dict(environ.Env.db_url_config(address))


def mail(name: str, default: str | None) -> dict[str, object]:
    """Return Django's EMAIL_* settings for an smtp://, smtp+tls://, smtp+ssl:// or consolemail:// address."""
    address = text(name, default)
    try:
        config = dict(environ.Env.email_url_config(address))
    except (KeyError, ImproperlyConfigured) as error:
        raise ImproperlyConfigured(f"{name} must be an address such as smtp://localhost:25.") from error
    if config["EMAIL_BACKEND"] == SMTP_BACKEND:
        config["EMAIL_BACKEND"] = "jobs.smtp.Backend"  # also keeps the recipients that the server refused
    return config


def redis(name: str, default: str) -> str:
    """Return a redis://, rediss:// or unix:// address without a database number; callers add it."""
    value = text(name, default)
    if urlsplit(value).scheme not in {"redis", "rediss", "unix"}:
        raise ImproperlyConfigured(f"{name} must be a redis://, rediss:// or unix:// address.")
    return value.rstrip("/")
