"""Publish documents of an event on its public page: one attachment for each language."""

from collections.abc import Iterable
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import translation

from accounts import audit
from accounts.language import LANGUAGE_CODES
from accounts.models import User
from attachments import services as attachment_services
from attachments.models import Attachment
from documents import store
from documents.models import Document, Kind
from documents.models.kinds import PUBLISHABLE
from documents.services.restoring import require_files
from events.models import Event

_KINDS = {
    Kind.AIDE_MEMOIRE: Attachment.Kind.AIDE_MEMOIRE,
    Kind.PROGRAMME: Attachment.Kind.PROGRAMME,
    Kind.AGENDA: Attachment.Kind.AGENDA,
    Kind.PRACTICAL_NOTE: Attachment.Kind.PRACTICAL,
}


class NotPublishable(Exception):
    """No document of this kind is finished, or the kind is not public."""


@transaction.atomic
def publish(*, event: Event, kind: str, actor: User) -> list[Attachment]:
    """Put the current documents of this kind on the event's page, in place of earlier versions.

    Return only the attachments that are new or changed. Raises NotPublishable, FilesLost.
    """
    Event.objects.select_for_update(no_key=True).get(pk=event.pk)  # one process at a time
    current = Document.objects.current().filter(event=event, kind=kind)
    current = current.select_for_update(of=("self",), no_key=True)  # so that none is declared void meanwhile
    documents = list(current.select_related("attachment").order_by("language"))
    if kind not in PUBLISHABLE or not documents:
        raise NotPublishable
    titles, new = (
        _titles(Kind(kind), documents),
        [document for document in documents if not document.is_on_page],
    )
    require_files(new)
    return [_publish(document, titles, actor) for document in new]


@transaction.atomic
def take_down(*, document: Document, actor: User) -> None:
    """Remove the document from the event's page, if it is there."""
    if document.attachment:
        document.attachment.delete()
        audit.record(actor, "document.taken_down", document)


def _publish(document: Document, titles: dict[str, str], actor: User) -> Attachment:
    """Put the document's file on the page: in place of the earlier version, or after the other attachments."""
    earlier = Document.objects.same_subject_as(document).exclude(attachment=None)
    predecessor = earlier.select_related("attachment").first()
    name = f"{document.event.slug}-{document.file_name}"
    with store.path(document.file_sha256).open("rb") as content:
        file = File(content, name)
        if predecessor and predecessor.attachment:
            attachment = predecessor.attachment
            Document.objects.filter(pk=predecessor.pk).update(attachment=None)
            for field, title in titles.items():
                setattr(attachment, field, title)
            attachment_services.replace_file(attachment=attachment, file=file, actor=actor)
        else:
            attachment = attachment_services.add_attachment(
                event=document.event, file=file, actor=actor, **_details(document), **titles
            )
    document.attachment = attachment
    document.save(update_fields=["attachment"])
    audit.record(actor, "document.published", document)
    return attachment


def _details(document: Document) -> dict[str, Any]:
    last = document.event.attachments.order_by("order").last()
    return {
        "kind": _KINDS.get(Kind(document.kind), Attachment.Kind.OTHER),
        "languages": document.language,
        "order": last.order + 1 if last else 0,
        "origin": Attachment.Origin.GENERATED,
        "is_accessible": True,
    }


def _titles(kind: Kind, documents: Iterable[Document]) -> dict[str, str]:
    """Return the attachment's title in each language: the heading of the document, or else the name of its kind."""
    headings = {one.language: one.snapshot.get("heading") for one in documents}
    titles = {}
    for code in LANGUAGE_CODES:
        with translation.override(code):
            titles[f"title_{code}"] = headings.get(code) or str(kind.label)
    return titles
