"""The sign-in form."""

from typing import Any

from allauth.account.forms import LoginForm, PasswordField
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):
    """Asks for an e-mail address, to which a code is sent. The password is optional; only staff have one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address")
        self.fields["password"] = PasswordField(
            label=_("Password"), autocomplete="current-password", required=False
        )
