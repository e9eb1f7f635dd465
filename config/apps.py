"""The two app configurations of the wiring: Convoca itself and its admin site."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class ConvocaConfig(AppConfig):
    name = "config"
    verbose_name = "Convoca"

    def ready(self) -> None:
        """Make Celery's app the current one, so that services ring by name."""
        from config import celery  # noqa: F401, PLC0415  needs the settings, which are ready only now


class ConvocaAdminConfig(AdminConfig):
    default_site = "config.admin.ConvocaAdminSite"
