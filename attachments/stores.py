"""Personal data in attachments: who presents a published file, and who added it."""

from django.utils.translation import gettext_lazy as _

from accounts.privacy import Finding, Privacy, Store, Subject, findings, impersonal, privacy_levels, stores
from attachments.models import Attachment


def register() -> None:
    """Add the files of events to the registry of personal data."""
    stores["attachments"] = ATTACHMENTS
    impersonal["attachments.attachment"] = (
        "kind title languages audience is_accessible order file file_name content_type extension size checksum "
        "origin added_at"
    )


def _find(subject: Subject) -> list[Finding]:
    return findings(Attachment.objects.filter(presented_by_text__in=subject.names), ATTACHMENTS.fields)


ATTACHMENTS = Store(
    name=_("Files of events"),
    purpose=_("to publish the documents of an event"),
    kept=_("as long as the page of the event; the secretariat changes it there"),
    fields=privacy_levels(Privacy.PUBLIC, "attachments.attachment", "presented_by_text")
    | privacy_levels(Privacy.INTERNAL, "attachments.attachment", "added_by"),
    find=_find,
)
