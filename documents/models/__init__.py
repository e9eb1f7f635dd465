"""Which document was made, from what, and what it certifies."""

from documents.models.batch import Batch, MergedFile
from documents.models.document import Document
from documents.models.template import LetterTemplate, Signatory

__all__ = ("Batch", "Document", "LetterTemplate", "MergedFile", "Signatory")
