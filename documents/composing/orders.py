"""Orders and drafts: what is ordered, and each document as composed, or the reason why it cannot be."""

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
from documents.readiness import why_not_now
from events.models import Event, Organisation
from registration.models import Delegation, Participant


class NothingToWrite(Exception):
    """The order cannot make any document. The message says why."""


@dataclass(frozen=True, slots=True)
class Order:
    """Everything that decides which documents are composed, for a saved order as well as for a preview.

    `options` holds further choices, by names that depend on the kind.
    """

    event: Event
    kind: Kind
    date: date
    languages: str = Batch.Languages.BOTH
    chambers: str = Batch.Chambers.TOGETHER
    organisations: QuerySet[Organisation] = field(default_factory=Organisation.objects.none)
    options: Mapping[str, Any] = field(default_factory=dict)
    batch: Batch | None = None  # the saved order; None for a preview

    @classmethod
    def from_batch(cls, batch: Batch) -> "Order":
        """Return the order that the batch stores."""
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
        """Return the languages to write in.

        `own` is the addressee's language. An order in each addressee's own language uses both languages if it is
        unknown.
        """
        asked = (own or Batch.Languages.BOTH) if self.languages == Batch.Languages.OWN else self.languages
        return [*LANGUAGE_CODES] if asked == Batch.Languages.BOTH else [asked]

    def require_possible_now(self) -> None:
        """Raises NothingToWrite if the event's status or dates do not allow documents of this kind now."""
        if reason := why_not_now(self.event, self.kind):
            raise NothingToWrite(reason)

    def template(self) -> Template | None:
        """Return the event's template for this kind, with the related rows that letters need, or None."""
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
        """Return the template. Raises NothingToWrite if there is none."""
        if (template := self.template()) is None:
            raise NothingToWrite(
                _("The event has no template for this document: %(kind)s.") % {"kind": self.kind.label}
            )
        return template


@dataclass(frozen=True, slots=True)
class Draft:
    """One document of an order. Without a `paper`, `reason` says why it cannot be composed, one line per cause.

    `subject` is different for each document of an order. The related rows say whom the document is about.
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

    def with_paper(self, write: Callable[[], Paper]) -> "Draft":
        """Return the draft with its paper, or with the reason why there is none."""
        try:
            return replace(self, paper=write())
        except (Incomplete, PlaceholderError) as error:
            return replace(self, reason="\n".join(error.reasons))
