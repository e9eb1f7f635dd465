from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistrationConfig(AppConfig):
    name = "registration"
    verbose_name = _("Registration")

    def ready(self) -> None:
        """Tell the outbox how the personal link of an invitation is computed when its mail leaves."""
        from jobs import outbox  # noqa: PLC0415  needs the models, which are ready only now
        from registration import links  # noqa: PLC0415  likewise

        outbox.secrets["invitation"] = links.personal_link
