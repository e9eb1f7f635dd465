"""The administration: stock Django, entered through allauth."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class ConvocaAdminSite(admin.AdminSite):
    site_title = "Convoca"
    site_header = _("Convoca: secretariat")
    index_title = _("What needs you")


ConvocaAdminSite.login = secure_admin_login(ConvocaAdminSite.login)  # type: ignore[method-assign]
