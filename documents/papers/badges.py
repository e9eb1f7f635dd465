"""Badges: the texts on each badge, and the font sizes at which no text is cut off."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from documents.papers.base import Paper

TENTH = 25.4 / 720  # a tenth of a point in millimetres: the unit of font sizes
LEADING = 1.22


@dataclass(frozen=True, slots=True)
class Box:
    """The room for a text, in millimetres, and its possible font sizes in tenths of a point, largest first."""

    width: float
    height: float
    sizes: tuple[int, ...]

    def size_of(self, *texts: str) -> int:
        """Return the largest size at which these texts fit, one below the other; if none does, the smallest size."""
        return next((size for size in self.sizes if self.holds(size, *texts)), self.sizes[-1])

    def holds(self, size: int, *texts: str) -> bool:
        """Return True if these texts fit at this size without breaking a word."""
        line = self.width / (size * TENTH)
        words = [_width(word) for text in texts for word in text.split()]
        if max(words, default=0) > line:
            return False
        lines = sum(_lines(text, line) for text in texts if text)
        return lines * size * LEADING * TENTH <= self.height


@dataclass(frozen=True, slots=True)
class Form:
    """A format of badges: columns and rows on a page of A4, and the room for each text.

    The pairs of `name` and `facts` are without and with a photograph, the pair of `event` without and with a
    logo.
    """

    columns: int
    rows: int
    event: tuple[Box, Box]
    name: tuple[Box, Box]
    facts: tuple[Box, Box]
    word: Box


_FACTS = (120, 110, 100, 90, 80, 70, 60)
_EVENT = (120, 110, 100, 90, 80, 70)
_SMALL_EVENT = (75, 70, 65, 60, 55, 50)
_SMALL_FACTS = (75, 70, 65, 60, 55)
FORMS = {
    "a6": Form(
        2,
        2,
        event=(Box(87, 13, _EVENT), Box(64, 13, _EVENT)),
        name=(
            Box(89, 38, (340, 300, 260, 220, 190, 160, 140, 120)),
            Box(89, 24, (260, 220, 190, 160, 140, 120, 100, 85)),
        ),
        facts=(Box(63, 30, _FACTS), Box(89, 20, _FACTS)),
        word=Box(89, 12, (220, 190, 160, 130, 110)),
    ),
    "small": Form(
        2,
        5,
        event=(Box(80, 6, _SMALL_EVENT), Box(63, 6, _SMALL_EVENT)),
        name=(
            Box(60, 16, (170, 150, 130, 110, 95, 80, 70, 60)),
            Box(39, 17, (130, 110, 95, 80, 70, 60, 50, 45)),
        ),
        facts=(Box(60, 12, _SMALL_FACTS), Box(39, 12, _SMALL_FACTS)),
        word=Box(80, 6, (120, 110, 100, 90, 80)),
    ),
}
"""A6 upright, four on a page of A4; and 90 × 55 mm, ten on a page."""


@dataclass(frozen=True, slots=True)
class BadgeFace:
    """The texts of one badge. `tone` is the name of its colour, `other_word` is `word` in the other language.

    `photo` is the name of a picture, `upload` the key of the photograph from which it is made. A blank has lines
    to write on instead of name and facts.
    """

    number: int
    code: str
    address: str
    word: str
    other_word: str
    tone: str
    name: str = ""
    function: str = ""
    function_language: str = ""
    body: str = ""
    photo: str = ""
    upload: int = 0
    is_blank: bool = False

    @property
    def symbol(self) -> str:
        """The name of its QR symbol."""
        return f"qr-{self.code}"


@dataclass(frozen=True, slots=True)
class Placed:
    """A badge at its place on the page, with its font sizes in tenths of a point."""

    face: BadgeFace
    place: int
    name_size: int
    facts_size: int
    word_size: int
    has_function: bool


@dataclass(frozen=True, slots=True)
class BadgesSnapshot(Paper):
    """The badges of one document, in a format of FORMS. `logo` is the image name of the organisation's logo.

    With `has_photos`, every badge has room for a photograph, even if the person has none.
    """

    kind: ClassVar[str] = "badges"
    version: ClassVar[int] = 1
    template: ClassVar[str] = "badges.html"
    max_html: ClassVar[int] = 1_500_000
    styles: ClassVar[tuple[str, ...]] = ()

    form: str
    event_title: str
    event_line: str
    issued: str
    has_photos: bool
    faces: tuple[BadgeFace, ...]
    organisation: str = ""
    logo: str = ""

    @property
    def images(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(filter(None, (self.logo, *(face.photo for face in self.faces)))))

    @property
    def symbols(self) -> Mapping[str, str]:
        return {face.symbol: face.address for face in self.faces}

    @property
    def event_size(self) -> int:
        """The font size of the event's title, in tenths of a point."""
        return FORMS[self.form].event[bool(self.logo)].size_of(self.event_title)

    @property
    def sheets(self) -> Sequence[Sequence[Placed]]:
        """The badges page by page, each with its place."""
        form = FORMS[self.form]
        each = form.columns * form.rows
        return [
            [self._placed(face, place) for place, face in enumerate(self.faces[first : first + each])]
            for first in range(0, len(self.faces), each)
        ]

    def _placed(self, face: BadgeFace, place: int) -> Placed:
        form = FORMS[self.form]
        facts = form.facts[self.has_photos]
        size = facts.size_of(face.function, face.body)
        has_function = facts.holds(size, face.function, face.body)
        return Placed(
            face,
            place,
            name_size=form.name[self.has_photos].size_of(face.name),
            facts_size=size if has_function else facts.size_of(face.body),
            word_size=form.word.size_of(face.word),
            has_function=bool(face.function) and has_function,
        )


def _lines(text: str, line: float) -> int:
    """Return the number of lines that the text takes, if a line has the length `line`, in ems."""
    number, filled = 1, 0.0
    for word in text.split():
        width = _width(word)
        if filled and filled + 0.28 + width > line:
            number, filled = number + 1, width
        else:
            filled += (0.28 if filled else 0) + width
    return number


def _width(word: str) -> float:
    """Return the approximate width of the word in a bold sans serif, in ems; rather too large than too small."""
    return sum(_em(sign) for sign in word)


def _em(sign: str) -> float:
    if unicodedata.combining(sign) or unicodedata.category(sign) in {"Mn", "Cf"}:
        return 0
    if unicodedata.east_asian_width(sign) in {"W", "F"}:
        return 1
    if sign in "il.,:;|!'’Iíìjtfr-":
        return 0.42
    if sign in "mwMW@%":
        return 0.96
    return 0.74 if sign.isupper() or ord(sign) > 0x52F else 0.63
