"""Record attendance: actions on lists of people, and on lists of objects that belong to people."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from accounts.admin import actor_of
from events.models import Event
from registration import services
from registration.models import Participant


class AttendanceFilter(admin.SimpleListFilter):
    """People with or without a record of attendance."""

    title = pgettext_lazy("of people", "attendance")
    parameter_name = "attended"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, Any]]:
        return [("yes", _("noted")), ("no", _("not noted"))]

    def queryset(
        self, request: HttpRequest, queryset: "QuerySet[Participant]"
    ) -> "QuerySet[Participant] | None":
        return queryset.filter(attended_at__isnull=self.value() == "no") if self.value() else queryset


def note(request: HttpRequest, people: "QuerySet[Participant]") -> None:
    """Record the attendance of these people and show a message with their number."""
    number = _at_each_event(request, people, services.note_attendance)
    said = ngettext(
        "Attendance noted: %(number)s person. Whoever is not confirmed or was noted before is left out.",
        "Attendance noted: %(number)s people. Whoever is not confirmed or was noted before is left out.",
        number,
    )
    messages.success(request, said % {"number": number})


def withdraw(request: HttpRequest, people: "QuerySet[Participant]") -> None:
    """Undo the record of attendance and show a message with the number of people."""
    number = _at_each_event(request, people, services.withdraw_attendance)
    said = ngettext(
        "Attendance withdrawn: %(number)s person. A certificate that is made stays valid until it is declared void.",
        "Attendance withdrawn: %(number)s people. Certificates that are made stay valid until they are declared void.",
        number,
    )
    messages.success(request, said % {"number": number})


def _at_each_event(request: HttpRequest, people: "QuerySet[Participant]", service: Callable[..., int]) -> int:
    keys = list(people.order_by().values_list("pk", flat=True))
    events = Event.objects.filter(delegations__participants__in=keys).distinct()
    return sum(service(event=event, people=keys, actor=actor_of(request)) for event in events)
