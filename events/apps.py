from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Events")
    verbs = {
        "event.published": pgettext_lazy("history", "Event published"),
        "event.unpublished": pgettext_lazy("history", "Event taken back to draft"),
        "event.postponed": pgettext_lazy("history", "Event postponed"),
        "event.cancelled": pgettext_lazy("history", "Event cancelled"),
    }

    def ready(self) -> None:
        """Register where this app stores personal data."""
        from events import stores  # noqa: PLC0415  needs the models, which are ready only now

        stores.register()
