"""The panel beside the forms: figures as text, and a bar chart of the same figures."""

import pytest
from django.template import Context, Template
from django.utils import translation

from registration import rules
from registration.models import Delegation, Participant
from registration.templatetags.sentences import balance
from registration.templatetags.standing import balance_bar
from tests.factories import DelegationFactory, ParticipantFactory
from tests.factories.registration import PlacesFactory


def figures(*genders: str) -> rules.Figures:
    return rules.figures(Participant(gender=gender) for gender in genders)


@pytest.mark.parametrize(
    ("genders", "words"),
    [
        ((), ""),
        (("woman", "woman", "man"), "2 women, 1 man"),
        (("not_stated",), "0 women, 0 men, 1 not stated"),
        (("woman", "other", "other", "not_stated"), "1 woman, 0 men, 2 of another gender, 1 not stated"),
    ],
)
def test_balance_counts_everybody(genders, words):
    assert balance(figures(*genders)) == words


@pytest.mark.parametrize(
    ("genders", "parts"),
    [
        ((), []),
        (("woman",), [("women", "0.00", "100.00")]),
        (("woman", "man"), [("women", "0.00", "49.50"), ("men", "50.50", "49.50")]),
        (
            ("man", "other", "not_stated", "man"),
            [("men", "0.00", "49.50"), ("others", "50.50", "49.50")],
        ),
    ],
)
def test_bar_is_as_wide_as_the_page(genders, parts):
    with translation.override("es"):  # an SVG needs decimal points in every language
        drawn = balance_bar(figures(*genders))["parts"]

    assert [(part["name"], part["x"], part["width"]) for part in drawn] == parts


@pytest.mark.django_db
def test_panel_asks_the_database_nothing(django_assert_num_queries):
    places = PlacesFactory(places=5, taken=2)
    delegation = DelegationFactory(event=places.event)
    ParticipantFactory(delegation=delegation, gender="woman", function="")
    delegation = Delegation.objects.with_event().with_terms().get(pk=delegation.pk)
    template = Template("{% load standing %}{% standing delegation None %}")

    with django_assert_num_queries(0):
        panel = template.render(Context({"delegation": delegation}))

    assert "1 woman, 0 men" in panel
    assert "3 of 5 places left" in panel
    assert f'href="{delegation.get_absolute_url()}people/' in panel
    assert "Enter the function of" in panel
