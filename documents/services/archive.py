"""Stream a ZIP of finished documents. Only one file at a time is in memory.

zipfile writes to any object with a `write` method; because it cannot seek back there, it adds data descriptors. A
streaming library would do nothing more, so none is used.
"""

import zipfile
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from documents import store
from documents.models import Document
from documents.services.restoring import require_files


class _Outlet:
    """A file object that cannot seek. `take` removes what was written."""

    def __init__(self) -> None:
        self._written: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._written.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Do nothing: no data is buffered elsewhere."""

    def take(self) -> bytes:
        """Return what was written since the last call."""
        taken, self._written = b"".join(self._written), []
        return taken


def archive(documents: Collection[Document]) -> Iterator[bytes]:
    """Return the bytes of the ZIP, one document at a time. Not compressed, because a PDF is compressed already.

    Raises FilesLost before the first byte, because a running download cannot report an error.
    """
    require_files(documents)
    return _archive(documents)


def _archive(documents: Iterable[Document]) -> Iterator[bytes]:
    outlet, names = _Outlet(), _UniqueNames()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_STORED) as file:  # type: ignore[call-overload]
        for document in documents:
            made = (document.date.year, document.date.month, document.date.day, 0, 0, 0)
            member = zipfile.ZipInfo(names.get(document.file_name), made)
            member.external_attr = store.FILE_MODE << 16
            file.writestr(member, store.read(document.file_sha256))
            yield outlet.take()
    yield outlet.take()


class _UniqueNames:
    """Adds a number to a repeated file name: UY-invitation-es-2.pdf."""

    def __init__(self) -> None:
        self._given: Counter[str] = Counter()

    def get(self, name: str) -> str:
        self._given[name] += 1
        stem, dot, suffix = name.rpartition(".")
        return name if self._given[name] == 1 else f"{stem}-{self._given[name]}{dot}{suffix}"
