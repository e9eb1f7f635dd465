"""Signatures and logos in the store."""

from collections.abc import Mapping
from types import MappingProxyType

from accounts.models import User
from documents import store
from documents.models import Image
from documents.papers import BadgesSnapshot, Paper
from documents.pictures import Picture
from documents.portraits import pictures


def keep(picture: Picture, actor: User | None = None) -> Image:
    """The picture's row, its file written before: a file without a row is removed in time, not the other way round."""
    store.save(lambda file: file.write(picture.data))
    image, _is_new = Image.objects.get_or_create(name=picture.name, defaults={"added_by": actor})
    return image


def bytes_of(paper: Paper, in_hand: Mapping[str, bytes] = MappingProxyType({})) -> list[bytes]:
    """The pictures that stand on the paper, those in hand by their names, the others from the store.

    Raises FileNotFoundError for one that the store has lost.
    """
    if isinstance(paper, BadgesSnapshot):
        return pictures((face.upload, face.photo) for face in paper.faces if face.photo)
    return [in_hand.get(name) or store.read(name.partition(".")[0]) for name in paper.images]
