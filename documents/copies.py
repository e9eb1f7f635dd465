"""Copies of documents that strangers upload: hashed while they come in, and never kept."""

import hashlib
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

MAX_SIZE = 10 * 1024 * 1024  # bytes of a request: far above any document that goes to one body or person
HEARD_OUT = 64 * 1024 * 1024  # bytes of a larger one that are still taken in, and thrown away
CHUNK = 64 * 1024
EMPTY = hashlib.sha256().hexdigest()
FIELD = "copy"


class CopyTooLarge(Exception):
    """More came than any document has."""


class Fingerprint(FileUploadHandler):
    """Takes every chunk for the hash alone: nothing reaches the disk, and no more than a chunk the memory."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.received = 0
        self.is_over = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._hash = hashlib.sha256()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Nothing is handed on, to no other handler."""
        self.received += len(raw_data)
        if self.received > MAX_SIZE:
            self.is_over = True
            raise StopUpload(connection_reset=True)
        self._hash.update(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        """A file without content, named by its hash."""
        return UploadedFile(BytesIO(), self._hash.hexdigest(), self.content_type, file_size)


def fingerprint(request: HttpRequest) -> str:
    """The SHA-256 of the copy in the request, EMPTY of an empty one; nothing without one. Raises CopyTooLarge.

    To be called before anything else reads the request.
    """
    handler = Fingerprint(request)
    request.upload_handlers = [handler]
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_SIZE:
        _hear_out(request)
        raise CopyTooLarge
    copy = request.FILES.get(FIELD)
    if handler.is_over:
        raise CopyTooLarge
    return copy.name or "" if copy else ""


def _hear_out(request: HttpRequest) -> None:
    """Read on and keep nothing: a browser that is still sending would not look at the answer."""
    left = HEARD_OUT
    while left > 0 and (chunk := request.read(CHUNK)):
        left -= len(chunk)
