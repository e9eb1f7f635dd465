"""Describe entries of the audit trail in words. Each app describes its verbs in its AppConfig, as `verbs`."""

from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

from django.apps import AppConfig, apps
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.text import Truncator, capfirst
from django.utils.translation import get_language_info, pgettext_lazy
from django.utils.translation import gettext as _

# Names of recorded values that are not fields of the object.
FIGURES: dict[str, Promise] = {
    "reason": pgettext_lazy("history", "reason"),
    "version": pgettext_lazy("history", "version"),
    "fields": pgettext_lazy("history", "fields"),
    "addresses": pgettext_lazy("history", "addresses"),
    "people": pgettext_lazy("history", "people"),
    "parliaments": pgettext_lazy("history", "parliaments"),
    "preset": pgettext_lazy("history", "preset"),
    "language": pgettext_lazy("history", "language"),
    "languages": pgettext_lazy("history", "languages"),
    "kind": pgettext_lazy("history", "kind"),
    "documents": pgettext_lazy("history", "documents"),
    "mails": pgettext_lazy("history", "mails"),
    "added": pgettext_lazy("history", "added"),
    "changed": pgettext_lazy("history", "changed"),
    "unchanged": pgettext_lazy("history", "unchanged"),
    "number": pgettext_lazy("history", "number"),
    "store": pgettext_lazy("history", "store"),
    "on_behalf": pgettext_lazy("history", "on behalf of the delegation"),
    "participant": pgettext_lazy("history", "person"),
    "person": pgettext_lazy("history", "account"),
    "waiting": pgettext_lazy("history", "on the waiting list"),
    "stage": pgettext_lazy("history", "stage"),
    "closes_at": pgettext_lazy("history", "closes"),
    "list": pgettext_lazy("history", "list"),
    "format": pgettext_lazy("history", "format"),
    "extension": pgettext_lazy("history", "file extension"),
    "event": pgettext_lazy("history", "event"),
}

# Functions that describe values which are not choices of a field, by the name of the value or by `model.field`.
codes: dict[str, Callable[[str], str]] = {}


def verbs() -> dict[str, Promise]:
    """Return the description of each verb. A verb without a kind of object, such as `changed`, is for all kinds."""
    return {verb: words for app in _own_apps() for verb, words in app.verbs.items()}


def verb_description(verb: str) -> str:
    """Return the description of a verb."""
    known = verbs()
    return str(known.get(verb) or known.get(verb.rpartition(".")[2]) or verb)


def object_type_name(object_type: str) -> str:
    """Return the name of a kind of object, given as `events.event`."""
    model = _model(object_type.rpartition(".")[2])
    return capfirst(str(model._meta.verbose_name)) if model else object_type


def changes(object_type: str, recorded: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the name of each change and “before → after”; for a personal field, only “changed”."""
    for name, change in recorded.items():
        part, _colon, field = name.rpartition(": ")
        of, _space, number = part.partition(" ")
        whole = _model(object_type.rpartition(".")[2])
        model = _model(of) if part else whole
        if part and _leads_to(model, field, whole):
            continue  # the foreign key from a part to the object whose history is shown
        words = field_label(model, field)
        yield (
            f"{object_type_name(of)} {number} – {words}" if part else capfirst(words),
            _told(model, field, change),
        )


def _own_apps() -> Iterator[Any]:
    return (app for app in apps.get_app_configs() if hasattr(app, "verbs"))


def _model(name: str) -> type[models.Model] | None:
    """Return our model with this name; None if it no longer exists, because the trail is kept longer."""
    owners: Iterator[AppConfig] = _own_apps()
    return next((app.models[name] for app in owners if name in app.models), None)


def _field(model: type[models.Model] | None, name: str) -> "models.Field[Any, Any] | None":
    try:
        field = model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None
    return field if isinstance(field, models.Field) else None


def field_label(model: type[models.Model] | None, name: str) -> str:
    """Return the field's name as shown in forms, with the language if it is a translated text."""
    field = _field(model, name)
    if field is None or (name in FIGURES and not isinstance(field.verbose_name, Promise)):
        return str(FIGURES.get(name, name))  # not a field, or a field without a translated name
    if bare := getattr(field, "translated_field", None):
        language = get_language_info(field.language)  # type: ignore[attr-defined]
        return f"{bare.verbose_name} ({language['name_translated']})"
    return str(field.verbose_name)


def _leads_to(model: type[models.Model] | None, name: str, whole: type[models.Model] | None) -> bool:
    field = _field(model, name)
    if field is None or whole is None or field.related_model is None:
        return False
    return field.related_model._meta.concrete_model is whole._meta.concrete_model


def _holder(model: type[models.Model] | None, name: str, value: object = None) -> type[models.Model] | None:
    """Return the first model that has the field and knows the value: the model, its parts, then its app's models."""
    if model is None:
        return None
    parts = (relation.related_model for relation in model._meta.related_objects)
    all_of_them = (model, *parts, *model._meta.app_config.get_models())
    having = [one for one in all_of_them if isinstance(one, type) and _field(one, name)]
    knowing = (one for one in having if isinstance(value, str) and value in _choices(_field(one, name)))
    return next(knowing, having[0] if having else None)


def _choices(field: "models.Field[Any, Any] | None") -> dict[object, object]:
    return dict(field.flatchoices) if field else {}


def _told(model: type[models.Model] | None, name: str, change: object) -> str:
    if change == []:
        return _("changed")
    if name == "fields" and isinstance(change, list):
        return ", ".join(field_label(_holder(model, one), one) for one in change)
    values = [_value(model, name, one) for one in (change if isinstance(change, list) else [change])]
    if (_field(model, name) or name in codes) and isinstance(change, list) and len(change) == 2:
        return " → ".join(values)
    return Truncator(", ".join(values)).chars(240)


def _value(model: type[models.Model] | None, name: str, value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    field = _field(_holder(model, name, value), name)
    words = _word(field, name, value) or _moment(field, value) or value
    return Truncator(_unformatted(str(words))).chars(120)


def _word(field: "models.Field[Any, Any] | None", name: str, value: object) -> object:
    """Return the description of a code: a choice of its field, or a code that an app describes. None otherwise."""
    if not isinstance(value, str):
        return _choices(field).get(value) if isinstance(value, int) else None
    of_field = codes.get(f"{field.model._meta.model_name}.{name}") if field else None
    say = of_field or codes.get(name)
    return _choices(field).get(value) or (say(value) if say else None)


def _moment(field: "models.Field[Any, Any] | None", value: object) -> str:
    """Return a date, a time or a datetime (UTC) in the format of the reader's language; "" for other values."""
    if not isinstance(field, models.DateField | models.TimeField):
        return ""
    try:
        known = field.to_python(value)
    except ValidationError:
        return ""
    return f"{localize(known)} UTC" if isinstance(field, models.DateTimeField) else str(localize(known))


def _unformatted(text: str) -> str:
    """Return formatted text without its tags, with a space between paragraphs; plain text is not changed."""
    if not text.lstrip().startswith("<"):
        return text
    return " ".join(unescape(strip_tags(text.replace("><", "> <"))).split())
