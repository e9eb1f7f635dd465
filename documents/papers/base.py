"""What every paper is: words chosen and frozen, stored and read back.

A snapshot is stored as plain JSON, so that a paper can be made again years later and
compared with the one in hand.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import Any, ClassVar, Self, get_args, get_origin, get_type_hints

from accounts.language import LANGUAGE_CODES

IDENTITY = ("reference", "code", "verify_url", "issued")
"""What tells two otherwise equal papers apart; left out when their content is compared."""


class SnapshotError(ValueError):
    """A stored snapshot that this version of the site cannot read."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What a paper says, complete and frozen: the only thing that rendering reads.

    A kind of paper names the template it is set with, under documents/, and how many characters of HTML may be laid
    out: beyond them it takes longer than a worker has. `step` is how small it is set, one of its `steps`. `styles` are
    the style sheets that it shares with others; its own has the template's name.
    """

    kind: ClassVar[str]
    version: ClassVar[int]
    template: ClassVar[str]
    max_html: ClassVar[int]
    steps: ClassVar[tuple[int, ...]] = (0,)
    styles: ClassVar[tuple[str, ...]] = ("paper.css",)

    language: str
    title: str
    reference: str = field(default="", kw_only=True)
    code: str = field(default="", kw_only=True)
    verify_url: str = field(default="", kw_only=True)
    specimen: str = field(default="", kw_only=True)
    step: int = field(default=0, kw_only=True)

    @property
    def images(self) -> tuple[str, ...]:
        """The names of the pictures that stand on it, each once."""
        return ()

    @property
    def symbols(self) -> Mapping[str, str]:
        """The addresses of QR symbols that stand on it beside its own, by the name of each."""
        return {}

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON: text, numbers, lists and dictionaries, with the kind and the version of its form."""
        return {"kind": self.kind, "version": self.version, **_plain(asdict(self))}

    @classmethod
    def from_dict(cls, stored: dict[str, Any]) -> Self:
        """The snapshot that `to_dict` wrote. Raises SnapshotError for another kind, version or fields."""
        fields = dict(stored)
        form = (fields.pop("kind", None), fields.pop("version", None))
        if form != (cls.kind, cls.version):
            raise SnapshotError(f"Not version {cls.version} of a {cls.kind} snapshot: {form}")
        try:
            paper: Self = _revive(cls, fields)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise SnapshotError(f"Not the fields of a {cls.kind} snapshot: {error}") from error
        if paper.language not in LANGUAGE_CODES or paper.step not in cls.steps:
            raise SnapshotError(f"Not set in language {paper.language!r} at step {paper.step}")
        return paper


def content(paper: Paper) -> dict[str, Any]:
    """What the paper says, without what only identifies it."""
    return {name: value for name, value in paper.to_dict().items() if name not in IDENTITY}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, list | tuple) else value


_hints = cache(get_type_hints)


def _revive(kind: Any, value: Any) -> Any:
    """The value that `to_dict` took apart, put together again after the field's type."""
    if hasattr(kind, "__dataclass_fields__"):
        hints = _hints(kind)
        return kind(**{name: _revive(hints[name], part) for name, part in value.items()})
    if get_origin(kind) is tuple:
        return tuple(_revive(get_args(kind)[0], part) for part in value)
    if not isinstance(value, kind):
        raise TypeError(f"{value!r} is not {kind.__name__}")
    return value
