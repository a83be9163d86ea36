"""Notes: which prose is said at which slide, in what form, and how long it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from docutils import nodes
from sphinx import addnodes

from paperdeck.slides.arrangement import slide_content
from paperdeck.slides.node import slide, slide_title
from paperdeck.slides.notes import article_only, assign_notes, copy_for_note, count_words, speaker_notes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bs4 import BeautifulSoup, Tag

    from tests.sites import SmallSite


def said(text: str) -> nodes.paragraph:
    """Return a paragraph."""
    return nodes.paragraph("", text)


def a_slide(name: str, *content: nodes.Node) -> slide:
    """Return a slide of this id."""
    return slide("", slide_title("", name), slide_content("", *content), ids=[name])


def a_section(*content: nodes.Node) -> nodes.section:
    """Return a section with a title."""
    return nodes.section("", nodes.title("", "Heading"), *content)


def plain(blocks: Iterable[nodes.Node]) -> list[str]:
    """Return the text of what is said, cleaned."""
    return [block.astext() for block in copy_for_note(blocks)]


def test_prose_is_said_at_the_slide_of_its_section() -> None:
    """What stands before a section's first slide belongs to it, what follows a slide to that one."""
    document = nodes.document("", "")
    document += a_section(
        said("opening"),
        a_section(said("before one"), a_slide("one"), said("after one"), a_slide("two"), said("after two")),
        a_section(said("the article's alone")),
        a_section(said("unsaid"), a_section(a_slide("three")), a_section(said("unsaid too"))),
        a_section(said("before four"), a_slide("four"), a_section(said("unsaid again"))),
    )
    notes, opening = assign_notes(document)
    assert plain(opening) == ["opening"]
    assert {name: plain(blocks) for name, blocks in notes.items()} == {
        "one": ["before one", "after one"],
        "two": ["after two"],
        "three": [],
        "four": ["before four"],
    }


def test_the_cover_says_what_stands_under_the_title() -> None:
    """That is the prose before the first heading or slide, and before the title; a slide there has what follows it."""
    document = nodes.document("", "")
    document += said("above")
    document += a_section(said("opening"), a_slide("one"), said("after one"))
    document += a_section(said("before two"), a_slide("two"))
    notes, opening = assign_notes(document)
    assert plain(opening) == ["above", "opening"]
    assert {name: plain(blocks) for name, blocks in notes.items()} == {"one": ["after one"], "two": ["before two"]}


def test_speaker_notes_replace_the_prose() -> None:
    """All of them on a slide, in their order, and nothing of the section."""
    document = nodes.document("", "")
    document += a_section(
        a_section(
            said("before"),
            a_slide("one", speaker_notes("", said("own")), said("shown"), speaker_notes("", said("more"))),
            said("after"),
        )
    )
    notes, _ = assign_notes(document)
    assert plain(notes["one"]) == ["own", "more"]


@pytest.mark.parametrize(
    "block",
    [
        article_only("", said("read")),
        nodes.footnote("", nodes.label("", "1"), said("below")),
        nodes.comment("", "to do"),
        nodes.target("", "", refid="a"),
        nodes.transition(),
        nodes.raw("", "<hr>", format="html"),
        nodes.rubric("", "small heading"),
        nodes.meta(name="description", content="for machines"),
        nodes.field_list("", nodes.field("", nodes.field_name("", "orphan"), nodes.field_body())),
        nodes.compound("", addnodes.toctree(), classes=["toctree-wrapper"]),
        nodes.topic("", nodes.bullet_list("", nodes.list_item("", said("One"))), classes=["contents"]),
        addnodes.index(entries=[]),
        addnodes.tabular_col_spec(spec="ll"),
        addnodes.only("", said("for paper"), expr="latex"),
        addnodes.only("", said("for articles"), expr="not revealjs"),
        nodes.paragraph(),
    ],
    ids=lambda block: block.tagname,
)
def test_what_is_no_prose_is_not_said(block: nodes.Element) -> None:
    """Nothing of it is left, no empty paragraph and no word that counts."""
    assert plain([block]) in ([], [""])
    assert count_words([block]) == 0


@pytest.mark.parametrize(
    ("block", "text"),
    [
        (nodes.figure("", nodes.image(uri="a.png"), nodes.caption("", "Caption"), ids=["f"]), "(Figure 3)"),
        (nodes.paragraph("", "", nodes.image(uri="a.png")), "(Figure)"),
        (nodes.image(uri="a.png"), "(Figure)"),
        (nodes.table("", ids=["t"]), "(Table 1.2)"),
        (nodes.table(), "(Table)"),
        (nodes.literal_block("", "a = 1"), "(Listing)"),
        (
            nodes.container(
                "", nodes.caption(), nodes.literal_block("", "a"), ids=["l"], classes=["literal-block-wrapper"]
            ),
            "(Listing 4)",
        ),
        (nodes.math_block("", "a = 1", number=7), "(Equation 7)"),
    ],
)
def test_what_is_shown_is_named(block: nodes.Element, text: str) -> None:
    """With its number, where it has one."""
    numbers = {"f": "3", "t": "1.2", "l": "4"}
    assert [part.astext() for part in copy_for_note([block], numbers)] == [text]


def test_prose_keeps_its_form_and_loses_its_marks() -> None:
    """Lists, quotes, emphasis, maths and links stay; ids, targets, footnote marks and fragments go."""
    line = nodes.paragraph("", "", ids=["line"])
    line += [
        nodes.Text("As "),
        nodes.strong("", "told", ids=["b"], classes=["fragment", "loud"]),
        nodes.target("", "", nodes.Text(" here"), ids=["t"]),
        nodes.footnote_reference("", "1", ids=["r"]),
        nodes.math("", "x"),
        nodes.image(uri="a.png", alt=" picture"),
        nodes.reference("", " there", refuri="https://example.org/"),
    ]
    quote = nodes.block_quote("", said("Quote"), nodes.attribution("", "Somebody"))
    listed = nodes.bullet_list("", bullet="-")
    listed += nodes.list_item("", line, nodes.table(), classes=["fragment"])
    copies = copy_for_note([listed, quote])
    assert [part.tagname for part in copies[0].findall(nodes.Element)] == [
        *("bullet_list", "list_item", "paragraph", "strong", "math", "reference"),
        *("paragraph", "inline"),
    ]
    assert [part.astext() for part in copies[0].findall(nodes.paragraph)] == ["As told herex picture there", "(Table)"]
    kept = {(name, str(value)) for part in copies[0].findall(nodes.Element) for name, value in part.attlist() if value}
    assert kept == {
        ("bullet", "-"),
        ("classes", "['loud']"),
        ("classes", "['shown']"),
        ("refuri", "https://example.org/"),
    }
    assert [part.astext() for part in copies[1]] == ["Quote", "Somebody"]
    assert isinstance(copies[1], nodes.block_quote)
    assert line["ids"] == ["line"], "the article lost an id to a note"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("one", 1),
        ("It’s 175 billion, isn't it – yes", 6),
        ("and/or 96.6 % — well-known", 3),
        ("…", 0),
        ("注意力机制", 3),
        ("GLaM 有 64 位专家", 4),
        ("हिन्दी भाषा", 2),
        ("שָׁלוֹם עולם", 2),
        ("그것은 사실이다", 2),
    ],
)
def test_words_are_counted_in_any_script(text: str, words: int) -> None:
    """A mark is no word; of a script without spaces two characters are one."""
    assert count_words([said(text)]) == words


ORDER = """\
# Talk

Opening, with **force**.

## One

Before one.

:::{slide} One
- shown
:::

After one, by $x$ and [a link](#two).

- a *list*

:::{figure} none
:::

| a | b |
|---|---|
| 1 | 2 |

:::{article-only}
Read alone.
:::

```{eval-rst}
.. note:: Noted.
```

(two)=
:::{slide} Two
- shown

:::

### Deeper

The article’s alone.
"""


def notes_of(page: BeautifulSoup) -> dict[str, Tag | None]:
    """Return the note of each slide by its id."""
    return {part["id"]: part.find("aside", "notes", recursive=False) for part in page.select("section[id]")}


def test_notes_on_the_deck_are_the_article_s_prose(small_site: Callable[..., SmallSite]) -> None:
    """Formatted, in their order, with “(Table)” for what the audience sees."""
    source = ORDER.replace(":::{figure} none\n:::\n\n", "")
    notes = notes_of(small_site(source, more='myst_enable_extensions = ["dollarmath"]\n').deck().page())
    assert notes["cover"].strong.text == "force"
    assert [part.text for part in notes["slide-one"].find_all(["p", "li"], recursive=False)] == [
        "Before one.",
        notes["slide-one"].find_all("p", recursive=False)[1].text,
        "(Table)",
        "Noted.",
    ]
    assert notes["slide-one"].select_one("ul em").text == "list"
    assert notes["slide-one"].select_one("a")["href"] == "#two"
    assert notes["slide-one"].select_one(".math, math")
    assert notes["slide-two"] is None


def test_a_note_holds_no_id_and_no_fragment(small_site: Callable[..., SmallSite]) -> None:
    """An id would stand twice in the page, a fragment would cost a dead click."""
    page = (
        small_site(
            """\
            # Talk

            (here)=
            Opening [with a span]{#span}.

            :::{slide} One
            - shown
            :::

            (there)=
            ```{code-block} python
            :emphasize-lines: 1,2
            a = 1
            b = 2
            ```

            :::{revealjs-fragments}
            - a
            - b
            :::

            {#listed}
            - {abbr}`a (b)`
            """,
            more='myst_enable_extensions = ["attrs_inline", "attrs_block"]\n',
        )
        .deck()
        .page()
    )
    notes = page.select("aside.notes")
    assert "with a span" in notes[0].text
    assert "a" in notes[1].text
    assert page.select("aside.notes [id], aside.notes .fragment, aside.notes [data-fragment-index]") == []


def test_own_notes_are_folded_away_in_the_article(small_site: Callable[..., SmallSite]) -> None:
    """There they stand on the card; on the deck they are not on the slide but its note."""
    site = small_site("""\
        # Talk

        ::::{slide} One
        - shown

        :::{speaker-notes}
        Own *words*.
        :::
        ::::

        Prose.
        """)
    slide_on_deck = site.deck().page().select_one("section[data-slide]")
    assert slide_on_deck.select_one("aside.notes").decode_contents().strip() == "<p>Own <em>words</em>.</p>"
    assert "Own" not in slide_on_deck.select_one(".paperdeck-content").text
    folded = site.articles().page().select_one("aside.slide details.speaker-notes")
    assert folded.summary.text == "What the speaker says"
    assert folded.p.text == "Own words."


def test_what_is_only_read_is_prose_in_the_article(small_site: Callable[..., SmallSite]) -> None:
    """It looks like any other paragraph there, and is in no note."""
    site = small_site(ORDER.replace(":::{figure} none\n:::\n\n", ""))
    assert "Read alone." in site.articles().page().select_one("[role=main]").text
    assert "Read alone." not in site.deck().page().text


def test_a_numbered_figure_is_named_by_its_number(small_site: Callable[..., SmallSite]) -> None:
    """The number is that of the article."""
    source = """\
        # Talk

        :::{slide} One
        - shown
        :::

        ```{list-table} Numbers
        * - 1
        ```

        ```{code-block} python
        :caption: Code
        a = 1
        ```

        ```{math}
        :label: law
        a = 1
        ```
        """
    note = small_site(source, more="numfig = True\n").deck().page().select_one("#slide-one aside.notes")
    assert [part.text for part in note.select(".shown")] == ["(Table 1)", "(Listing 1)", "(Equation 1)"]


def test_a_note_is_timed_by_its_words(small_site: Callable[..., SmallSite]) -> None:
    """At 130 words a minute, or as conf.py has it; what {only} keeps off the deck takes no time."""
    source = "# Talk\n\n:::{slide} One\n- a\n:::\n\n" + "word " * 65
    source += "\n\n:::{only} not revealjs\n" + "word " * 65 + "\n:::\n\n:::{slide} Two\n- b\n:::\n"
    site = small_site(source)
    one, two = site.deck().page().select("section[data-slide]")
    assert one["data-timing"] == "30"
    assert "data-timing" not in two.attrs
    assert site.deck(paperdeck_words_per_minute=65).page().select_one("#slide-one")["data-timing"] == "60"
