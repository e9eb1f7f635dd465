"""The settings of workers in which WeasyPrint fails at poisoned letters."""

from config.settings.test import *  # noqa: F403  as config.settings.test
from config.settings.test import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.faults.engine.Poison"]
