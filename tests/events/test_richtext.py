import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.richtext import MAX_BYTES, RichTextRefused, clean, clean_or_refuse, is_empty, plain_text

HONEST = (
    "<h3>Objectives</h3><p>To <strong>share</strong> and <em>compare</em>:</p>"
    '<ul><li><p>budgets, <a href="https://ipu.example/a?b=1&amp;c=2">report</a></p></li><li>plans</li></ul>'
    "<ol><li>first</li></ol><blockquote><p>Words.</p></blockquote><p>Line<br>line, <b>b</b> <i>i</i></p>"
    '<table><thead><tr><th colspan="2">Day</th></tr></thead>'
    '<tbody><tr><td rowspan="12">1</td><td>2</td></tr></tbody></table>'
    '<h4>Contact</h4><p><a href="mailto:workshop@ipu.example">Write</a></p>'
)


def test_clean_of_what_the_editor_makes_changes_nothing():
    assert clean(HONEST) == HONEST


@pytest.mark.parametrize(
    ("hostile", "cleaned"),
    [
        ("<p>a<script>alert(1)</script>b</p>", "<p>ab</p>"),
        ("<ScRiPt src=//evil.example></sCrIpT>a", "a"),
        ("<scr<script>ipt>alert(1)</script>", "ipt&gt;alert(1)"),
        ("<p onclick=alert(1) onmouseover='x'>a</p>", "<p>a</p>"),
        ("<img src=x onerror=alert(1)>a", "a"),
        ('<img srcset="https://evil.example/x 2x">a', "a"),
        ("<svg><script>alert(1)</script><image href='file:///etc/passwd'/></svg>a", "a"),
        ("<svg><p><style><img src=x onerror=alert(1)></style></p></svg>a", "<p></p>a"),
        ("<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1&gt;'>", ""),
        ("<noscript><p title='</noscript><img src=x onerror=alert(1)>'>a", "&lt;p title=''&gt;a"),
        ("<template><p>a</p></template>b", "b"),
        ("<iframe srcdoc='<script>alert(1)</script>'>a</iframe>b", "b"),
        ("<object data=file:///etc/passwd></object><embed src=x>a", "a"),
        ("<link rel=attachment href=file:///etc/passwd>a", "a"),
        ("<link rel=stylesheet href=https://evil.example/x.css>a", "a"),
        ("<style>@import url(https://evil.example)</style>a", "a"),
        ("<p style='background:url(https://evil.example)'>a</p>", "<p>a</p>"),
        ("<p class=x id=y lang=en dir=rtl data-x=1>a</p>", "<p>a</p>"),
        ("<base href=https://evil.example><meta http-equiv=refresh content=0>a", "a"),
        ("<form action=https://evil.example><input name=x><button>Send</button></form>", "Send"),
        ("<a href='javascript:alert(1)'>a</a>", "<a>a</a>"),
        ("<a href='JaVa&#10;ScRiPt:alert(1)'>a</a>", "<a>a</a>"),
        ("<a href='&#106;avascript:alert(1)'>a</a>", "<a>a</a>"),
        ("<a href='\x01javascript:alert(1)'>a</a>", "<a>a</a>"),
        ("<a href='data:text/html,<script>alert(1)</script>'>a</a>", "<a>a</a>"),
        ("<a href='vbscript:x'>a</a>", "<a>a</a>"),
        ("<a href='file:///etc/passwd'>a</a>", "<a>a</a>"),
        ("<a href='http://ipu.example'>a</a>", "<a>a</a>"),
        ("<a href='//evil.example'>a</a>", "<a>a</a>"),
        ("<a href='/\\evil.example'>a</a>", "<a>a</a>"),
        ("<a href='https:evil.example'>a</a>", "<a>a</a>"),
        ("<a href='https:///evil.example'>a</a>", "<a>a</a>"),
        ("<a href='https:/\\evil.example'>a</a>", "<a>a</a>"),
        ("<a href='https:\n//evil.example'>a</a>", "<a>a</a>"),
        ("<a href='/en/events/'>a</a>", "<a>a</a>"),
        ("<a href='https://x.example' target=_top ping=https://evil.example rel=attachment download>a</a>",
         '<a href="https://x.example">a</a>'),
        ("<a href='https://x.example/\"><script>'>a</a>",
         '<a href="https://x.example/&quot;&gt;&lt;script&gt;">a</a>'),
        ("<table background=https://evil.example><tr><td colspan=100000 rowspan=60000>a",
         "<table><tbody><tr><td>a</td></tr></tbody></table>"),
        ("<table><tr><td colspan=13 rowspan=0>a<td colspan=12>b<td colspan=-1>c<td colspan='2 '>d",
         '<table><tbody><tr><td>a</td><td colspan="12">b</td><td>c</td><td>d</td></tr></tbody></table>'),
        ("<p>a<!-- <script> --><?php x ?><![CDATA[x]]>b", "<p>ab</p>"),
        ("<p>a</title><title><img src=x onerror=alert(1)></title>b", "<p>ab</p>"),
        ("<textarea><img src=x onerror=alert(1)></textarea>a", "a"),
        ("<p>a\x00b\ud800c</p>", "<p>ab?c</p>"),
        ("{{ settings.SECRET_KEY }} {% debug %}", "{{ settings.SECRET_KEY }} {% debug %}"),
    ],
)  # fmt: skip
def test_clean_of_a_hostile_body_leaves_safe_html(hostile, cleaned):
    assert clean(hostile) == cleaned


TOO_LARGE = {
    "long words": "<p>" + "a" * (MAX_BYTES + 1) + "</p>",
    "long once escaped": "<p>" + "&" * 10_000 + "</p>",
    "two-byte letters": "<p>" + "ñ" * 15_001 + "</p>",
    "a megabyte": "<p>words </p>" * 80_000,
    "typed markup": "<p style='color:red'>" * 4_000,
    "twenty-one levels": "<blockquote>" * 20 + "<p>a</p>" + "</blockquote>" * 20,
    "bold without end": "<b>" * 2_000 + "a",
    "lists in lists": "<ul><li>" * 12 + "a",
    "lists beyond all measure": "<ul><li>" * 30_000 + "a",
    "tables in tables": "<table><tr><td>" * 8 + "a",
    "cells in a column": "<table>" + "<tr><td>a</td></tr>" * 301 + "</table>",
    "cells in a row": "<table><tr>" + "<th>a</th>" * 301 + "</tr></table>",
}
each_too_large = pytest.mark.parametrize(
    "html",
    [
        pytest.param(html, id=name, marks=pytest.mark.slow if len(html) > 200_000 else ())
        for name, html in TOO_LARGE.items()
    ],
)


@each_too_large
def test_check_of_a_body_beyond_the_bounds_is_refused(html):
    with pytest.raises(
        RichTextRefused, match=r"^(This text|Lists, tables or quotations|The tables in this text) "
    ):
        clean_or_refuse(html)


@each_too_large
def test_clean_of_a_body_beyond_the_bounds_is_its_text_in_paragraphs(html):
    cleaned = clean(html)

    assert len(cleaned.encode()) <= MAX_BYTES
    assert set(re.findall(r"<[^>]*>", cleaned)) <= {"<p>", "</p>", "<br>"}
    assert clean_or_refuse(cleaned) == cleaned


@pytest.mark.parametrize(
    ("html", "sentence"),
    [
        (
            TOO_LARGE["long words"],
            "This text is too long: it may have 30000 characters with its formatting. "
            "Shorten it, or attach it as a file.",
        ),
        (
            TOO_LARGE["twenty-one levels"],
            "Lists, tables or quotations in this text are nested too deeply. Use fewer levels.",
        ),
        (
            TOO_LARGE["cells in a row"],
            "The tables in this text have more than 300 cells. Attach them as a file instead.",
        ),
    ],
)
def test_check_of_a_body_beyond_a_bound_says_which(html, sentence):
    with pytest.raises(RichTextRefused) as refusal:
        clean_or_refuse(html)

    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    "html",
    [
        "<p>" + "a" * (MAX_BYTES - 7) + "</p>",
        "<blockquote>" * 19 + "<p>a</p>" + "</blockquote>" * 19,
        "<table><tbody>" + "<tr><td>a</td><td>b</td></tr>" * 150 + "</tbody></table>",
        HONEST,
        "",
    ],
    ids=["length", "depth", "cells", "honest", "empty"],
)
def test_check_of_a_body_at_the_bounds_passes(html):
    assert clean_or_refuse(html) == html


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (
            "<h3>Title</h3><p>One  <b>two</b>\n three.</p><p>Four<br>five</p>",
            "Title\n\nOne two three.\n\nFour\nfive",
        ),
        ("<p>a</p><ul><li><p>b</p></li><li>c</li></ul><p>d</p>", "a\n\n- b\n- c\n\nd"),
        ("<ol><li>a</li><li>b<ul><li>c</li></ul></li><li>d</li></ol>", "1. a\n2. b\n  - c\n3. d"),
        ("<ul><li></li></ul><p>a</p>", "a"),
        ("<li>a</li>", "- a"),
        (
            "<table><tr><th><p>a</p></th><th>b</th></tr><tr><td>c</td><td>d</td></tr></table>e",
            "a | b\nc | d\n\ne",
        ),
        ("<p>Fish &amp; chips&nbsp;&lt;3</p>", "Fish & chips <3"),
        ('<p>The <a href="https://x.example">report</a>.</p>', "The report."),
        ("<p>a</p><script>b</script>", "a"),
        ("", ""),
    ],
)
def test_plain_of_rich_text_keeps_its_paragraphs(html, text):
    assert plain_text(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('<p>The <a href="https://x.example/r">report</a>.</p>', "The report (https://x.example/r)."),
        ('<p><a href="mailto:a@x.example">Write</a> to us</p>', "Write (a@x.example) to us"),
        ('<p><a href="https://x.example">https://x.example</a></p>', "https://x.example"),
        ('<p><a href="mailto:a@x.example">a@x.example</a></p>', "a@x.example"),
        ('<p>Go <a href="javascript:x">here</a></p>', "Go here"),
        ('<p><a href="https://x.example"></a></p>', ""),
    ],
)
def test_plain_with_addresses_says_where_links_lead(html, text):
    assert plain_text(html, addresses=True) == text


@pytest.mark.parametrize(
    "html", ["", " ", "<p></p>", "<p> &nbsp;<br></p>", "<ul><li></li></ul>", '<p><a href="#"></a></p>']
)
def test_is_empty_without_words_is_true(html):
    assert is_empty(html) is True


@pytest.mark.parametrize("html", ["a", "<p>.</p>", "<ul><li>a</li></ul>"])
def test_is_empty_with_words_is_false(html):
    assert is_empty(html) is False


SCRAPS = st.lists(
    st.sampled_from(["p", "b", "ul", "li", "table", "tr", "td", "svg", "style", "select", "title"]).map(
        "<{}>".format
    )
    | st.sampled_from(
        ["</p>", "</b>", "</ul>", "</table>", "</svg>", "</style>", "<!--", "-->", "<br>", "</a>"]
    )
    | st.sampled_from(
        ["<a href='https://x.example'>", "&amp;", "&nbsp;", "&#x3c;", "<", ">", "'", " ", "word"]
    )
    | st.text(max_size=5),
    max_size=30,
).map("".join)


@given(SCRAPS)
def test_clean_twice_changes_nothing_more(html):
    once = clean(html)

    assert clean(once) == once


@given(SCRAPS)
def test_plain_of_anything_has_no_space_to_spare(html):
    text = plain_text(html)

    assert text == text.strip()
    assert "\n\n\n" not in text
    assert is_empty(clean(html)) == (text == "")
