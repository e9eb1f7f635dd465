"""Typed getters for the environment. Nonsense stops the start with a sentence; secrets may be files."""

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
    """The value of NAME, or the content of the file that NAME_FILE points to, or the default.

    Raises ImproperlyConfigured when none of the three is there.
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
    """True or False from yes/no, true/false, on/off, 1/0."""
    value = text(name, "yes" if default else "no").lower()
    if value not in YES | NO:
        raise ImproperlyConfigured(f"{name} must be yes or no, not “{value}”.")
    return value in YES


def integer(name: str, default: int, *, minimum: int = 0) -> int:
    """A whole number of at least the minimum."""
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit() or int(value) < minimum:
        raise ImproperlyConfigured(f"{name} must be a whole number of at least {minimum}, not “{value}”.")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list without empty items."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def folder(name: str, default: Path) -> Path:
    """An absolute folder; a relative one starts at the project."""
    return (BASE_DIR / text(name, str(default))).resolve()


def site_url(name: str, default: str | None = None) -> str:
    """The public address of the site, scheme and host only, without a slash at the end."""
    value = text(name, default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
        raise ImproperlyConfigured(f"{name} must look like https://events.example.org, not “{value}”.")
    return value


def database(name: str, default: str) -> dict[str, object]:
    """Django's settings of the database at a postgres:// or sqlite:// address."""
    address = text(name, default)
    if urlsplit(address).scheme not in {"postgres", "postgresql", "sqlite"}:
        raise ImproperlyConfigured(f"{name} must be a postgres:// or sqlite:// address.")
    return dict(environ.Env.db_url_config(address))


def mail(name: str, default: str | None) -> dict[str, object]:
    """Django's EMAIL_* settings of an smtp://, smtp+tls:// , smtp+ssl:// or consolemail:// address."""
    address = text(name, default)
    try:
        config = dict(environ.Env.email_url_config(address))
    except (KeyError, ImproperlyConfigured) as error:
        raise ImproperlyConfigured(f"{name} must be an address such as smtp://localhost:25.") from error
    if config["EMAIL_BACKEND"] == SMTP_BACKEND:
        config["EMAIL_BACKEND"] = "jobs.smtp.Backend"  # the same, with a better memory
    return config


def redis(name: str, default: str) -> str:
    """A redis://, rediss:// or unix:// address without a database number, which the callers add."""
    value = text(name, default)
    if urlsplit(value).scheme not in {"redis", "rediss", "unix"}:
        raise ImproperlyConfigured(f"{name} must be a redis://, rediss:// or unix:// address.")
    return value.rstrip("/")
