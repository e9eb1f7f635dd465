"""Make one document: render it outside a transaction, store the file, then put the document in force."""

import hashlib
import logging

from django.db import transaction

from accounts import audit
from documents import rendering, store
from documents.models import Document
from documents.papers import read_paper
from documents.services import badges
from documents.services.failing import ClaimLost, failing_in_words
from documents.services.images import picture_bytes
from documents.services.versions import put_in_force
from events.models import Event
from jobs.locks import set_lock_timeout
from jobs.models import State
from registration.services.capacity import PATIENCE

logger = logging.getLogger(__name__)


def restore(document: Document) -> None:
    """Make a lost file again, if the result has exactly the bytes that were issued.

    A newer rendering engine or template may give other bytes. Then the function logs an error and stores nothing.
    """
    paper = read_paper(document.snapshot)
    rendered = rendering.render(paper, picture_bytes(paper))
    if hashlib.sha256(rendered.pdf).hexdigest() != document.file_sha256:
        logger.error("%s cannot be made again: it would have other bytes", document)
        return
    store.save(lambda file: file.write(rendered.pdf))
    audit.record(None, "document.restored", document)


def render_and_store(document: Document) -> None:
    """Make the file of a claimed document. Each error becomes the state and the error text of its row."""
    with failing_in_words(document, document.requested_by):
        paper = read_paper(document.snapshot)
        store.require_room()
        rendered = rendering.render(paper, picture_bytes(paper))
        sha256 = store.save(lambda file: file.write(rendered.pdf))
        made = {"file_sha256": sha256, "size": len(rendered.pdf), "pages": rendered.pages}
        with transaction.atomic():
            set_lock_timeout(PATIENCE)
            # Lock the event: two versions of a document may be finished at the same time.
            Event.objects.select_for_update(no_key=True).only("pk").get(pk=document.event_id)
            if not Document.objects.end(document, State.DONE, **made):
                raise ClaimLost
            put_in_force(document)
            badges.replace_earlier_badges(document)
