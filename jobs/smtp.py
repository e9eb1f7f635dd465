"""Django's SMTP backend, extended to keep the recipients that the server refused although it accepted others."""

import smtplib
from typing import Any

from django.core.mail.backends.smtp import EmailBackend


class _Remembering:
    refused: dict[str, tuple[int, bytes]] = {}

    def sendmail(self, *args: Any, **options: Any) -> dict[str, tuple[int, bytes]]:
        self.refused = super().sendmail(*args, **options)  # type: ignore[misc]
        return self.refused


class _Plain(_Remembering, smtplib.SMTP):
    pass


class _Encrypted(_Remembering, smtplib.SMTP_SSL):
    pass


class Backend(EmailBackend):
    """After a message, `refused` holds the server's answer for each address that it did not accept."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _Encrypted if self.use_ssl else _Plain

    @property
    def refused(self) -> dict[str, tuple[int, bytes]]:
        return getattr(self.connection, "refused", {})
