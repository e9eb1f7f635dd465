"""Placeholders from the list are filled in, and nothing else is."""

import pytest
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from documents.placeholders import LETTER, PlaceholderError, expand, expand_text, unknown

VALUES = {
    "event": "Conference",
    "event_in_sentence": "la novena Conferencia",
    "parliament": "Senado",
    "parliament_in_sentence": "el Senado",
    "country_in_sentence": "Italia",
    "contact_email": '<a href="mailto:one@ipu.example">one@ipu.example</a>',
}

HOSTILE = [
    "{{ settings.SECRET_KEY }}",
    "{{settings}}",
    "{% debug %}",
    "{% load static %}",
    "{# comment #}",
    "{event.__class__}",
    "{event.__init__.__globals__}",
    "{event[0]}",
    "{event!r}",
    "{event:>100}",
    "{event|upper}",
    "{}",
    "{0}",
    "{ event }",
    "{EVENT}",
    "{evènt}",
    "{event\n}",
    "{delegation.user.password}",
    "{password}",
    "{__class__}",
    "{event}}",
    "{{event}",
    "{{event}}",
    "{event",
    "event}",
    "}{",
    "${parliament.x}",
    "{one:I}",
    "{one:I|two:}",
    "{one:I|two:We|three:All}",
    "{two:We|one:I}",
    "{one:<b>I</b>|two:We}",
    "{one:{event}|two:We}",
    "{ev<b>ent}</b>",
    '<a href="{event_url}">here</a>',
    '<a href="https://evil.example/?{event}">here</a>',
]
"""Each text has something that is not a placeholder; some have a valid placeholder too."""


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_template_is_refused_whole(text: str) -> None:
    wrong = unknown(text)

    with pytest.raises(PlaceholderError) as refusal:
        expand(f"<p>{text}</p>", VALUES, "en")

    assert wrong
    assert refusal.value.unknown == tuple(unknown(f"<p>{text}</p>"))
    assert all(raw in str(refusal.value) for raw in wrong)


@pytest.mark.parametrize(
    "value", [*HOSTILE, "<script>alert(1)</script>", "[pay](https://evil.example)", "&amp;"]
)
def test_hostile_value_is_printed_as_it_is_written(value: str) -> None:
    assert expand("<p>{event}</p>", {"event": value}, "en") == f"<p>{escape(value)}</p>"
    assert expand_text("{event}", {"event": value}, "en") == value


def test_value_of_kind_html_is_inserted_unescaped() -> None:
    link = '<a href="mailto:one@ipu.example">one@ipu.example</a>'

    assert expand("<p>{contact_email}</p>", VALUES, "en") == f"<p>{link}</p>"


def test_value_of_kind_html_is_unknown_in_plain_text() -> None:
    with pytest.raises(PlaceholderError) as refusal:
        expand_text("{contact_email}", VALUES, "en")

    assert refusal.value.unknown == ("{contact_email}",)


@pytest.mark.parametrize("value", ["", " ", "\n"])
def test_placeholder_without_value_is_named(value: str) -> None:
    with pytest.raises(PlaceholderError) as refusal:
        expand("{theme} {event} {theme} {deadline}", VALUES | {"theme": value}, "en")

    assert refusal.value.empty == ("{theme}", "{deadline}")
    assert refusal.value.reasons == (
        "{theme} has no value. It stands for: Theme of the event.",
        "{deadline} has no value. "
        "It stands for: Last day to register, without an article: Friday, 4 June 2021.",
    )


def test_refusal_names_what_can_be_used() -> None:
    with pytest.raises(PlaceholderError) as refusal:
        expand("{evnt}", VALUES, "en", allowed={"event": LETTER["event"], "theme": LETTER["theme"]})

    assert (
        str(refusal.value)
        == "This is not a placeholder: {evnt}. Those that can be used here: {event}, {theme}."
    )


@pytest.mark.parametrize(
    ("template", "result"),
    [
        ("a la Presidencia de {parliament_in_sentence}", "a la Presidencia del Senado"),
        ("invitar a {parliament_in_sentence}", "invitar al Senado"),
        ("de <em>{parliament_in_sentence}</em>", "del <em>Senado</em>"),
        ("Francia y {country_in_sentence}", "Francia e Italia"),
        ("de {event_in_sentence}", "de la novena Conferencia"),
        ("<p>{Event_in_sentence} se celebrará</p>", "<p>La novena Conferencia se celebrará</p>"),
        ("{Parliament_in_sentence} y {event_in_sentence}", "El Senado y la novena Conferencia"),
    ],
)
def test_spanish_words_join_at_the_seam(template: str, result: str) -> None:
    assert expand(template, VALUES, "es") == result


def test_english_words_do_not_join() -> None:
    assert expand("de {parliament_in_sentence}", VALUES, "en") == "de el Senado"


@pytest.mark.parametrize(
    ("signatories", "result"), [(1, "<p>I am pleased</p>"), (2, "<p>We are pleased</p>")]
)
def test_wording_follows_the_number_of_signatories(signatories: int, result: str) -> None:
    template = "<p>{one:I am|two:We are} pleased</p>"

    assert expand(template, {}, "en", signatories=signatories) == result


def test_text_of_nothing_but_braces_is_read_in_one_go() -> None:
    assert unknown("{" * 100_000) == ["{" * 100_000]
    assert unknown("<{" * 10_000) == ["{"]


@given(st.text(alphabet="{}<>|: \"'&;aevnt_onwE/\n"))
def test_any_text_is_either_known_or_refused(text: str) -> None:
    if unknown(text):
        with pytest.raises(PlaceholderError):
            expand(text, VALUES, "es")
    else:
        assert "{" not in expand(text, dict.fromkeys(LETTER, "x"), "es")


def test_what_is_no_placeholder_does_not_hide_what_is_empty() -> None:
    with pytest.raises(PlaceholderError) as refusal:
        expand("{nothing} {theme} {event} {other}", VALUES | {"theme": ""}, "en")

    assert (refusal.value.unknown, refusal.value.empty) == (("{nothing}", "{other}"), ("{theme}",))


@pytest.mark.parametrize(("signatories", "voice"), [(1, "I am"), (2, "We are"), (3, "We are")])
def test_wording_for_two_stands_for_more(signatories: int, voice: str) -> None:
    assert expand("{one:I am|two:We are} pleased", {}, "en", signatories=signatories) == f"{voice} pleased"
