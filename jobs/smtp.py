"""Django's SMTP backend, which remembers whom the server refused while it took the message for others."""

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
    """`refused` after a message: the server's answers by address, where it did not take all of them."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _Encrypted if self.use_ssl else _Plain

    @property
    def refused(self) -> dict[str, tuple[int, bytes]]:
        return getattr(self.connection, "refused", {})
