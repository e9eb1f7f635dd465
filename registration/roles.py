"""Names of roles and titles: neutral in headings and forms, gendered for a person."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from registration.models import Participant

Role, Gender = Participant.Role, Participant.Gender

_OF_A_WOMAN: dict[str, Promise] = {
    Role.HEAD: pgettext_lazy("role of a woman", "Head of delegation"),
    Role.DEPUTY: pgettext_lazy("role of a woman", "Deputy head of delegation"),
    Role.DELEGATE: pgettext_lazy("role of a woman", "Delegate"),
    Role.ALTERNATE: pgettext_lazy("role of a woman", "Alternate"),
    Role.HONORARY: pgettext_lazy("role of a woman", "Honorary member"),
    Role.ADVISER: pgettext_lazy("role of a woman", "Adviser"),
    Role.EXPERT: pgettext_lazy("role of a woman", "Expert"),
    Role.OBSERVER: pgettext_lazy("role of a woman", "Observer"),
    Role.SECRETARY: pgettext_lazy("role of a woman", "Secretary of the delegation"),
    Role.STAFF: pgettext_lazy("role of a woman", "Parliamentary staff"),
    Role.INTERPRETER: pgettext_lazy("role of a woman", "Interpreter"),
    Role.SECURITY: pgettext_lazy("role of a woman", "Security"),
    Role.PRESS: pgettext_lazy("role of a woman", "Press"),
    Role.ACCOMPANYING: pgettext_lazy("role of a woman", "Accompanying person"),
    Role.GUEST: pgettext_lazy("role of a woman", "Special guest"),
    Role.SPEAKER: pgettext_lazy("role of a woman", "Panellist"),
}
_OF_A_MAN: dict[str, Promise] = {
    Role.HEAD: pgettext_lazy("role of a man", "Head of delegation"),
    Role.DEPUTY: pgettext_lazy("role of a man", "Deputy head of delegation"),
    Role.DELEGATE: pgettext_lazy("role of a man", "Delegate"),
    Role.ALTERNATE: pgettext_lazy("role of a man", "Alternate"),
    Role.HONORARY: pgettext_lazy("role of a man", "Honorary member"),
    Role.ADVISER: pgettext_lazy("role of a man", "Adviser"),
    Role.EXPERT: pgettext_lazy("role of a man", "Expert"),
    Role.OBSERVER: pgettext_lazy("role of a man", "Observer"),
    Role.SECRETARY: pgettext_lazy("role of a man", "Secretary of the delegation"),
    Role.STAFF: pgettext_lazy("role of a man", "Parliamentary staff"),
    Role.INTERPRETER: pgettext_lazy("role of a man", "Interpreter"),
    Role.SECURITY: pgettext_lazy("role of a man", "Security"),
    Role.PRESS: pgettext_lazy("role of a man", "Press"),
    Role.ACCOMPANYING: pgettext_lazy("role of a man", "Accompanying person"),
    Role.GUEST: pgettext_lazy("role of a man", "Special guest"),
    Role.SPEAKER: pgettext_lazy("role of a man", "Panellist"),
}
_DOCTOR: dict[str, Promise] = {  # in Spanish, the only title whose abbreviation depends on the gender
    Gender.WOMAN: pgettext_lazy("honorific of a woman", "Dr."),
    Gender.MAN: pgettext_lazy("honorific of a man", "Dr."),
}
_BY_GENDER: dict[str, dict[str, Promise]] = {Gender.WOMAN: _OF_A_WOMAN, Gender.MAN: _OF_A_MAN}


def role_of(participant: Participant) -> str:
    """The role in the form for the person's gender; neutral for another gender or none stated."""
    words = _BY_GENDER.get(participant.gender, {})
    return str(words.get(participant.role) or participant.get_role_display())


def honorific_of(participant: Participant) -> str:
    """The title before the person's name, for example “Dra.” for a woman; empty if none was chosen."""
    if participant.honorific == Participant.Honorific.DR and participant.gender in _DOCTOR:
        return str(_DOCTOR[participant.gender])
    return str(participant.get_honorific_display()) if participant.honorific else ""
