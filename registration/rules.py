"""What a name may hold and what a registration must hold. Forms, services, the import and the admin ask here."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Event
from registration.models import Delegation, Participant

# Invisible signs that come along with pasted names: soft hyphen, zero-width space, marks and embeddings of direction.
CARRIED_ALONG = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202c\u2060\u2066-\u2069\ufeff]"
)
JOINERS = "\u200c\u200d"  # Persian, Hindi and other scripts need them
UNPRINTABLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
MOST_PEOPLE = 60  # of one delegation; the sentence of TooManyPeople says so too


def tidy(text: str) -> str:
    """The text on one line, composed (NFC), without spaces around and without the invisible signs of a paste.

    Raises ValidationError for what cannot be printed: control characters, overrides of direction, private signs.
    """
    text = CARRIED_ALONG.sub("", unicodedata.normalize("NFC", " ".join(text.split())))
    return _printable(text).strip()


def tidy_lines(text: str) -> str:
    """The same for a text of several lines."""
    return "\n".join(tidy(line) for line in text.strip().splitlines())


def _printable(text: str) -> str:
    for sign in text:
        refused = unicodedata.category(sign) in UNPRINTABLE and sign not in JOINERS
        if refused or sign == "\ufffd":
            raise ValidationError(
                _(
                    "This contains a character that cannot be printed (U+%(code)s). Please type the text again."
                ),
                code="unprintable",
                params={"code": f"{ord(sign):04X}"},
            )
    return text


def validate_name(name: str) -> None:
    """Refuse a name without any letter, of whatever script: a dash says nothing on a badge."""
    if name and not any(unicodedata.category(sign).startswith("L") for sign in name):
        raise ValidationError(_("Write the name in letters, or leave the field empty."), code="no_letters")


@dataclass(frozen=True, slots=True)
class Missing:
    """What keeps a registration from being submitted: a sentence, and where to mend it (person by place, field)."""

    sentence: str
    place: int = 0
    field: str = ""


def missing(people: Iterable[Participant]) -> list[Missing]:
    """What is still to be filled in, in the order of the form; empty when the registration can be submitted."""
    people = list(people)
    if not people:
        return [Missing(_("Add at least one person."))]
    found = []
    if not any(person.role == Participant.Role.HEAD for person in people):
        found.append(Missing(_("Say who the head of the delegation is."), 0, "role"))
    found += [
        Missing(_("Enter the function of %(person)s.") % {"person": person}, place, "function")
        for place, person in enumerate(people)
        if not person.function and person.role != Participant.Role.ACCOMPANYING
    ]
    return found


class Refused(Exception):
    """A change that was refused whole. As text it is a sentence for the person who asked for it."""

    sentence: Promise

    def __str__(self) -> str:
        return str(self.sentence)


class WrongStatus(Refused):
    """The delegation has moved on: submitted, confirmed or returned by somebody else, or by an earlier click."""

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
    """The form names a person who is not of this delegation."""

    sentence = gettext_lazy("Nothing was saved: this form belongs to another registration. Open yours again.")


class TwoHeads(Refused):
    """More than one person is head of the delegation."""

    sentence = gettext_lazy("A delegation has one head: choose another role for the others.")


class TooManyPeople(Refused):
    """More people than a form holds."""

    sentence = gettext_lazy(
        "A delegation of more than 60 people cannot be entered here: write to the secretariat."
    )


class Incomplete(Refused):
    """`missing` says what has to be filled in before."""

    def __init__(self, missing: list[Missing]) -> None:
        super().__init__()
        self.missing = missing

    def __str__(self) -> str:
        return " ".join(item.sentence for item in self.missing)


class PrivacyNotRead(Refused):
    """The box that says that the privacy notice was read is empty."""

    sentence = gettext_lazy("Read the privacy notice and tick the box before you submit.")


class EventNotHeld(Refused):
    """Nobody is invited to, or registers for, an event that is off, or not public yet."""

    SENTENCES = {
        Event.Status.CANCELLED: gettext_lazy(
            "The event has been cancelled: registrations are no longer taken."
        ),
        Event.Status.POSTPONED: gettext_lazy(
            "The event has been postponed: no registrations are taken for now."
        ),
        Event.Status.DRAFT: gettext_lazy("The event is not published: no registrations are taken for now."),
    }

    def __init__(self, event: Event) -> None:
        super().__init__()
        self.sentence = self.SENTENCES[Event.Status(event.status)]


class ReasonMissing(Refused):
    """A registration cannot be returned without saying why."""

    sentence = gettext_lazy("Write what has to be corrected: the coordinator reads it.")


class LinkReplaced(Refused):
    """The personal link was replaced by a newer one after it was opened."""

    sentence = gettext_lazy("This personal link has been replaced by a newer one.")


class AlreadyCoordinated(Refused):
    """Another person coordinates the delegation already."""

    sentence = gettext_lazy("Another person already coordinates this delegation.")

    def __init__(self, delegation: Delegation) -> None:
        super().__init__()
        self.delegation = delegation


def is_off(event: Event) -> bool:
    """True while an event is cancelled or postponed."""
    return event.status in {Event.Status.CANCELLED, Event.Status.POSTPONED}


def check_composition(people: Sequence[Participant]) -> None:
    """Refuse a delegation that cannot even be a draft. Raises TwoHeads, TooManyPeople."""
    if sum(person.role == Participant.Role.HEAD for person in people) > 1:
        raise TwoHeads
    if len(people) > MOST_PEOPLE:
        raise TooManyPeople
