"""The actions on documents: order, retry, download, publish, send, declare void.

Only the workers plan, render and merge (`documents.tasks`): the web server does not load the renderer for that.
"""

from documents.composing import Incomplete, NothingToWrite
from documents.services.archive import archive
from documents.services.asking import ask_for_paper
from documents.services.correcting import continue_corrections, reissue, replace_and_notify
from documents.services.issuing import (
    NothingSent,
    SentMeanwhile,
    compose_issue,
    discard,
    issue,
    resend,
)
from documents.services.opening import record_download
from documents.services.ordering import (
    Preview,
    cancel,
    order_batch,
    preview,
    retry,
    retry_failed,
)
from documents.services.printing import order_merged
from documents.services.publishing import NotPublishable, publish
from documents.services.restoring import FilesLost, order_files_again, require_files
from documents.services.standard import standard_template
from documents.services.versions import NotVoidable, void

__all__ = (
    "FilesLost",
    "Incomplete",
    "NotPublishable",
    "NotVoidable",
    "NothingSent",
    "NothingToWrite",
    "Preview",
    "SentMeanwhile",
    "archive",
    "ask_for_paper",
    "cancel",
    "compose_issue",
    "continue_corrections",
    "discard",
    "issue",
    "order_batch",
    "order_files_again",
    "order_merged",
    "preview",
    "publish",
    "record_download",
    "reissue",
    "replace_and_notify",
    "require_files",
    "resend",
    "retry",
    "retry_failed",
    "standard_template",
    "void",
)
