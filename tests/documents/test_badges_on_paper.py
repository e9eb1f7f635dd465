"""The layout of badges: PDF/UA, complete names, readable QR symbols."""

from dataclasses import replace

import page
import pytest

from documents.models.images import image_name
from documents.papers.badges import FORMS
from documents.papers.specimens import specimen
from documents.rendering import render
from tests.documents.samples import jpeg


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("form", FORMS)
def test_badges_conform_to_pdf_ua_and_have_the_same_bytes_again(language, form):
    paper = replace(specimen("badges", language), form=form)
    first, second = render(paper), render(paper)

    report = page.validate_pdf_bytes(first.pdf, profile=page.ValidationProfile.PDF_UA_1)

    assert (report.is_compliant, first.sha256) == (True, second.sha256)


NAMES = {
    "short": "Jo Li",
    "two surnames": "María Fernanda de los Ángeles Rodríguez-Echeverría Bórquez y Santa María",
    "one word": "Wolfeschlegelsteinhausenbergerdorff",
    "as long as can be": " ".join(["Specimena"] * 24),
    "capitals": "MWANAWASA MWENYEMAMBO WAMBUGU WANJIRU MUHAMMAD",
    "Arabic": "محمد عبد الرحمن بن عبد العزيز الحسيني",
    "Thai": "สมชาย ใจดีพิพัฒน์พงศ์",
    "Devanagari": "अनिता शर्मा चट्टोपाध्याय",
    "Ethiopic": "አበበ ቢቂላ ወልደማርያም",
    "Cyrillic": "Абдыкалыкова Гүлшара Наушаевна",
}


@pytest.mark.parametrize("has_photos", [True, False])
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_name_of_any_length_and_script_stays_in_its_room(form, has_photos, name):
    from documents.rendering import _lay_out  # noqa: PLC0415  gives the positions of the boxes

    paper = specimen("badges", "en")
    face = replace(paper.faces[0], name=name, function="Specimen " * 20, body="Muestra " * 12)
    paper = replace(paper, form=form, has_photos=has_photos, faces=(face,), specimen="")

    boxes = {
        part: box
        for box in _lay_out(paper, []).pages[0]._page_box.descendants(placeholders=True)
        if box.element is not None
        for part in (box.element.get("class") or "").split()
        if part in {"name", "facts", "band", "symbol", "badge"}
    }

    name_box, facts, band = boxes["name"], boxes["facts"], boxes["band"]
    assert name_box.position_y + name_box.height <= facts.position_y + 1
    assert facts.position_y + facts.height <= band.position_y + 1


TITLE = "Specimen Meeting of Parliaments on the Application of the Agenda for Sustainable Development"


@pytest.mark.parametrize("has_photos", [True, False])
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("logo", [jpeg(600, 90), jpeg(200, 600)], ids=["wide", "tall"])
def test_logo_stands_beside_the_title_and_above_all_else(form, has_photos, logo):
    from documents.rendering import _lay_out  # noqa: PLC0415  as above

    paper = replace(
        specimen("badges", "en"), form=form, has_photos=has_photos, event_title=TITLE, specimen=""
    )
    paper = replace(paper, logo=image_name(logo), organisation="Inter-Parliamentary Union")

    page = _lay_out(paper, [logo]).pages[0]._page_box
    found = [box for box in page.descendants(placeholders=True) if box.element is not None]
    boxes = {box.element.get("class"): box for box in reversed(found)}

    emblem, title = boxes["logo"], boxes["event"]
    below = min(
        boxes[part].position_y for part in boxes if part in {"photo frame", "symbol"} or "name" in str(part)
    )
    assert emblem.position_x + emblem.width < title.position_x
    assert emblem.position_y + emblem.height < below
    assert title.position_y + title.height < below
    assert image_name(logo) in paper.images


def test_sheet_has_four_or_ten_badges_to_a_page():
    paper = specimen("badges", "en")
    faces = tuple(replace(paper.faces[0], number=number) for number in range(1, 12))

    pages = {form: render(replace(paper, form=form, faces=faces)).pages for form in FORMS}

    assert pages == {"a6": 3, "small": 2}


def test_symbol_is_at_least_16_millimetres_wide():
    from documents.rendering import _lay_out  # noqa: PLC0415  as above

    widths = {}
    for form in FORMS:
        paper = replace(specimen("badges", "en"), form=form)
        boxes = _lay_out(paper, []).pages[0]._page_box.descendants(placeholders=True)
        widths[form] = min(box.width for box in boxes if box.element_tag == "img") * 25.4 / 96

    assert {form: width >= 16 for form, width in widths.items()} == {"a6": True, "small": True}
