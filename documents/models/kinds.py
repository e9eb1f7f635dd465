"""The kinds of documents, and what follows from a kind alone."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class About(models.TextChoices):
    """What one document of a kind speaks of; decides who may download it and what an order chooses."""

    EVENT = "event"
    BODY = "body"  # an organisation, invited or not
    DELEGATION = "delegation"
    PERSON = "person"


class Kind(models.TextChoices):
    """A kind is added here, in `documents.composing` (its text), `documents.papers` (its form) and a template."""

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
        """How a reference names it: INV, AM."""
        return _MARKS[self]

    def stem(self, language: str) -> str:
        """What a file of this kind is called in that language, in letters that every system takes."""
        return _STEMS_ES[self] if language == "es" else self.value

    @property
    def about(self) -> About:
        return _ABOUT.get(self, About.EVENT)

    @property
    def needs_template(self) -> bool:
        """Whether its words are the secretariat's own; the others are made from the rows of the event."""
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
"""Signed, on a letterhead, with placeholders in a text of their own."""

PUBLISHABLE = {Kind.AIDE_MEMOIRE, Kind.PROGRAMME, Kind.AGENDA, Kind.PRACTICAL_NOTE}
"""Of the whole event, and for everybody: may stand on its page."""

FOR_DELEGATIONS = {Kind.AIDE_MEMOIRE, Kind.PROGRAMME, Kind.AGENDA, Kind.PRACTICAL_NOTE, Kind.PARTICIPANTS}
"""Of the whole event, and for every coordinator of one of its delegations."""

PRIVATE = {Kind.VISA_LETTER, Kind.CONFIRMATION, Kind.PERSON_CONFIRMATION, Kind.CERTIFICATE}
"""Made from registrations: for the secretariat and the delegation's own coordinators, not for an event's team."""

LONG = {Kind.PARTICIPANTS, Kind.BADGES}
"""Of hundreds of people in one file: they take minutes, and have the queue for it."""
