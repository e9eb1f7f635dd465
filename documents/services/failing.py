"""Turn an error of background work into a state of its row, in words for the person who ordered the work."""

import errno
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from documents.composing import NothingToWrite
from documents.papers import SnapshotError
from documents.rendering import RenderingError
from jobs.models import Job
from jobs.services import fail, postpone

logger = logging.getLogger(__name__)

NO_ROOM = {errno.ENOSPC, errno.EDQUOT}


class ClaimLost(Exception):
    """Another worker owns the row now. The transaction that raises it is rolled back."""


@contextmanager
def failing_in_words(job: Job, reader: User | None) -> Iterator[None]:
    """Catch the errors of the block, and store in the job's row what went wrong and whether a retry may help.

    The words are in the reader's language.
    """
    with translation.override(reader.language if reader else settings.LANGUAGE_CODE):
        try:
            yield
        except ClaimLost:
            logger.info("%s %s was taken over", job._meta.label, job.pk)
        except NothingToWrite as error:
            fail(job, code="nothing_to_write", text=str(error), permanent=True)
        except RenderingError as error:
            fail(job, code=error.code, text=error.message, permanent=error.permanent)
        except SnapshotError as error:
            fail(job, code="unreadable", text=str(error), permanent=True)
        except SoftTimeLimitExceeded:
            fail(job, code="too_long", text="", permanent=True)
        except MemoryError:
            fail(job, code="no_memory", text="")
        except OSError as error:
            if error.errno in NO_ROOM:
                postpone(job, code="no_room")
            else:
                fail(job, code="storage", text=error.strerror or "")
        except Exception as error:
            logger.exception("%s %s failed", job._meta.label, job.pk)
            words = _("An unexpected error (%(name)s); the log has its details.") % {
                "name": type(error).__name__
            }
            fail(job, code="unexpected", text=words)
