"""What is asked for, and what comes of it: a draft for each document, written or with the reason why it cannot be."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.language import LANGUAGE_CODES
from documents.composing.texts import Incomplete
from documents.models import Batch, Kind, Template
from documents.papers import Paper
from documents.placeholders import PlaceholderError
from documents.readiness import untimely
from events.models import Event, Organisation
from registration.models import Delegation, Participant


class NothingToWrite(Exception):
    """The whole order is in vain; says why."""


@dataclass(frozen=True, slots=True)
class Order:
    """Everything that decides which documents are written, whether the order is kept as a batch or only tried.

    `options` holds what else a kind asks, by the kind's own names.
    """

    event: Event
    kind: Kind
    date: date
    languages: str = Batch.Languages.BOTH
    chambers: str = Batch.Chambers.TOGETHER
    organisations: QuerySet[Organisation] = field(default_factory=Organisation.objects.none)
    options: Mapping[str, Any] = field(default_factory=dict)
    batch: Batch | None = None  # as which it is kept

    @classmethod
    def of(cls, batch: Batch) -> "Order":
        """What a batch asks for."""
        return cls(
            batch.event,
            Kind(batch.kind),
            batch.date,
            batch.languages,
            batch.chambers,
            batch.organisations.all(),
            batch.options,
            batch,
        )

    def languages_for(self, own: str = "") -> Sequence[str]:
        """Those asked for; `own` is the addressee's, without which both stand."""
        asked = (own or Batch.Languages.BOTH) if self.languages == Batch.Languages.OWN else self.languages
        return [*LANGUAGE_CODES] if asked == Batch.Languages.BOTH else [asked]

    def require_time(self) -> None:
        """Raises NothingToWrite while the event's status or days forbid documents of this kind."""
        if reason := untimely(self.event, self.kind):
            raise NothingToWrite(reason)

    def template(self) -> Template | None:
        """The event's own words for this kind of document, with all that letters take from the event."""
        return (
            Template.objects.filter(event=self.event, kind=self.kind)
            .select_related("event", "letterhead__logo__image")
            .prefetch_related(
                "signatories__organisation",
                "signatories__signature",
                "event__windows",
                "event__organisers__organisation",
            )
            .first()
        )

    def require_template(self) -> Template:
        """The same. Raises NothingToWrite when there is none."""
        if (found := self.template()) is None:
            raise NothingToWrite(
                _("The event has no template for this document: %(kind)s.") % {"kind": self.kind.label}
            )
        return found


@dataclass(frozen=True, slots=True)
class Draft:
    """One document of an order. Without a paper, `reason` says what keeps it from being written, a line for each.

    `subject` tells the documents of one order apart; what is set beside it says of whom they are.
    """

    subject: str
    language: str
    organisation: Organisation | None = None
    delegation: Delegation | None = None
    participant: Participant | None = None
    paper: Paper | None = None
    reason: str = ""
    template_version: int = 0

    @property
    def key(self) -> tuple[str, str]:
        return self.subject, self.language

    def written(self, write: Callable[[], Paper]) -> "Draft":
        """The draft with its paper, or with the reason why there is none."""
        try:
            return replace(self, paper=write())
        except (Incomplete, PlaceholderError) as error:
            return replace(self, reason="\n".join(error.reasons))
