"""Writing a file beside the row that names it: both, or neither."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.files.base import File
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _

from attachments.validators import FileRefused

logger = logging.getLogger(__name__)


@contextmanager
def kept(file: FieldFile, content: "File[bytes]", name: str) -> Iterator[None]:
    """Write the file; when what follows in the block fails, for whatever reason, take it away again.

    Raises FileRefused when the server cannot write it.
    """
    try:
        file.save(name, content, save=False)
    except OSError as error:
        logger.exception("file not stored")
        raise FileRefused(name, _("the server could not store it. Please try again later.")) from error
    try:
        yield
    except BaseException:
        file.storage.delete(str(file.name))
        raise
