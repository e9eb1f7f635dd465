"""The form that signs people in."""

from typing import Any

from allauth.account.forms import LoginForm, PasswordField
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):
    """An address, to which a code is sent. A password is tried when one is typed: only staff have one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address")
        self.fields["password"] = PasswordField(
            label=_("Password"), autocomplete="current-password", required=False
        )
