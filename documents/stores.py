"""Register where documents hold personal data: addressees, people named in the text, and signatories.

A letter to a parliament is part of the organisation's record. It is kept with the name of the office-holder of
that day. A document about a registered person is deleted after a fixed time (`documents.deleting`).
"""

from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.privacy import Finding, Privacy, Store, Subject, findings, impersonal, privacy_levels, stores
from documents import deleting
from documents.models import Badge, Document, Signatory, TemplateVersion
from jobs.stores import JOB
from registration.stores.due import kept_until


def register() -> None:
    """Add the documents to the registry of personal data."""
    stores["documents"] = DOCUMENTS
    impersonal.update(
        {
            "documents.document": f"{JOB} error_text kind subject language content_hash template_version date "
            "reference code validity void_reason purged_at attachment file_sha256 size pages",
            "documents.batch": f"{JOB} error_text kind languages chambers date options",
            "documents.badge": "is_blank number code sheet batch validity void_reason created_at",
            "documents.signatory": "order",
            "documents.image": "name added_at",
            "documents.templateversion": "event kind number kept_at",
        }
        | dict.fromkeys(("documents.mergedfile", "documents.template", "documents.logo"), "*")
        | {
            "documents.delivery": "document mail",
            "documents.correction": "document batch changes asked_at finished_at",
        }
        | dict.fromkeys(("documents.batch_organisations", "documents.batch_documents"), "*")
    )


def _find(subject: Subject) -> list[Finding]:
    """Return these people's badges, the documents that are about them or name them, and the templates they sign.

    Earlier versions of templates are included.
    """
    signed = Signatory.objects.filter(name__in=subject.names)
    versions = (
        one
        for one in TemplateVersion.objects.select_related("event")
        if any(signatory["name"] in subject.names for signatory in one.texts["signatories"])
    )
    letters = Document.objects.filter(event__in=subject.events)
    naming = [
        one.pk for one in letters.iterator() if any(name in str(one.snapshot) for name in subject.names)
    ]
    papers = Document.objects.filter(pk__in=[*naming, *(one.pk for one in deleting.documents_about(subject))])
    return [
        *findings(signed, DOCUMENTS.fields),
        *findings(Badge.objects.filter(participant__in=subject.people), DOCUMENTS.fields),
        *(Finding(one._meta.label_lower, one.pk, {"version": str(one)}) for one in versions),
        *(_finding(one) for one in papers.select_related("event").order_by("pk")),
    ]


def _finding(document: Document) -> Finding:
    """Return the reference and date of the document, and until when its file is kept."""
    held: dict[str, Any] = {"reference": document.reference, "date": document.date}
    if document.purged_at:
        return Finding(document._meta.label_lower, document.pk, held)
    held["file"] = document.file_sha256
    kept = kept_until(document.event.last_day, {"file": deleting.KEEP.get(document.kind)}, held)
    return Finding(document._meta.label_lower, document.pk, held, kept)


def _erase(subject: Subject) -> int:
    return deleting.delete_documents_about(subject, datetime.now(tz=UTC))


DOCUMENTS = Store(
    name=_("Documents"),
    purpose=_(
        "to invite parliaments, to confirm and support those who come, and to show that a document is genuine"
    ),
    kept=_(
        "letters to an office with the record of the organization; visa-support letters for a week after the event, "
        "badges for 90 days, other documents about a person for a year"
    ),
    fields=privacy_levels(Privacy.SENSITIVE, "documents.document", "snapshot")
    | privacy_levels(Privacy.INTERNAL, "documents.document", "requested_by")
    | privacy_levels(Privacy.INTERNAL, "documents.batch", "requested_by")
    | privacy_levels(Privacy.INTERNAL, "documents.badge", "participant")
    | privacy_levels(Privacy.INTERNAL, "documents.delivery", "written_by")
    | privacy_levels(Privacy.INTERNAL, "documents.correction", "asked_by")
    | privacy_levels(Privacy.INTERNAL, "documents.image", "added_by")
    | privacy_levels(Privacy.INTERNAL, "documents.templateversion", "kept_by")
    | privacy_levels(Privacy.PUBLIC, "documents.templateversion", "texts")
    | privacy_levels(Privacy.PUBLIC, "documents.signatory", "name title signature"),
    find=_find,
    erase=_erase,
    purge=deleting.delete_due,
)
