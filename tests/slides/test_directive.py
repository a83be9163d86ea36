"""Slides: ids, numbers, layouts and reveal's attributes, on the deck and in the article."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from paperdeck.slides.layouts import CHOICES

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)

NUMBERED = """\
# Talk

:::{slide} First
- 1
:::

:::{slide} Below the first
:detail:
- 1
:::

:::{slide} Below it too
:detail:
- 1
:::

:::{slide} Second
- 2
:::

## Section

:::{slide} Third
- 3
:::
"""


def test_slides_are_counted_and_details_are_not(small_site: Callable[..., SmallSite]) -> None:
    """A detail has the number of the slide it goes with, below which it stands in a stack."""
    slides = small_site(NUMBERED).deck().page().select_one(".slides")
    shape = [
        [inner["id"] for inner in outer.find_all("section", recursive=False)] or outer["id"]
        for outer in slides.find_all("section", recursive=False)
    ]
    assert shape == [
        "cover",
        ["slide-first", "slide-below-the-first", "slide-below-it-too"],
        "slide-second",
        "slide-third",
    ]
    numbers = [(part["data-slide"], part.get("data-visibility")) for part in slides.select("[data-slide]")]
    assert numbers == [("1", None), ("1", "uncounted"), ("1", "uncounted"), ("2", None), ("3", None)]
    assert slides.select_one("#cover")["data-visibility"] == "uncounted"


def test_an_article_has_a_card_for_each_slide(small_site: Callable[..., SmallSite]) -> None:
    """The card says the number, and opens the deck at that slide; numbers and ids are those of the deck."""
    site = small_site(NUMBERED)
    cards = site.articles().page().select("aside.slide")
    on_deck = site.deck().page().select("section[data-slide]")
    assert [(card["id"], card["data-slide"]) for card in cards] == [
        (part["id"], part["data-slide"]) for part in on_deck
    ]
    written = [card.select_one(".number").text for card in cards]
    assert written == ["1", "1 · detail", "1 · detail", "2", "3"]
    assert [card.select_one(".slide-title").text for card in cards] == [part.h2.text for part in on_deck]
    assert [card.select_one("a.open-slide")["href"] for card in cards] == [
        f"../revealjs/index.html#{card['id']}" for card in cards
    ]


def test_an_id_is_the_title_or_the_name(small_site: Callable[..., SmallSite]) -> None:
    """Unicode stays, a name goes before the title, and both outputs agree."""
    site = small_site("""\
        # Talk

        :::{slide} 注意力 *Two*
        - a
        :::

        :::{slide} A title that may change
        :name: the point
        - {ref}`the point`
        :::
        """)
    deck, article = site.deck().page(), site.articles().page()
    assert [part["id"] for part in deck.select("section[data-slide]")] == ["slide-注意力-two", "the-point"]
    assert [part["id"] for part in article.select("aside.slide")] == ["slide-注意力-two", "the-point"]
    link = deck.select_one("#the-point li a")
    assert (link["href"], link.text) == ("#the-point", "A title that may change")


def test_a_title_keeps_its_markup(small_site: Callable[..., SmallSite]) -> None:
    """Emphasis, code, maths and links in a title stand on the slide and the card."""
    site = small_site("# Talk\n\n:::{slide} An *old* `idea` & <https://example.org/>\n- a\n:::\n")
    for title in (site.deck().page().h2, site.articles().page().select_one(".slide-title")):
        assert title.text == "An old idea & https://example.org/"
        assert [part.name for part in title.find_all(["em", "code", "a"])] == ["em", "code", "a"]


IDS = """\
# Talk

(lab)=
## Router

:::{slide} Why
- a
:::

:::{slide} Why
- b
:::

:::{slide} Named
:name: router
- c
:::

:::{slide} Named like that
:name: named
- c
:::

:::{slide} Named again
:name: named
- d
:::

:::{slide} Named as the label
:name: lab
- d
:::

:::{slide} Named as the deck's own
:name: cover
- d
:::

## Why
"""


def test_ids_are_unique_and_what_would_move_them_is_told(small_site: Callable[..., SmallSite]) -> None:
    """A title that repeats, and a name that a slide, heading, label or the cover has: one warning each at its line."""
    site = small_site(IDS)
    article = site.build("html")
    taken = "names another slide, heading or label; the id of this slide is"
    assert article.warnings == [
        "index.md:10: WARNING: another slide or heading has the title “Why”; the id of this slide is 'slide-why-2'; "
        "give one of them another title, or this slide a `:name:` [paperdeck.slide_id]",
        f"index.md:14: WARNING: “router” {taken} 'router-2'; give it another `:name:` [paperdeck.slide_id]",
        f"index.md:24: WARNING: “named” {taken} 'named-2'; give it another `:name:` [paperdeck.slide_id]",
        f"index.md:29: WARNING: “lab” {taken} 'lab-2'; give it another `:name:` [paperdeck.slide_id]",
        f"index.md:34: WARNING: “cover” {taken} 'cover-2'; give it another `:name:` [paperdeck.slide_id]",
    ]
    for page in (article.page(), site.deck().page()):
        ids = [part["id"] for part in page.select("[id]")]
        assert len(ids) == len(set(ids))


def test_a_heading_may_have_the_name_of_a_slide_above_it(small_site: Callable[..., SmallSite]) -> None:
    """The slide keeps its id and its label."""
    site = small_site("# Talk\n\n:::{slide} A\n:name: router\n- {ref}`router`\n:::\n\n## Router\n\nText.\n")
    page = site.articles().page()
    assert page.select_one("aside.slide")["id"] == "router"
    assert page.select_one("aside.slide li a").text == "A"


def test_both_outputs_name_the_layout(small_site: Callable[..., SmallSite]) -> None:
    """The style sheets of deck and article go by it; a slide without one has bullets."""
    sides = ":::{side} A\n- a\n:::\n:::{side} B\n- b\n:::\n"
    slides = [
        f"::::{{slide}} {name}\n:layout: {name}\n- a\n\n```python\nb = 1\n```\n\n{sides * (name == 'compare')}::::\n"
        for name in CHOICES
    ]
    site = small_site("# Talk\n\n:::{slide} None\n- a\n:::\n" + "".join(slides))
    names = ["bullets", *CHOICES]
    assert [part["data-layout"] for part in site.deck().page().select("section[data-slide]")] == names
    assert [part["data-layout"] for part in site.articles().page().select("aside.slide")] == names


PICTURES = {
    "figure": "```{figure} pixel.png\nCaption\n```",
    "image": "![](pixel.png)",
    "code": "```python\na = 1\n```",
    "captioned": "```{code-block} python\n:caption: Code\na = 1\n```",
    "equation": "$$ a = 1 $$",
    "table": "| a | b |\n|---|---|\n| 1 | 2 |",
    "diagram": "```{mermaid}\nflowchart LR\n    accTitle: Two\n    accDescr: Two boxes\n    a --> b\n```",
}


def test_a_split_slide_parts_text_and_picture(small_site: Callable[..., SmallSite]) -> None:
    """Whatever there is to look at stands in the panel, wherever it is written; the rest in the text."""
    slides = [
        f":::{{slide}} {name}\n:layout: split\n- before\n\n{picture}\n\nafter\n:::\n"
        for name, picture in PICTURES.items()
    ]
    documents = {"index.md": "# Talk\n\n" + "\n".join(slides), "pixel.png": PIXEL}
    page = small_site(documents, more='myst_enable_extensions = ["dollarmath"]\n').deck().page()
    for name in PICTURES:
        text, panel = page.select_one(f"#slide-{name} > .paperdeck-content").find_all("div", recursive=False)
        assert (text["class"][0], panel["class"][0]) == ("paperdeck-text", "paperdeck-panel"), name
        assert [part.text for part in text.find_all("p")] == ["before", "after"], name
        assert panel.find(["figure", "img", "pre", "table", "math"]) or panel.select_one(".math"), name


def test_titles_without_letters_that_share_an_id_are_told(small_site: Callable[..., SmallSite]) -> None:
    """The first has an id that stays; each after it depends on their order, and is asked for a name."""
    slides = [
        f":::{{slide}} {title}\n{name}- a\n:::\n" for title, name in (("?!", ""), ("🎉", ""), ("…", ":name: dots\n"))
    ]
    output = small_site("# Talk\n\n" + "\n".join(slides)).build("revealjs")
    assert output.warnings == [
        "index.md:7: WARNING: the title “🎉” has no letter or digit, and it is not the first of that kind; "
        "the id of this slide is 'slide-2'; give it a `:name:` [paperdeck.slide_id]"
    ]
    assert [part["id"] for part in output.page().select("section[data-slide]")] == ["slide", "slide-2", "dots"]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("- words\n- alone", True),
        ("> said\n\n:::{speaker-notes}\nnote\n:::", True),
        ("Words and ![](pixel.png) more", False),
        ("- ![](pixel.png)", False),
        ("<video src='https://example.org/a.mp4'></video>", False),
        ("$$\nx\n$$", False),
        (":background-image: pixel.png\n\nWords", False),
    ],
)
def test_a_figure_slide_without_a_picture_is_told(small_site: Callable[..., SmallSite], body: str, told: bool) -> None:
    """Words alone are no figure; a background is, and so is what is not known."""
    site = small_site({"index.md": f"# T\n\n::::{{slide}} A\n:layout: figure\n{body}\n::::\n", "pixel.png": PIXEL})
    warnings = site.build("revealjs").warnings
    assert [text.partition("and no picture")[0] for text in warnings] == (
        ["index.md:3: WARNING: the slide “A” has the layout figure "] if told else []
    )


def test_a_figure_slide_frames_its_diagram(small_site: Callable[..., SmallSite]) -> None:
    """The diagram stands in a panel; a picture lies bare."""
    diagram = "```{mermaid}\nflowchart LR\n    accTitle: Two\n    accDescr: Two boxes\n    a --> b\n```"
    slides = (
        f":::{{slide}} A\n:layout: figure\n{diagram}\n:::\n\n:::{{slide}} B\n:layout: figure\n![](pixel.png)\n:::\n"
    )
    page = small_site({"index.md": f"# Talk\n\n{slides}", "pixel.png": PIXEL}).deck().page()
    assert page.select_one("#slide-a .paperdeck-content > .paperdeck-panel svg")
    assert page.select_one("#slide-b .paperdeck-content > p > img")
    assert not page.select_one("#slide-b .paperdeck-panel")


def test_a_compare_slide_has_two_sides_with_numbers(small_site: Callable[..., SmallSite]) -> None:
    """Each side has its heading and list; what begins with bold is a large number, in both outputs."""
    site = small_site("""\
        # Talk

        ::::{slide} A
        :layout: compare
        :::{side} Then
        - **175** billion
        - plain
        :::
        :::{side} Now
        :point:
        - **8** in a hundred

        1. **First** this
        :::
        ::::
        """)
    for page in (site.deck().page(), site.articles().page()):
        then, now = page.select(".paperdeck-content > .paperdeck-sides > .paperdeck-side")
        assert [side.select_one("p.rubric").text for side in (then, now)] == ["Then", "Now"]
        assert "paperdeck-point" in now["class"]
        assert "paperdeck-point" not in then["class"]
        assert [
            (item.select_one(".paperdeck-stat-value").text, item.select_one(".paperdeck-stat-label").text)
            for item in page.select("li.paperdeck-stat")
        ] == [
            ("175", " billion"),
            ("8", " in a hundred"),
        ]
        assert [item.text for item in then.select("li:not(.paperdeck-stat)")] == ["plain"]


def test_reveal_s_attributes_reach_the_deck_alone(small_site: Callable[..., SmallSite]) -> None:
    """With or without data-, with or without a value; a class reaches both outputs."""
    site = small_site("""\
        # Talk

        :::{slide} A
        :background-color: navy
        :data-transition: fade
        :auto-animate:
        :state: calm
        :class: quiet
        - a
        :::
        """)
    section = site.deck().page().select_one("section[data-slide]")
    attributes = {name: section.get(name) for name in ("background-color", "transition", "auto-animate", "state")}
    assert attributes == dict.fromkeys(attributes)
    assert [section.get(f"data-{name}") for name in attributes] == ["navy", "fade", "", "calm"]
    card = site.articles().page().select_one("aside.slide")
    assert not [name for name in card.attrs if name.startswith("data-") and name not in ("data-slide", "data-layout")]
    assert "quiet" in section["class"]
    assert "quiet" in card["class"]


@pytest.mark.parametrize(("builder", "up"), [("revealjs", "../"), ("dirrevealjs", "../../")])
def test_a_picture_behind_a_slide_is_copied(small_site: Callable[..., SmallSite], builder: str, up: str) -> None:
    """Its path is from the document or the source directory; the deck finds it where it was copied to."""
    options = ("background-image", "data-background-image", "background")
    slides = [
        f":::{{slide}} {option} {path}\n:{option}: {path}\n- a\n:::\n"
        for option in options
        for path in ("pixel.png", "/more/other.png")
    ]
    documents = {
        "index.md": "# Front\n\n```{toctree}\nmore/talk\n```\n",
        "more/talk.md": "# Talk\n\n" + "\n".join(slides),
        "more/pixel.png": PIXEL,
        "more/other.png": PIXEL,
    }
    output = small_site(documents).quietly(builder)
    page = output.page("more/talk.html" if builder == "revealjs" else "more/talk/index.html")
    found = [(part.get("data-background-image") or part.get("data-background")) for part in page.select("[data-slide]")]
    assert found == [f"{up}_images/pixel.png", f"{up}_images/other.png"] * len(options)
    assert set(output.bytes("_images/*")) == {"_images/pixel.png", "_images/other.png"}


def test_a_slide_can_be_kept_off_the_article(small_site: Callable[..., SmallSite]) -> None:
    """It is counted, and the deck alone shows it."""
    site = small_site("""\
        # Talk

        :::{slide} Hidden
        :article: hide
        - a
        :::

        :::{slide} Shown
        - b
        :::
        """)
    assert [part.h2.text for part in site.deck().page().select("section[data-slide]")] == ["Hidden", "Shown"]
    article = site.articles()
    assert [card["data-slide"] for card in article.page().select("aside.slide")] == ["2"]
    assert "Hidden" not in article.page().select_one("[role=main]").text


@pytest.mark.parametrize("builder", ["revealjs", "dirrevealjs"])
def test_only_tells_decks_from_articles(small_site: Callable[..., SmallSite], builder: str) -> None:
    """The tag revealjs means both deck builders, `not revealjs` everything else."""
    site = small_site("""\
        # Talk

        ::::{slide} A
        :::{only} revealjs
        On the deck.
        :::
        :::{only} not revealjs
        In the article.
        :::
        ::::
        """)
    for name, text in ((builder, "On the deck."), ("html", "In the article."), (builder, "On the deck.")):
        page = site.quietly(name).page()
        assert page.select_one("#slide-a .paperdeck-content").text.strip() == text


def test_a_slide_may_be_for_the_deck_alone(small_site: Callable[..., SmallSite]) -> None:
    """In {only} that the deck holds it has its number and note; one that the deck does not hold is told of."""
    slides = "::::{only} %s\n\n:::{slide} Held\n- a\n:::\n::::\n\nSaid of it.\n\n:::{slide} Next\n- b\n:::\n"
    site = small_site(f"# Talk\n\n## One\n\n{slides % 'revealjs'}")
    held, following = site.deck().page().select("section[data-slide]")
    assert (held["data-slide"], following["data-slide"]) == ("1", "2")
    assert held.select_one("aside.notes").text.strip() == "Said of it."
    assert "data-timing" in held.attrs
    assert [card["id"] for card in site.articles().page().select("aside.slide")] == ["slide-next"]
    (warning,) = small_site(f"# Talk\n\n{slides % 'not revealjs'}").build("html").warnings
    assert warning.startswith("index.md:5: WARNING: the slide “Held” stands inside another block")


def test_restructuredtext_has_slides_too(small_site: Callable[..., SmallSite]) -> None:
    """The directives are no less at home there."""
    site = small_site(
        {
            "index.rst": """\
            Talk
            ====

            Opening.

            .. slide:: The *point*
               :layout: split

               - a

               .. code-block:: python

                  b = 1

               .. speaker-notes::

                  Said.
            """
        }
    )
    slide = site.deck().page().select_one("section[data-slide]")
    assert slide["id"] == "slide-the-point"
    assert slide.select_one(".paperdeck-text li").text == "a"
    assert slide.select_one(".paperdeck-panel pre").text.strip() == "b = 1"
    assert slide.select_one("aside.notes").text.strip() == "Said."
    assert site.articles().page().select_one("aside.slide .slide-title em").text == "point"


def test_a_comparison_has_sides(small_site: Callable[..., SmallSite]) -> None:
    """None and one alone are told; a line above and a third side are welcome."""
    site = small_site("""\
        # Talk

        :::{slide} None
        :layout: compare
        - a
        :::

        ::::{slide} One
        :layout: compare
        :::{side} A
        - a
        :::
        ::::

        ::::{slide} Misplaced
        :::{side} A
        - a
        :::
        ::::

        ::::{slide} Beside
        :layout: split
        :::{side} A
        - a
        :::
        ::::

        ::::{slide} Three
        :layout: compare
        Above all.
        :::{side} A
        - a
        :::
        :::{side} B
        - b
        :::
        :::{side} C
        - c
        :::
        ::::
        """)
    output = site.build("revealjs")
    write = "write two or more, each a fence such as “:::{side} GPT-3” with its lines, or take `:layout: bullets`"
    assert output.warnings == [
        f"index.md:3: WARNING: the slide “None” has the layout compare and no {{side}}; {write} [paperdeck.slide]",
        f"index.md:8: WARNING: the slide “One” has the layout compare and one side alone; {write} [paperdeck.slide]",
        "index.md:15: WARNING: the slide “Misplaced” has sides, which the layout bullets does not set beside "
        "each other; give it `:layout: compare` [paperdeck.slide]",
        "index.md:21: WARNING: the slide “Beside” has sides, which the layout split does not set beside "
        "each other; give it `:layout: compare` [paperdeck.slide]",
    ]
    above, sides = output.page().select_one("#slide-three > .paperdeck-content").find_all(recursive=False)
    assert above.text == "Above all."
    assert len(sides.select(".paperdeck-side")) == 3


def test_a_label_above_a_slide_is_the_slide_s(small_site: Callable[..., SmallSite]) -> None:
    """As above a heading: several in a row, from another document too, with the title as the text of the link."""
    talk = "# Talk\n\n(gate)=\n(router)=\n:::{slide} The gate\n- {ref}`router`\n:::\n"
    site = small_site({"index.md": talk, "other.md": "---\norphan:\n---\n# Other\n\n{ref}`gate` [](#router)\n"})
    for output in (site.articles(), site.deck()):
        assert output.page().select_one("[data-slide]")["id"] == "slide-the-gate"
        assert {"gate", "router"} <= {part["id"] for part in output.page().select("[data-slide] [id]")}
        assert output.page().select_one("[data-slide] li a").text == "The gate"
    links = site.articles().page("other.html").select(".body a.reference")
    assert [(link["href"], link.text) for link in links] == [
        ("index.html#gate", "The gate"), ("index.html#router", "The gate")
    ]  # fmt: skip


def test_a_name_of_digits_is_told_and_becomes_no_index(small_site: Callable[..., SmallSite]) -> None:
    """Reveal.js reads a number in an address as the place of a slide."""
    text = '# Talk\n\n:::{slide} Seven\n:name: "7"\n- a\n:::\n\nSee {ref}`7`.\n\n:::{slide} 1984\n- b\n:::\n'
    output = small_site(text).build("html")
    assert output.warnings == [
        "index.md:3: WARNING: the name '7' is a number, with which a link opens the slide of that number; "
        "the id of this slide is 'slide-7'; give it a name with a letter in it [paperdeck.slide_id]"
    ]
    assert [part["id"] for part in output.page().select("aside.slide")] == ["slide-7", "slide-1984"]
    assert output.page().select_one("a[href='#slide-7']").text == "Seven"


def test_a_footnote_in_a_title_is_not_in_its_id(small_site: Callable[..., SmallSite]) -> None:
    """Its mark is a number that the next footnote changes."""
    output = small_site("# Talk\n\n:::{slide} A title[^1] with a note\n- a\n:::\n\n[^1]: The note.\n").build("html")
    assert output.warnings == []
    assert output.page().select_one("aside.slide")["id"] == "slide-a-title-with-a-note"


def test_a_question_may_be_its_title(small_site: Callable[..., SmallSite]) -> None:
    """With nothing below it, or notes alone, the deck sets the title as the question."""
    site = small_site("""\
        # Talk

        :::{slide} What then?
        :layout: question
        :::

        ::::{slide} And now?
        :layout: question
        :::{speaker-notes}
        Wait.
        :::
        ::::

        :::{slide} A question
        :layout: question
        What?
        :::
        """)
    bare = [section.has_attr("data-bare") for section in site.deck().page().select("[data-slide]")]
    assert bare == [True, True, False]


def test_a_link_to_a_hidden_slide_leads_to_its_place(small_site: Callable[..., SmallSite]) -> None:
    """An article leaves an anchor where a slide with a label or name would stand, and nothing of any other."""
    site = small_site("""\
        # Talk

        (label)=
        :::{slide} One
        :article: hide
        - a
        :::

        :::{slide} Two
        :article: hide
        :name: two
        - a
        :::

        :::{slide} Three
        :article: hide
        - a
        :::

        See {ref}`label` and {ref}`two`.
        """)
    page = site.articles().page()
    assert [page.select_one(link["href"]).name for link in page.select("p a.internal")] == ["span", "span"]
    assert page.select("aside.slide, #slide-three") == []


def test_a_slide_that_shows_nothing_is_told(small_site: Callable[..., SmallSite]) -> None:
    """A comment and notes are not seen; what lies behind a slide is."""
    output = small_site("""\
        # Talk

        :::{slide} Notes alone
        ```{speaker-notes}
        Wait.
        ```
        <!-- a comment
        and more --> <!-- of it -->
        :::

        :::{slide} On a colour
        :background-color: navy
        % a comment
        :::
        """).build("html")
    assert output.warnings == [
        "index.md:3: WARNING: the slide “Notes alone” shows nothing but its title; write its lines under it, or give "
        "it `:layout: statement`, where the title is all [paperdeck.slide]"
    ]


def test_a_heading_without_words_inside_a_slide_is_told_at_its_line(small_site: Callable[..., SmallSite]) -> None:
    """At its line, though there is nothing in it to look at."""
    for heading, line in (("- a\n\n#", 6), ("# <project:#t>", 4)):
        warning, *_ = small_site(f"# T\n\n:::{{slide}} S\n{heading}\n\n- b\n:::\n").build("html").warnings
        assert warning.startswith(f"index.md:{line}: WARNING: a heading (“”) inside the slide “S”")
