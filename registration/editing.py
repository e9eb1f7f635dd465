"""Whether a user may change a field now: directly, by a request to the secretariat, or not at all."""

from collections.abc import Collection, Iterable
from datetime import datetime
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from accounts.models import User
from events.models import Event, Window
from events.windows import end_of
from registration.deadlines import window_of
from registration.fields import CATALOGUE, Asked, Section, round_of
from registration.models import AskedField, Delegation, Participant
from registration.rules import Refused

Stage, Round = Window.Stage, AskedField.Round


class Pen(StrEnum):
    """How a change can be made."""

    FREE = "free"
    REQUEST = "request"  # by a ChangeRequest, on which the secretariat decides
    CLOSED = "closed"


class EditingClosed(Refused):
    """The change cannot be made directly; `pen` says whether it can be requested."""

    SENTENCES: dict[str, Promise] = {
        Pen.REQUEST: gettext_lazy(
            "Nothing was changed: the deadline for this has passed. You can ask the secretariat for the change."
        ),
        Pen.CLOSED: gettext_lazy("Nothing was changed: this registration can no longer be changed."),
    }

    def __init__(self, pen: Pen) -> None:
        super().__init__()
        self.pen, self.sentence = pen, self.SENTENCES[pen]


def may_edit(
    subject: Participant | Delegation,
    names: Iterable[str],
    at: datetime,
    actor: User,
    asked: Asked | None = None,
) -> Pen:
    """How `actor` may change these fields of a person (saved or not) or of the delegation itself.

    Names that are not in `fields.CATALOGUE` are ignored. Drafts can be edited after the deadline, so that no
    typed data is lost. Deadlines do not bind the secretariat. A request cannot contain a file.
    """
    delegation = subject if isinstance(subject, Delegation) else subject.delegation
    if delegation.has_ended or not _is_present(subject):
        return Pen.CLOSED
    if not (delegation.takes_changes or actor.is_secretariat):
        return Pen.CLOSED
    if actor.is_secretariat or _is_draft(subject):
        return Pen.FREE
    asked = asked or Asked(delegation.event)
    shut = [
        name for name in names if name in CATALOGUE and not _is_open(subject, delegation, name, at, asked)
    ]
    if not shut:
        return Pen.FREE
    return Pen.CLOSED if any(CATALOGUE[name].section == Section.FILES for name in shut) else Pen.REQUEST


def freest(pens: Collection[Pen]) -> Pen:
    """The most permissive of these values, which decides how a form is sent; CLOSED if there is none."""
    return next(pen for pen in Pen if pen in pens or pen == Pen.CLOSED)


def require_pen(subject: Participant | Delegation, names: Iterable[str], at: datetime, actor: User) -> None:
    """Raises EditingClosed if the change cannot be made directly."""
    if (pen := may_edit(subject, names, at, actor)) != Pen.FREE:
        raise EditingClosed(pen)


def _is_draft(subject: Participant | Delegation) -> bool:
    if isinstance(subject, Delegation):
        return subject.is_editable
    return subject.status == Participant.Status.DRAFT


def _is_present(subject: Participant | Delegation) -> bool:
    return isinstance(subject, Delegation) or subject.is_present


def _is_open(
    subject: Participant | Delegation, delegation: Delegation, name: str, at: datetime, asked: Asked
) -> bool:
    """True if one field of a submitted person may still change.

    The field's own last day is checked first, then the stage of its round.
    """
    row = asked.rows.get(name)
    if (
        row
        and row.changes_until
        and at >= end_of(row.changes_until, Window(event=delegation.event).closing_zone)
    ):
        return False
    if CATALOGUE[name].section == Section.FILES:
        return True
    category = subject.category if isinstance(subject, Participant) else ""
    stages = _stages(delegation.event, row.round if row else round_of(name))
    windows = (window_of(delegation.event, stage, category, delegation.organisation) for stage in stages)
    return any(window.period.is_open(at) for window in windows if window)


def _stages(event: Event, of_round: str) -> tuple[str, ...]:
    """The stages in which the fields of a round may change.

    Without a stage for travel, travel fields follow the stages of the others.
    """
    if of_round == Round.TRAVEL and any(window.stage == Stage.TRAVEL for window in event.windows.all()):
        return (Stage.TRAVEL,)
    return (Stage.REGISTER, Stage.CHANGE)
