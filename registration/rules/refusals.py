"""Refused changes, each with a sentence for the user."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Event
from registration.models import Delegation, Participant
from registration.rules.judging import Verdict

MOST_PEOPLE = 60  # per delegation; the sentence of TooManyPeople repeats the number


class Refused(Exception):
    """A change that was refused completely; `str()` gives a sentence for the user."""

    sentence: Promise

    def __str__(self) -> str:
        return str(self.sentence)


class WrongStatus(Refused):
    """The delegation's status does not allow this: another user, or an earlier click, has changed it."""

    def __init__(self, delegation: Delegation) -> None:
        super().__init__()
        self.delegation = delegation

    def __str__(self) -> str:
        return _("Nothing was changed: the status of this registration is now “%(status)s”.") % {
            "status": self.delegation.get_status_display()
        }


class VersionChanged(Refused):
    """Somebody saved the delegation after the page was opened."""

    sentence = gettext_lazy(
        "Nothing was changed: the registration has been saved again since this page was opened."
    )


class UnknownPerson(Refused):
    """The form names a person who is not in this delegation."""

    sentence = gettext_lazy("Nothing was saved: this form belongs to another registration. Open yours again.")


class TwoHeads(Refused):
    """More than one person is head of delegation."""

    sentence = gettext_lazy("A delegation has one head: choose another role for the others.")


class TooManyPeople(Refused):
    """The delegation would have more than MOST_PEOPLE people."""

    sentence = gettext_lazy(
        "A delegation of more than 60 people cannot be entered here: write to the secretariat."
    )


class Incomplete(Refused):
    """Rules prevent the submission; `missing` holds the verdicts, each a sentence."""

    def __init__(self, missing: Sequence[Verdict]) -> None:
        super().__init__()
        self.missing = missing

    def __str__(self) -> str:
        return " ".join(item.sentence for item in self.missing)


class PrivacyNotRead(Refused):
    """The box that confirms reading the privacy notice is not ticked."""

    sentence = gettext_lazy("Read the privacy notice and tick the box before you submit.")


class EventNotHeld(Refused):
    """The event is cancelled, postponed or not published: nobody can be invited or register."""

    SENTENCES = {
        Event.Status.CANCELLED: gettext_lazy(
            "The event has been cancelled: registrations are no longer accepted."
        ),
        Event.Status.POSTPONED: gettext_lazy(
            "The event has been postponed: no registrations are accepted for now."
        ),
        Event.Status.DRAFT: gettext_lazy(
            "The event is not published: no registrations are accepted for now."
        ),
    }

    def __init__(self, event: Event) -> None:
        super().__init__()
        self.sentence = self.SENTENCES[Event.Status(event.status)]


class ReasonMissing(Refused):
    """A decision against a delegation, a person or a request needs a reason."""

    sentence = gettext_lazy("Write the reason: the coordinator reads it.")


class LinkReplaced(Refused):
    """The personal link was replaced or revoked after it was opened."""

    sentence = gettext_lazy("This personal link has been replaced by a newer one.")


class AlreadyCoordinated(Refused):
    """Another person already coordinates the delegation."""

    sentence = gettext_lazy("Another person already coordinates this delegation.")

    def __init__(self, delegation: Delegation) -> None:
        super().__init__()
        self.delegation = delegation


def check_composition(people: Sequence[Participant]) -> None:
    """Check what even a draft must fulfil. Raises TwoHeads, TooManyPeople."""
    if sum(person.role == Participant.Role.HEAD for person in people) > 1:
        raise TwoHeads
    if len(people) > MOST_PEOPLE:
        raise TooManyPeople
