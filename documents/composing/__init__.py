"""From the rows of the database to what a document says: the frozen snapshots of `documents.papers`."""

from documents.composing.addressing import Addressee, addressees
from documents.composing.aide_memoires import aide_memoire
from documents.composing.letters import Letters
from documents.composing.texts import Incomplete

__all__ = ("Addressee", "Incomplete", "Letters", "addressees", "aide_memoire")
