"""Actions on a delegation or a person: a button, a sentence and a confirmation page each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registration.forms import ReasonForm, ReturnForm, VersionForm
from registration.models import Delegation, Participant
from registration.services.delegations import reject_delegation, reopen_delegation, return_delegation
from registration.services.people import cancel_person
from registration.services.persons import reject_person

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Move:
    """One action.

    `subject` is the service's argument for the object; `statuses` are those that allow the action.
    """

    name: str
    service: Callable[..., Any]
    subject: str
    statuses: frozenset[str]
    form: type[forms.Form]
    button: Words
    sentence: Words
    consequence: Words
    done: Words
    is_grave: bool = False

    def is_possible(self, obj: Delegation | Participant) -> bool:
        return obj.status in self.statuses


_Status = Delegation.Status
_Person = Participant.Status

DELEGATION_MOVES = (
    Move(
        "return",
        return_delegation,
        "delegation",
        frozenset({_Status.SUBMITTED, _Status.CONFIRMED}),
        ReturnForm,
        _("Return for correction"),
        _("You say what has to be corrected; the coordinator may change and submit the registration again."),
        _(
            "People who are submitted go back to the coordinator as drafts and give up their places; "
            "people who are confirmed stay confirmed. The coordinators are told by e-mail."
        ),
        _("Registration returned. The coordinator is told by e-mail."),
    ),
    Move(
        "reject",
        reject_delegation,
        "delegation",
        frozenset({_Status.SUBMITTED, _Status.CONFIRMED}),
        ReasonForm,
        _("Do not accept"),
        _("The delegation does not take part. You give the reason."),
        _(
            "The whole delegation does not take part: everybody in it, confirmed or not, loses their place, "
            "and the coordinator can no longer change anything. The coordinators are told by e-mail, with the "
            "reason. You can reopen the registration, but the places may be taken by then."
        ),
        _("Registration not accepted. The coordinator is told by e-mail."),
        is_grave=True,
    ),
    Move(
        "reopen",
        reopen_delegation,
        "delegation",
        frozenset(Delegation.ENDED),
        VersionForm,
        pgettext_lazy("button", "Reopen"),
        _("The coordinator may change the registration and submit it again."),
        _(
            "The coordinator may change the registration and submit it again; nobody gets a place by this. "
            "The coordinators are told by e-mail."
        ),
        _("Registration reopened. The coordinator is told by e-mail."),
    ),
)
PERSON_MOVES = (
    Move(
        "reject",
        reject_person,
        "participant",
        frozenset({_Person.SUBMITTED, _Person.WAITLISTED, _Person.CONFIRMED}),
        ReasonForm,
        _("Do not accept"),
        "",
        _(
            "This person does not take part and gives up the place; the rest of the delegation stays as it is. "
            "The coordinators are told by e-mail, with the reason."
        ),
        _("This person is not accepted. The coordinator is told by e-mail."),
        is_grave=True,
    ),
    Move(
        "cancel",
        cancel_person,
        "participant",
        frozenset({_Person.SUBMITTED, _Person.WAITLISTED, _Person.CONFIRMED}),
        ReasonForm,
        pgettext_lazy("button", "Cancel"),
        "",
        _(
            "This person does not come and gives up the place, which goes to the next on the waiting list. "
            "On the coordinator’s pages it can be undone: the person is a draft then, to be submitted again."
        ),
        _("This person is cancelled."),
        is_grave=True,
    ),
)
