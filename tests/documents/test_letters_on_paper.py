"""The layout of letters: logo, up to three signatures, and the mark that the letter continues."""

from dataclasses import replace
from io import BytesIO

import page
import pytest
from pypdf import PdfReader

from documents.papers import LetterSnapshot, Signatory
from documents.rendering import pages_at, render
from tests.documents.samples import LETTER_EN, LETTER_ES, jpeg, signed_with
from tests.documents.test_pictures import svg

pytestmark = pytest.mark.slow

LOGO = svg('<circle cx="50" cy="40" r="40" fill="#0b5394"/>')
SIGNATURE = jpeg(300, 100)


def texts(letter: LetterSnapshot, *images: bytes) -> list[str]:
    return [sheet.extract_text() for sheet in PdfReader(BytesIO(render(letter, images).pdf)).pages]


def complete(letter: LetterSnapshot) -> LetterSnapshot:
    """Return the letter with a logo and three signatures."""
    signature = signed_with(SIGNATURE).signatories[0].signature
    signatories = tuple(
        Signatory(name, "Secretario General", "Unión Interparlamentaria", signature)
        for name in ("Specimen One", "Muestra Dos", "Specimen Three")
    )
    logo = signed_with(LOGO).signatories[0].signature
    return replace(letter, signatories=signatories, letterhead=replace(letter.letterhead, logo=logo))


def test_letter_of_several_pages_says_on_each_but_the_last_that_it_goes_on():
    sheets = texts(replace(LETTER_ES, body_html=LETTER_ES.body_html * 3))

    assert ["../.." in sheet for sheet in sheets] == [True, True, False]
    assert ["Página" in sheet for sheet in sheets] == [False, True, True]


def test_letter_of_one_page_has_no_mark():
    (sheet,) = texts(replace(LETTER_ES, step=2))

    assert "../.." not in sheet


@pytest.mark.parametrize("letter", [LETTER_ES, LETTER_EN], ids=["es", "en"])
def test_three_signatures_and_a_logo_pass_the_checks_and_give_the_same_bytes(letter):
    letter = complete(letter)

    first, second = (render(letter, (LOGO, SIGNATURE)) for _time in range(2))

    assert page.validate_pdf_bytes(first.pdf, profile=page.ValidationProfile.PDF_UA_1).failures == []
    assert first.pdf == second.pdf
    assert letter.images == (letter.letterhead.logo, letter.signatories[0].signature)


def test_logo_takes_no_room_from_the_letter():
    logo = complete(LETTER_ES).letterhead.logo
    letter = replace(LETTER_ES, letterhead=replace(LETTER_ES.letterhead, logo=logo))

    assert pages_at(letter, 2, (LOGO,)) == pages_at(LETTER_ES, 2) == 1
