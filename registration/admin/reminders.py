"""Reminders of an event: edited with its terms, and a page with those that are due."""

from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from events.models import Event
from jobs.clock import database_now
from registration import reminders, services
from registration.admin.base import OfficeAdmin
from registration.models import Reminder

PAGE = "admin:registration_terms_reminders"


class ReminderInline(admin.TabularInline):
    model = Reminder
    fields = ("audience", "days_before", "is_on")
    extra = 0


class ReminderPages(OfficeAdmin):
    """What `manage.py remind` would send now, and a button to add the usual reminders."""

    def reminder_paths(self) -> list[URLPattern]:
        usual = transaction.atomic(require_POST(self.add_usual_reminders))
        return [
            self.own_path("<int:pk>/reminders/", require_safe(self.reminders), "reminders"),
            self.own_path("<int:pk>/reminders/usual/", usual, "usual_reminders"),
        ]

    def reminders(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Each reminder, how often it was sent, and whom it would reach now."""
        terms = self.find(request, pk)
        with_reminders = Event.objects.prefetch_related("windows", "extensions", "asked_fields", "reminders")
        event: Event = get_object_or_404(with_reminders, pk=pk)
        due = reminders.due_reminders(event, database_now())
        rows = [
            (reminder, [reminder_due for reminder_due in due if reminder_due.reminder == reminder])
            for reminder in event.reminders.with_times_sent()
        ]
        context = {"original": terms, "event": event, "rows": rows, "due": due}
        return self.office_page(
            request,
            "reminders",
            _("Reminders"),
            without_reminder=reminders.count_without_reminder(event),
            **context,
        )

    def add_usual_reminders(self, request: SignedInRequest, pk: int) -> HttpResponse:
        """Add the usual reminders that are missing."""
        event = self.find(request, pk)
        added = services.add_default_reminders(event=event, actor=request.user)
        sentence = ngettext("%(count)s reminder added.", "%(count)s reminders added.", added)
        messages.success(request, sentence % {"count": added})
        return redirect(PAGE, pk)
