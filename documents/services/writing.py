"""The texts of an order's documents, each written or with the reason why it cannot be."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from accounts.language import LANGUAGE_CODES
from documents import composing
from documents.composing import Addressee, Letters
from documents.models import Batch, Document, LetterTemplate
from documents.papers import Paper
from documents.placeholders import PlaceholderError
from events.models import Event, Organisation, Session
from registration.models import Invitation


class NothingToWrite(Exception):
    """The whole order is in vain; says why."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One document of an order. Without a paper, `reason` says what keeps it from being written."""

    subject: str
    language: str
    organisation: Organisation | None = None
    paper: Paper | None = None
    reason: str = ""
    template_version: int = 0

    @property
    def key(self) -> tuple[str, str]:
        return self.subject, self.language


def drafts(order: Batch, organisations: Iterable[Organisation]) -> list[Draft]:
    """Every document that the order asks for. Raises NothingToWrite when the event has no such template."""
    if order.kind == Document.Kind.AIDE_MEMOIRE:
        event = _whole_event(order.event_id)
        return [
            _draft(partial(composing.aide_memoire, event, language, order.date), language)
            for language in _languages(order.languages)
        ]
    template = template_of(order)
    letters = {language: Letters(template, language, order.date) for language in LANGUAGE_CODES}
    if order.kind == Document.Kind.COLLECTIVE:
        return [
            _draft(letters[language].to_all, language, version=template.version)
            for language in _languages(order.languages)
        ]
    own = dict(Invitation.objects.filter(event=order.event_id).values_list("organisation", "language"))
    return [
        _draft(partial(letters[language].to, addressee), language, addressee, template.version)
        for organisation in organisations
        for addressee in composing.addressees(
            organisation, each_chamber=order.chambers == Batch.Chambers.EACH
        )
        for language in _languages(order.languages, own.get(organisation.pk, ""))
    ]


def template_of(order: Batch) -> LetterTemplate:
    """The event's template for this kind of letter. Raises NothingToWrite."""
    found = (
        LetterTemplate.objects.filter(event=order.event_id, kind=order.kind)
        .select_related("event", "letterhead")
        .prefetch_related("signatories__organisation", "event__windows")
        .first()
    )
    if found is None:
        raise NothingToWrite(
            _("The event has no template for this letter: %(kind)s.") % {"kind": order.get_kind_display()}
        )
    return found


def addressed(organisations: QuerySet[Organisation]) -> list[Organisation]:
    """These organisations in the order of their codes, with their presiding officers."""
    return list(
        organisations.select_related("parliament")
        .prefetch_related("parliament__presiding_officers")
        .order_by("code")
    )


def _languages(asked: str, own: str = "") -> Sequence[str]:
    """The languages that an order asks for; `own` is the addressee's, both for a document of the whole event."""
    language = (own or Batch.Languages.BOTH) if asked == Batch.Languages.OWN else asked
    return [*LANGUAGE_CODES] if language == Batch.Languages.BOTH else [language]


def _draft(
    write: Callable[[], Paper], language: str, addressee: Addressee | None = None, version: int = 0
) -> Draft:
    """What comes of writing a document: its paper, or the reason why there is none."""
    subject = addressee.subject if addressee else ""
    draft = Draft(subject, language, addressee.organisation if addressee else None, template_version=version)
    try:
        return replace(draft, paper=write())
    except (composing.Incomplete, PlaceholderError) as error:
        return replace(draft, reason=str(error))


def _whole_event(pk: int) -> Event:
    sessions = Session.objects.with_people()
    return Event.objects.prefetch_related(
        "sections", "organisers__organisation", Prefetch("sessions", queryset=sessions)
    ).get(pk=pk)
