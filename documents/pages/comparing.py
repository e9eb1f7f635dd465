"""Show which words changed between two versions of a template."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from babel import Locale
from django.utils.text import capfirst
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from accounts.language import LANGUAGE_CODES
from documents.models import Template, TemplateVersion
from documents.rules import HTML_FIELDS, TRANSLATED
from events import richtext
from events.models import Organisation

SAME, GONE, NEW = "same", "gone", "new"


@dataclass(frozen=True, slots=True)
class Change:
    """A field that changed. Each piece of its text is the same, gone or new."""

    label: str
    pieces: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One version on the page: what changed in it, and the number of documents that were made from it."""

    version: TemplateVersion
    changes: tuple[Change, ...]
    documents: int
    is_current: bool


def version_history(versions: Sequence[TemplateVersion], documents: Mapping[int, int]) -> list[Entry]:
    """Return all versions of a template, newest first, each compared with the version before it."""
    names = {one.pk: one.name for one in Organisation.objects.filter(pk__in=_organisation_keys(versions))}
    return [
        Entry(
            version,
            tuple(
                _changes(_texts_by_field(before, names) if before else {}, _texts_by_field(version, names))
            ),
            documents.get(version.number, 0),
            version is versions[0],
        )
        for version, before in zip_longest(versions, versions[1:])
    ]


def compare_words(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """Return both texts as one sequence of pieces: words that are the same, gone or new."""
    old, new = before.split(" "), after.split(" ")
    words_found: list[tuple[str, str]] = []
    for what, start, end, from_, to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            words_found.append((SAME, " ".join(old[start:end])))
            continue
        words_found += [(GONE, " ".join(old[start:end]))] if end > start else []
        words_found += [(NEW, " ".join(new[from_:to]))] if to > from_ else []
    return tuple((kind, words) for kind, words in words_found if words)


def _changes(before: Mapping[str, str], after: Mapping[str, str]) -> Iterable[Change]:
    for label, words in after.items():
        if words != before.get(label, ""):
            yield Change(label, compare_words(before.get(label, ""), words))


def _texts_by_field(version: TemplateVersion, names: Mapping[int, str]) -> dict[str, str]:
    """Return all texts of a version, by the field names in the reader's language."""
    texts, languages = version.texts, Locale.parse(get_language() or "en").languages
    by_field = {_label("letterhead"): names.get(texts["letterhead"], "")}
    for name in TRANSLATED:
        for code in LANGUAGE_CODES:
            words = texts.get(f"{name}_{code}", "")
            by_field[f"{_label(name)} ({languages[code]})"] = (
                richtext.plain_text(words) if name in HTML_FIELDS else words
            )
    by_field[capfirst(pgettext("letter", "signatories"))] = "\n".join(
        _signatory(signatory, names) for signatory in texts["signatories"]
    )
    return by_field


def _signatory(signatory: Mapping[str, Any], names: Mapping[int, str]) -> str:
    titles = [signatory.get(f"title_{code}", "") for code in LANGUAGE_CODES]
    picture = _("with a signature") if signatory["signature"] else _("signs by hand")
    return ", ".join(
        filter(None, (signatory["name"], *titles, names.get(signatory["organisation"], ""), picture))
    )


def _label(name: str) -> str:
    return capfirst(str(Template._meta.get_field(name).verbose_name))  # type: ignore[union-attr]


def _organisation_keys(versions: Iterable[TemplateVersion]) -> set[int]:
    """Return the keys of all organisations that these versions name."""
    bodies = {signatory["organisation"] for version in versions for signatory in version.texts["signatories"]}
    return bodies | {version.texts["letterhead"] for version in versions} - {None}
