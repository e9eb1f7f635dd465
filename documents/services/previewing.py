"""Show a template as PDF before it is saved. It is written in a transaction that is rolled back."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from documents import rendering
from documents.codes import reference
from documents.composing import Draft, Incomplete, NothingToWrite, Order, compose_drafts
from documents.models import Kind, Template
from documents.rendering import RenderingError
from documents.services.fitting import with_code, with_fewest_pages
from documents.services.images import picture_bytes


def render_preview(
    template: Template,
    *,
    save: Callable[[], object],
    day: date,
    choice: Mapping[str, Any],
    pictures: Mapping[str, bytes],
) -> bytes:
    """Return the PDF of one document with the texts that `save` would store. Nothing is stored. Raises Incomplete.

    `choice` is the rest of the order (language and addressee). `pictures` are uploaded pictures, by name.
    """
    with transaction.atomic():
        save()
        try:
            draft = _first(Order(template.event, Kind(template.kind), day, **choice))
        finally:
            transaction.set_rollback(True)
    if draft.paper is None:
        raise Incomplete(*draft.reason.splitlines())
    number = reference(template.kind, template.event.reference, draft.subject, draft.language, 1)
    paper = replace(with_code(draft.paper), reference=number, specimen=_("Preview. This is not a document."))
    try:
        paper = with_fewest_pages(paper, pictures)
        return rendering.render(paper, picture_bytes(paper, pictures)).pdf
    except RenderingError as error:
        raise Incomplete(error.message) from error
    except FileNotFoundError as error:
        raise Incomplete(_("The file of a signature or logo is missing: upload it again.")) from error


def _first(order: Order) -> Draft:
    """Return the first document of the order that could be written, or else the first one. Raises Incomplete."""
    try:
        written = compose_drafts(order)
    except NothingToWrite as reason:
        raise Incomplete(str(reason)) from reason
    if not written:
        raise Incomplete(_("There is nobody to whom this document could go yet."))
    return next((draft for draft in written if draft.paper), written[0])
