"""Store signatures and logos, and load the pictures of a paper."""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from accounts.models import User
from documents import store
from documents.models import Image
from documents.papers import BadgesSnapshot, Paper, SnapshotError
from documents.pictures import Picture, vectors
from documents.pictures.portraits import make_portraits

_NAME = re.compile(r"[0-9a-f]{64}\.(?:jpg|svg)")


def write_file(picture: Picture) -> None:
    """Write the picture's file. Raises OSError.

    Call it before `get_or_create_image`: if no row follows, the janitor removes the file.
    """
    store.save(lambda file: file.write(picture.data))


def get_or_create_image(picture: Picture, actor: User | None = None) -> Image:
    """Return the row of a picture whose file was written, and create the row if needed."""
    image, _is_new = Image.objects.get_or_create(name=picture.name, defaults={"added_by": actor})
    return image


def picture_bytes(paper: Paper, in_hand: Mapping[str, bytes] = MappingProxyType({})) -> list[bytes]:
    """Return the pictures of a paper: from `in_hand`, by name, or else from the store.

    Raises FileNotFoundError if the store has lost one, SnapshotError if the name or the content cannot come from
    an upload.
    """
    faces = paper.faces if isinstance(paper, BadgesSnapshot) else ()
    photos = {face.photo: face.upload for face in faces if face.photo}
    kept = [in_hand.get(name) or _from_store(name) for name in paper.images if name not in photos]
    return [*kept, *make_portraits((upload, name) for name, upload in photos.items())]


def _from_store(name: str) -> bytes:
    if not _NAME.fullmatch(name):
        raise SnapshotError(f"Not the name of a picture: {name[:80]}")
    data = store.read(name.partition(".")[0])
    if name.endswith(".svg"):
        _require_drawing(data)
    return data


@lru_cache(maxsize=20)
def _require_drawing(data: bytes) -> None:
    """Raises SnapshotError if the SVG contains more than an upload may: then the file was not made by an upload."""
    try:
        vectors.clean_svg(data)
    except vectors.VectorRefused as refused:
        raise SnapshotError(f"A drawing cannot be printed: {refused}") from refused
