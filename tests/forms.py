"""Fill in admin forms as a browser would send them."""

from collections.abc import Iterable
from typing import Any

from django.contrib.messages import get_messages
from django.db.models import Model
from django.forms import BaseForm
from django.http import HttpResponse
from django.urls import reverse


def form_values(page: HttpResponse) -> dict[str, Any]:
    """Return all values of the page's form, including its inlines, to be changed and posted."""
    formsets = [inline.formset for inline in page.context["inline_admin_formsets"]]
    forms = [page.context["adminform"].form]
    for formset in formsets:
        forms += [formset.management_form, *formset.forms]
    return {name: value for form in forms for name, value in _sent(form)}


def new_row(page: HttpResponse, prefix: str, **values: Any) -> dict[str, Any]:
    """Return the values of a new row of an inline, with the updated number of rows."""
    formset = next(
        one.formset for one in page.context["inline_admin_formsets"] if one.formset.prefix == prefix
    )
    number = formset.total_form_count()
    row = {f"{prefix}-{number}-{name}": value for name, value in values.items()}
    return {f"{prefix}-TOTAL_FORMS": number + 1, **row}


def admin_address(obj: Model, view: str = "change") -> str:
    """Return the URL of an object's admin page."""
    return reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_{view}", args=[obj.pk])


def next_messages(response: HttpResponse) -> list[str]:
    """Return the messages that the next page will show."""
    return [str(message) for message in get_messages(response.wsgi_request)]


def _sent(form: BaseForm) -> Iterable[tuple[str, Any]]:
    for field in form:
        value = field.value()
        if value is True:
            yield field.html_name, "on"
        elif value is not False:
            yield field.html_name, "" if value is None else value
