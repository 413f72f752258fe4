"""The HTML of Anki's fields as Markdown: what it says, and that it shows the same text when it goes out again."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studycards.export.apkg.html import field
from studycards.intake.apkg.markdown import Reader
from studycards.notes.block_tokens import block_tokens

PIECES = (
    """a b 中 1. - + # > * ** _ ` ``` ~~ == $ $$ [ ]( ) ! \\ | --- <b> </b> &amp; {{c1:: }} : :: Q: " ' <br> \\( x"""
)
TEXT = st.lists(st.sampled_from([*PIECES.split(" "), " ", "\n"]), min_size=1, max_size=12).map("".join)


def no_picture(label: str, address: str, is_image: bool) -> None:
    return None


def read(source: str) -> str:
    return Reader(lambda name: f"media/{name}").read(source)


def shown(source: str) -> str:
    """What a person sees of a field, blanks made alike."""
    text = re.sub(r"<br>|</?(?:p|div|li|ul|ol)>", "\n", source)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", text)).split())


@given(TEXT)
@settings(max_examples=400)
def test_text_shows_as_it_did_when_it_goes_out_again(text: str) -> None:
    source = html.escape(text).replace("\n", "<br>")

    assert shown(field(read(source), block_tokens, no_picture)) == shown(source)


@pytest.mark.parametrize(
    ("source", "markdown"),
    [
        ("<b>x</b> y<br>z", "**x** y\nz"),
        ("<div>one</div><div>two</div>", "one\ntwo"),
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("<ul><li>a</li><li>b <i>c</i><ul><li>d</li></ul></li></ul>", "- a\n- b *c*\n  - d"),
        ("<ol><li>a<li>b</ol>", "1. a\n2. b"),
        ("<table><tr><th>a<th>b</tr><tr><td>1|2<td>x</table>", "| a | b |\n|---|---|\n| 1\\|2 | x |"),
        ("<pre><code>x &lt; 1\n  y</code></pre>", "```\nx < 1\n  y\n```"),
        ("<code>a`b</code>", "``a`b``"),
        ("\\(x_1\\) \\[y\\] [$]z[/$] <anki-mathjax>w</anki-mathjax>", "$x_1$ $$y$$ $z$ $w$"),
        ("[sound:a b.mp3]", "[a b.mp3](<media/a b.mp3>)"),
        ('<img src="p.png" alt="q">', "![q](media/p.png)"),
        ("<h2>Head</h2>text", "**Head**\n\ntext"),
        ("<script>alert(1)</script><style>b{}</style><!-- c -->x", "x"),
        ('<a href="https://x.y">t</a> <a href="javascript:x">u</a>', "[t](https://x.y) u"),
        ("a&nbsp;b", "a b"),
        ("H<sub>2</sub>O <ruby>漢<rt>かん</rt></ruby>", "H<sub>2</sub>O <ruby>漢<rt>かん</rt></ruby>"),
        ("<blockquote>a<br>b</blockquote>", "> a\n> b"),
        ("1. no list<br># no heading", "1\\. no list\n\\# no heading"),
    ],
)
def test_a_field_becomes_markdown(source: str, markdown: str) -> None:
    assert read(source) == markdown


@pytest.mark.parametrize(
    ("source", "markdown"),
    [
        ("{{c1::a &amp; <b>b</b>::hint}} *x*", "{{c1::a & **b**::hint}} \\*x\\*"),
        ("\\({{c1::\\frac{1}{x^{2}&#125;}}\\)", "${{c1::\\frac{1}{x^{2}}}}$"),
        ("{{c1::std:&#58;vector}}", "{{c1::std:&#58;vector}}"),
    ],
)
def test_holes_stay_as_they_are(source: str, markdown: str) -> None:
    assert Reader(lambda name: "", cloze=True).read(source) == markdown


def test_a_thousand_open_tags_do_not_break_it() -> None:
    assert read("<b><i><div>" * 2000 + "x").strip("*<>bi/ \n") == "x"
