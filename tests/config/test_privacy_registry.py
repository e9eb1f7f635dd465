"""Every field of every model is classified by its privacy, or listed as impersonal."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

from accounts.models import User
from accounts.privacy import impersonal, stores
from registration.fields import CATALOGUE, Section

OWN = ("accounts", "jobs", "events", "attachments", "registration", "documents")


def fields() -> Iterator["models.Field[Any, Any]"]:
    """Yield all fields of our apps; for a translated text, only the original field, not those of the languages."""
    for app in OWN:
        for model in apps.get_app_config(app).get_models(include_auto_created=True):
            yield from (field for field in model._meta.local_fields if not hasattr(field, "translated_field"))


def tells_nothing(field: "models.Field[Any, Any]") -> bool:
    """Return True for primary keys, and for relations to other models than accounts."""
    return field.primary_key or (field.is_relation and field.related_model is not User)


def label(field: "models.Field[Any, Any]") -> str:
    return f"{field.model._meta.label_lower}.{field.name}"


def is_listed(field: "models.Field[Any, Any]") -> bool:
    names = impersonal.get(field.model._meta.label_lower, "").split()
    return names == ["*"] or field.name in names


def test_every_field_is_classified_or_listed_as_telling_nothing():
    classified = {name for store in stores.values() for name in store.fields}

    forgotten = [
        label(field)
        for field in fields()
        if label(field) not in classified and not is_listed(field) and not tells_nothing(field)
    ]

    assert forgotten == []


def test_no_field_is_both_classified_and_listed_as_telling_nothing():
    classified = {name for store in stores.values() for name in store.fields}

    assert [label(field) for field in fields() if label(field) in classified and is_listed(field)] == []


def test_registry_names_only_fields_that_there_are():
    known = {label(field) for field in fields()}
    models_known = {name.rpartition(".")[0] for name in known}
    named = {name for store in stores.values() for name in store.fields} | {
        f"{model}.{name}" for model, names in impersonal.items() for name in names.split() if name != "*"
    }

    assert (named - known, set(impersonal) - models_known) == (set(), set())


def test_no_field_belongs_to_two_stores():
    named = [name for store in stores.values() for name in store.fields]

    assert len(named) == len(set(named))


def test_every_field_of_the_catalogue_is_as_private_in_its_store():
    levels = {name: level for store in stores.values() for name, level in store.fields.items()}

    differing = [
        name
        for name, field in CATALOGUE.items()
        if field.section != Section.FILES
        and levels.get(f"registration.{_owner(field)}.{name}") != field.privacy
    ]

    assert differing == []


def _owner(field: Any) -> str:
    return "delegation" if field.section == Section.DELEGATION else "participant"
