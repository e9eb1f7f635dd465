"""Where documents hold data of people: the names to which letters are addressed, and who signs them.

Every kind of document is about a body or a whole event, none about a registered person: a letter to a parliament is
part of the record of the organisation, is kept with it, and names whoever held the office on its day.
"""

from django.utils.translation import gettext_lazy as _

from accounts.privacy import Finding, Privacy, Store, Subject, classified, findings, impersonal, stores
from documents.models import Document, Signatory, TemplateVersion

JOB = (
    "state errors deaths fence lease_owner lease_until not_before rung_at error_code error_text created_at "
    "finished_at"
)


def register() -> None:
    """Add the letters to the registry."""
    stores["documents"] = DOCUMENTS
    impersonal.update(
        {
            "documents.document": f"{JOB} kind subject language content_hash template_version date reference code "
            "validity void_reason attachment file_sha256 size pages",
            "documents.batch": f"{JOB} kind languages chambers date options",
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
    """Letters that name one of the people, by reference and date, and the templates that they sign or signed."""
    signed = Signatory.objects.filter(name__in=subject.names)
    versions = (
        one
        for one in TemplateVersion.objects.select_related("event")
        if any(signatory["name"] in subject.names for signatory in one.texts["signatories"])
    )
    letters = Document.objects.filter(event__in=subject.events)
    naming = (one for one in letters if any(name in str(one.snapshot) for name in subject.names))
    return [
        *findings(signed, DOCUMENTS.fields),
        *(Finding(one._meta.label_lower, one.pk, {"version": str(one)}) for one in versions),
        *(
            Finding(one._meta.label_lower, one.pk, {"reference": one.reference, "date": one.date})
            for one in naming
        ),
    ]


DOCUMENTS = Store(
    name=_("Letters"),
    purpose=_("to invite parliaments, and to show that a letter is genuine"),
    kept=_("with the record of the organization: they are addressed to the office"),
    fields=classified(Privacy.PERSONAL, "documents.document", "snapshot")
    | classified(Privacy.INTERNAL, "documents.document", "requested_by")
    | classified(Privacy.INTERNAL, "documents.batch", "requested_by")
    | classified(Privacy.INTERNAL, "documents.delivery", "written_by")
    | classified(Privacy.INTERNAL, "documents.correction", "asked_by")
    | classified(Privacy.INTERNAL, "documents.image", "added_by")
    | classified(Privacy.INTERNAL, "documents.templateversion", "kept_by")
    | classified(Privacy.PUBLIC, "documents.templateversion", "texts")
    | classified(Privacy.PUBLIC, "documents.signatory", "name title signature"),
    find=_find,
)
