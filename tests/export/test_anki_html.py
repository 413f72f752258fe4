"""Markdown → the HTML of an Anki field: what is shown, what is escaped, where it agrees with CommonMark."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from exporting import Exporter, basic, cloze
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from studycards.export.apkg.html import field
from studycards.export.apkg.inline import inline
from studycards.notes.block_tokens import block_tokens

Render = Callable[[str], str]
ALLOWED = re.compile(
    r"</?(?:br|p|b|i|s|u|strong|em|del|code|pre|ul|ol|li|table|thead|tbody|tr|th|td|blockquote|h[1-6]|hr|sub|sup|mark"
    r'|kbd|ruby|rt|rp)>|<a href="(?:https?:|mailto:)[^"<>]*">|</a>|<img src="sc-[0-9a-f]{16}\.\w+" alt="[^"<>]*">'
)


def no_picture(label: str, address: str, is_image: bool) -> None:
    return None


@pytest.mark.parametrize(
    ("side", "shown"),
    [
        ("a < b & c", "a &lt; b &amp; c"),
        ('say "x"', "say &quot;x&quot;"),
        ("**x** and *y* and _z_", "<strong>x</strong> and <em>y</em> and <em>z</em>"),
        ("**「名」**字", "<strong>「名」</strong>字"),
        ("snake_case_name 2 * 3 * 4", "snake_case_name 2 * 3 * 4"),
        ("~~s~~ ==m==", "<s>s</s> <mark>m</mark>"),
        ("`a<b` ``x`y``", "<code>a&lt;b</code> <code>x`y</code>"),
        ("one\ntwo\n\nthree", "<p>one<br>two</p><p>three</p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("- a\n  - b", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ("1914. A year", "1914. A year"),
        ("```\nx < {{c1::\n```", "<pre><code>x &lt; {&#123;c1::</code></pre>"),
        ("| a | b |\n|---|---|\n| 1 | **2** |",
         "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td><strong>2</strong></td></tr></tbody></table>"),
        ("$x<y$ and $$\nz\n$$", "\\(x&lt;y\\) and \\[\nz\n\\]"),
        ("$$\na\n+ b\n$$", "\\[\na\n+ b\n\\]"),
        ("costs $5 and $6", "costs $5 and $6"),
        ("H<sub>2</sub>O <b>open <script>x</script>", "H<sub>2</sub>O &lt;b&gt;open &lt;script&gt;x&lt;/script&gt;"),
        ("[a](http://x.y/?a=1&b=2) [b](javascript:x)", '<a href="http://x.y/?a=1&amp;b=2">a</a> b'),
        ("![far](https://x.y/z.png)", '<a href="https://x.y/z.png">far</a>'),
        ("[sound:../x] [latex]x[/latex] [$]y[/$]", "&#91;sound:../x] &#91;latex]x[/latex] &#91;$]y&#91;/$]"),
        ("{{c1::x}} {{Front}}", "{&#123;c1::x}} {&#123;Front}}"),
        ("\\*x\\* \\[sound:x] \\{{c1::x}}", "*x* &#91;sound:x] &#123;{c1::x}}"),
        ("&copy; &amp;lt; AT&T", "© &amp;lt; AT&amp;T"),
        ("a\x00b\x1fc\ud800d", "abcd"),
        ("e\u0301", "é"),
    ],
)  # fmt: skip
def test_markdown_becomes_html(render: Render, side: str, shown: str) -> None:
    assert render(side) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("in {{c1::the **hole**::a hint}}", "in {{c1::the <strong>hole</strong>::a hint}}"),
        ("$x = {{c1::\\frac{1}{x^{2}}}}$", "\\(x = {{c1::\\frac{1}{x^{2}&#125;}}\\)"),
        ("{{c1::f(x) = {y} }}z", "{{c1::f(x) = {y} }}z"),
        ("**a {{c1::b}} c**", "<strong>a {{c1::b}} c</strong>"),
        ("- {{c1::a}}\n- b", "<ul><li>{{c1::a}}</li><li>b</li></ul>"),
        ("x {{c9::y}} {{c1::z}}", "x y {{c1::z}}"),
        ("{{c1::a {{b} } }} {{c2", "{{c1::a {&#123;b} } }} {&#123;c2"),
        ("<script>{{c1::x}}</script>", "&lt;script&gt;{{c1::x}}&lt;/script&gt;"),
    ],
)
def test_holes_keep_their_edges(export: Exporter, text: str, shown: str) -> None:
    assert export.fields(*cloze("k", text, holes={1: 1}))[0] == shown


def test_a_hole_goes_out_under_its_stable_number(export: Exporter) -> None:
    shown = export.fields(*cloze("k", "{{c1::B}} {{c2::C}}", holes={2: 1, 7: 2}))[0]

    assert shown == "{{c2::B}} {{c7::C}}"


@given(st.lists(st.sampled_from(["*", "**", "***", "_", "__", "a", "b ", " c", ".", "`", "``", "x", "("]), max_size=12))
@settings(max_examples=300)
def test_emphasis_and_code_are_those_of_commonmark(parts: list[str]) -> None:
    text = "q " + "".join(parts).strip()

    assert inline(text, no_picture) == MarkdownIt("commonmark").renderInline(text)


PIECES = """
<script> </b> <b> <img\u00a0src=x\u00a0onerror=alert(1)> {{c1:: [sound:../x] [latex] $ $$ ` ** * _ ~~ == [ ]( )
javascript:x http://e.org ! -\u00a0 1.\u00a0 #\u00a0 >\u00a0 ```\u00b6 | a b -- \\ & &lt; &#60; " ' 中文 :: } <
<br> <ruby> </ruby> \\$ \\: sound:x] latex] $] &#36; \u00a0 \u00b6 \u00b6\u00b6
"""
MARKS = st.sampled_from(re.split(r"[ \n]", PIECES.strip())).map(
    lambda piece: piece.replace("\u00a0", " ").replace("\u00b6", "\n")
)


@given(st.lists(MARKS, max_size=14).map("".join))
@settings(max_examples=400)
def test_whatever_a_side_holds_only_our_own_tags_come_out(text: str) -> None:
    shown = field(text, block_tokens, no_picture)

    assert not re.search(r"[<>]", ALLOWED.sub("", shown)), shown
    assert "{{" not in shown
    assert not re.search(r"\[(?:sound:|latex\]|/?\$\$?\]|anki:)", shown)


@given(st.lists(st.sampled_from(["- a", "- **b**", "- c `d`", "* e", "1. f", "2. g"]), min_size=2, max_size=4))
def test_the_short_way_of_a_list_gives_what_the_long_one_gives(lines: list[str]) -> None:
    text = "\n".join(lines)

    assert "<h1>x</h1>" + field(text, block_tokens, no_picture) == field(f"# x\n\n{text}", block_tokens, no_picture)


def test_html_in_a_card_is_inert_in_anki(export: Exporter) -> None:
    fields = export.fields(
        basic("k", "<img src=x onerror=alert(1)> <a href='javascript:x'>y</a>", "<style>*{}</style>")
    )

    assert "<" not in "".join(fields)
