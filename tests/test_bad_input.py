"""Wrong input fails the build with file, line and what to write instead; odd input is no mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

import html5lib
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite

TOLD = """\
broken.md:2: WARNING: front matter: the bracket that opens here is not closed, or a comma is missing; \
a text with brackets goes in quotes [paperdeck.front_matter]
mistakes.md:2: WARNING: no entry of the bibliography has the key 'doe2042work'; \
did you mean doe2024work? Else add it [paperdeck.unknown_paper]
mistakes.md:3: WARNING: front matter: 'minutes' cannot be 'about 20'; \
write the length of the talk in whole minutes, such as `minutes: 20` [paperdeck.front_matter]
mistakes.md:4: WARNING: front matter: 'summery' is not known; did you mean summary? [paperdeck.front_matter]
mistakes.md:5: WARNING: front matter: 'tags' holds a list or a mapping; \
write flat text, a list with commas [paperdeck.front_matter]
mistakes.md:14: ERROR: a slide needs a title; \
write what it shows behind its name: {slide} Two experts a token [docutils]
mistakes.md:18: ERROR: the slide “Without content” shows nothing; \
write its lines under the title, or give it `:layout: statement`, where the title is all [docutils]
mistakes.md:25: WARNING: another slide or heading has the title “Said twice”; the id of this slide is \
'slide-said-twice-2'; give one of them another title, or this slide a `:name:` [paperdeck.slide_id]
mistakes.md:30: WARNING: 'slide': Unknown option key: 'speed' (allowed: …) [myst.directive_option]
mistakes.md:31: WARNING: 'slide': Invalid option value for 'layout': wide: there is no such layout; \
write one of bullets, split, figure, compare, statement, question [myst.directive_option]
mistakes.md:32: WARNING: 'slide': Invalid option value for 'article': show: \
write `hide`, or take the option away [myst.directive_option]
mistakes.md:39: WARNING: the slide “Inside” is inside the slide “Outside” and was put after it; \
close the fence of that one before it, or give it more colons than what it holds [paperdeck.slide]
mistakes.md:45: WARNING: a heading (“A heading”) inside the slide “Headed”; \
write it in bold, or end the slide before it [paperdeck.slide]
mistakes.md:50: WARNING: the slide “Split” has the layout split and no picture; \
put a diagram, figure, table, equation or code beside its text, or take `:layout: bullets` [paperdeck.slide]
mistakes.md:55: WARNING: `:background-image:` names 'missing.png', which is no file; \
write its path from this document, or from the source directory with a leading “/” [paperdeck.slide]
mistakes.md:74: ERROR: speaker-notes say nothing; \
write what the speaker says, or take them away [docutils]
mistakes.md:77: ERROR: article-only holds nothing; \
write the prose that is not spoken, or take it away [docutils]
mistakes.md:80: WARNING: no entry of the bibliography has the key 'doe2042work'; \
did you mean doe2024work? Else add it [paperdeck.unknown_work]
mistakes.md:9: WARNING: the slide “Below nothing” is a detail, but no slide stands above it; \
it is shown as a slide of its own; take `:detail:` away, or move it below the slide it explains [paperdeck.slide]
mistakes.md:62: WARNING: the slide “Listed” stands inside another block, where neither its note nor its number is \
known; end that block before it, or write as prose what {only} keeps off the deck [paperdeck.slide]
mistakes.md:66: WARNING: {side} stands outside a slide, where it has no effect on the deck; \
move it inside the fence of a slide [paperdeck.slide]
mistakes.md:70: WARNING: {speaker-notes} stands outside a slide, where it has no effect on the deck; \
move it inside the fence of a slide [paperdeck.slide]
untitled.md:1: WARNING: the document has slides but no title, so its cover has no name; \
begin it with `# The title` [paperdeck.slide]
mistakes.md:80: WARNING: undefined label: 'nowhere' [ref.ref]
"""


def told(line: str) -> str:
    """Return a warning without the long list of options that MyST knows."""
    head, _, rest = line.partition("(allowed: ")
    return f"{head}(allowed: …){rest.partition(')')[2]}" if rest else line


@pytest.mark.parametrize("builder", ["html", "revealjs"])
def test_every_mistake_is_told_once_with_its_place_and_its_cure(
    small_site: Callable[..., SmallSite], builder: str
) -> None:
    """One site with every mistake; whichever output is built first tells the same, and is built to its end."""
    output = small_site(root="bad-input").build(builder)
    # Sphinx's own, where the page with the table of contents is written
    warnings = [told(line) for line in output.warnings if "[toc.no_title]" not in line]
    assert warnings == TOLD.splitlines()
    page = output.page("mistakes.html")
    titles = [part.text for part in page.select("section[data-slide] > h2, .slide-title")]
    assert titles == [
        *("Below nothing", "Said twice", "Said twice", "Options", "Outside", "Inside"),
        *("Headed", "Split", "Background", "Listed"),
    ]


@pytest.mark.parametrize("builder", ["html", "revealjs"])
def test_a_mistake_fails_a_strict_build(small_site: Callable[..., SmallSite], builder: str) -> None:
    """With -W the build goes on to its end, so that all is told, and then fails."""
    with small_site(root="bad-input").app(builder, strict=True) as app:
        app.build()
        assert app.statuscode == 1


ODD = {
    "windows": b"\xef\xbb\xbf---\r\nshort: BOM\r\nminutes: 20\r\n---\r\n# Windows\r\n\r\n"
    b":::{slide} The point\r\n:name: point\r\n- First\r\n- Second\r\n:::\r\n\r\nSaid.\r\n",
    "tabs": b"---\nshort: Tabs\n---\n# Tabs\n\n:::{slide}\tThe point\n:name: point\n"
    b"-\tFirst\n-\tSecond\n:::\n\nSaid.\n",
}


@pytest.mark.parametrize("name", list(ODD))
def test_ends_of_lines_marks_and_tabs_do_not_matter(small_site: Callable[..., SmallSite], name: str) -> None:
    """A file from Windows with its byte order mark, and one written with tabs, are read as any other."""
    page = small_site({"index.md": ODD[name]}).deck().page()
    slide = page.select_one("section[data-slide]")
    assert slide["id"] == "point"
    assert (page.h1.text, slide.h2.text) == ({"windows": "BOM", "tabs": "Tabs"}[name], "The point")
    assert [item.text for item in slide.select("li")] == ["First", "Second"]
    assert slide.select_one("aside.notes").text.strip() == "Said."


TITLES = {
    "שלום עולם": "slide-שלום-עולם",
    "مزيج من الخبراء": "slide-مزيج-من-الخبراء",
    "专家混合模型": "slide-专家混合模型",
    "注意 🎉 力": "slide-注意-力",
    "🎉": "slide",
    "Ωmega & <co> “quoted”": "slide-ωmega-co-quoted",
}


def test_any_script_is_at_home(small_site: Callable[..., SmallSite]) -> None:
    """In titles, ids, content and notes, on both sides; what HTML would read as markup is shown."""
    parts = [f"## {text}\n\n:::{{slide}} {text}\n- {text}\n:::\n\n{text}\n" for text in TITLES]
    site = small_site(f"# {' '.join(TITLES)}\n\n{''.join(parts)}".replace("<", r"\<"))
    deck, article = site.deck().page(), site.articles().page()
    slides, cards = deck.select("section[data-slide]"), article.select("aside.slide")
    for (title, name), slide, card in zip(TITLES.items(), slides, cards, strict=True):
        assert (slide["id"], card["id"]) == (name, name)
        assert [slide.h2.text, slide.li.text, slide.select_one("aside.notes").text.strip()] == [title] * 3
        assert card.select_one(".slide-title").text == title
        assert card.select_one("a.open-slide")["href"] == f"../revealjs/index.html#{name}"
    assert deck.title.text == deck.h1.text == " ".join(TITLES)


def test_a_document_with_nothing_to_show_is_no_mistake(small_site: Callable[..., SmallSite]) -> None:
    """It is an empty page and no deck; that there is none in the whole project is told."""
    nothing = ["", "\n\n", "\ufeff", "Text without a heading.\n", "%comment\n"]
    documents = {f"page{number}.md": text for number, text in enumerate(nothing)}
    site = small_site({"index.md": "", **documents}, more='suppress_warnings = ["toc.not_included"]\n')
    assert len(site.articles().bytes("page*.html")) == len(nothing)
    deck = site.build("revealjs")
    assert deck.page().select("a.paperdeck-button") == []
    (warning,) = deck.warnings
    assert "no document has slides" in warning


HEADINGS = [
    ("# A", "## B", "### C", "## D"),
    ("# A", "#### B", "# C", "## D"),
    ("## A", "# B", "### C", "###### D"),
    ("# A", "# B", "# C", "# D"),
    ("", "## B", "", "# D"),
]


def test_html_is_balanced_whatever_the_headings(small_site: Callable[..., SmallSite]) -> None:
    """Slides and details between headings of any order: a strict parser has nothing to say, all are siblings."""
    slides = ":::{{slide}} S{0}\n- a\n:::\n\n:::{{slide}} D{0}\n:detail:\n- b\n:::\n"
    documents = {
        f"page{page}.md": "\n".join(f"{heading}\n\n{slides.format(n)}" for n, heading in enumerate(headings))
        for page, headings in enumerate(HEADINGS)
    }
    suppressed = 'suppress_warnings = ["myst.header", "toc.not_included", "paperdeck.slide"]\n'
    output = small_site({"index.md": "# Front\n", **documents}, more=suppressed).deck()
    for page, headings in enumerate(HEADINGS):
        html5lib.HTMLParser(strict=True).parse(output.text(f"page{page}.html"))
        stacks = output.page(f"page{page}.html").select(".slides > section.stack")
        shape = [[part["id"] for part in stack.find_all("section")] for stack in stacks]
        assert shape == [[f"slide-s{n}", f"slide-d{n}"] for n in range(len(headings))]
