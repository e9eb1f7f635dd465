"""The computations of rules, for arbitrary people, percentages and dates."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registration import rules
from registration.models import Participant, Rule

pytestmark = pytest.mark.slow  # a hundred examples each

Gender = Participant.Gender
GENDERS = st.lists(st.sampled_from(Gender.values), max_size=60)


@given(genders=GENDERS, company=GENDERS, absent=GENDERS)
def test_figures_add_up(genders, company, absent):
    found = [
        *(Participant(gender=gender) for gender in genders),
        *(Participant(gender=gender, role="accompanying") for gender in company),
        *(Participant(gender=gender, status=Participant.Status.CANCELLED) for gender in absent),
    ]

    figures = rules.figures(found)

    assert figures.total == len(genders) == figures.women + figures.men + figures.other + figures.not_stated
    assert sum(figures.by_category.values()) == len(genders) + len(company)


@given(total=st.integers(0, 200), percent=st.decimals(0, 100, places=2))
def test_rounding_keeps_its_order(total, percent):
    down, nearest, up = (
        rules.women_needed(total, percent, rounding)
        for rounding in (Rule.Rounding.DOWN, Rule.Rounding.NEAREST, Rule.Rounding.UP)
    )

    assert 0 <= down <= nearest <= up <= min(down + 1, total)


@given(day=st.dates(date(1900, 1, 1), date(2100, 12, 31)), years=st.integers(0, 99))
def test_age_is_whole_years_after_the_birthday(day, years):
    birthday = rules.months_after(day, 12 * years)

    assert rules.age_on(birthday, day) == years - (birthday.day != day.day)
