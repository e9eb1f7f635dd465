"""Settings of a real site. Secrets and addresses come from the environment; without them the site does not start."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from config import env
from config.settings.base import *  # noqa: F403  the settings are those of base, with the changes below
from config.settings.base import DATABASES, DEVELOPMENT_SECRET


def secret(name: str) -> str:
    """Return a secret. Raises ImproperlyConfigured if it is the development default or below 50 characters."""
    value = env.text(name)
    if value == DEVELOPMENT_SECRET or len(value) < 50:
        raise ImproperlyConfigured(f"{name} must be a secret of its own, at least 50 characters long.")
    return value


if env.flag("DEBUG", default=False):
    raise ImproperlyConfigured("DEBUG must be off in production: it shows visitors the inside of the site.")
if DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
    raise ImproperlyConfigured("DATABASE_URL must be a postgres:// address in production.")

SECRET_KEY = secret("SECRET_KEY")
LINK_KEY = secret("LINK_KEY")
SITE_URL = env.site_url("SITE_URL")
if not SITE_URL.startswith("https://"):
    raise ImproperlyConfigured("SITE_URL must begin with https:// in production.")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", urlsplit(SITE_URL).hostname or "")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
vars().update(env.mail("EMAIL_URL", None))

REQUIRE_STAFF_SECOND_FACTOR = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
if ALLAUTH_TRUSTED_PROXY_COUNT := env.integer("TRUSTED_PROXIES", 1):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
