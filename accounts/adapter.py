"""Adapters for allauth: no open sign-up, sign-in codes sent within the request, and a second factor for staff."""

import logging
from smtplib import SMTPException
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Users sign in with a code sent by e-mail. Accounts are created by invitation only."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": gettext_lazy(
            "This is not the code that we sent. Copy it from the latest e-mail, or start again to get another."
        ),
        "too_many_login_attempts": gettext_lazy(
            "There were too many attempts. Wait a few minutes, then enter your e-mail address again: "
            "we will send you a new code."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Return True if the URL is the path of one of our pages, without a host. All flows use this for `next`.

        allauth's own method compares only hosts, and raises an error for `http://[`.
        """
        if not url or not url_has_allowed_host_and_scheme(url, allowed_hosts=None):
            return False
        path = urlsplit(url).path
        with translation.override(translation.get_language_from_path(path) or translation.get_language()):
            try:
                resolve(path)
            except Resolver404:
                return False
        return True

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send the mail at once, without the outbox: a sign-in code expires soon and must not be stored."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException) as error:
            logger.error("sign-in mail not sent: %s", type(error).__name__)
            messages.error(
                self.request, _("The e-mail could not be sent just now. Please try again in a few minutes.")
            )
            raise ImmediateHttpResponse(redirect("account_login")) from error


class SecondFactorAdapter(DefaultMFAAdapter):
    """The second factor of staff: a code from an app, or a recovery code."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy(
            "This code is not valid. Enter the one that your app shows now, "
            "or a recovery code that you have not used."
        ),
    }
