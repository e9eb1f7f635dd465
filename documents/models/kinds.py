"""The kinds of documents, and everything that depends only on the kind."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class About(models.TextChoices):
    """What one document of a kind is about. It decides who may download it and what an order selects."""

    EVENT = "event"
    BODY = "body"  # an organisation
    DELEGATION = "delegation"
    PERSON = "person"


class Kind(models.TextChoices):
    """The kinds of documents.

    A new kind also needs a text in `documents.composing`, fields in `documents.papers` and a template.
    """

    INVITATION = "invitation", _("Invitation letter")
    COLLECTIVE = "collective", _("Collective letter")
    AIDE_MEMOIRE = "aide-memoire", _("Aide-memoire")
    PROGRAMME = "programme", _("Programme")
    AGENDA = "agenda", _("Provisional agenda")
    PRACTICAL_NOTE = "practical-note", _("Practical information note")
    VISA_LETTER = "visa-letter", _("Visa-support letter")
    CONFIRMATION = "confirmation", _("Confirmation of a delegation")
    PERSON_CONFIRMATION = "person-confirmation", _("Confirmation of a person")
    PARTICIPANTS = "participants", _("List of participants")
    BADGES = "badges", _("Badges")
    CERTIFICATE = "certificate", _("Certificate of attendance")

    @property
    def mark(self) -> str:
        """The abbreviation of the kind in a reference: INV, AM."""
        return _MARKS[self]

    def stem(self, language: str) -> str:
        """Return the kind's part of a file name in this language, in ASCII letters."""
        return _STEMS_ES[self] if language == "es" else self.value

    @property
    def about(self) -> About:
        return _ABOUT.get(self, About.EVENT)

    @property
    def needs_template(self) -> bool:
        """True if the secretariat writes the text. Other kinds are made from the data of the event."""
        return self in LETTERS


_STEMS_ES = {
    Kind.INVITATION: "invitacion",
    Kind.COLLECTIVE: "carta-colectiva",
    Kind.AIDE_MEMOIRE: "nota-recordatoria",
    Kind.PROGRAMME: "programa",
    Kind.AGENDA: "orden-del-dia",
    Kind.PRACTICAL_NOTE: "informacion-practica",
    Kind.VISA_LETTER: "carta-visado",
    Kind.CONFIRMATION: "confirmacion",
    Kind.PERSON_CONFIRMATION: "confirmacion-personal",
    Kind.PARTICIPANTS: "lista-de-participantes",
    Kind.BADGES: "distintivos",
    Kind.CERTIFICATE: "certificado",
}
_MARKS = {
    Kind.INVITATION: "INV",
    Kind.COLLECTIVE: "COL",
    Kind.AIDE_MEMOIRE: "AM",
    Kind.PROGRAMME: "PRG",
    Kind.AGENDA: "AGD",
    Kind.PRACTICAL_NOTE: "INF",
    Kind.VISA_LETTER: "VIS",
    Kind.CONFIRMATION: "CNF",
    Kind.PERSON_CONFIRMATION: "PCF",
    Kind.PARTICIPANTS: "LST",
    Kind.BADGES: "BDG",
    Kind.CERTIFICATE: "CRT",
}
_ABOUT = {
    Kind.INVITATION: About.BODY,
    Kind.CONFIRMATION: About.DELEGATION,
    Kind.VISA_LETTER: About.PERSON,
    Kind.PERSON_CONFIRMATION: About.PERSON,
    Kind.CERTIFICATE: About.PERSON,
}
LETTERS = {
    Kind.INVITATION,
    Kind.COLLECTIVE,
    Kind.VISA_LETTER,
    Kind.CONFIRMATION,
    Kind.PERSON_CONFIRMATION,
    Kind.CERTIFICATE,
}
"""Kinds with a template: signed, on a letterhead, with placeholders in their text."""

PUBLISHABLE = {Kind.AIDE_MEMOIRE, Kind.PROGRAMME, Kind.AGENDA, Kind.PRACTICAL_NOTE}
"""Kinds about the whole event that may be published on its page."""

FOR_DELEGATIONS = {Kind.AIDE_MEMOIRE, Kind.PROGRAMME, Kind.AGENDA, Kind.PRACTICAL_NOTE, Kind.PARTICIPANTS}
"""Kinds about the whole event that every coordinator of a delegation may download."""

PRIVATE = {Kind.VISA_LETTER, Kind.CONFIRMATION, Kind.PERSON_CONFIRMATION, Kind.CERTIFICATE}
"""Kinds made from registrations: for the secretariat and the delegation's coordinators, not for the event's team."""

LONG = {Kind.PARTICIPANTS, Kind.BADGES}
"""Kinds with hundreds of people in one file. They take minutes, so they have a separate queue."""
