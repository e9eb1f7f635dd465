"""The data of the review queue: mails that wait, parliaments that could get a mail, and those that get none."""

from dataclasses import dataclass
from math import ceil

from django.conf import settings
from django.utils.translation import ngettext

from documents.models import Delivery, Document
from documents.planned_mails import Languages, PlannedMails, Problem, plan_mails
from events.models import Event, Organisation
from jobs.models import OutgoingMail
from registration.figures import region_names, region_of

HANDLED = {Problem.REVIEW, Problem.SENT}


@dataclass(frozen=True, slots=True)
class Row:
    """One mail of the queue with its letters and the region of the parliament."""

    mail: OutgoingMail
    documents: list[Document]
    region: str


@dataclass(frozen=True, slots=True)
class ReviewQueue:
    """What the page shows for one region, or for all."""

    rows: list[Row]
    found: list[PlannedMails]
    left_out: list[tuple[Problem, list[PlannedMails]]]

    @property
    def ready(self) -> int:
        """The number of parliaments for which a mail could be written now."""
        return sum(one.problem is None for one in self.found)

    @property
    def regions(self) -> list[str]:
        found = {_region(one.organisation) for one in self.found}
        return [name for name in region_names() if name in found]

    @property
    def problems(self) -> list[tuple[str, str]]:
        """The choices for filtering the list of parliaments that get no mail."""
        return [(one.value, str(one.label)) for one in Problem if one not in HANDLED]

    @property
    def minutes(self) -> int:
        return minutes_to_send(len(self.rows))


def review_queue(
    event: Event, *, languages: str = Languages.OWN, region: str = "", problem: str = ""
) -> ReviewQueue:
    """Return the queue of an event for one region, or for all if it is "". `problem` filters those that get no mail."""
    planned = plan_mails(event, languages)
    rows = [row for row in _rows(event) if region in {"", row.region}]
    return ReviewQueue(rows, planned, _left_out(planned, region, problem))


def minutes_to_send(mails: int) -> int:
    """Return how many minutes this number of mails takes at the pace of mailings."""
    return ceil(mails / settings.MAIL_PER_MINUTE)


def prepared_message(count: int) -> str:
    """Return “3 mails are ready to be read.”"""
    words = ngettext("%(count)s mail is ready to be read.", "%(count)s mails are ready to be read.", count)
    return words % {"count": count}


def leaving_message(count: int) -> str:
    """Return “184 mails leave within about 4 min.”"""
    words = ngettext(
        "%(count)s mail leaves within about %(minutes)s min.",
        "%(count)s mails leave within about %(minutes)s min.",
        count,
    )
    return words % {"count": count, "minutes": minutes_to_send(count)}


def taken_back_message(count: int) -> str:
    """Return the sentence that says why some mails were withdrawn instead of sent."""
    words = ngettext(
        "%(count)s mail was taken back: its letter has been replaced or declared void, or its link revoked.",
        "%(count)s mails were taken back: their letters have been replaced or declared void, or their links revoked.",
        count,
    )
    return words % {"count": count}


def discarded_message(count: int) -> str:
    """Return “3 mails were discarded.”"""
    words = ngettext("%(count)s mail was discarded.", "%(count)s mails were discarded.", count)
    return words % {"count": count}


def _rows(event: Event) -> list[Row]:
    rows: dict[int, Row] = {}
    drafts = Delivery.objects.drafts().filter(document__event=event).with_mail()
    drafts = drafts.select_related("mail", "document__organisation__parliament")
    for delivery in drafts.defer("document__snapshot", "mail__html", "mail__text"):
        row = rows.setdefault(
            delivery.mail_id, Row(delivery.mail, [], _region(delivery.document.organisation))
        )
        row.documents.append(delivery.document)
    return sorted(rows.values(), key=lambda row: (str(row.documents[0].organisation), row.mail.pk))


def _left_out(
    planned: list[PlannedMails], region: str, problem: str
) -> list[tuple[Problem, list[PlannedMails]]]:
    """Return the parliaments that get no mail, by problem; without those that have a letter or a mail in the queue."""
    grouped: dict[Problem, list[PlannedMails]] = {}
    for mails in planned:
        if mails.problem is None or mails.problem in HANDLED or problem not in {"", mails.problem}:
            continue
        if region in {"", _region(mails.organisation)}:
            grouped.setdefault(mails.problem, []).append(mails)
    return sorted(grouped.items(), key=lambda pair: list(Problem).index(pair[0]))


def _region(organisation: Organisation | None) -> str:
    return region_of(getattr(organisation, "parliament", None))
