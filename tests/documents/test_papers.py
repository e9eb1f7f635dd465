"""A snapshot read from the database equals the one stored, or is refused."""

import json
from typing import Any

import pytest
from django.utils.text import slugify

from documents.models import Kind
from documents.papers import Paper, ProgrammeDay, ProgrammeSession, SnapshotError, content, read_paper
from tests.documents.samples import LETTER_ES, PAPERS


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.title)
def test_paper_stored_as_json_comes_back_equal(paper: Paper) -> None:
    assert read_paper(json.loads(json.dumps(paper.to_dict()))) == paper


def stored(**changes: Any) -> dict[str, Any]:
    return LETTER_ES.to_dict() | changes


@pytest.mark.parametrize(
    "broken",
    [
        {},
        None,
        [],
        stored(kind="poster"),
        stored(kind="aide-memoire"),
        stored(version=0),
        stored(surplus="x"),
        {name: value for name, value in stored().items() if name != "closing"},
        stored(step="0"),
        stored(closing=None),
        stored(signatories=None),
        stored(signatories=[{"name": "Specimen One"}]),
        stored(letterhead="Specimen"),
    ],
    ids=str,
)
def test_stored_paper_of_another_form_is_refused(broken: Any) -> None:
    with pytest.raises(SnapshotError):
        read_paper(broken)


def test_content_leaves_out_what_only_identifies_the_paper() -> None:
    assert LETTER_ES.to_dict().keys() - content(LETTER_ES).keys() == {"reference", "code", "verify_url"}


@pytest.mark.parametrize(("times", "timed"), [(("", ""), False), (("09:00", ""), True), ((), False)])
def test_day_is_timed_if_any_session_has_hours(times: tuple[str, ...], timed: bool) -> None:
    sessions = tuple(ProgrammeSession("Opening", time) for time in times)

    assert ProgrammeDay("", sessions).is_timed is timed


@pytest.mark.parametrize("language", ["en", "es"])
def test_kind_has_a_name_of_its_own_for_files(language: str) -> None:
    stems = [kind.stem(language) for kind in Kind]

    assert [slugify(stem) for stem in stems] == stems
    assert len(set(stems)) == len(Kind)
