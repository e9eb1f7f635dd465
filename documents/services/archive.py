"""A ZIP of finished documents as a stream: one file at a time in memory, whatever their number.

zipfile writes to anything that has `write`; what it cannot seek back in, it completes by data descriptors.
That is all a streaming library would add, so there is none.
"""

import zipfile
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from documents import store
from documents.models import Document
from documents.services.restoring import require_files


class _Outlet:
    """A file that cannot be sought: what was written to it is taken away again."""

    def __init__(self) -> None:
        self._written: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._written.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def take(self) -> bytes:
        """What was written since the last time."""
        taken, self._written = b"".join(self._written), []
        return taken


def archive(documents: Collection[Document]) -> Iterator[bytes]:
    """The ZIP's bytes, one document at a time, uncompressed: a PDF is compressed in itself.

    Raises FilesLost before the first byte: a download cannot say any more that it broke off.
    """
    require_files(documents)
    return _archive(documents)


def _archive(documents: Iterable[Document]) -> Iterator[bytes]:
    outlet, names = _Outlet(), _Names()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_STORED) as file:  # type: ignore[call-overload]
        for document in documents:
            made = (document.date.year, document.date.month, document.date.day, 0, 0, 0)
            member = zipfile.ZipInfo(names.unique(document.file_name), made)
            member.external_attr = store.FILE_MODE << 16
            file.writestr(member, store.path(document.file_sha256).read_bytes())
            yield outlet.take()
    yield outlet.take()


class _Names:
    """Gives a second file of the same name a number: UY-invitation-es-2.pdf."""

    def __init__(self) -> None:
        self._given: Counter[str] = Counter()

    def unique(self, name: str) -> str:
        self._given[name] += 1
        stem, dot, suffix = name.rpartition(".")
        return name if self._given[name] == 1 else f"{stem}-{self._given[name]}{dot}{suffix}"
