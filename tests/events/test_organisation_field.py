"""The choice of an organisation, sorted by the names in the reader's language."""

import pytest
from django.utils import translation

from events.forms import OrganisationField
from events.models import Organisation
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["---------", "Arab Union", "asean Assembly", "Órgano", "World Bank"]),
        ("es", ["---------", "Ámbito de la ASEAN", "Banco Mundial", "Órgano", "Unión Árabe"]),
    ],
)
def test_organisations_stand_in_the_order_of_their_names_in_the_language_of_the_reader(language, names):
    for english, spanish in (
        ("World Bank", "Banco Mundial"),
        ("asean Assembly", "Ámbito de la ASEAN"),
        ("Arab Union", "Unión Árabe"),
        ("", "Órgano"),
    ):
        OrganisationFactory(name_en=english, name_es=spanish)
    field = OrganisationField(Organisation.objects.all(), required=False)

    with translation.override(language):
        assert [str(label) for _value, label in field.choices] == names
