"""Every paper is accessible and suitable for archives: PDF/UA-1 and PDF/A-3a in one file."""

from dataclasses import replace
from functools import cache
from io import BytesIO

import page
import pikepdf
import pytest

from documents.papers import PAPERS, Paper
from documents.papers.specimens import specimen
from documents.rendering import Rendered, render
from tests.documents import samples
from tests.documents.samples import LATIN, LETTER_EN, NAMES, jpeg, signed_with

pytestmark = pytest.mark.slow

STANDARDS = {"PDF/UA-1": page.ValidationProfile.PDF_UA_1, "PDF/A-3a": page.ValidationProfile.PDF_A_3A}
SPECIMENS = [specimen(kind, language) for kind in PAPERS for language in ("en", "es")]
each_standard = pytest.mark.parametrize("standard", STANDARDS)
each_paper = pytest.mark.parametrize(
    "paper", [*SPECIMENS, *samples.PAPERS], ids=lambda paper: f"{paper.kind}-{paper.language}"
)


@cache
def made(paper: Paper) -> Rendered:
    """Render the paper only once for all standards."""
    return render(paper)


def failures(pdf: bytes, standard: str) -> list[str]:
    """Return the messages about what the file lacks for the standard."""
    return [failure.message for failure in page.validate_pdf_bytes(pdf, profile=STANDARDS[standard]).failures]


@each_standard
@each_paper
def test_paper_conforms_to_both_standards(paper: Paper, standard: str) -> None:
    assert failures(made(paper).pdf, standard) == []


def named(kind: str, name: str) -> Paper:
    """Return a letter, a list or a badge with this name."""
    paper = specimen(kind, "en")
    if kind == "letter":
        return replace(paper, addressee_lines=(name,))
    if kind == "badges":
        return replace(paper, faces=(replace(paper.faces[0], name=name),))
    part = paper.parts[0]
    body = part.bodies[0]
    person = replace(body.people[0], given_names=name, family_names="")
    return replace(paper, parts=(replace(part, bodies=(replace(body, people=(person,)),)),))


@pytest.mark.parametrize("kind", ["letter", "participants", "badges"])
@pytest.mark.parametrize(("language", "name"), [("", LATIN), *NAMES.items()], ids=["la", *NAMES])
def test_name_in_any_script_conforms_and_is_said_in_its_language(language: str, name: str, kind: str) -> None:
    pdf = render(named(kind, name)).pdf

    assert {standard: failures(pdf, standard) for standard in STANDARDS} == {
        standard: [] for standard in STANDARDS
    }
    assert said(pdf) == ({language: name} if language else {})


def said(pdf: bytes) -> dict[str, str]:
    """Return the text of each span that has a language, by language."""
    found: dict[str, list[str]] = {}
    with pikepdf.open(BytesIO(pdf)) as opened:
        before = {
            (page.obj.objgen, int(step.operands[1].MCID)): str(step.operands[1].get("/ActualText", ""))
            for page in opened.pages
            for step in pikepdf.parse_content_stream(page, "BDC")
            if "/MCID" in step.operands[1]
        }
        for element in opened.objects:
            if (
                isinstance(element, pikepdf.Dictionary)
                and element.get("/S") == "/Span"
                and "/Lang" in element
            ):
                for run in element.K:
                    own = str(run.get("/ActualText", ""))
                    words = own or before[run.Pg.objgen, int(run.K[0])]
                    found.setdefault(str(element.Lang), []).append(words)
    return {language: " ".join(words) for language, words in found.items()}


@each_paper
def test_paper_made_again_has_the_same_bytes(paper: Paper) -> None:
    assert render(paper) == made(paper)


@each_standard
def test_letter_with_a_photographed_signature_conforms(standard: str) -> None:
    image = jpeg()

    assert failures(render(signed_with(image), [image]).pdf, standard) == []


def test_every_one_of_many_letters_ends_its_streams_clearly() -> None:
    letters = (replace(LETTER_EN, subject=f"Letter {number}") for number in range(60))

    found = {failure for letter in letters for failure in failures(render(letter).pdf, "PDF/A-3a")}

    assert found == set()


def test_file_names_both_standards_without_being_unpacked() -> None:
    pdf = made(LETTER_EN).pdf

    assert pdf.count(b"<pdfuaid:part>1</pdfuaid:part>") == 1
    assert pdf.count(b'pdfaid:part="3"') == 1
    assert pdf.count(b'pdfaid:conformance="A"') == 1


@pytest.mark.parametrize("language", ["en", "es"])
def test_colours_mean_the_same_in_every_file(language: str) -> None:
    profiles = set()
    for paper in (specimen("letter", language), specimen("letter", language)):
        with pikepdf.open(BytesIO(render(paper).pdf)) as pdf:
            profiles.add(pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes())

    assert len(profiles) == 1
