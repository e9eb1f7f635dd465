"""Who has taken away what prints a passport."""

from accounts import audit
from accounts.models import User
from documents.models import Batch, Document, Kind


def record_opening(opened: Document | Batch, *, actor: User) -> None:
    """Note that somebody takes visa-support letters away; other documents hold nothing sensitive."""
    if opened.kind == Kind.VISA_LETTER:
        audit.record(actor, f"{opened._meta.model_name}.opened", opened)
