"""Staff belong to the secretariat and may use the whole administration."""

import pytest

from tests.factories import StaffFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_officer_without_superuser_sees_every_list(client):
    client.force_login(StaffFactory(is_superuser=False))

    page = client.get("/admin/")

    models = {model["object_name"] for app in page.context["app_list"] for model in app["models"]}
    assert {"Event", "Parliament", "Delegation", "Document", "OutgoingMail", "AuditEntry"} <= models


def test_officer_who_left_has_no_right():
    officer = StaffFactory(is_active=False)

    assert (officer.has_perm("events.change_event"), officer.has_module_perms("events")) == (False, False)


def test_organiser_has_no_right_in_the_administration():
    assert UserFactory().has_perm("events.view_event") is False
