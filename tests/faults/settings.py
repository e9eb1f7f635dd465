"""The settings of workers whose engine fails at the sight of a poisoned letter."""

from config.settings.test import *  # noqa: F403  as config.settings.test
from config.settings.test import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.faults.engine.Poison"]
