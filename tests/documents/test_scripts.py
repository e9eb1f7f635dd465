"""Names in every script of the members are printed and marked with the right language."""

import re
from collections import Counter
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from pypdf import PdfReader

from documents.rendering import render
from documents.rendering.scripts import mark_languages, runs
from tests.documents.samples import LATIN, LETTER_EN, NAMES


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Jean-Pierre O’Neill", [("", "Jean-Pierre O’Neill")]),
        ("Nguyễn Thị Ánh A\u0301", [("", "Nguyễn Thị Ánh A\u0301")]),
        ("UTC−3 → ≥ №", [("", "UTC−3 → ≥ №")]),
        ("Ms. Ελένη Παππά (IPU)", [("", "Ms. "), ("el", "Ελένη Παππά"), ("", " (IPU)")]),
        ("محمد (علي)", [("ar", "محمد (علي)")]),
        ("د. علي, Speaker 1", [("ar", "د. علي"), ("", ", Speaker 1")]),
        ("Иван–Δ", [("ru", "Иван"), ("", "–"), ("el", "Δ")]),
        ("б\u0301", [("ru", "б\u0301")]),
        ("山田 ひ, Tokyo", [("ja", "山田 ひ"), ("", ", Tokyo")]),
        ("김正恩", [("ko", "김正恩")]),
        ("毛泽东", [("zh", "毛泽东")]),
        ("ᏣᎳᎩ", [("", "ᏣᎳᎩ")]),
        ("", []),
    ],
)
def test_text_is_cut_where_its_language_changes(text: str, found: list[tuple[str, str]]) -> None:
    assert list(runs(text)) == found


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_name_of_a_script_is_one_run_of_its_language(name: str) -> None:
    languages = {text: language for language, text in NAMES.items()}

    assert list(runs(name)) == [(languages[name], name)]


@pytest.mark.parametrize(
    ("html", "printed"),
    [
        ("<title>علي</title><body><p>Ali</p>", "<title>علي</title><body><p>Ali</p>"),
        ("<body data-x='علي'><p>Ali</p>", "<body data-x='علي'><p>Ali</p>"),
        ("<body><b>Δ</b> &amp; Δ", '<body><b><span lang="el">Δ</span></b> &amp; <span lang="el">Δ</span>'),
        ("<body><p>علي</p>", '<body><p><span lang="ar" dir="rtl">علي</span></p>'),
        ('<body><a href="x">Δ <b>Δ</b></a>', '<body><a href="x">Δ <b>Δ</b></a>'),
        ("<body>Δ&#39;Δ", '<body><span lang="el">Δ&#39;Δ</span>'),
    ],
)
def test_only_the_words_of_a_page_are_marked(html: str, printed: str) -> None:
    assert mark_languages(html) == printed


@pytest.mark.slow
def test_names_on_a_letter_are_read_out_in_their_languages() -> None:
    made = render(replace(LETTER_EN, addressee_lines=tuple(NAMES.values()), contact=(NAMES["ar"], "x")))

    with pikepdf.open(BytesIO(made.pdf)) as pdf:
        spoken = Counter(
            str(one.Lang)
            for one in pdf.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Span" and "/Lang" in one
        )
    assert spoken == Counter(dict.fromkeys(NAMES, 1) | {"ar": 2})


def spelled(name: str) -> Counter[str]:
    """Return the texts of the glyphs in a letter with this name, each with its number of different glyphs."""
    with pikepdf.open(BytesIO(render(replace(LETTER_EN, addressee_lines=(name,))).pdf)) as pdf:
        tables = [
            one.ToUnicode.read_bytes().decode()
            for one in pdf.objects
            if isinstance(one, pikepdf.Dictionary) and "/ToUnicode" in one
        ]
    said = (code for table in tables for code in re.findall(r"^<\w{4}> <(\w*)>$", table, re.MULTILINE))
    return Counter(bytes.fromhex(code).decode("utf-16-be") for code in said)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "sign", "shapes"),
    [
        ("محمد", "م", 2),  # two shapes: initial and medial
        ("क्षत्रिय", "क्ष", 1),  # one glyph for three characters
        ("Ɣ\u0303", "Ɣ", 1),  # one glyph for the letter, one for its mark
        ("Ɣ\u0303", "\u0303", 1),
    ],
)
def test_signs_are_joined_as_their_script_joins_them(name: str, sign: str, shapes: int) -> None:
    assert spelled(name)[sign] == shapes


@pytest.mark.slow
def test_every_glyph_says_something() -> None:
    assert spelled(" ".join(NAMES.values()))[""] == 0


@pytest.mark.slow
def test_letter_in_latin_script_carries_no_font_of_another() -> None:
    with pikepdf.open(BytesIO(render(LETTER_EN).pdf)) as pdf:
        fonts = {
            str(one.BaseFont).partition("+")[2]
            for one in pdf.objects
            if isinstance(one, pikepdf.Dictionary) and "/BaseFont" in one
        }

    assert {name.removesuffix("-Bold").removesuffix("-Italic") for name in fonts} == {
        "Noto-Sans",
        "Noto-Serif",
    }


@pytest.mark.slow
def test_every_letter_of_latin_script_has_a_glyph() -> None:
    made = render(replace(LETTER_EN, subject=LATIN))

    assert "Łł" in PdfReader(BytesIO(made.pdf)).pages[0].extract_text().replace("\n", "")
