"""Count people by category and gender, and compute ages and dates."""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from events.models import Category
from registration.models import Participant

Gender = Participant.Gender


@dataclass(frozen=True, slots=True)
class Figures:
    """Numbers of people. Accompanying persons are counted only in `by_category`."""

    total: int
    by_category: dict[str, int]
    women: int
    men: int
    other: int
    not_stated: int

    @classmethod
    def of(cls, people: Iterable[Participant]) -> Self:
        """Count all these people, including absent and accompanying ones."""
        people = list(people)
        genders = Counter(person.gender for person in people)
        return cls(
            total=len(people),
            by_category=dict(Counter(str(person.category) for person in people)),
            women=genders[Gender.WOMAN],
            men=genders[Gender.MAN],
            other=genders[Gender.OTHER],
            not_stated=genders[Gender.NOT_STATED],
        )

    @property
    def is_single_sex(self) -> bool:
        """True for two or more people who are all women or all men."""
        return self.total > 1 and self.total in (self.women, self.men)


def figures(people: Iterable[Participant]) -> Figures:
    """Count the people present; accompanying persons only in `by_category`."""
    present = [person for person in people if person.is_present]
    counted = Figures.of(person for person in present if person.category != Category.ACCOMPANYING)
    everybody = Counter(str(person.category) for person in present)
    return replace(counted, by_category=dict(everybody))


def age_on(day: date, birth_date: date) -> int:
    """The age in whole years.

    In a common year, somebody born on 29 February turns a year older on 1 March.
    """
    had_birthday = (day.month, day.day) >= (birth_date.month, birth_date.day)
    return day.year - birth_date.year - (not had_birthday)


def months_after(day: date, months: int) -> date:
    """The same day this many months later: 31 August + 6 = 28 February.

    It is the last day of the month if the month is too short.
    """
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
