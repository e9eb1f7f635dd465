"""Hash copies of documents that visitors upload. The copies are never stored."""

import hashlib
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

MAX_SIZE = 10 * 1024 * 1024  # bytes of a request: much more than any document for one body or person
MAX_DISCARDED = 64 * 1024 * 1024  # bytes of a larger request that are still read, and discarded
CHUNK = 64 * 1024
EMPTY = hashlib.sha256().hexdigest()
FIELD = "copy"


class CopyTooLarge(Exception):
    """The request is larger than any document."""


class Fingerprint(FileUploadHandler):
    """Hashes an upload in chunks. No data is written to disk, and only one chunk is in memory."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.received = 0
        self.is_over = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._hash = hashlib.sha256()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Hash the chunk. Returns None, so that no other handler gets it."""
        self.received += len(raw_data)
        if self.received > MAX_SIZE:
            self.is_over = True
            raise StopUpload(connection_reset=True)
        self._hash.update(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        """Return an empty file whose name is the hash."""
        return UploadedFile(BytesIO(), self._hash.hexdigest(), self.content_type, file_size)


def fingerprint(request: HttpRequest) -> str:
    """Return the SHA-256 of the copy in the request: EMPTY for an empty file, "" if there is no file.

    Call it before anything else reads the request. Raises CopyTooLarge.
    """
    handler = Fingerprint(request)
    request.upload_handlers = [handler]
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_SIZE:
        _discard_rest(request)
        raise CopyTooLarge
    copy = request.FILES.get(FIELD)
    if handler.is_over:
        raise CopyTooLarge
    return copy.name or "" if copy else ""


def _discard_rest(request: HttpRequest) -> None:
    """Read the rest of the request and discard it: a browser that is still sending would not show the answer."""
    left = MAX_DISCARDED
    while left > 0 and (chunk := request.read(CHUNK)):
        left -= len(chunk)
