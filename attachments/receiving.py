"""Receive uploads that are too large for memory, in temporary files."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http.multipartparser import MultiPartParserError

logger = logging.getLogger(__name__)


class UploadNotStored(MultiPartParserError):
    """The server could not write an upload, for example because the disk is full. `config.errors` shows a page."""


class DiskUploadHandler(TemporaryFileUploadHandler):
    """Django's handler, except that a disk error raises UploadNotStored; Django would show a general server error."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        with self._written():
            super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        with self._written():
            super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> UploadedFile | None:
        with self._written():
            return super().file_complete(file_size)

    @contextmanager
    def _written(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            logger.exception("upload not written")
            with suppress(OSError, AttributeError):
                self.file.close()  # writing the rest of its buffer would fail again
            raise UploadNotStored from error
