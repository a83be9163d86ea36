"""HTML in the text of a paper: whole it is HTML, else it is shown, and nothing that is typed ends a deck."""

from __future__ import annotations

from typing import TYPE_CHECKING

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperdeck.slides.markup import BLOCKS, IN_A_LINE, find_broken, read_tags, write_signs
from tests.sites import draw_png

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite

    MakeSite = Callable[..., SmallSite]

TALK = """
# Talk

## One

:::{{slide}} First
{0}

- The next line
:::

{0}

:::{{slide}} Second
- b
:::
"""


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("<b>a < b</b> <> <3 </b>", "<b>a &lt; b</b> &lt;> &lt;3 </b>"),
        ("<script>a < b</script> < <!-- < -->", "<script>a < b</script> &lt; <!-- < -->"),
        ("<b>a &lt; b</b>", "<b>a &lt; b</b>"),
    ],
)
def test_a_sign_that_begins_no_tag_is_written_out(text: str, written: str) -> None:
    """Outside of scripts and comments."""
    assert write_signs(text) == written


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("a < b > c", []),
        ("<b>x</b>", ["b", "/b"]),
        ("<b title='a > b'>x</B>", ["b", "/b"]),
        ('<br/><a href="/x">', ["br", "a"]),
        ("<!-- <s> --><i>", ["i"]),
        ("<script>a <b> c</script>", ["script", "/script"]),
        ("<!-- no end <b>", ["", "b"]),
        ("<![CDATA[x]]>", [""]),
        ("<div class='a", [""]),
    ],
)
def test_tags_are_read_as_a_browser_reads_them(text: str, tags: list[str]) -> None:
    """Quotes hide what is in them, and so do comments and programs; what does not end has no name."""
    assert ["/" * tag.is_end + tag.name for tag in read_tags(text)] == tags


@pytest.mark.parametrize(
    ("pieces", "broken"),
    [
        (["<b>", "</b>"], []),
        (["<b>"], [0]),
        (["</b>"], [0]),
        (["<b>", "<i>", "</b>", "</i>"], [1, 3]),
        (["<mask>", "<b>", "</b>"], [0]),
        (["<ul><li>a<li>b</ul>"], []),
        (["<details>", "</details>"], []),
        (["<details><mask>", "</details>"], [0, 1]),
        (["<svg><path d=''/></svg>"], []),
        (["<b/>"], [0]),
        (["<my-part></my-part>"], []),
        (["<section></section>"], [0]),
    ],
)
def test_a_piece_without_its_partner_is_found(pieces: list[str], broken: list[int]) -> None:
    """Of those that remain, each has its partner."""
    assert sorted(find_broken(dict(enumerate(pieces)), IN_A_LINE | BLOCKS)) == broken


@given(
    st.lists(st.sampled_from(["<b>", "</b>", "<div>", "</div>", "<mask>", "<br>", "</s>", "x", "<!--", "-->", "<i "]))
)
def test_what_remains_is_whole(pieces: list[str]) -> None:
    """Whatever is typed, what is passed on as HTML closes what it opened."""
    run = dict(enumerate(pieces))
    kept = [text for place, text in run.items() if place not in find_broken(run, IN_A_LINE | BLOCKS)]
    assert find_broken(dict(enumerate(kept)), IN_A_LINE | BLOCKS) == {}


@pytest.mark.parametrize(
    "token", ["<s>", "</s>", "</div>", "<mask>", "List<String>", "<script>", "</section>", "<title>", "<![CDATA[x]]>"]
)
@pytest.mark.parametrize(
    "form", ["A text with {} in it", "- A bullet with {} in it", "| a {} |\n|---|\n| {} |", "*a {}*"]
)
def test_a_token_is_shown_as_it_is_typed(small_site: MakeSite, token: str, form: str) -> None:
    """In prose, lists, tables and emphasis, in both outputs; every slide stays one, and the page is whole."""
    typed = form.replace("{}", token)
    site = small_site(TALK.format(typed))
    for builder, place in (("html", "aside.slide"), ("revealjs", ".slides > section[data-slide]")):
        output = site.quietly(builder)
        page = output.page()
        assert len(page.select(place)) == 2
        assert token in page.select_one(place).text
        assert "The next line" in page.select_one(place).text
        html5lib.HTMLParser(strict=True).parse(output.text("index.html"))


def test_a_token_is_shown_in_titles(small_site: MakeSite) -> None:
    """In those of documents, sections and slides, and where they are repeated."""
    site = small_site("# On <pad>\n\n## And </div>\n\n:::{slide} What <s> is for\n- a\n:::\n")
    article, deck = site.articles().page(), site.deck().page()
    assert article.h1.text.startswith("On <pad>")
    assert article.h2.text.startswith("And </div>")
    assert article.select_one(".slide-title").text == "What <s> is for"
    assert [part.h2.text for part in deck.select("section[data-slide]")] == ["What <s> is for"]
    assert deck.select_one("#cover h1").text == deck.title.text == "On <pad>"


def test_html_that_is_whole_is_html(small_site: MakeSite) -> None:
    """In a line and as a block, with Markdown between its parts."""
    text = "<kbd>Ctrl</kbd> H<sub>2</sub>O a<br>b <!-- c -->\n\n"
    text += "<details>\n<summary>More < all</summary>\n\n**Bold**\n\n</details>"
    articles = small_site(TALK.format(text)).articles()
    assert "<summary>More &lt; all</summary>" in articles.text("index.html")
    page = articles.page()
    assert [page.select_one(name).text.strip() for name in ("kbd", "sub", "details > summary", "details strong")] == [
        "Ctrl",
        "2",
        "More < all",
        "Bold",
    ]
    assert len(page.select("details")) == 2


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ('<div class="a">', '<div class="a"> has no end in the same block or list item'),
        ("</div>", "</div> has no beginning in the same block or list item"),
        ("<!-- c", "<!-- c does not end, or is no element"),
        ("<title>x</title>", "<title> has no place here"),
    ],
)
def test_a_block_that_is_not_whole_is_told_and_shown(small_site: MakeSite, block: str, message: str) -> None:
    """At its line, and the rest of the page is unharmed."""
    site = small_site(f"# Talk\n\n:::{{slide}} First\n- a\n:::\n\n## Two\n\n:::{{slide}} Second\n- b\n:::\n\n{block}\n")
    output = site.build("html")
    (warning,) = output.warnings
    assert warning.startswith(f"index.md:13: WARNING: this HTML is shown as it is typed, because {message}; ")
    assert warning.endswith("[paperdeck.markup]")
    assert output.page().select("article section p, [role=main] section p")[-1].text == block
    assert len(site.build("revealjs").page().select("section[data-slide]")) == 2


def test_a_program_may_stand_in_an_article_and_not_on_a_slide(small_site: MakeSite) -> None:
    """As a block of its own it is meant; in a list it is what the talk is about."""
    site = small_site("# T\n\n<script>let a = 1 < 2;</script>\n\n:::{slide} S\n- <script>alert(1)</script>\n- b\n:::\n")
    output = site.build("html")
    (warning,) = output.warnings
    assert warning.startswith("index.md:6: WARNING: this HTML is shown as it is typed, because <script> has no place")
    page = output.page()
    assert "let a = 1 < 2;" in [script.string for script in page.select("[role=main] script")]
    assert "<script>alert(1)</script>" in page.select_one("aside.slide").text


def test_what_is_struck_out_is_no_token(small_site: MakeSite) -> None:
    """Where MyST reads ``~~``; a token without a partner is one there too."""
    more = 'myst_enable_extensions = ["strikethrough"]\nsuppress_warnings = ["myst.strikethrough"]\n'
    site = small_site(TALK.format("- An ~~old~~ token <s> here"), more=more)
    for builder, place in (("html", "aside.slide"), ("revealjs", "section[data-slide]")):
        shown = site.quietly(builder).page().select_one(place)
        assert shown.select_one("li s").text == "old"
        assert "token <s> here" in shown.text


def test_html_that_is_asked_for_may_be_anything_whole(small_site: MakeSite) -> None:
    """In the directive ``raw`` names that HTML has not pass; what opens must end, in another of them or the same."""
    pair = "```{raw} html\n<x>\n```\n\nText\n\n```{raw} html\n</x>\n```\n"
    assert small_site(TALK.format(pair)).articles().page().select_one("x p").text == "Text"
    (warning,) = small_site(f"# T\n\n:::{{slide}} S\n- a\n:::\n\n{pair[:18]}```\n").build("html").warnings
    assert "<x> has no end" in warning


def test_a_page_that_is_not_ours_is_left_alone(small_site: MakeSite) -> None:
    """Without a slide and a paper the HTML is the author's, whole or not."""
    text = small_site("# Page\n\nAn <s>open tag\n").articles().text("index.html")
    assert "An <s>open tag" in text


def test_other_outputs_have_the_token_too(small_site: MakeSite) -> None:
    """LaTeX leaves HTML out; what is shown is none."""
    assert "List<String>" in small_site(TALK.format("A List<String> here")).quietly("text").text("index.txt")


def test_a_block_with_others_inside_is_one_step(small_site: MakeSite) -> None:
    """What opens in one block and closes in another comes as a whole; a step of each would tear it apart."""
    text = "<details>\n<summary>More</summary>\n\n**Bold**\n\n</details>\n\nAfter it\n"
    output = small_site(f"# T\n\n:::{{slide}} S\n:incremental:\n{text}:::\n").deck()
    html5lib.HTMLParser(strict=True).parse(output.text("index.html"))
    whole, after = output.page().select("section[data-slide] .fragment")
    assert (whole.select_one("details strong").text, after.text) == ("Bold", "After it")


def test_a_figure_with_an_equation_for_its_caption_is_whole(small_site: MakeSite) -> None:
    """That it is none is told, and the place of the equation stands before the figure."""
    text = "# T\n\n:::{slide} S\n```{figure} a.png\n$$ x $$ (lost)\n```\n:::\n"
    output = small_site({"index.md": text, "a.png": draw_png(4, 4)}).build("html")
    (told,) = output.warnings
    assert told.startswith("index.md:4: ERROR: Figure caption must be a paragraph")
    assert output.page().select("#equation-lost + figure")
    assert "figcaption" not in output.text("index.html")
