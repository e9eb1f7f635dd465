"""Data in the database that no form would accept does no harm: its document fails with a reason, others are made."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from pypdf import PdfReader

from documents import store
from documents.models import Batch, Document, Template
from documents.models.images import image_name
from documents.services.making import render_and_store
from jobs.models import State
from tests.documents.samples import LETTER_EN, letter_with_body

pytestmark = pytest.mark.slow

MEGABYTE = "word " * 200_000
COLUMNS = f"<table><tr>{'<td>x</td>' * 100_000}</tr></table>"
BOXES = '<div style="display: flex">' * 12 + "x" + "</div>" * 12
REMOTE = "https://convoca.invalid/x"
PASSWORDS = "file:///etc/passwd"
BOMB = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><g id="a0"><path d="M0 0h9"/></g>'
    + "".join(f'<g id="a{n}">{f"<use href=&quot;#a{n - 1}&quot;/>" * 8}</g>' for n in range(1, 7))
    + '<use href="#a6"/></svg>'
).replace("&quot;", '"')

HARMLESS = {
    "nested boxes": BOXES,
    "wide cell": '<table><tr><td colspan="100000" rowspan="60000">x</td></tr></table>',
    "script": "<script>alert(1)</script><p onload='x'>x</p>",
    "style": "<style>@page { size: 1mm } p { font-size: 900pt } @import url(https://convoca.invalid/)</style><p>x</p>",
    "drawing": f"<p>x</p>{BOMB}",
    "remote picture": f'<p>x<img src="{REMOTE}"></p><object data="{REMOTE}"></object>',
    "file": f'<link rel="attachment" href="{PASSWORDS}"><img src="{PASSWORDS}"><a href="{PASSWORDS}">x</a>',
    "template tags": "<p>{% load static %}{% include '/etc/passwd' %} {{ settings.SECRET_KEY }}</p>",
}


def letter(**changes: Any) -> dict[str, Any]:
    """Return a stored letter with these fields changed."""
    return LETTER_EN.to_dict() | changes


def with_logo(name: str) -> dict[str, Any]:
    return letter(letterhead=LETTER_EN.to_dict()["letterhead"] | {"logo": name})


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "a megabyte of text": (letter(body_html=f"<p>{MEGABYTE}</p>"), "too_large"),
    "a megabyte in the address": (letter(addressee_lines=[MEGABYTE]), "too_large"),
    "a hundred thousand enclosures": (letter(enclosures=["x"] * 100_000), "too_large"),
    "a hundred thousand columns": (letter(body_html=COLUMNS), "too_large"),
    "deep lists": (letter(body_html="<ul><li>" * 400), "too_large"),
    "many cells": (letter(body_html="<table>" + "<tr><td>x</td></tr>" * 500 + "</table>"), "too_large"),
    "a file for a logo": (with_logo("../../../../../etc/fontconfig/fonts.conf"), "unreadable"),
    "an address for a logo": (with_logo(REMOTE), "unreadable"),
    "a logo that is not there": (with_logo("0" * 64 + ".jpg"), "storage"),
    "a bomb for a logo": (with_logo(image_name(BOMB.encode())), "unreadable"),
    "no letter": ({}, "unreadable"),
    "another kind": (letter(kind="poster"), "unreadable"),
    "another language": (letter(language="../es"), "unreadable"),
    "a size of its own": (letter(step=99), "unreadable"),
    "numbers for words": (letter(subject=7), "unreadable"),
    "an unknown field": (letter(template="../settings.py"), "unreadable"),
    "no such sign": (letter(subject="Ꮃ"), "missing_glyphs"),
}


@pytest.fixture
def made_with(
    planned: Callable[[Batch], Batch], order: Callable[..., Batch], invite: Callable[..., Any]
) -> Callable[[dict[str, Any]], tuple[Document, Document]]:
    """A function that renders two letters, the first from this snapshot in its row, and returns both."""

    def made_with(snapshot: dict[str, Any]) -> tuple[Document, Document]:
        documents = planned(order(invite("AA"), invite("BB"))).documents.order_by("subject")
        Document.objects.filter(pk=documents[0].pk).update(snapshot=snapshot)
        for document in documents:
            render_and_store(Document.objects.claim(document.pk))
        first, second = Document.objects.filter(batches__isnull=False).order_by("subject")
        return first, second

    return made_with


def printed(document: Document) -> str:
    return " ".join(page.extract_text() for page in PdfReader(store.path(document.file_sha256)).pages)


@pytest.mark.parametrize("name", HARMLESS)
def test_hostile_body_in_a_snapshot_is_made_harmless(
    name: str, made_with: Callable[[dict[str, Any]], tuple[Document, Document]]
) -> None:
    first, second = made_with(letter(body_html=HARMLESS[name]))

    assert (first.state, second.state) == (State.DONE, State.DONE)
    assert (first.pages, settings.SECRET_KEY in printed(first), "root:" in printed(first)) == (
        1,
        False,
        False,
    )


@pytest.mark.parametrize("name", REFUSED)
def test_hostile_snapshot_fails_with_its_reason_and_its_neighbour_is_made(
    name: str, made_with: Callable[[dict[str, Any]], tuple[Document, Document]], files: Path
) -> None:
    store.save(lambda file: file.write(BOMB.encode()))
    snapshot, code = REFUSED[name]

    first, second = made_with(snapshot)

    assert (first.error_code, bool(first.reason)) == (code, True)
    assert (first.file_sha256, second.state) == ("", State.DONE)


TEMPLATES = {
    **{name: (html, "incomplete" if "{" in html else "") for name, html in HARMLESS.items()},
    "settings": ("<p>{{ settings }}</p>", "incomplete"),
    "attribute": ("<p>{event.__class__}</p>", "incomplete"),
    "a megabyte": (f"<p>{MEGABYTE}</p>", "too_large"),
    "a hundred thousand columns": (COLUMNS, "too_large"),
}


@pytest.mark.parametrize("name", TEMPLATES)
def test_hostile_template_in_the_database_does_no_harm(
    name: str,
    template: Template,
    make: Callable[[Batch], Batch],
    order: Callable[..., Batch],
    invite: Callable[..., Any],
) -> None:
    html, code = TEMPLATES[name]
    Template.objects.filter(pk=template.pk).update(body_en=html, body_es=html)

    batch = make(order(invite("AA")))

    document = batch.documents.get()
    assert (batch.state, document.error_code, bool(document.error_text)) == (State.DONE, code, bool(code))
    if not code:
        assert settings.SECRET_KEY not in printed(document)


# The largest letters that are allowed, rendered with the memory and the time of a worker. Processor time is
# measured, so that the test does not fail on a busy machine.

LARGEST = {
    "words": letter_with_body("<p>" + "palabra " * 3_600 + "</p>"),
    "one word": letter_with_body("<p>" + "x" * 29_000 + "</p>"),
    "cells": letter_with_body("<table>" + "<tr><td colspan=12 rowspan=12>w</td></tr>" * 300 + "</table>"),
    "tables in tables": letter_with_body(("<table><tr><td>" * 5 + "x" + "</td></tr></table>" * 5) * 59),
    "lists in lists": letter_with_body(("<ul><li>" * 9 + "x" + "</li></ul>" * 9) * 100),
    "scripts in turn": letter_with_body("<p>" + "aα" * 9_000 + "</p>"),
    "enclosures": replace(LETTER_EN, enclosures=("Programme",) * 1_500),
}
AS_A_WORKER = """
import json, resource, signal, sys
import django; django.setup()
from django.conf import settings
from documents.papers import read_paper
from documents.rendering import render, warm_up
warm_up()
limit = settings.WORKER_MEMORY * 1024 * 1024
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
for name, letter in json.load(sys.stdin).items():
    signal.setitimer(signal.ITIMER_PROF, settings.JOB_LIMITS["letters"]["soft"])
    print(f"{name}: {render(read_paper(letter)).pages > 0}")
"""


def test_largest_letters_are_made_within_the_limits_of_a_worker() -> None:
    made = subprocess.run(
        [sys.executable, "-c", AS_A_WORKER],
        input=json.dumps({name: letter.to_dict() for name, letter in LARGEST.items()}),
        env=os.environ,
        cwd=settings.BASE_DIR,
        check=True,
        capture_output=True,
        text=True,
    )

    assert made.stdout.splitlines() == [f"{name}: True" for name in LARGEST]
