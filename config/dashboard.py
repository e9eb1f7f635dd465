"""What needs the secretariat today: the first page of the administration."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import ngettext

from documents.models import Document
from events import rules as event_rules
from events.models import Event, Window
from jobs.models import OutgoingMail, State
from registration.models import Delegation, Invitation

SHOWN = 8  # rows of each list; the link below leads to all of them
UNANSWERED_AFTER = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Need:
    """One kind of work: how much of it there is, the first rows, and where all of it stands."""

    title: str
    count: int
    rows: list[tuple[str, str, str]]  # words, detail, address
    address: str


def needs(at: datetime) -> list[Need]:
    """Everything that waits for somebody, the most urgent kind first; kinds without work are left out."""
    found = (_delegations(), _documents(), _mails(), _deadlines(at), _texts(at), _unanswered(at))
    return [need for need in found if need.count]


def _delegations() -> Need:
    waiting = Delegation.objects.waiting().select_related("event", "organisation")
    count = waiting.count()
    return Need(
        ngettext("%(count)s delegation to validate", "%(count)s delegations to validate", count)
        % {"count": count},
        count,
        [
            (
                str(one.organisation),
                str(one.event),
                reverse("admin:registration_delegation_change", args=[one.pk]),
            )
            for one in waiting[:SHOWN]
        ],
        reverse("admin:registration_delegation_changelist") + "?status__exact=submitted",
    )


def _documents() -> Need:
    failed = Document.objects.filter(state=State.FAILED).order_by("-finished_at")
    count = failed.count()
    return Need(
        ngettext("%(count)s document failed", "%(count)s documents failed", count) % {"count": count},
        count,
        [
            (one.reference, one.reason, reverse("admin:documents_document_change", args=[one.pk]))
            for one in failed[:SHOWN]
        ],
        reverse("admin:documents_document_changelist") + "?state__exact=failed",
    )


def _mails() -> Need:
    unsent = OutgoingMail.objects.filter(state__in=[State.FAILED, State.IN_DOUBT])
    count = unsent.count()
    return Need(
        ngettext("%(count)s mail not delivered", "%(count)s mails not delivered", count) % {"count": count},
        count,
        [
            (one.subject, one.reason, reverse("admin:jobs_outgoingmail_change", args=[one.pk]))
            for one in unsent[:SHOWN]
        ],
        reverse("admin:jobs_outgoingmail_changelist") + "?state__in=failed,in_doubt",
    )


def _deadlines(at: datetime) -> Need:
    near = Window.objects.filter(
        closes_at__gt=at, closes_at__lte=at + timedelta(days=7), event__in=Event.objects.public()
    ).select_related("event")
    return Need(
        ngettext("%(count)s deadline this week", "%(count)s deadlines this week", len(near))
        % {"count": len(near)},
        len(near),
        [
            (
                str(one.event),
                one.get_stage_display(),
                reverse("admin:events_event_change", args=[one.event_id]),
            )
            for one in near[:SHOWN]
        ],
        reverse("admin:events_event_changelist"),
    )


def _texts(at: datetime) -> Need:
    coming = Event.objects.upcoming(at.date()).exclude(status=Event.Status.CANCELLED)[:50]
    lacking = [(event, len(missing)) for event in coming if (missing := event_rules.missing_texts(event))]
    return Need(
        ngettext("%(count)s event lacks texts", "%(count)s events lack texts", len(lacking))
        % {"count": len(lacking)},
        len(lacking),
        [
            (
                str(event),
                ngettext("%(count)s text missing", "%(count)s texts missing", number) % {"count": number},
                reverse("admin:events_event_change", args=[event.pk]),
            )
            for event, number in lacking[:SHOWN]
        ],
        reverse("admin:events_event_changelist"),
    )


def _unanswered(at: datetime) -> Need:
    silent = Invitation.objects.filter(
        state=Invitation.State.ISSUED, issued_at__lt=at - UNANSWERED_AFTER, event__last_day__gte=at.date()
    ).select_related("event", "organisation")
    count = silent.count()
    return Need(
        ngettext("%(count)s invitation not opened yet", "%(count)s invitations not opened yet", count)
        % {"count": count},
        count,
        [
            (
                str(one.organisation),
                str(one.event),
                reverse("admin:registration_invitation_change", args=[one.pk]),
            )
            for one in silent[:SHOWN]
        ],
        reverse("admin:registration_invitation_changelist") + "?state__exact=issued",
    )
