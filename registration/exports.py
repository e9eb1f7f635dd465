"""Lists of one event for download by the secretariat: figures, delegations, people, as tables.

Lists of people hold names and public or internal fields only, never passports, birth dates and the like.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial

from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from attachments.spreadsheets import CSV_TYPE, XLSX_TYPE, Cell, download_response, to_csv, to_xlsx
from events.models import Event
from registration import contents, figures
from registration.fields import CATALOGUE, Asked, Field, Section
from registration.models import CATEGORY_OF, Delegation, Participant

NAMES = ("given_names", "family_names", "badge_name")
APART = (Section.FILES, Section.DELEGATION)
Person = Participant.Status
CHUNK = 2000  # rows fetched at a time, and size of the cache of one column


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with a title; a CSV file holds one, a workbook several."""

    title: str
    heads: list[str]
    rows: list[list[Cell]]


def figures_of(event: Event) -> list[Sheet]:
    """One sheet for each table of the figures page."""
    return [
        Sheet(
            table.title,
            [table.label, *table.columns],
            [[row.label, *row.numbers] for row in (*table.rows, table.total)],
        )
        for table in figures.tables(event)
    ]


def figures_as_one_sheet(event: Event) -> list[Sheet]:
    """The same figures with one number per row, for a file that holds only one table."""
    rows: list[list[Cell]] = [
        [table.title, row.label, column, number]
        for table in figures.tables(event)
        for row in table.rows
        for column, number in zip(table.columns, row.numbers, strict=True)
    ]
    heads = [_("Table"), _("Row"), _("Figure"), _("Number")]
    return [Sheet(_("Figures"), heads, rows)]


def delegations_of(event: Event) -> list[Sheet]:
    """One row per delegation, by code."""
    asked = Asked(event)
    fields = [CATALOGUE[row.name] for row in asked.of_delegation() if is_shareable(CATALOGUE[row.name])]
    statuses = (Person.SUBMITTED, Person.CONFIRMED, Person.WAITLISTED)
    counts = {
        f"people_{status}": Count("participants", filter=Q(participants__status=status))
        for status in statuses
    }
    delegations = event.delegations.select_related("organisation__parliament", "invitation").annotate(
        **counts
    )
    heads = [
        *_of_delegation_heads(),
        _("Invitation"),
        *(_("People: %(status)s") % {"status": status.label} for status in statuses),
        *(capfirst(field.label) for field in fields),
    ]
    rows: list[list[Cell]] = [
        [
            *_of_delegation(delegation),
            str(delegation.invitation.get_state_display()) if delegation.invitation else "",
            *(getattr(delegation, name) for name in counts),
            *(contents.value_text(field, getattr(delegation, field.name)) for field in fields),
        ]
        for delegation in delegations.order_by("organisation__code", "group")
    ]
    return [Sheet(_("Delegations"), heads, rows)]


def people_of(event: Event) -> list[Sheet]:
    """One row per present person, by delegation and in order of precedence."""
    asked = Asked(event)
    fields = [
        CATALOGUE[name]
        for name in asked.rows
        if is_shareable(CATALOGUE[name]) and CATALOGUE[name].section not in APART
    ]
    people = Participant.objects.present().filter(delegation__event=event)
    people_in_order = people.order_by("delegation__organisation__code", "delegation__group", "order", "pk")
    columns = ("delegation_id", "status", "role", *(field.name for field in fields))
    heads = [
        *_of_delegation_heads(),
        pgettext("person", "Status"),
        _("Category"),
        *(capfirst(field.label) for field in fields),
    ]
    delegations = event.delegations.select_related("organisation__parliament")
    beginnings = {delegation.pk: _of_delegation(delegation) for delegation in delegations}
    statuses = {value: str(label) for value, label in Person.choices}
    categories = {role: str(CATEGORY_OF[role].label) for role in Participant.Role}
    writers = [_writer(field, event) for field in fields]
    rows: list[list[Cell]] = [
        [
            *beginnings[delegation],
            statuses[status],
            categories[role],
            *(write(value) for write, value in zip(writers, values, strict=True)),
        ]
        for delegation, status, role, *values in people_in_order.values_list(*columns).iterator(CHUNK)
    ]
    return [Sheet(_("People"), heads, rows)]


def _writer(field: Field, event: Event) -> Callable[[object], str]:
    """A function that turns a stored value of the field into text, with a cache."""
    if field.name == "accompanies":
        hosts = Participant.objects.filter(companions__delegation__event=event)
        names: dict[object, str] = {host.pk: str(host) for host in hosts}
        return lambda key: names.get(key, "")
    return lru_cache(CHUNK)(partial(contents.value_text, field))


def is_shareable(field: Field) -> bool:
    """True if a downloaded list may contain the field."""
    return field.name in NAMES or field.is_open


def _of_delegation_heads() -> list[str]:
    return [_("Code"), _("Delegation"), _("Region"), _("Status of the delegation")]


def _of_delegation(delegation: Delegation) -> list[Cell]:
    organisation = delegation.organisation
    region = figures.region_of(getattr(organisation, "parliament", None)) if organisation else ""
    code = organisation.code if organisation else delegation.group
    return [code, delegation.name, region, str(delegation.get_status_display())]


SheetMaker = Callable[[Event], list[Sheet]]
LISTS: dict[str, SheetMaker] = {"delegations": delegations_of, "people": people_of}
TITLES = {
    "figures": gettext_lazy("Figures"),
    "delegations": gettext_lazy("Delegations"),
    "people": gettext_lazy("People"),
}
TYPES = {"csv": CSV_TYPE, "xlsx": XLSX_TYPE}


def file_response(event: Event, name: str, extension: str) -> HttpResponse:
    """The figures, or one of LISTS, as a file in this format, with a name in the active language.

    Raises Http404 for an unknown list or format.
    """
    if extension not in TYPES or name not in TITLES:
        raise Http404
    file_name = f"{slugify(TITLES[name])}-{event.slug}.{extension}"
    return download_response(_content(event, name, extension), file_name, TYPES[extension])


def _content(event: Event, name: str, extension: str) -> bytes:
    if extension == "xlsx":
        sheets = LISTS.get(name, figures_of)(event)
        return to_xlsx(*((sheet.title, sheet.heads, sheet.rows) for sheet in sheets))
    (sheet,) = LISTS.get(name, figures_as_one_sheet)(event)
    return to_csv(sheet.heads, sheet.rows)
