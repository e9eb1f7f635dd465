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


class EditMode(StrEnum):
    """How a change can be made."""

    FREE = "free"
    REQUEST = "request"  # by a ChangeRequest, on which the secretariat decides
    CLOSED = "closed"


class EditingClosed(Refused):
    """The change cannot be made directly; `edit_mode` says whether it can be requested."""

    SENTENCES: dict[str, Promise] = {
        EditMode.REQUEST: gettext_lazy(
            "Nothing was changed: the deadline for this has passed. You can ask the secretariat for the change."
        ),
        EditMode.CLOSED: gettext_lazy("Nothing was changed: this registration can no longer be changed."),
    }

    def __init__(self, edit_mode: EditMode) -> None:
        super().__init__()
        self.edit_mode, self.sentence = edit_mode, self.SENTENCES[edit_mode]


def get_edit_mode(
    subject: Participant | Delegation,
    names: Iterable[str],
    at: datetime,
    actor: User,
    asked: Asked | None = None,
) -> EditMode:
    """How `actor` may change these fields of a person (saved or not) or of the delegation itself.

    Names that are not in `fields.CATALOGUE` are ignored. Drafts can be edited after the deadline, so that no
    typed data is lost. Deadlines do not bind the secretariat. A request cannot contain a file.
    """
    delegation = subject if isinstance(subject, Delegation) else subject.delegation
    if delegation.has_ended or not _is_present(subject):
        return EditMode.CLOSED
    if not (delegation.takes_changes or actor.is_secretariat):
        return EditMode.CLOSED
    if actor.is_secretariat or _is_draft(subject):
        return EditMode.FREE
    asked = asked or Asked(delegation.event)
    shut = [
        name for name in names if name in CATALOGUE and not _is_open(subject, delegation, name, at, asked)
    ]
    if not shut:
        return EditMode.FREE
    return (
        EditMode.CLOSED
        if any(CATALOGUE[name].section == Section.FILES for name in shut)
        else EditMode.REQUEST
    )


def most_permissive(edit_modes: Collection[EditMode]) -> EditMode:
    """The most permissive of these values, which decides how a form is sent; CLOSED if there is none."""
    return next(
        edit_mode for edit_mode in EditMode if edit_mode in edit_modes or edit_mode == EditMode.CLOSED
    )


def require_direct_edit(
    subject: Participant | Delegation, names: Iterable[str], at: datetime, actor: User
) -> None:
    """Raises EditingClosed if the change cannot be made directly."""
    if (edit_mode := get_edit_mode(subject, names, at, actor)) != EditMode.FREE:
        raise EditingClosed(edit_mode)


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
