"""Papers have the same bytes each time, are accessible, and fit on one page if possible."""

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pypdf import PdfReader

from documents import rendering
from documents.papers import LetterSnapshot, Paper, Section, Signatory
from documents.rendering import (
    MissingGlyphs,
    RenderingError,
    content_hash,
    fonts,
    pages_at,
    render,
    require_engine,
)
from tests.documents.samples import AIDE_MEMOIRE_EN, LETTER_EN, LETTER_ES, PAGE, PAPERS, letter_with_body

pytestmark = pytest.mark.slow
each_paper = pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: f"{paper.kind}-{paper.language}")


def words(pdf: bytes, *pages: int) -> str:
    """Return the text of these pages, or of all, with single spaces."""
    reader = PdfReader(BytesIO(pdf))
    chosen = pages or range(len(reader.pages))
    return " ".join(" ".join(reader.pages[number].extract_text() for number in chosen).split())


# Reproducible bytes

RENDER_ELSEWHERE = """
import django; django.setup()
from documents import rendering
from tests.documents.samples import LETTER_ES
if {warm}: rendering.warm_up()
print(rendering.render(LETTER_ES).sha256, rendering.content_hash(LETTER_ES))
"""


def test_file_is_named_by_its_bytes() -> None:
    made = render(LETTER_EN)

    assert made.sha256 == hashlib.sha256(made.pdf).hexdigest()


@pytest.mark.parametrize(
    ("warm", "surroundings"),
    [
        (False, {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo"}),
        (True, {"PYTHONHASHSEED": "2", "HOME": "/nonexistent"}),
    ],
)
def test_letter_made_in_another_process_has_the_same_bytes(warm: bool, surroundings: dict[str, str]) -> None:
    other = subprocess.run(
        [sys.executable, "-c", RENDER_ELSEWHERE.format(warm=warm)],
        env=os.environ | surroundings,
        cwd=Path(__file__).parents[2],
        check=True,
        capture_output=True,
        text=True,
    )

    assert other.stdout.split() == [render(LETTER_ES).sha256, content_hash(LETTER_ES)]


def test_content_hash_ignores_reference_and_code_and_their_address() -> None:
    other = replace(
        LETTER_ES, reference="X", code="0000-0000-0000-0000", verify_url="https://convoca.example/"
    )

    assert content_hash(other) == content_hash(LETTER_ES)


def test_content_hash_changes_with_anything_said() -> None:
    said = LETTER_EN.to_dict().keys() - {"kind", "version", "reference", "code", "verify_url"}
    changed = {name: other_value(getattr(LETTER_EN, name)) for name in said}

    hashes = {content_hash(replace(LETTER_EN, **{name: value})) for name, value in changed.items()}

    assert len(hashes | {content_hash(LETTER_EN)}) == len(said) + 1


def other_value(value: Any) -> Any:
    match value:
        case str():
            return "es" if value == "en" else f"{value} x"
        case int():
            return value + 1
        case tuple():
            return value[:-1]
    return replace(value, motto="x")


# Accessibility


@each_paper
def test_paper_names_its_title_and_language(paper: Paper) -> None:
    with pikepdf.open(BytesIO(render(paper).pdf)) as pdf:
        assert str(pdf.Root.Lang) == paper.language
        assert str(pdf.docinfo["/Title"]) == paper.title
        assert pdf.Root.ViewerPreferences.DisplayDocTitle


# One page


def test_invitation_of_2021_is_one_page_at_the_smallest_step() -> None:
    assert [pages_at(LETTER_ES, step) for step in LetterSnapshot.steps] == [2, 2, 1]


def test_pages_are_the_same_before_the_letter_has_its_code() -> None:
    draft = replace(LETTER_ES, reference="", code="", verify_url="")

    assert [pages_at(draft, step) for step in LetterSnapshot.steps] == [
        pages_at(LETTER_ES, step) for step in LetterSnapshot.steps
    ]


def test_second_page_says_whose_letter_it_is() -> None:
    made = render(replace(LETTER_ES, step=0))

    assert made.pages == 2
    assert re.search(r"Parlamento del Uruguay 23 de abril de 2021 · \S+ 2$", words(made.pdf, 1))
    assert "Parlamento del Uruguay 23 de abril" not in words(made.pdf, 0)


def test_second_page_never_holds_the_foot_alone() -> None:
    for paragraphs in range(14, 24):
        made = render(replace(letter_with_body("<p>Texto y más texto.</p>" * paragraphs), step=0))
        assert "Atentamente," in words(made.pdf, made.pages - 1)


# Printed text


@pytest.mark.parametrize(
    ("link", "printed"),
    [
        (f'<a href="{PAGE}">aquí</a>.', f"aquí ({PAGE})."),
        (f'<a href="{PAGE}">{PAGE}</a>.', f"{PAGE}."),
        ('<a href="https://www.ipu.example/">ipu.example</a>.', "ipu.example."),
        ('<a href="https://ipu.example/?a=1&amp;b=2">página</a>.', "página (https://ipu.example/?a=1&b=2)."),
        ('<a href="mailto:one@ipu.example">escríbanos</a>.', "escríbanos (one@ipu.example)."),
        ('<a href="mailto:one@ipu.example">one@ipu.example</a>.', "one@ipu.example."),
        ('<a href="https://ipu.example/x">la <em>nota</em></a>.', "la nota (https://ipu.example/x)."),
    ],
)
def test_link_is_printed_with_its_address(link: str, printed: str) -> None:
    made = words(render(letter_with_body(f"<p>Véase {link}</p>")).pdf).replace("/ ", "/")

    assert f"Véase {printed}" in made


@pytest.mark.parametrize(
    "address",
    [f"mailto:{'innovation' * 3}@ipu.example", "https://ipu.example/transformaciones-parlamentarias/"],
)
@pytest.mark.parametrize("text", ["aquí", None])
def test_address_is_never_broken_at_a_hyphen(address: str, text: str | None) -> None:
    printed = address.removeprefix("mailto:")
    link = f'<a href="{address}">{text or printed}</a>'
    lines = "".join(f"<p>{'x' * indent} {link}</p>" for indent in range(40, 64))

    pages = PdfReader(BytesIO(render(letter_with_body(lines)).pdf)).pages
    made = "\n".join(page.extract_text() for page in pages)

    assert [line for line in made.splitlines() if line.rstrip().endswith("-")] == []
    assert "".join(made.split()).count(printed) == 24


@pytest.mark.parametrize("last", ["representaciones.", "<em>representaciones.</em>", "e-mail."])
def test_last_word_of_a_paragraph_is_never_divided(last: str) -> None:
    lines = "".join(f"<p>{'x' * indent} {'y' * 20} {last}</p>" for indent in range(20, 60))

    made = words(render(letter_with_body(lines)).pdf)

    assert made.count(re.sub("<.*?>", "", last)) == 40


def test_code_stands_in_words_beside_its_symbol() -> None:
    made = words(render(LETTER_EN).pdf)

    assert f"Reference {LETTER_EN.reference} Verification code {LETTER_EN.code}" in made
    assert LETTER_EN.verify_url in made


def test_page_of_the_event_that_the_text_names_is_not_printed_again() -> None:
    letter = replace(letter_with_body(f"<p>Véase {PAGE}</p>"), event_url=PAGE)

    assert "Página del evento" not in words(render(letter).pdf)


@pytest.mark.parametrize("event_url", [PAGE, "https://convoca.example/en/"])
def test_page_of_the_event_is_printed_once(event_url: str) -> None:
    assert words(render(replace(LETTER_ES, event_url=event_url)).pdf).replace("/ ", "/").count(event_url) == 1


@pytest.mark.parametrize(
    ("letter", "enclosures", "heading"),
    [
        (LETTER_EN, ("Programme",), "Enclosure"),
        (LETTER_EN, ("Programme", "Note"), "Enclosures"),
        (LETTER_ES, ("Programa",), "Anexo"),
        (LETTER_ES, ("Programa", "Nota"), "Anexos"),
    ],
)
def test_heading_of_enclosures_agrees_with_their_number(
    letter: Paper, enclosures: tuple[str, ...], heading: str
) -> None:
    assert re.findall(
        r"(?:Enclosure|Anexo)s?\b", words(render(replace(letter, enclosures=enclosures)).pdf)
    ) == [heading]


def test_paper_counts_its_pages() -> None:
    made = render(AIDE_MEMOIRE_EN)
    reader = PdfReader(BytesIO(made.pdf))

    ends = [" ".join(one.extract_text().split()) for one in reader.pages]
    assert [f"Page {n} of {made.pages}" in text for n, text in enumerate(ends, 1)] == [True] * made.pages


@pytest.mark.parametrize(
    "name",
    [
        "Łukasz Żółć",
        "Nguyễn Thị Ánh",
        "Müller-Ðorđević",
        "Ελένη Παπαδοπούλου",
        "Дмитрий Қасымұлы",
        "محمد علي",
        "דוד",
        "თამარ",
        "Արմեն",
        "ประเทศไทย",
        "ລາວ",
        "កម្ពុជា",
        "မြန်မာ",
        "नेपाल",
        "বাংলাদেশ",
        "ਪੰਜਾਬ",
        "ශ්‍රී ලංකා",
        "தமிழ்",
        "አዲስ",
        "习近平",
        "ひらがな カナ",
        "한국",
        "བོད་",
        "ދިވެހި",
        "UTC−3 → ≥ ✓ № €",
    ],
)
def test_name_in_its_own_script_is_printed(name: str) -> None:
    made = render(replace(LETTER_EN, addressee_lines=(name,)))

    with pikepdf.open(BytesIO(made.pdf)) as pdf:
        fonts = [
            one.BaseFont for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/BaseFont" in one
        ]
        assert {str(font).partition("+")[2][:4] for font in fonts} == {"Noto"}


@pytest.mark.parametrize(
    ("changes", "characters", "named"),
    [
        ({"addressee_lines": ("ᏣᎳ",)}, "ᎳᏣ", "Ꮃ (U+13B3 CHEROKEE LETTER LA)"),
        ({"body_html": "<p>🎉</p>"}, "🎉", "🎉 (U+1F389 PARTY POPPER)"),
        ({"subject": "𒀀"}, "𒀀", "𒀀 (U+12000 CUNEIFORM SIGN A)"),
        ({"enclosures": ("\ue000",)}, "\ue000", "\N{REPLACEMENT CHARACTER} (U+E000 without a name)"),
    ],
)
def test_character_without_glyph_is_refused_by_name(
    changes: dict[str, Any], characters: str, named: str
) -> None:
    with pytest.raises(MissingGlyphs) as refusal:
        render(replace(LETTER_EN, **changes))

    assert (refusal.value.code, refusal.value.permanent) == ("missing_glyphs", True)
    assert refusal.value.characters == characters
    assert named in refusal.value.message


def test_text_of_a_snapshot_is_never_markup() -> None:
    hostile = '<b onload="x">&amp; <script>{{ 1 }}</script>'
    letter = replace(LETTER_EN, addressee_lines=(hostile,), recipient=hostile, title=hostile, subject=hostile)

    made = render(letter)

    assert words(made.pdf).count(hostile) == 2
    with pikepdf.open(BytesIO(made.pdf)) as pdf:
        assert str(pdf.docinfo["/Title"]) == hostile


# Errors


@pytest.mark.parametrize(
    ("paper", "code"),
    [
        (letter_with_body("<p>palabra </p>" * 4_000), "too_large"),
        (letter_with_body("<ul><li>" * 30 + "x"), "too_large"),
        (letter_with_body("<table>" + "<tr><td>x</td></tr>" * 400 + "</table>"), "too_large"),
        (replace(LETTER_EN, enclosures=("x" * 100,) * 700), "too_large"),
        (replace(AIDE_MEMOIRE_EN, sections=(Section("x", "<p>word</p>" * 2_500),) * 10), "too_large"),
        (
            replace(LETTER_EN, signatories=(Signatory("One", "Director", signature="none.jpg"),)),
            "forbidden_address",
        ),
    ],
    ids=["long", "deep", "cells", "enclosures", "sections", "no such signature"],
)
def test_paper_beyond_the_bounds_is_refused(paper: Paper, code: str) -> None:
    with pytest.raises(RenderingError) as refusal:
        render(paper)

    assert (refusal.value.code, refusal.value.permanent) == (code, True)


def test_layout_too_deep_for_python_is_refused_with_a_sentence() -> None:
    deep = sys.getrecursionlimit()
    sys.setrecursionlimit(len(list(frames())) + 60)
    try:
        with pytest.raises(RenderingError, match="nested too deeply"):
            render(LETTER_EN)
    finally:
        sys.setrecursionlimit(deep)


def frames() -> Iterator[Any]:
    frame = sys._getframe()
    while frame := frame.f_back:  # type: ignore[assignment]
        yield frame


def test_engine_without_harfbuzz_subset_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "harfbuzz_subset", None)

    with pytest.raises(RenderingError, match="libharfbuzz-subset0") as refusal:
        require_engine()
    assert refusal.value.permanent is False


def test_engine_without_its_fonts_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    elsewhere = tmp_path / "fonts.conf"
    elsewhere.write_text(f"<dir>{tmp_path}</dir>\n<glob>*/NotoSans-*.ttf</glob>")
    monkeypatch.setattr(fonts, "FONT_LIST", elsewhere)

    with pytest.raises(RenderingError, match="install fonts-noto-core fonts-noto-cjk"):
        require_engine()


def test_fonts_of_this_machine_are_found() -> None:
    require_engine()
