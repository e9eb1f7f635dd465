"""Settings of `manage.py` by default: SQLite, mail on the console, DEBUG unless the environment turns it off."""

from config import env
from config.settings.base import *  # noqa: F403  the settings are those of base, with the changes below
from config.settings.base import BASE_DIR, STORAGES

DEBUG = env.flag("DEBUG", default=True)
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
(BASE_DIR / "var").mkdir(exist_ok=True)
