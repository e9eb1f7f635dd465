"""The tests: PostgreSQL and Redis that they start themselves, mail in memory, plain static files."""

from config.settings.base import *  # noqa: F403  the settings of a place are the base and what differs
from config.settings.base import STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
