"""Settings of `make demo` and `make run`: like production on one machine, with SQLite by default and mail in var/."""

from config import env
from config.settings.base import *  # noqa: F403  the settings are those of base, with the changes below
from config.settings.base import BASE_DIR

DEBUG = env.flag("DEBUG", default=False)
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
DEMO_MAIL = EMAIL_FILE_PATH = BASE_DIR / "var" / "mail"
SPECIMEN = True
MAIL_PER_MINUTE = env.integer("MAIL_PER_MINUTE", 600, minimum=1)  # the demo sends no real mail
(BASE_DIR / "var").mkdir(exist_ok=True)
