"""Placeholders in texts: `{name}` from a fixed list, and `{one:…|two:…}` by the number of signatories.

No text is executed. The tokenizer splits the text once at its braces and looks up the name between them. There
are no attributes and no formatting, and values are not searched for placeholders.
"""

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.translation import gettext, gettext_lazy, ngettext

from events.wording import adapt_for_joining, sentence_start

CHOICE_HELP = gettext_lazy(
    "Where the wording depends on who signs, write both: {one:I am pleased|two:We are pleased}. "
    "The first is printed for one signatory, the second for two or three."
)
CAPITAL_HELP = gettext_lazy("At the start of a sentence give the placeholder a capital: {Event_in_sentence}.")


@dataclass(frozen=True, slots=True)
class Placeholder:
    """The description for editors, and the kind of value: text, which is escaped, or HTML that our code makes."""

    description: str | Promise
    kind: Literal["text", "html"] = "text"


LETTER: dict[str, Placeholder] = {
    "event": Placeholder(gettext_lazy("Title of the event, as on its page")),
    "event_in_sentence": Placeholder(
        gettext_lazy("The event with its article: the ninth World e-Parliament Conference")
    ),
    "theme": Placeholder(gettext_lazy("Theme of the event")),
    "dates_in_sentence": Placeholder(
        gettext_lazy("Days of the event with their preposition: from 16 to 18 June 2021")
    ),
    "place_in_sentence": Placeholder(
        gettext_lazy("Where, with its preposition: in Montevideo (Uruguay), online")
    ),
    "deadline": Placeholder(gettext_lazy("Last day to register, without an article: Friday, 4 June 2021")),
    "parliament": Placeholder(gettext_lazy("Name of the parliament or body invited")),
    "parliament_in_sentence": Placeholder(
        gettext_lazy("The parliament or body invited with its article: the National Assembly of Suriname")
    ),
    "country_in_sentence": Placeholder(
        gettext_lazy("Country of the parliament, with an article where it takes one")
    ),
    "organisation_in_sentence": Placeholder(
        gettext_lazy("The organization that writes, with its article: the Inter-Parliamentary Union")
    ),
    "contact": Placeholder(gettext_lazy("The contact person as a colleague: my colleague, Ms. Specimen One")),
    "contact_email": Placeholder(
        gettext_lazy("E-mail address of the contact person, as a link"), kind="html"
    ),
    "event_url": Placeholder(gettext_lazy("Public address of the event's page, as a link"), kind="html"),
}


PERSON: dict[str, Placeholder] = {
    "name": Placeholder(gettext_lazy("Name of the person, as in the passport")),
    "name_with_title": Placeholder(
        gettext_lazy("Name of the person with the form of address: Ms. Specimen One")
    ),
    "role": Placeholder(
        gettext_lazy("What the person comes as, in the word for their gender: head of delegation")
    ),
    "function": Placeholder(gettext_lazy("Function of the person in the parliament or body")),
}
"""Placeholders for documents about one person."""

PASSPORT: dict[str, Placeholder] = {
    "nationality": Placeholder(gettext_lazy("Country of nationality")),
    "birth_date": Placeholder(gettext_lazy("Date of birth: 27 March 1971")),
    "passport_number": Placeholder(gettext_lazy("Number of the passport")),
    "passport_country": Placeholder(gettext_lazy("Country that issued the passport")),
    "passport_expiry": Placeholder(gettext_lazy("Last day on which the passport is valid: 3 May 2028")),
}
"""Placeholders for visa-support letters only. The values are private and printed only for a consulate."""


class PlaceholderError(ValueError):
    """The placeholders of a text cannot be filled in.

    `reasons` has one sentence for all unknown placeholders and one for each placeholder without a value.
    `allowed` holds the placeholders that may be used there.
    """

    def __init__(
        self, *, unknown: Sequence[str] = (), empty: Sequence[str] = (), allowed: Mapping[str, Placeholder]
    ) -> None:
        self.unknown, self.empty = tuple(unknown), tuple(empty)
        self.reasons = (
            *_foreign(self.unknown, allowed),
            *(_without_value(one, allowed) for one in self.empty),
        )
        super().__init__(" ".join(self.reasons))


def _foreign(tokens: Sequence[str], allowed: Mapping[str, Placeholder]) -> list[str]:
    """Return one sentence for all unknown placeholders; an empty list if there are none."""
    if not tokens:
        return []
    sentence = ngettext(
        "This is not a placeholder: %(found)s. Those that can be used here: %(allowed)s.",
        "These are not placeholders: %(found)s. Those that can be used here: %(allowed)s.",
        len(tokens),
    )
    names = ", ".join(f"{{{name}}}" for name in allowed)
    return [sentence % {"found": ", ".join(tokens), "allowed": names}]


def _without_value(token: str, allowed: Mapping[str, Placeholder]) -> str:
    """“{theme} has no value. It stands for: Theme of the event.”"""
    sentence = gettext("%(placeholder)s has no value. It stands for: %(meaning)s.")
    return sentence % {"placeholder": token, "meaning": allowed[_name(token)].description}


# Matches a tag with a brace, a placeholder, or a single brace. Possessive, so that no text causes backtracking.
_TOKEN = re.compile(r"\{++[^{}]*+\}++|[{}]++")
_TOKEN_IN_HTML = re.compile(rf"<[^<>{{}}]*+[{{}}][^<>]*+>|{_TOKEN.pattern}")
_NAME = re.compile(r"\{([A-Za-z][a-z_]*)\}")
_CHOICE = re.compile(r"\{one:([^{}|<>]+)\|two:([^{}|<>]+)\}")


def unknown(html: str, allowed: Mapping[str, Placeholder] = LETTER) -> list[str]:
    """Return the unknown placeholders and the unpaired braces, as written.

    A placeholder inside a tag, for example in a link's address, is unknown too.
    """
    return _unknown(_TOKEN_IN_HTML, html, allowed)


def expand(
    html: str,
    values: Mapping[str, str],
    language: str,
    *,
    signatories: int = 1,
    allowed: Mapping[str, Placeholder] = LETTER,
) -> str:
    """Return the HTML with its placeholders filled in, with Spanish contractions where a value follows a preposition.

    Values of the kind "text" are escaped. Raises PlaceholderError for unknown placeholders and for empty values.
    """
    escaped = {
        name: values.get(name, "") if placeholder.kind == "html" else escape(values.get(name, ""))
        for name, placeholder in allowed.items()
    }
    return _fill(_TOKEN_IN_HTML, html, escaped, language, signatories, allowed)


def expand_text(
    text: str,
    values: Mapping[str, str],
    language: str,
    *,
    signatories: int = 1,
    allowed: Mapping[str, Placeholder] = LETTER,
) -> str:
    """Return plain text, such as a subject, with its placeholders filled in.

    Nothing is escaped, and placeholders of the kind "html" are unknown. Raises PlaceholderError.
    """
    plain = {
        name: values.get(name, "") for name, placeholder in allowed.items() if placeholder.kind == "text"
    }
    return _fill(_TOKEN, text, plain, language, signatories, allowed)


def _fill(
    pattern: re.Pattern[str],
    text: str,
    values: Mapping[str, str],
    language: str,
    signatories: int,
    allowed: Mapping[str, Placeholder],
) -> str:
    """Fill in the placeholders from left to right, so that a value can be contracted with the word before it.

    `values` must hold every name that may be used.
    """
    filled, end = "", 0
    wrong, empty = _unknown(pattern, text, values), []
    for token in pattern.finditer(text):
        value = token[0] if token[0] in wrong else _value(token[0], values, signatories)
        if not value.strip():
            empty.append(token[0])
        filled, value = adapt_for_joining(filled + text[end : token.start()], value, language)
        filled += value
        end = token.end()
    if wrong or empty:
        usable = {name: allowed[name] for name in values}
        raise PlaceholderError(unknown=wrong, empty=tuple(dict.fromkeys(empty)), allowed=usable)
    return filled + text[end:]


def _unknown(pattern: re.Pattern[str], text: str, allowed: Container[str]) -> list[str]:
    tokens = dict.fromkeys(pattern.findall(text))
    return [token for token in tokens if not (_CHOICE.fullmatch(token) or _name(token) in allowed)]


def _name(token: str) -> str:
    """Return the name in a placeholder, which may begin with a capital; "" if the token is not a name."""
    name = _NAME.fullmatch(token)
    return name[1][0].lower() + name[1][1:] if name else ""


def _value(token: str, values: Mapping[str, str], signatories: int) -> str:
    if choice := _CHOICE.fullmatch(token):
        return choice[1] if signatories == 1 else choice[2]
    value = values[_name(token)]
    return sentence_start(value) if token[1].isupper() else value
