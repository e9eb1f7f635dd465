"""Which document was made, from what, and what it certifies."""

from documents.models.batch import Batch, MergedFile
from documents.models.document import Document
from documents.models.kinds import About, Kind
from documents.models.template import Signatory, Template

__all__ = ("About", "Batch", "Document", "Kind", "MergedFile", "Signatory", "Template")
