"""The import of the directory: valid files, and what is saved."""

import csv
import io
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from accounts.models import AuditEntry
from events.models import Organisation
from registration import imports
from registration.models import Contact, Parliament, PresidingOfficer
from tests.factories import ContactFactory, OrganisationFactory

pytestmark = pytest.mark.django_db

SHIPPED = imports.DIRECTORY.read_text(encoding="utf-8")


def shipped_rows() -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(SHIPPED)))


def as_csv(rows: list[dict[str, str]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, rows[0].keys(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def some(*codes: str) -> list[dict[str, str]]:
    return [row for row in shipped_rows() if row["code"] in codes]


def file_of(*codes: str) -> str:
    return as_csv(some(*codes))


def officer(code: str, chamber: str) -> PresidingOfficer:
    return PresidingOfficer.objects.get(parliament__organisation__code=code, chamber=chamber)


def test_dry_run_tells_what_would_be_added_and_writes_nothing():
    report = imports.import_parliaments(SHIPPED, actor=None, apply=False)

    assert (len(report.added), len(report.changed), report.unchanged, report.errors) == (232, 0, 0, [])
    assert not report.applied
    assert not Parliament.objects.exists()
    assert not AuditEntry.objects.exists()


def test_applied_import_writes_every_row_and_one_audit_line():
    imports.import_parliaments(SHIPPED, actor=None, apply=True)

    assert Parliament.objects.count() == 232
    assert Parliament.objects.members().count() == 184
    assert PresidingOfficer.objects.count() == 232 + 83
    assert AuditEntry.objects.get().changes == {"added": 232, "changed": 0, "unchanged": 0}


def test_second_import_of_the_same_file_changes_nothing():
    imports.import_parliaments(SHIPPED, actor=None, apply=True)

    report = imports.import_parliaments(SHIPPED, actor=None, apply=True)

    assert (len(report.added), len(report.changed), report.unchanged) == (0, 0, 232)


def test_row_becomes_organisation_and_parliament():
    imports.import_parliaments(file_of("UY"), actor=None, apply=True)

    uruguay = Organisation.objects.get(code="UY")
    assert (uruguay.kind, uruguay.country_en, uruguay.country_in_sentence_es) == (
        "national",
        "Uruguay",
        "el Uruguay",
    )
    assert (uruguay.name_en, uruguay.name_es) == (
        "General Assembly of Uruguay",
        "Asamblea General del Uruguay",
    )
    assert uruguay.name_in_sentence_es == "la Asamblea General del Uruguay"
    assert (uruguay.parliament.status, uruguay.parliament.group) == ("member", "GRULAC")
    assert (uruguay.parliament.language, uruguay.parliament.over_100m) == ("es", False)
    lower = officer("UY", "lower")
    assert (lower.chamber_name_en, lower.chamber_name_es) == (
        "House of Representatives",
        "Cámara de Representantes",
    )
    assert lower.office_es_f == "Presidenta de la Cámara de Representantes"


@pytest.mark.parametrize(
    ("code", "salutations"),
    [
        ("UY", ("Madam President", "Mr. President", "Señora Presidenta", "Señor Presidente")),
        ("IN", ("Madam Chairperson", "Mr. Chairman", "Señora Presidenta", "Señor Presidente")),
        ("BT", ("Madam Chairperson", "Mr. Chairperson", "Señora Presidenta", "Señor Presidente")),
        ("GB", ("Lord Speaker", "Lord Speaker", "Señora Presidenta", "Señor Presidente")),
        ("PL", ("Madam Marshal", "Mr. Marshal", "Señora Mariscal", "Señor Mariscal")),
    ],
)
def test_upper_chamber_salutation_comes_from_the_title(code, salutations):
    imports.import_parliaments(file_of(code), actor=None, apply=True)

    upper = officer(code, "upper")
    assert (
        upper.salutation_en_f,
        upper.salutation_en_m,
        upper.salutation_es_f,
        upper.salutation_es_m,
    ) == salutations


def test_san_marino_keeps_its_plural():
    imports.import_parliaments(file_of("SM"), actor=None, apply=True)

    captains = officer("SM", "single")
    assert (captains.salutation_en_f, captains.salutation_es_m) == (
        "Excellencies",
        "Señores Capitanes Regentes",
    )


def test_body_has_one_officer_and_no_country():
    imports.import_parliaments(file_of("x-ipa-cis"), actor=None, apply=True)

    body = Organisation.objects.get(code="x-ipa-cis")
    assert (body.kind, body.country_en or "", body.parliament.status) == ("regional", "", "associate")
    assert [one.chamber for one in body.parliament.presiding_officers.all()] == ["single"]


def test_changed_cell_is_told_with_before_and_after_and_written():
    imports.import_parliaments(file_of("UY"), actor=None, apply=True)
    row = some("UY")[0] | {"name_en": "Parliament of Uruguay", "upper_presiding_en": "Speaker of the Senate"}

    report = imports.import_parliaments(as_csv([row]), actor=None, apply=True)

    assert report.changed[0].columns == (
        ("name_en", "General Assembly of Uruguay", "Parliament of Uruguay"),
        ("upper_presiding_en", "President of the Senate", "Speaker of the Senate"),
        ("salutation_en_f", "Madam President", "Madam Speaker"),
        ("salutation_en_m", "Mr. President", "Mr. Speaker"),
    )
    assert Organisation.objects.get(code="UY").name_en == "Parliament of Uruguay"


def test_lost_chamber_takes_its_officer_along():
    imports.import_parliaments(file_of("UY"), actor=None, apply=True)
    single = some("UY")[0] | {"chambers": "1"}
    for column in single:
        if column.startswith(("lower_", "upper_")):
            single[column] = ""

    report = imports.import_parliaments(as_csv([single]), actor=None, apply=True)

    assert [change[0] for change in report.changed[0].columns][-2:] == ["chambers", "chambers"]
    assert [one.chamber for one in PresidingOfficer.objects.all()] == ["single"]


def test_import_touches_neither_contacts_nor_names_of_persons():
    imports.import_parliaments(file_of("UY"), actor=None, apply=True)
    ContactFactory(parliament=Parliament.objects.get())
    PresidingOfficer.objects.update(name="Specimen One", gender="f")
    row = some("UY")[0] | {"presiding_en": "Speaker of the House of Representatives"}

    imports.import_parliaments(as_csv([row]), actor=None, apply=True)

    assert Contact.objects.count() == 1
    assert {(one.name, one.gender) for one in PresidingOfficer.objects.all()} == {("Specimen One", "f")}


def test_organisation_that_exists_becomes_a_parliament():
    OrganisationFactory(code="UY", name_en="Parliament of Uruguay")

    report = imports.import_parliaments(file_of("UY"), actor=None, apply=True)

    assert [change.code for change in report.added] == ["UY"]
    assert Organisation.objects.get().name_en == "General Assembly of Uruguay"


def changed(**cells: str) -> str:
    return as_csv([some("UY")[0] | cells])


HEADER = SHIPPED.splitlines()[0]
BAD_FILES = {
    "empty file": ("", (1, "code", "This column is missing.")),
    "unknown column": (
        changed().replace(",note\n", ",remark\n", 1),
        (1, "note", "This column is missing."),
    ),
    "column twice": (
        changed().replace(",note\n", ",code\n", 1),
        (1, "code", "This column is unknown, or appears twice."),
    ),
    "short line": (f"{HEADER}\nUY,national\n", (2, "", "The line has 2 cells instead of 30.")),
    "no code": (changed(code=""), (2, "code", "This cell is empty.")),
    "small code": (
        changed(code="uy"),
        (2, "code", "Write two capital letters for a country, x-… for a body."),
    ),
    "no Spanish name": (changed(name_es=" "), (2, "name_es", "This cell is empty.")),
    "kind": (
        changed(kind="state"),
        (2, "kind", "“state” is not known. Write one of these: national, regional, organisation."),
    ),
    "status": (
        changed(status="friend"),
        (2, "status", "“friend” is not known. Write one of these: member, associate, observer, non_member."),
    ),
    "group": (
        changed(group="Nordic"),
        (
            2,
            "group",
            "“Nordic” is not known. Write one of these: African, Arab, Asia-Pacific, Eurasia, GRULAC, Twelve Plus.",
        ),
    ),
    "language": (changed(language="fr"), (2, "language", "“fr” is not known. Write one of these: en, es.")),
    "population": (changed(over_100m="maybe"), (2, "over_100m", "Write yes or no.")),
    "chambers": (changed(chambers="3"), (2, "chambers", "Write 1 or 2, or leave the cell empty.")),
    "chamber without officer": (
        changed(upper_presiding_en=""),
        (2, "upper_presiding_en", "Fill this in when there are two chambers, and only then."),
    ),
    "officer without chamber": (
        as_csv([some("AD")[0] | {"upper_en": "Senate"}]),
        (2, "upper_en", "Fill this in when there are two chambers, and only then."),
    ),
    "long name": (
        changed(name_en="a" * 201),
        (2, "name_en", "Ensure this value has at most 200 characters (it has 201)."),
    ),
    "control character": (
        changed(note="bell\x07"),
        (2, "note", "This contains a character that cannot be printed (U+0007). Please type the text again."),
    ),
    "null": (
        changed(note="a\x00b"),
        (2, "note", "This contains a character that cannot be printed (U+0000). Please type the text again."),
    ),
    "code twice": (as_csv(some("UY") * 2), (3, "code", "Line 2 has this code already.")),
    "open quotation mark": (
        f'{HEADER}\n"UY,national\n',
        (2, "", "This is not a CSV file: unexpected end of data."),
    ),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_bad_file_is_told_by_line_and_column_and_writes_nothing(name):
    text, expected = BAD_FILES[name]

    report = imports.import_parliaments(text, actor=None, apply=True)

    found = [(error.line, error.column, error.sentence) for error in report.errors]
    assert expected in found
    assert not report.applied
    assert not Organisation.objects.exists()


def test_error_in_one_line_keeps_all_others_out():
    rows = some("UY", "AD")
    rows[1]["status"] = "friend"

    report = imports.import_parliaments(as_csv(rows), actor=None, apply=True)

    assert [error.line for error in report.errors] == [3]
    assert not Parliament.objects.exists()


def test_line_with_an_error_is_offered_neither_as_added_nor_as_changed():
    imports.import_parliaments(file_of("UY"), actor=None, apply=True)
    [twice] = some("AF")
    wrong, new = (some(code)[0] | {"status": "friend"} for code in ("UY", "AD"))

    report = imports.import_parliaments(as_csv([wrong, new, twice, twice]), actor=None, apply=False)

    assert [error.line for error in report.errors] == [2, 3, 5]
    assert (report.changed, [change.code for change in report.added]) == ([], ["AF"])


def test_unknown_value_is_told_in_the_language_of_the_reader():
    with translation.override("es"):
        report = imports.import_parliaments(changed(language="fr"), actor=None, apply=False)

    assert report.errors[0].sentence == "«fr» no es un valor admitido. Escriba uno de los siguientes: en, es."


def test_errors_stand_in_the_order_of_the_lines():
    rows = some("UY", "AD", "AF")
    rows[0]["status"] = "friend"  # this error is found later than the repeated code
    rows[2]["code"] = rows[1]["code"]

    report = imports.import_parliaments(as_csv(rows), actor=None, apply=False)

    assert [error.line for error in report.errors] == [2, 4]


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe\x00", "Asamblea".encode("utf-16"), b"a" * 2_000_001],
    ids=["bytes", "UTF-16", "too large"],
)
def test_file_that_is_no_utf8_text_is_refused_with_a_sentence(content, tmp_path):
    file = tmp_path / "directory.csv"
    file.write_bytes(content)

    with pytest.raises(CommandError, match=r"^The file is "):
        call_command("import_parliaments", str(file))


def test_byte_order_mark_and_windows_lines_are_read(tmp_path):
    file = tmp_path / "directory.csv"
    file.write_bytes(b"\xef\xbb\xbf" + file_of("UY").replace("\n", "\r\n").encode())

    call_command("import_parliaments", str(file), "--apply", stdout=StringIO())

    assert Parliament.objects.count() == 1


def test_command_shows_first_and_writes_when_told():
    shown, applied = StringIO(), StringIO()

    call_command("import_parliaments", stdout=shown)
    written_by_dry_run = Parliament.objects.count()
    call_command("import_parliaments", "--apply", stdout=applied)

    assert shown.getvalue() == "232 added, 0 changed, 0 unchanged; nothing was written.\n"
    assert written_by_dry_run == 0
    assert applied.getvalue() == "232 added, 0 changed, 0 unchanged.\n"


def test_command_fails_on_errors_and_names_them(tmp_path):
    file = tmp_path / "directory.csv"
    file.write_text(changed(status="friend"))
    told = StringIO()

    with pytest.raises(CommandError, match=r"^1 errors: nothing was written.$"):
        call_command("import_parliaments", str(file), "--apply", stdout=StringIO(), stderr=told)

    assert (
        told.getvalue()
        == "line 2, status: “friend” is not known. Write one of these: member, associate, observer, non_member.\n"
    )


def test_missing_file_is_told_in_words():
    with pytest.raises(CommandError, match=r"No such file or directory$"):
        call_command("import_parliaments", "/nowhere/directory.csv")
