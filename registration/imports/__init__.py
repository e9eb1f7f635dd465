"""Import the directory of parliaments from a CSV file."""

from registration.imports.directory import DIRECTORY, Change, Report, import_parliaments
from registration.imports.reading import CellError, decode

__all__ = ("DIRECTORY", "CellError", "Change", "Report", "decode", "import_parliaments")
