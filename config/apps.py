"""The app configurations of Convoca itself and of its admin site."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class ConvocaConfig(AppConfig):
    name = "config"
    verbose_name = "Convoca"

    def ready(self) -> None:
        """Make our Celery app the current one, so that `dispatch` can send tasks; add inlines to the admin pages."""
        from config import celery, inlines  # noqa: F401, PLC0415  need the settings and the other apps' admin


class ConvocaAdminConfig(AdminConfig):
    default_site = "config.admin.ConvocaAdminSite"
