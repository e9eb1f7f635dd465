"""The data of the desk: every kind of document in its group, with its documents and the possible actions."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q
from django.db.models.fields.json import KeyTextTransform
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from documents.models import About, Batch, Document, Kind
from documents.models.kinds import PRIVATE, PUBLISHABLE
from documents.pages.ordering import ORDER_PAGES, OrderPage
from documents.readiness import why_not_now, why_not_ready
from documents.standard_texts import STANDARD
from events.models import Event
from jobs.models import WAITING, State

GROUPS: tuple[tuple[Promise, tuple[Kind, ...]], ...] = (
    (_("Invitations"), (Kind.INVITATION, Kind.COLLECTIVE)),
    (_("About the event"), (Kind.AIDE_MEMOIRE, Kind.PROGRAMME, Kind.AGENDA, Kind.PRACTICAL_NOTE)),
    (_("For delegations"), (Kind.CONFIRMATION, Kind.PERSON_CONFIRMATION, Kind.VISA_LETTER)),
    (_("At the event"), (Kind.PARTICIPANTS, Kind.BADGES, Kind.CERTIFICATE)),
)


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One kind of document: what the event lacks for it, its documents, and the last order."""

    event: Event
    kind: Kind
    page: OrderPage
    why_not_ready: str = ""
    # Documents about the whole event that are valid or being made.
    documents: list[Document] = field(default_factory=list)
    made: int = 0
    waiting: int = 0
    latest: date | None = None
    batch: Batch | None = None
    has_older_on_page: bool = False
    can_begin: bool = False  # there is no template yet, but there are standard texts for one

    @property
    def heading(self) -> str:
        """The heading of the document in the reader's language; "" if it only repeats the name of the kind."""
        said = (one.heading for one in self.documents if one.language == get_language())  # type: ignore[attr-defined]
        heading = next(said, "")
        return "" if heading == self.kind.label else heading or ""

    @property
    def facts(self) -> list[str]:
        """Sentences with numbers about the people or bodies that these documents are for."""
        return self.page.facts(self.event)

    @property
    def why_not_now(self) -> str:
        """The reason why this kind cannot be ordered now; "" if it can."""
        return why_not_now(self.event, self.kind)

    @property
    def address(self) -> str:
        """The address of the page where this kind is ordered."""
        return reverse(f"documents:{self.page.name}", args=[self.event.slug])

    @property
    def trouble(self) -> Batch | None:
        """The last order, if a part of it has failed; otherwise None."""
        failed = self.batch and (self.batch.failed or self.batch.state == State.FAILED)  # type: ignore[attr-defined]
        return self.batch if failed else None

    @property
    def can_publish(self) -> bool:
        """True if a finished document of this kind may be published and is not on the event's page."""
        return self.kind in PUBLISHABLE and any(
            one.state == State.DONE and not one.is_on_page for one in self.documents
        )

    @property
    def is_on_page(self) -> bool:
        return any(one.is_on_page for one in self.documents)


@dataclass(frozen=True, slots=True)
class DeskGroup:
    heading: Promise
    rows: list[DeskRow]


def desk_groups(event: Event, batches: Iterable[Batch], reader: User) -> list[DeskGroup]:
    """Return the groups of the desk that the reader may see. `batches` holds the last order of each kind."""
    shown = {kind for kind in ORDER_PAGES if reader.is_secretariat or kind not in PRIVATE}
    documents, older = _event_documents(event)
    counts = _counts_by_kind(event)
    templates = set(event.templates.values_list("kind", flat=True))
    last = {batch.kind: batch for batch in batches}

    def row(kind: Kind) -> DeskRow:
        return DeskRow(
            event,
            kind,
            ORDER_PAGES[kind],
            why_not_ready=why_not_ready(event, kind, templates),
            documents=documents[kind],
            batch=last.get(kind),
            has_older_on_page=kind in older,
            can_begin=kind in STANDARD and kind not in templates,
            **counts.get(kind, {}),
        )

    groups = (DeskGroup(heading, [row(kind) for kind in kinds if kind in shown]) for heading, kinds in GROUPS)
    return [group for group in groups if group.rows]


def _event_documents(event: Event) -> tuple[dict[str, list[Document]], set[str]]:
    """Return the documents about the whole event by kind, and the kinds with a replaced document on the page.

    Sheets of badges are left out: they are many, and the pages of their orders list them.
    """
    whole = [kind for kind in Kind if kind.about == About.EVENT and kind != Kind.BADGES]
    documents = event.documents.filter(kind__in=whole).filter(
        Q(pk__in=event.documents.expected().values("pk")) | Q(attachment__isnull=False)
    )
    # Only the heading of the snapshot is read: a list of two thousand people is long.
    documents = (
        documents.select_related("attachment")
        .defer("snapshot")
        .annotate(heading=KeyTextTransform("heading", "snapshot"))
    )
    by_kind: dict[str, list[Document]] = defaultdict(list)
    older = set()
    for document in documents.order_by("kind", "language", "-pk"):
        if document.validity == Document.Validity.REPLACED:
            older.add(document.kind)
        else:
            by_kind[document.kind].append(document)
    return by_kind, older


def _counts_by_kind(event: Event) -> dict[str, dict[str, Any]]:
    """Return, by kind, the numbers of documents `made` and `waiting`, and the date of the `latest`."""
    rows = event.documents.expected().values("kind").order_by("kind")
    counted = rows.annotate(
        made=Count("pk", filter=Q(state=State.DONE)),
        waiting=Count("pk", filter=Q(state__in=WAITING)),
        latest=Max("date", filter=Q(state=State.DONE)),
    )
    return {row["kind"]: {name: row[name] for name in ("made", "waiting", "latest")} for row in counted}
