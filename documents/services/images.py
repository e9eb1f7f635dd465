"""Signatures and logos in the store."""

from accounts.models import User
from documents import store
from documents.models import Image
from documents.papers import Paper
from documents.pictures import Picture


def keep(picture: Picture, actor: User | None = None) -> Image:
    """The picture's row, its file written before: a file without a row is removed in time, not the other way round."""
    store.save(lambda file: file.write(picture.data))
    image, _is_new = Image.objects.get_or_create(name=picture.name, defaults={"added_by": actor})
    return image


def bytes_of(paper: Paper) -> list[bytes]:
    """The pictures that stand on the paper. Raises FileNotFoundError for one that the store has lost."""
    return [store.read(name.partition(".")[0]) for name in paper.images]
