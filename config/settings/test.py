"""Settings of the tests, which start their own PostgreSQL and Redis: fast password hashes, plain static files."""

from config.settings.base import *  # noqa: F403  the settings are those of base, with the changes below
from config.settings.base import STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
