"""The grammar of putting a value into a sentence, in English ("en") and Spanish ("es").

Spanish joins words where they meet: *de + el Congreso* is *del Congreso*, *a + el Congreso* is *al Congreso*,
*y + Irán* is *e Irán*, *o + Honduras* is *u Honduras*. English joins none.

A text with placeholders is put together from left to right, and only the seams are touched:

    text = ""
    for literal, value in pieces:
        text, value = fit(text + literal, value, language)
        text += value

so that what an editor wrote between two values stays. Values come in as they will stand in the text: for HTML
they are escaped already. Quotation marks and inline tags in front of a value are looked through.
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

# «¿Y Irán?» keeps its y: there it asks, it does not join.
_ENDS_IN_CONJUNCTION = re.compile(rf"(?<![\w¿¡])[yo](?={_GAP}{_OPENING}$)", re.IGNORECASE)
# hielo, hiato, iones start with the sound of a consonant, Yemen too; Yvonne does not.
_SOUNDS_I = re.compile(rf"{_OPENING}(?:h?(?:í|i(?![aeoáéó]))|y[b-df-hj-np-tv-xz])", re.IGNORECASE)
# ocho, ochenta, 800, once, 11.000, but not 110 (ciento diez)
_SOUNDS_O = re.compile(rf"{_OPENING}(?:h?[oó]|8|11(?!\d))", re.IGNORECASE)
# Inside quotation marks stands the next kind: «Taller “Normas”», “Workshop ‘Rules’”.
_INNER_MARKS = ((re.compile("“([^“”]*)”"), r"‘\1’"), (re.compile("«([^«»]*)»"), r"“\1”"))
_FIRST_LETTER = re.compile(rf"(?:\s|<[^>]*>|{_MARK})*[^\W\d_]")

_CONJUNCTIONS = {"en": {"and": "and", "or": "or"}, "es": {"and": "y", "or": "o"}}


def contract(text: str) -> str:
    """The text with every *de el* and *a el* made *del* and *al*, across inline tags too.

    For strings that code puts together in Spanish; a text with an editor's own words goes through `fit`.
    """
    return _CONTRACTION.sub(r"\g<word>l\g<gap>\g<tags>", text)


def fit(before: str, value: str, language: str) -> tuple[str, str]:
    """What stands before a value, and the value, as they read when joined; both come back even if unchanged.

    Only the last word of `before` and the first of `value` can change, and the quotation marks of a quoted value.
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
    """“A, B and C”, “A, B y C”, “A, B e Irán”; one item alone, nothing for none."""
    if len(items) < 2:
        return "".join(items)
    word = _CONJUNCTIONS[language][conjunction]
    return "".join(fit(f"{', '.join(items[:-1])} {word} ", items[-1], language))


def sentence_start(text: str) -> str:
    """The text with a capital first, behind opening marks and tags; one that starts with a number stays."""
    if letter := _FIRST_LETTER.match(text):
        end = letter.end()
        return text[: end - 1] + text[end - 1].upper() + text[end:]
    return text


def _by_sound(conjunction: str, value: str) -> str:
    """The conjunction, y or o, in the form that the sound of the value asks for and in its own case."""
    sound, form = (_SOUNDS_I, "e") if conjunction in "yY" else (_SOUNDS_O, "u")
    if not sound.match(value):
        return conjunction
    return form.upper() if conjunction.isupper() else form
