"""The name of a delegation with an organisation, and of a group of the secretariat."""

import pytest
from django.template import Context, Template
from django.urls import reverse
from django.utils import translation

from jobs.models import OutgoingMail
from registration import mailing
from tests.factories import DelegationFactory, StaffFactory, UserFactory
from tests.registration.browser import browser_of

pytestmark = pytest.mark.django_db


def shown(delegation, language: str = "en") -> str:
    with translation.override(language):
        template = Template(
            "{% load delegations %}{% delegation_name delegation %}|{% delegation_name delegation as name %}{{ name }}"
        )
        return template.render(Context({"delegation": delegation}))


def test_name_of_organisation_without_translation_names_its_language():
    delegation = DelegationFactory()
    delegation.organisation.name_en, delegation.organisation.name_es = "", "Congreso & Senado"

    assert shown(delegation) == '<span lang="es">Congreso &amp; Senado</span>|Congreso &amp; Senado'


def test_name_of_group_is_its_label():
    delegation = DelegationFactory(organisation=None, group="press")

    assert shown(delegation) == "Press|Press"


def test_pages_and_mails_of_a_group_name_it():
    delegation = DelegationFactory(
        organisation=None, group="panellists", coordinators=[UserFactory()], status="submitted"
    )

    page = browser_of(StaffFactory()).get(delegation.get_absolute_url()).content.decode()
    mailing.receipt(delegation, submitted=0, waiting=0)

    assert "<h1>Panellists</h1>" in page
    assert "Delegation: Panellists\n" in OutgoingMail.objects.get().text


def test_delegation_is_named_before_the_account_of_its_coordinator_is_deleted(client):
    delegation = DelegationFactory()
    delegation.coordinators.add(UserFactory(pk=91))
    client.force_login(StaffFactory())

    page = client.get(reverse("admin:accounts_user_delete", args=[91]))

    assert page.context["deleted_objects"][1][-1] == f"Coordinator of: {delegation}"
