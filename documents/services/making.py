"""Making one document: rendered outside any transaction, stored, then put in force."""

import hashlib
import logging

from django.db import transaction

from accounts import audit
from documents import rendering, store
from documents.models import Document
from documents.papers import read_paper
from documents.services import badges
from documents.services.failing import ClaimLost, failing_in_words
from documents.services.images import bytes_of
from documents.services.versions import put_in_force
from events.models import Event
from jobs.locks import wait_up_to
from jobs.models import State
from registration.services.capacity import PATIENCE

logger = logging.getLogger(__name__)


def restore(document: Document) -> None:
    """Make the file again that the store has lost: the very bytes that were issued, or nothing.

    Another version of the engine or of a template may write others; the log says so, and the file stays lost.
    """
    paper = read_paper(document.snapshot)
    rendered = rendering.render(paper, bytes_of(paper))
    if hashlib.sha256(rendered.pdf).hexdigest() != document.file_sha256:
        logger.error("%s cannot be made again: it would have other bytes", document)
        return
    store.save(lambda file: file.write(rendered.pdf))
    audit.record(None, "document.restored", document)


def render_and_store(document: Document) -> None:
    """Make the file of a claimed document. Whatever goes wrong becomes its state and reason."""
    with failing_in_words(document, document.requested_by):
        paper = read_paper(document.snapshot)
        store.require_room()
        rendered = rendering.render(paper, bytes_of(paper))
        sha256 = store.save(lambda file: file.write(rendered.pdf))
        made = {"file_sha256": sha256, "size": len(rendered.pdf), "pages": rendered.pages}
        with transaction.atomic():
            wait_up_to(PATIENCE)
            # Held, for two versions may end at once.
            Event.objects.select_for_update(no_key=True).only("pk").get(pk=document.event_id)
            if not Document.objects.end(document, State.DONE, **made):
                raise ClaimLost
            put_in_force(document)
            badges.settle(document)
