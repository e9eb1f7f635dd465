"""A bare `manage.py`: SQLite, mail on the console, DEBUG unless the environment says no."""

from config import env
from config.settings.base import *  # noqa: F403  the settings of a place are the base and what differs
from config.settings.base import BASE_DIR, STORAGES

DEBUG = env.flag("DEBUG", default=True)
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
(BASE_DIR / "var").mkdir(exist_ok=True)
