"""The models of documents: what was made, from what, and what it certifies."""

from documents.models.badge import Badge
from documents.models.batch import Batch, MergedFile
from documents.models.delivery import Correction, Delivery
from documents.models.document import Document
from documents.models.images import Image, Logo
from documents.models.kinds import About, Kind
from documents.models.template import Signatory, Template
from documents.models.versions import TemplateVersion

__all__ = (
    "About",
    "Badge",
    "Batch",
    "Correction",
    "Delivery",
    "Document",
    "Image",
    "Kind",
    "Logo",
    "MergedFile",
    "Signatory",
    "Template",
    "TemplateVersion",
)
