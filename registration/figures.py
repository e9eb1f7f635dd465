"""The figures of one event: responses by region; people by gender, category, country and status.

The database does the counting, in four queries. Labels are in the active language.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.utils.text import capfirst
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from accounts.language import LANGUAGE_CODES
from events.collation import sort_key
from events.models import Category, Event
from registration.models import CATEGORY_OF, Delegation, Invitation, Parliament, Participant

Role, Person = Participant.Role, Participant.Status
OTHERS = "others"  # the region of observers and of organisations that are not parliaments
REGIONS = (*Parliament.Group.values, "", OTHERS)
UNANSWERED = Q(state__in=Invitation.UNANSWERED)
REGISTERED = Q(
    status__in=[Delegation.Status.SUBMITTED, Delegation.Status.RETURNED, Delegation.Status.CONFIRMED]
)
# Positions in a chart, in px: height of a row, baseline of its label, top of its bar.
ROW, LABEL_LINE, BAR_LINE = 48, 16, 24


@dataclass(frozen=True, slots=True)
class Row:
    """A label and one number per column of the table."""

    label: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A row as the page shows it: each number with its column heading."""

    label: str
    cells: list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a chart: label, numbers, and bar lengths in per cent of the longest bar."""

    label: str
    whole: int
    part: int | None
    whole_length: str
    part_length: str
    label_line: int
    bar_line: int


@dataclass(frozen=True)
class Table:
    """Figures as a table and a chart of column `whole`, with column `part` drawn inside it if it is given."""

    key: str
    title: str
    columns: tuple[str, ...]
    rows: list[Row]
    whole: int = 0
    part: int | None = None
    note: str = ""
    label: str = ""

    @cached_property
    def total(self) -> Row:
        places = range(len(self.columns))
        return Row(_("Total"), tuple(sum(row.numbers[place] for row in self.rows) for place in places))

    @property
    def lines(self) -> list[Line]:
        """The rows, followed by their total if there is more than one row."""
        rows = [*self.rows, self.total] if len(self.rows) > 1 else self.rows
        return [Line(row.label, list(zip(self.columns, row.numbers, strict=True))) for row in rows]

    @property
    def is_wide(self) -> bool:
        """True if the table has too many columns to be beside the chart, or to stay a table on a phone."""
        return len(self.columns) > 3

    @property
    def whole_name(self) -> str:
        return self.columns[self.whole]

    @property
    def part_name(self) -> str:
        return "" if self.part is None else self.columns[self.part]

    @cached_property
    def bars(self) -> list[Bar]:
        longest = max((row.numbers[self.whole] for row in self.rows), default=0) or 1
        return [self._bar(place, row, longest) for place, row in enumerate(self.rows)]

    @property
    def height(self) -> int:
        return ROW * len(self.rows)

    def _bar(self, place: int, row: Row, longest: int) -> Bar:
        whole, part = row.numbers[self.whole], None if self.part is None else row.numbers[self.part]
        top = ROW * place
        return Bar(
            row.label,
            whole,
            part,
            whole_length=_length(whole, longest),
            part_length=_length(min(part or 0, whole), longest),
            label_line=top + LABEL_LINE,
            bar_line=top + BAR_LINE,
        )


def _length(number: int, longest: int) -> str:
    """A length in per cent, with a decimal point in every language, because it goes into an SVG attribute."""
    return f"{100 * number / longest:.2f}%"


def tables(event: Event) -> list[Table]:
    """The figures of one event, in the order of the page."""
    people = _people(event)
    return [_regions(event), _genders(people), _categories(people), _countries(event), _statuses(people)]


def region_of(parliament: Parliament | None) -> str:
    """The name of the geopolitical group; observers and other organisations form a region of their own."""
    if parliament is None or parliament.status == Parliament.Status.OBSERVER:
        return _region_name(OTHERS)
    return _region_name(parliament.group)


def region_names() -> list[str]:
    """The names of all regions, in the order of every table, which is the same in both languages."""
    return [_region_name(one) for one in REGIONS]


def _region_name(region: str) -> str:
    if region == OTHERS:
        return pgettext("region", "Observers and other bodies")
    return (
        str(Parliament.Group(region).label) if region else pgettext("region", "Without a geopolitical group")
    )


def _by_region(rows: QuerySet, **counts: Count) -> dict[str, dict[str, int]]:
    """Counts of invitations or delegations by region."""
    parliament = "organisation__parliament"
    others = Q(**{f"{parliament}__isnull": True}) | Q(**{f"{parliament}__status": Parliament.Status.OBSERVER})
    region = Case(When(others, then=Value(OTHERS)), default=F(f"{parliament}__group"))
    found = rows.order_by().annotate(region=region).values("region").annotate(**counts)
    return {row["region"]: row for row in found}


def _regions(event: Event) -> Table:
    """Revoked invitations without an answer are left out; so are groups, which have no region."""
    invited = _by_region(
        event.invitations.exclude(UNANSWERED, token_hash=None),
        invited=Count("pk"),
        opened=Count("pk", filter=~Q(state=Invitation.State.ISSUED)),
        accepted=Count("pk", filter=Q(state=Invitation.State.ACCEPTED)),
        declined=Count("pk", filter=Q(state=Invitation.State.DECLINED)),
    )
    coming = _by_region(
        event.delegations.exclude(organisation=None),
        registered=Count("pk", filter=REGISTERED),
        confirmed=Count("pk", filter=Q(status=Delegation.Status.CONFIRMED)),
    )
    regions = [region for region in REGIONS if region in {*invited, *coming}]
    names = ("invited", "opened", "accepted", "declined", "registered", "confirmed")
    counts = {region: invited.get(region, {}) | coming.get(region, {}) for region in regions}
    return Table(
        "regions",
        _("Response by region"),
        (
            pgettext("delegations", "Invited"),
            pgettext("delegations", "Opened"),
            pgettext("delegations", "Accepted"),
            pgettext("delegations", "Declined"),
            pgettext("delegations", "Registered"),
            pgettext("delegations", "Confirmed"),
        ),
        [
            Row(_region_name(region), tuple(counts[region].get(name, 0) for name in names))
            for region in regions
        ],
        part=4,
        note=_("Delegations. Opened includes those that have answered; registered includes those confirmed."),
        label=_("Region"),
    )


@dataclass(frozen=True, slots=True)
class PeopleCount:
    """The number of people with this status, gender and role."""

    status: str
    gender: str
    role: str
    number: int


def _people(event: Event) -> list[PeopleCount]:
    """All people except those removed before they were ever submitted."""
    removed = Q(status=Person.CANCELLED, submitted_at=None)
    people = Participant.objects.filter(delegation__event=event).exclude(removed).order_by()
    rows = people.values_list("status", "gender", "role").annotate(Count("pk"))
    return [PeopleCount(*row) for row in rows]


def _of_people(key: str, title: str, label: str, rows: list[Row], note: str = "") -> Table:
    """A table with two columns: people who hold a place, and confirmed people."""
    columns = (pgettext("people", "Registered"), pgettext("people", "Confirmed"))
    return Table(key, title, columns, rows, part=1, note=note, label=label)


def _numbers(people: Iterable[PeopleCount]) -> tuple[int, int]:
    by_status: Counter[str] = Counter()
    for one in people:
        by_status[one.status] += one.number
    return sum(by_status[status] for status in Participant.HOLDS_PLACE), by_status[Person.CONFIRMED]


def _genders(people: list[PeopleCount]) -> Table:
    counted = [group for group in people if group.role != Role.ACCOMPANYING]
    rows = [
        Row(
            capfirst(str(gender.label)),
            _numbers(group for group in counted if (group.gender or Participant.Gender.NOT_STATED) == gender),
        )
        for gender in Participant.Gender
    ]
    registered = sum(row.numbers[0] for row in rows)
    note = _("Accompanying persons are not counted.")
    if registered:
        share = _("Women: %(share)s per cent of those registered.")
        note = share % {"share": round(100 * rows[0].numbers[0] / registered)} + " " + note
    return _of_people("gender", _("People by gender"), pgettext("person", "Gender"), rows, note)


def _categories(people: list[PeopleCount]) -> Table:
    rows = [
        Row(str(category.label), _numbers(one for one in people if CATEGORY_OF[Role(one.role)] == category))
        for category in Category
    ]
    return _of_people("category", _("People by category"), _("Category"), rows)


def _countries(event: Event) -> Table:
    """By country of the organisation; people without a country come last."""
    columns = [f"delegation__organisation__country_{code}" for code in LANGUAGE_CODES]
    people = Participant.objects.with_status(*Participant.HOLDS_PLACE).filter(delegation__event=event)
    confirmed = Count("pk", filter=Q(status=Person.CONFIRMED))
    counts: dict[str, tuple[int, int]] = {}
    for *names, number, number_confirmed in (
        people.order_by().values_list(*columns).annotate(Count("pk"), confirmed=confirmed)
    ):
        name = _in_language(names)
        before = counts.get(name, (0, 0))
        counts[name] = (before[0] + number, before[1] + number_confirmed)
    language = get_language() or "en"
    ordered = sorted(counts, key=lambda name: (not name, -counts[name][0], sort_key(name, language)))
    rows = [Row(name or _("No country: groups and organizations"), counts[name]) for name in ordered]
    return _of_people("country", _("People by country"), pgettext("person", "Country"), rows)


def _in_language(names: list[str | None]) -> str:
    """The name in the active language, or else in another one."""
    by_language = dict(zip(LANGUAGE_CODES, names, strict=True))
    return by_language.get(get_language() or "en") or next(filter(None, names), "") or ""


def _statuses(people: list[PeopleCount]) -> Table:
    numbers: Counter[str] = Counter()
    for one in people:
        numbers[one.status] += one.number
    rows = [Row(capfirst(str(status.label)), (numbers[status],)) for status in Person if numbers[status]]
    columns = (pgettext("figures", "People"),)
    return Table("status", _("People by status"), columns, rows, label=_("Status"))
