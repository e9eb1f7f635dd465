"""Labels for codes in the audit trail of this app that are not choices of a model field."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from registration.fields import CATALOGUE
from registration.presets import PRESETS


def of_field(name: str) -> str:
    return CATALOGUE[name].label if name in CATALOGUE else ""


def of_preset(name: str) -> str:
    return str(PRESETS[name].name) if name in PRESETS else ""


def of_language(code: str) -> str:
    return pgettext("letter", "each in its own language") if code == "own" else ""


def of_list(name: str) -> str:
    return {"figures": _("Figures"), "delegations": _("Delegations"), "people": _("People")}.get(name, "")


def of_format(extension: str) -> str:
    return extension.upper()


CODES: dict[str, Callable[[str], str]] = {
    "askedfield.name": of_field,
    "preset": of_preset,
    "language": of_language,
    "list": of_list,
    "format": of_format,
}
