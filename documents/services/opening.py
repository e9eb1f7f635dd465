"""Record who downloads documents with passport data."""

from accounts import audit
from accounts.models import User
from documents.models import Batch, Document, Kind


def record_download(opened: Document | Batch, *, actor: User) -> None:
    """Record that `actor` downloads visa-support letters. Other documents are not sensitive: nothing is recorded."""
    if opened.kind == Kind.VISA_LETTER:
        audit.record(actor, f"{opened._meta.model_name}.opened", opened)
