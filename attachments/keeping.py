"""Write a file together with its row: both, or neither."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.files.base import File
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _

from attachments.validators import FileRefused

logger = logging.getLogger(__name__)


@contextmanager
def store_or_discard(file: FieldFile, content: "File[bytes]", name: str) -> Iterator[None]:
    """Write the file, and delete it again if the code in the `with` block fails for any reason.

    Raises FileRefused if the server cannot write the file.
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
