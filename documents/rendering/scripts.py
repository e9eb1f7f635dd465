"""Mark words in another script than the paper's with a language, so that they are shaped and read aloud correctly.

Nobody enters the language of a name. It is taken from the script: the language in which most readers use it. Han
characters count as Japanese or Korean if the text has letters of those scripts.
"""

import re
from collections.abc import Iterator
from itertools import groupby

from fontTools.unicodedata import script

LANGUAGES = {
    "Arab": "ar",
    "Armn": "hy",
    "Beng": "bn",
    "Cyrl": "ru",
    "Deva": "hi",
    "Ethi": "am",
    "Geor": "ka",
    "Grek": "el",
    "Gujr": "gu",
    "Guru": "pa",
    "Hebr": "he",
    "Khmr": "km",
    "Knda": "kn",
    "Laoo": "lo",
    "Mlym": "ml",
    "Mong": "mn",
    "Mymr": "my",
    "Orya": "or",
    "Sinh": "si",
    "Taml": "ta",
    "Telu": "te",
    "Thaa": "dv",
    "Thai": "th",
    "Tibt": "bo",
}
"""The language for each script (ISO 15924) that papers can print, except Latin and East Asian scripts."""

RIGHT_TO_LEFT = {"ar", "he", "dv"}

_EAST_ASIAN = {"Hani": "zh", "Bopo": "zh", "Hira": "ja", "Kana": "ja", "Hang": "ko"}
_OF_NO_SCRIPT, _OF_THE_LETTER_BEFORE = "Zyyy", "Zinh"
_OTHER = re.compile(r"[^\u0000-\u036f\u1d00-\u1eff\u2000-\u2bff\ufb00-\ufb06]")
# Marked runs per text. A line with more takes seconds to lay out, and no name has so many.
_MAX_RUNS = 100
_TAG = re.compile(r"(<[^>]*>)")


def mark_languages(html: str) -> str:
    """Return the page with each run of another script in its own `<span lang>`.

    Links are not changed: an element inside a link breaks the link's tag for screen readers.
    """
    head, body, text = html.partition("<body")
    if not _OTHER.search(text):
        return html
    parts, inside_link = _TAG.split(body + text), False
    for index, part in enumerate(parts):
        if index % 2:
            inside_link = part.startswith("<a ") or (inside_link and part != "</a>")
        elif not inside_link and _OTHER.search(part):
            pieces = list(runs(part))
            parts[index] = part if len(pieces) > _MAX_RUNS else "".join(_element(*one) for one in pieces)
    return head + "".join(parts)


def runs(text: str) -> Iterator[tuple[str, str]]:
    """Yield (language, piece) for consecutive pieces of the text; the language is "" if no mark is needed."""
    languages = _languages(text)
    for language, signs in groupby(zip(languages, text, strict=True), key=lambda pair: pair[0]):
        yield language, "".join(sign for _language, sign in signs)


def _element(language: str, words: str) -> str:
    if not language:
        return words
    direction = ' dir="rtl"' if language in RIGHT_TO_LEFT else ""
    return f'<span lang="{language}"{direction}>{words}</span>'


def _languages(text: str) -> list[str]:
    """Return the language of each character.

    A character without a script, such as a space, takes the language of its neighbours if both have the same.
    """
    scripts = [script(sign) for sign in text]
    eastern = {_EAST_ASIAN[one] for one in scripts if one in _EAST_ASIAN}
    table = LANGUAGES | dict.fromkeys(_EAST_ASIAN, max(eastern, key=("zh", "ko", "ja").index, default="zh"))
    languages = [None if one == _OF_NO_SCRIPT else table.get(one, "") for one in scripts]
    for index, one in enumerate(scripts):
        if one == _OF_THE_LETTER_BEFORE:
            languages[index] = languages[index - 1] if index else ""
    if len(spoken := set(languages) - {None}) == 1:
        return [spoken.pop() or ""] * len(text)
    before, after = list(_last_known(languages)), list(_last_known(languages[::-1]))[::-1]
    return [
        one if one is not None else (left if left == right else "")
        for one, left, right in zip(languages, before, after, strict=True)
    ]


def _last_known(languages: list[str | None]) -> Iterator[str]:
    known = ""
    for language in languages:
        known = known if language is None else language
        yield known
