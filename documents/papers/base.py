"""The base class of all papers: texts that do not change, stored as JSON and read back.

With the stored snapshot, a paper can be made again years later and compared with a printed one.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import Any, ClassVar, Self, get_args, get_origin, get_type_hints

from accounts.language import LANGUAGE_CODES

IDENTITY = ("reference", "code", "verify_url", "issued")
"""Fields that identify a paper. They are left out when two papers are compared."""


class SnapshotError(ValueError):
    """This version of the site cannot read the stored snapshot."""


@dataclass(frozen=True, slots=True)
class Paper:
    """The complete text of a paper. Rendering reads nothing else.

    A class names its `template` below documents/, the style sheets that it shares with other papers (`styles`;
    its own style sheet has the template's name), and `max_html`: the number of characters of HTML that a worker
    can lay out in time. `step` is the size step, one of the class's `steps`; 0 is the largest size.
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
        """The names of the pictures on the paper, each once."""
        return ()

    @property
    def symbols(self) -> Mapping[str, str]:
        """The addresses of further QR symbols on the paper, by name. The paper's own symbol is not among them."""
        return {}

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON (texts, numbers, lists, dictionaries) with the kind and the version of the snapshot."""
        return {"kind": self.kind, "version": self.version, **_plain(asdict(self))}

    @classmethod
    def from_dict(cls, stored: dict[str, Any]) -> Self:
        """Return the snapshot that `to_dict` wrote. Raises SnapshotError for another kind, version or fields."""
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
    """Return the fields of the paper without those that only identify it."""
    return {name: value for name, value in paper.to_dict().items() if name not in IDENTITY}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, list | tuple) else value


_hints = cache(get_type_hints)


def _revive(kind: Any, value: Any) -> Any:
    """Return the value that `to_dict` took apart, built again by the type of its field."""
    if hasattr(kind, "__dataclass_fields__"):
        hints = _hints(kind)
        return kind(**{name: _revive(hints[name], part) for name, part in value.items()})
    if get_origin(kind) is tuple:
        return tuple(_revive(get_args(kind)[0], part) for part in value)
    if not isinstance(value, kind):
        raise TypeError(f"{value!r} is not {kind.__name__}")
    return value
