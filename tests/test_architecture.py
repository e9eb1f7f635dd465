"""Rules for the whole source: sizes of files and functions, forbidden patterns, and lists that must agree."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
NOT_OURS = {".venv", ".git", "var", "vendor", "__pycache__"}

MOST_LINES_OF_FILE = 400
MOST_LINES_OF_FUNCTION = 40
MOST_LINES_OF_VIEW = 10
MOST_LINES_OF_TEMPLATE = 150


@cache
def files(*patterns: str) -> list[Path]:
    """Return the files of the project that match, with paths relative to the project."""
    places = [path for path in ROOT.iterdir() if path.is_dir() and path.name not in NOT_OURS]
    found = {path for pattern in patterns for path in ROOT.glob(pattern)}
    found |= {path for place in places for pattern in patterns for path in place.rglob(pattern)}
    relative = (path.relative_to(ROOT) for path in found if path.is_file())
    return sorted(path for path in relative if not NOT_OURS & set(path.parts))


def python_files() -> list[Path]:
    """Return all Python files except migrations, which are generated."""
    return [path for path in files("*.py") if "migrations" not in path.parts]


def text(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def lines(path: Path) -> int:
    return text(path).count("\n")


@cache
def nodes(path: Path) -> list[ast.AST]:
    """Return all nodes of a Python file's syntax tree."""
    return list(ast.walk(ast.parse(text(path))))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield all functions and methods of a file."""
    for node in nodes(path):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(statements: list[ast.stmt]) -> int:
    """Return the number of lines from the first statement to the last."""
    return (statements[-1].end_lineno or 0) - statements[0].lineno + 1 if statements else 0


def body(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.stmt]:
    """Return the statements of a function without its docstring."""
    return function.body[1:] if ast.get_docstring(function) else function.body


def test_python_file_fits_in_one_reading() -> None:
    assert [path for path in python_files() if lines(path) > MOST_LINES_OF_FILE] == []


@pytest.mark.slow  # reads all files
def test_function_fits_on_one_screen() -> None:
    too_long = [
        f"{path}:{function.lineno} {function.name}"
        for path in python_files()
        for function in functions(path)
        if length([function]) > MOST_LINES_OF_FUNCTION
    ]

    assert too_long == []


def test_view_only_finds_asks_and_answers() -> None:
    views = [path for path in python_files() if "views" in (path.stem, path.parent.name)]
    too_long = [
        f"{path}:{function.lineno} {function.name}"
        for path in views
        for function in functions(path)
        if length(body(function)) > MOST_LINES_OF_VIEW
    ]

    assert views != []
    assert too_long == []


def test_template_fits_in_one_reading() -> None:
    assert [path for path in files("*.html") if lines(path) > MOST_LINES_OF_TEMPLATE] == []


def test_template_holds_no_style_and_no_script() -> None:
    """The content security policy blocks both. Mails may contain styles, because mail programs load no style sheets."""
    inline = re.compile(
        r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)(?!\s+type=\"application/ld\+json\")"
    )
    pages = [path for path in files("*.html") if path.parts[0] == "templates" and "email" not in str(path)]

    assert pages != []
    assert [path for path in pages if inline.search(text(path))] == []


def test_own_template_tag_is_used() -> None:
    used = "\n".join(text(path) for path in files("*.html", "*.txt"))
    registered = {
        function.name
        for path in python_files()
        if path.parent.name == "templatetags"
        for function in functions(path)
        if any("register." in ast.unparse(decorator) for decorator in function.decorator_list)
    }

    assert {name for name in registered if not re.search(rf"(\{{%\s*(filter\s+)?|\|){name}\b", used)} == set()


def test_request_never_chooses_the_arguments_of_a_query() -> None:
    """`filter(**request.GET.dict())` lets a visitor choose the columns of a query (Django CVE-2025-64459)."""
    spread = [
        f"{path}:{node.lineno}"
        for path in python_files()
        for node in nodes(path)
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg is None and ast.unparse(keyword.value).startswith(("request.", "self.request."))
    ]

    assert spread == []


def test_no_file_names_a_package_registry() -> None:
    """The machine that installs the packages decides where they come from."""
    hosts = [
        ".".join(parts)
        for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("debian", "org"))
    ]
    readable = files(
        "*.py", "*.toml", "*.in", "*.txt", "*.md", "*.conf", "*.service", "Makefile", "setup", "run"
    )

    assert [path for path in readable if any(host in text(path) for host in hosts)] == []


def test_environment_example_explains_every_setting() -> None:
    sources = "\n".join(text(path) for path in files("config/settings/*.py"))
    asked = set(re.findall(r'env\.\w+\(\s*f?"([^"]+)"', sources))
    for name in [name for name in asked if "{queue.upper()}" in name]:
        asked |= {name.replace("{queue.upper()}", queue.upper()) for queue in settings.JOB_LIMITS}
        asked.remove(name)
    explained = set(re.findall(r"^#?([A-Z_]+)=", text(Path(".env.example")), flags=re.MULTILINE))

    assert explained - {"DJANGO_SETTINGS_MODULE", "PORT"} == asked


def test_direct_requirement_is_locked_at_its_version() -> None:
    def pins(name: str) -> set[str]:
        return set(
            re.findall(r"^([a-z0-9-]+)(?:\[[a-z0-9,-]+\])?(==\S+)", text(Path(name)), flags=re.MULTILINE)
        )

    assert pins("requirements.in") != set()
    assert pins("requirements.in") <= pins("requirements.txt") <= pins("requirements-dev.txt")
    assert pins("requirements-dev.in") <= pins("requirements-dev.txt")
