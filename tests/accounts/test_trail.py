"""The audit trail in words: every recorded verb has a description, and fields have the same names as in forms."""

import ast
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.utils import translation

from accounts import audit, trail
from tests.factories import EventFactory

ROOT = Path(settings.BASE_DIR)
APPS = ("accounts", "jobs", "events", "attachments", "registration", "documents", "config")
ADMIN_PAGES = {"added", "changed", "removed"}  # recorded after the kind of object


@cache
def functions() -> list[ast.FunctionDef]:
    trees = (ast.parse(path.read_text()) for app in APPS for path in (ROOT / app).rglob("*.py"))
    return [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


@cache
def calls(function: ast.FunctionDef) -> list[ast.Call]:
    return [node for node in ast.walk(function) if isinstance(node, ast.Call)]


def name_of(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def recorded() -> set[str]:
    """Return the verbs passed to `audit.record`, and to functions that pass their verb to it."""
    records = {
        function.name
        for function in functions()
        if "verb" in [argument.arg for argument in function.args.args]
        and any(name_of(call) == "record" for call in calls(function))
    } | {"record"}
    return {
        argument.value
        for function in functions()
        for call in calls(function)
        if name_of(call) in records
        for argument in call.args
        if isinstance(argument, ast.Constant) and "." in str(argument.value)
    }


def figures() -> set[str]:
    """Return the names in `changes` that are written in calls of `audit.record`."""
    told = [
        keyword.value
        for function in functions()
        for call in calls(function)
        for keyword in call.keywords
        if keyword.arg == "changes"
    ]
    keys = [
        key for value in told for node in ast.walk(value) if isinstance(node, ast.Dict) for key in node.keys
    ]
    return {str(key.value) for key in keys if isinstance(key, ast.Constant)}


def spoken() -> set[str]:
    """Return all strings with a dot in the functions of the apps; for f-strings, their parts."""
    nodes = [node for function in functions() for node in ast.walk(function)]
    texts = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return {text for text in texts if "." in text}


@pytest.mark.slow  # reads all files
def test_every_verb_that_is_recorded_has_words():
    specific = {verb for verb in trail.verbs() if "." in verb}

    assert {verb for verb in recorded() if verb.rpartition(".")[2] not in ADMIN_PAGES} <= specific
    assert set(trail.verbs()) - specific == ADMIN_PAGES


def test_every_figure_that_is_recorded_has_words():
    fields = {field.name for model in apps.get_models() for field in model._meta.get_fields()}

    assert {name for name in figures() if name not in trail.FIGURES} <= fields


def test_every_verb_that_has_words_is_recorded():
    said = spoken()

    silent = [
        verb
        for verb in trail.verbs()
        for kind, dot, done in [verb.partition(".")]
        if dot and not {verb, kind + dot, dot + done} & said and done not in ADMIN_PAGES
    ]
    assert silent == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("Changed", "Event", [("Section 16 – text (Spanish)", "– → nuevo")])),
        ("es", ("Se modificó", "Evento", [("Sección 16 – texto (Español)", "– → nuevo")])),
    ],
)
def test_entry_is_said_in_the_language_of_the_reader(language, said):
    entry = audit.record(
        None, "event.changed", EventFactory(), changes={"eventsection 16: text_es": [None, "nuevo"]}
    )

    with translation.override(language):
        words = (
            trail.verb_description(entry.verb),
            trail.object_type_name(entry.object_type),
            list(trail.changes(entry.object_type, entry.changes)),
        )

    assert words == said


@pytest.mark.parametrize(
    ("object_type", "changes", "told"),
    [
        ("events.event", {"status": ["draft", "published"]}, ("Status", "draft → published")),
        ("accounts.user", {"is_staff": [False, True]}, ("Secretariat", "no → yes")),
        ("accounts.user", {"email": []}, ("E-mail address", "changed")),
        ("registration.delegation", {"fields": ["people", "role"]}, ("Fields", "people, role")),
        ("registration.delegation", {"version": 3}, ("Version", "3")),
        ("events.event", {"parliaments": ["UY", "CL"]}, ("Parliaments", "UY, CL")),
        (
            "events.event",
            {"description_en": ["\n<p>Bread &amp; <b>salt</b></p><p>Tea</p>", "<p>Tea</p>"]},
            ("Description (English)", "Bread & salt Tea → Tea"),
        ),
        ("events.event", {"title_en": ["2 < 3", "<3"]}, ("Title (English)", "2 < 3 → <3")),
        ("former.model", {"gone": ["a", "b"]}, ("Gone", "a, b")),
        ("registration.delegation", {"kind": "photo"}, ("Kind", "photograph")),
        ("registration.delegation", {"kind": "add"}, ("Kind", "one more person")),
        ("registration.invitation", {"stage": "register"}, ("Stage", "registration")),
        (
            "registration.delegation",
            {"closes_at": "2026-11-28T23:00+00:00"},
            ("Closes", "28 November 2026, 23:00 UTC"),
        ),
        ("events.event", {"first_day": ["2026-11-28", None]}, ("First day", "28 November 2026 → –")),
        ("events.event", {"first_day": ["soon", None]}, ("First day", "soon → –")),
        ("events.event", {"language": "own"}, ("Language", "each in its own language")),
        ("events.event", {"language": "both"}, ("Language", "both languages")),
        ("events.event", {"list": "people"}, ("List", "People")),
        ("events.event", {"format": "xlsx"}, ("Format", "XLSX")),
        ("registration.terms", {"preset": [None, "ipu_assembly"]}, ("Preset", "– → IPU Assembly")),
        (
            "registration.terms",
            {"askedfield 7: name": [None, "badge_name"], "askedfield 7: event": [None, 4]},
            ("Field of the form 7 – field", "– → name for the badge"),
        ),
    ],
)
def test_change_is_told_by_the_words_of_its_field(object_type, changes, told):
    assert list(trail.changes(object_type, changes)) == [told]


def test_figure_of_a_field_that_no_form_names_is_said_in_the_language_of_the_reader():
    with translation.override("es"):
        assert list(trail.changes("registration.delegation", {"version": 3})) == [("Versión", "3")]


def test_verb_and_kind_that_are_gone_are_told_as_they_were_recorded():
    assert (trail.verb_description("former.done"), trail.object_type_name("former.model")) == (
        "former.done",
        "former.model",
    )
