"""Grammar for putting values into sentences, in English ("en") and Spanish ("es").

Spanish changes words where they meet: *de + el Congreso* is *del Congreso*, *a + el Congreso* is *al Congreso*,
*y + Irán* is *e Irán*, *o + Honduras* is *u Honduras*. English changes nothing.

A text with placeholders is built from left to right, and only the words at the joints change:

    text = ""
    for literal, value in pieces:
        text, value = adapt_for_joining(text + literal, value, language)
        text += value

Other words that an editor wrote are kept. Values must be in their final form: for HTML, they are already escaped.
Quotation marks and inline tags in front of a value are ignored.
"""

import re
from collections.abc import Sequence
from typing import Literal

_GAP = r"(?:\s|&nbsp;)+"
_TAGS = r"(?:</?(?:a|b|em|i|span|strong)\b[^>]*>)*"
_MARK = r"[«“„‘\"'(\[¿¡]|&quot;|&#x27;|&#39;"
_OPENING = rf"(?:{_TAGS}(?:{_MARK}))*{_TAGS}"

_PREPOSITION = r"(?<!\w)(?:[Dd]e|[Aa])"
_ARTICLE = rf"(?P<tags>{_TAGS})el{_GAP}"  # lower case only: El Salvador keeps its article
_CONTRACTION = re.compile(rf"(?P<word>{_PREPOSITION})(?P<gap>{_GAP}){_ARTICLE}")
_ENDS_IN_PREPOSITION = re.compile(rf"{_PREPOSITION}(?={_GAP}{_TAGS}$)")
_STARTS_WITH_ARTICLE = re.compile(_ARTICLE)

# «¿Y Irán?» keeps its y, because there it is a question word.
_ENDS_IN_CONJUNCTION = re.compile(rf"(?<![\w¿¡])[yo](?={_GAP}{_OPENING}$)", re.IGNORECASE)
# hielo, hiato, iones and Yemen start with the sound of a consonant; Yvonne does not.
_SOUNDS_I = re.compile(rf"{_OPENING}(?:h?(?:í|i(?![aeoáéó]))|y[b-df-hj-np-tv-xz])", re.IGNORECASE)
# ocho, ochenta, 800, once, 11.000, but not 110 (ciento diez)
_SOUNDS_O = re.compile(rf"{_OPENING}(?:h?[oó]|8|11(?!\d))", re.IGNORECASE)
# Nested quotation marks are of another kind: «Taller “Normas”», “Workshop ‘Rules’”.
_INNER_MARKS = ((re.compile("“([^“”]*)”"), r"‘\1’"), (re.compile("«([^«»]*)»"), r"“\1”"))
_FIRST_LETTER = re.compile(rf"(?:\s|<[^>]*>|{_MARK})*[^\W\d_]")

_CONJUNCTIONS = {"en": {"and": "and", "or": "or"}, "es": {"and": "y", "or": "o"}}


def contract(text: str) -> str:
    """Return the Spanish text with all *de el* and *a el* contracted to *del* and *al*, also across inline tags.

    Use it for texts that only code writes; use `fit` for texts with an editor's own words.
    """
    return _CONTRACTION.sub(r"\g<word>l\g<gap>\g<tags>", text)


def adapt_for_joining(before: str, value: str, language: str) -> tuple[str, str]:
    """Return the text before a value and the value, adapted so that they can be joined.

    Only the last word of `before`, the first word of `value` and the quotation marks inside `value` can change.
    """
    if before.endswith(("«", "“")):
        for outer, inner in _INNER_MARKS:
            value = outer.sub(inner, value)
    if language != "es":
        return before, value
    if (preposition := _ENDS_IN_PREPOSITION.search(before)) and (
        article := _STARTS_WITH_ARTICLE.match(value)
    ):
        end = preposition.end()
        return f"{before[:end]}l{before[end:]}", article["tags"] + value[article.end() :]
    if conjunction := _ENDS_IN_CONJUNCTION.search(before):
        start, end = conjunction.span()
        return before[:start] + _by_sound(conjunction[0], value) + before[end:], value
    return before, value


def join_list(items: Sequence[str], language: str, conjunction: Literal["and", "or"] = "and") -> str:
    """Return “A, B and C”, “A, B y C” or “A, B e Irán”. One item is returned as it is; no items give ""."""
    if len(items) < 2:
        return "".join(items)
    word = _CONJUNCTIONS[language][conjunction]
    return "".join(adapt_for_joining(f"{', '.join(items[:-1])} {word} ", items[-1], language))


def sentence_start(text: str) -> str:
    """Return the text with its first letter in upper case, after opening marks and tags. Numbers do not change."""
    if letter := _FIRST_LETTER.match(text):
        end = letter.end()
        return text[: end - 1] + text[end - 1].upper() + text[end:]
    return text


def _by_sound(conjunction: str, value: str) -> str:
    """Return the conjunction y or o in the form that the first sound of the value requires; the case is kept."""
    sound, form = (_SOUNDS_I, "e") if conjunction in "yY" else (_SOUNDS_O, "u")
    if not sound.match(value):
        return conjunction
    return form.upper() if conjunction.isupper() else form
