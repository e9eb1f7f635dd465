"""Slots for the files of a delegation: one per requested kind, for each person or for the delegation."""

from dataclasses import dataclass
from typing import Self

from django.urls import reverse

from registration.fields import Asked
from registration.models import Delegation, Participant, Upload

Kind = Upload.Kind
OF_A_PERSON = (Kind.PHOTO, Kind.PASSPORT)


@dataclass(frozen=True, slots=True)
class Slot:
    """One kind of file of a person or, without `person`, of the delegation. Uses prefetched rows."""

    delegation: Delegation
    kind: Kind
    person: Participant | None = None

    @classmethod
    def find(cls, delegation: Delegation, kind: str, person: int | None) -> Self | None:
        """The slot of this kind and person.

        None if the event does not ask for the file, or the person is not present in the delegation.
        """
        if (kind in OF_A_PERSON) != (person is not None) or not Asked(delegation.event).asks(kind):
            return None
        if person is None:
            return cls(delegation, Kind(kind))
        owner = next((one for one in _present(delegation) if one.pk == person), None)
        return cls(delegation, Kind(kind), owner) if owner else None

    @property
    def owner(self) -> Participant | Delegation:
        return self.person or self.delegation

    @property
    def upload(self) -> Upload | None:
        """The uploaded file, or None."""
        keys = (self.person.pk if self.person else None, self.kind)
        uploads = self.delegation.uploads.all()
        return next((one for one in uploads if (one.participant_id, one.kind) == keys), None)

    @property
    def following(self) -> "Slot | None":
        """The slot of the next person without this file, in a circle; None if there is none."""
        if self.person is None:
            return None
        people = _present(self.delegation)
        place = people.index(self.person)
        around = (Slot(self.delegation, self.kind, one) for one in [*people[place + 1 :], *people[:place]])
        return next((slot for slot in around if slot.upload is None), None)

    def get_absolute_url(self) -> str:
        if self.person is None:
            return reverse("registration:upload_delegation", args=[self.delegation.pk, self.kind])
        return reverse("registration:upload_person", args=[self.delegation.pk, self.person.pk, self.kind])


def slots_of_people(delegation: Delegation) -> list[tuple[Participant, list[Slot]]]:
    """Each present person with their slots; empty if the event asks for no file of a person."""
    asked = Asked(delegation.event)
    kinds = [kind for kind in OF_A_PERSON if asked.asks(kind)]
    people = _present(delegation) if kinds else []
    return [(one, [Slot(delegation, kind, one) for kind in kinds]) for one in people]


def _present(delegation: Delegation) -> list[Participant]:
    return [one for one in delegation.participants.all() if one.is_present]
