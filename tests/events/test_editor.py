import pytest

from events.editor import RichTextWidget
from events.richtext import MAX_TYPED

MARK = "data-django-prose-editor-configurable"


@pytest.mark.parametrize(("length", "edited"), [(0, True), (MAX_TYPED, True), (MAX_TYPED + 1, False)])
def test_text_beyond_all_bounds_is_given_back_without_the_editor(length, edited):
    context = RichTextWidget().get_context("body", "x" * length, {})

    assert (MARK in context["widget"]["attrs"], len(context["widget"]["value"] or "")) == (edited, length)
