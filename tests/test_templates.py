"""Checks of all templates."""

from pathlib import Path

import pytest
from django.template import Engine
from django.template.base import NodeList
from django.template.defaulttags import CsrfTokenNode
from django.template.loader_tags import IncludeNode

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
NAMES = sorted(str(file.relative_to(TEMPLATES)) for file in TEMPLATES.rglob("*.html"))
TOKEN = "csrf_token"


def nodes(name: str) -> NodeList:
    return Engine.get_default().get_template(name).nodelist


def pieces(name: str) -> list[IncludeNode]:
    """Return the templates that this template includes by name."""
    found = nodes(name).get_nodes_by_type(IncludeNode)
    return [
        piece for piece in found if isinstance(piece, IncludeNode) and isinstance(piece.template.var, str)
    ]


def passes_token(piece: IncludeNode) -> bool:
    """Return True if the included template gets the CSRF token; `only` passes just the named variables."""
    return not piece.isolated_context or TOKEN in piece.extra_context


def has_form(name: str) -> bool:
    """Return True if the template, or an included template that gets the token, contains a POST form."""
    own = nodes(name).get_nodes_by_type(CsrfTokenNode)
    return bool(own) or any(passes_token(piece) and has_form(piece.template.var) for piece in pieces(name))


@pytest.mark.parametrize("name", NAMES)
def test_piece_with_a_form_is_told_the_token_without_which_the_form_is_refused(name: str) -> None:
    lost = [
        piece.template.var
        for piece in pieces(name)
        if not passes_token(piece) and has_form(piece.template.var)
    ]

    assert lost == []
