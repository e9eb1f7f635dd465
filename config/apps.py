"""The two app configurations of the wiring: Convoca itself and its admin site."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class ConvocaConfig(AppConfig):
    name = "config"
    verbose_name = "Convoca"

    def ready(self) -> None:
        """Make Celery's app the current one, so that services ring by name; join the admin pages of the apps."""
        from config import celery, inlines  # noqa: F401, PLC0415  need the settings and the other apps' admin


class ConvocaAdminConfig(AdminConfig):
    default_site = "config.admin.ConvocaAdminSite"
