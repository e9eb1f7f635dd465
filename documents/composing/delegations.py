"""Compose the list of a delegation's data for its coordinator and the secretariat."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.papers import DelegationSnapshot, Fact, FactGroup, PersonFacts
from events import dates
from registration import contents
from registration.fields import HEADINGS, Asked, Section
from registration.models import Delegation, Participant
from registration.roles import honorific_of, role_of

UNPRINTABLE = "\N{WHITE VERTICAL RECTANGLE}"
_IN_HEADING = {"role", "honorific", "given_names", "family_names"}
_TYPED = {"function": "function_language", "body_function": "body_function_language"}


def delegation_paper(delegation: Delegation, asked: Asked, at: datetime, language: str) -> DelegationSnapshot:
    """Return the list of everybody present with their data, in this language, as of the moment `at`.

    Sensitive fields are left out; a note says which.
    """
    people = [one for one in delegation.participants.all() if one.is_present]
    with translation.override(language):
        return DelegationSnapshot(
            language=language,
            title=f"{delegation.name} – {delegation.event}",
            delegation=delegation.name,
            event_title=str(delegation.event),
            status=str(delegation.get_status_display()),
            as_of=dates.moment(at, delegation.event.tz, language),
            issued=at.astimezone(delegation.event.tz).date().isoformat(),
            facts=tuple(_facts(contents.delegation_values(delegation, asked), delegation)),
            people=tuple(_person(one, asked) for one in people),
            notes=tuple(_notes(asked)),
        )


def with_each_character_once(paper: DelegationSnapshot) -> DelegationSnapshot:
    """Return a short paper with each character of this one, to test quickly which of them no font can print."""
    signs = sorted(set("".join(_texts(paper))))
    return replace(paper, people=(), facts=(), notes=(" ".join(signs),))


def with_characters_marked(paper: DelegationSnapshot, characters: str) -> DelegationSnapshot:
    """Return the paper with a mark in place of each of these characters, and a note that explains the mark."""
    table = str.maketrans(dict.fromkeys(characters, UNPRINTABLE))
    with translation.override(paper.language):
        note = ngettext(
            "%(mark)s stands for a character that no font of this site can print.",
            "%(mark)s stands for characters that no font of this site can print.",
            len(characters),
        )
        marked: DelegationSnapshot = _translated(paper, table)
        return replace(marked, notes=(*marked.notes, note % {"mark": UNPRINTABLE}))


def _notes(asked: Asked) -> list[str]:
    """Return notes that say what the paper leaves out and where to find it."""
    left_out = ", ".join(field.label for field in contents.sensitive_fields(asked))
    if not left_out:
        return []
    sensitive = _("Not on this paper, because it is sensitive: %(fields)s.") % {"fields": left_out}
    return [sensitive, _("The spreadsheet on the delegation’s page has everything.")]


def _person(person: Participant, asked: Asked) -> PersonFacts:
    entered = [
        (field, value)
        for field, value in contents.person_values(person, asked)
        if field.name not in _IN_HEADING
    ]
    groups: dict[Section, list[contents.FieldValue]] = {}
    for field, value in entered:
        groups.setdefault(field.section, []).append((field, value))
    facts = ((section, tuple(_facts(part, person))) for section, part in groups.items())
    return PersonFacts(
        name=" ".join(filter(None, (honorific_of(person), person.full_name))),
        role=role_of(person),
        status=str(person.get_status_display()),
        groups=tuple(FactGroup(str(HEADINGS[section]), part) for section, part in facts if part),
    )


def _facts(entered: list[contents.FieldValue], owner: Participant | Delegation) -> list[Fact]:
    """Return the fields that are filled in and not sensitive. A typed function has its own language."""
    texts = (
        (field, contents.value_text(field, value)) for field, value in contents.without_sensitive(entered)
    )
    return [
        Fact(capfirst(field.label), words, getattr(owner, _TYPED.get(field.name, ""), ""))
        for field, words in texts
        if words
    ]


def _texts(value: Any) -> Iterator[str]:
    """Yield every text of a snapshot."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))


def _translated(value: Any, table: dict[int, str]) -> Any:
    if isinstance(value, str):
        return value.translate(table)
    if isinstance(value, tuple):
        return tuple(_translated(part, table) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{field.name: _translated(getattr(value, field.name), table) for field in fields(value)}
        )
    return value
