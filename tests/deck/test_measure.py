"""Of a slide that holds too much its author is told, and of no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.sites import draw_png

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite

ITEM = "- A line that is as wide as half of its slide\n"
NUMBER = "- **90%** of all\n"
LINE = "One line of a paragraph that is as wide as the text of its slide, or rather a little wider than it is.\n"


@pytest.fixture
def told(small_site: Callable[..., SmallSite]) -> Callable[..., list[str]]:
    """Return what is told of one slide, by its kinds."""

    def build(title: str, body: str, layout: str = "bullets") -> list[str]:
        document = f"# Talk\n\n:::::{{slide}} {title}\n:layout: {layout}\n{body}\n:::::\n"
        files = {"index.md": document, "high.png": draw_png(30, 150)}
        return small_site(files, more='extensions.append("sphinx_design")\n').build("revealjs").warnings

    return build


@pytest.mark.parametrize(
    ("layout", "body"),
    [
        ("bullets", ITEM * 12),
        ("bullets", f"{LINE}\n" * 12),
        ("bullets", "```\n" + "x\n" * 14 + "```"),
        ("bullets", "| a | b |\n| - | - |\n" + "| x | y |\n" * 9),
        ("bullets", "- One\n\n> " + LINE * 6),
        ("bullets", ":::{note}\n" + LINE * 11 + ":::"),
        ("bullets", ITEM * 7 + "\n```{chart} bar\n\nname | y\n" + "a | 1\nb | 2\nc | 3\nd | 4\ne | 5\n```"),
        ("bullets", "- ![high](high.png) words\n" * 4),
        ("bullets", "| a | b |\n| - | - |\n" + "| ![high](high.png) | y |\n" * 4),
        ("bullets", f"```{{container}} own\n{ITEM * 12}```"),
        ("bullets", f"```{{topic}} Topic\n{ITEM * 12}```"),
        ("bullets", "```{glossary}\n" + "".join(f"{letter}\n  word\n\n" for letter in "abcdefghi") + "```"),
        ("bullets", "```{eval-rst}\n" + "| line\n" * 14 + "```"),
        ("bullets", "```{eval-rst}\n" + ":name: value\n" * 8 + "```"),
        ("bullets", "```{py:function} f(x)\n" + f"{LINE}\n" * 12 + "```"),
        ("bullets", "```{eval-rst}\n" + "-q  quiet\n" * 9 + "```"),
        ("bullets", f":::{{card}} Title\n{ITEM * 11}:::"),
        ("bullets", "::::{grid} 2\n" + f":::{{grid-item}}\n{ITEM * 6}:::\n" * 4 + "::::"),
        ("bullets", f"::::{{tab-set}}\n:::{{tab-item}} A\n{ITEM}:::\n:::{{tab-item}} B\n{ITEM * 10}:::\n::::"),
        ("bullets", f":::{{dropdown}} Title\n{ITEM * 10}:::"),
        ("bullets", "$$\n" + "\\cfrac{1}{1 + " * 8 + "x" + "}" * 8 + "\n$$"),
        ("split", ITEM * 8 + "\n```\nx\n```"),
        ("split", ":columns: 1 3\n" + ITEM * 5 + "\n```\nx\n```"),
        ("split", "- One\n\n```\n" + "x\n" * 13 + "```"),
        ("compare", f"::::{{side}} A\n{ITEM * 9}::::\n::::{{side}} B\n- One\n::::"),
        ("compare", f"::::{{side}} A\n{NUMBER * 5}::::\n::::{{side}} B\n- One\n::::"),
        ("statement", ITEM * 12),
        ("question", ITEM * 8),
    ],
)
def test_content_without_room_is_told_at_its_slide(layout: str, body: str, told: Callable[..., list[str]]) -> None:
    """In every layout, and whatever it is that takes the room; what to do instead is said too."""
    (warning,) = [text for text in told("Full", body, layout) if "no source" not in text]
    assert "index.md:3: WARNING: the slide “Full” does not fit" in warning
    assert "make two slides of it" in warning
    assert warning.endswith("[paperdeck.overfull]")


@pytest.mark.parametrize(
    ("layout", "body"),
    [
        ("bullets", ITEM * 8),
        ("bullets", "- [Here](https://example.org) `code` **strong**\n\n| a | b |\n| - | - |\n" + "| x | y |\n" * 4),
        ("bullets", "- ![high](high.png) words\n" * 2),
        (
            "bullets",
            f"::::{{container}} r-stack\n:::{{container}} a\n{ITEM * 7}:::\n:::{{container}} b\n{ITEM * 7}:::\n::::",
        ),
        ("bullets", f"```{{hlist}}\n{ITEM * 9}```"),
        ("bullets", "::::{tab-set}\n" + f":::{{tab-item}} Title\n{ITEM * 7}:::\n" * 3 + "::::"),
        ("bullets", "::::{grid} 1 1 2 2\n" + f":::{{grid-item-card}}\n{ITEM * 4}:::\n" * 2 + "::::"),
        ("bullets", "$$\n\\frac{\\frac{a}{b}}{\\frac{c}{d}}\n$$\n\n" + ITEM * 4),
        ("bullets", ITEM * 8 + "\n![high](high.png){.full-bleed}"),
        ("split", ":columns: 3 1\n" + ITEM * 7 + "\n```\nx\n```"),
        ("bullets", "<div>\n\n" + "x\n\n" * 3 + "</div>"),
        ("split", ITEM * 4 + "\n```\nx\n```"),
        ("compare", f"::::{{side}} A\n{ITEM * 3}::::\n::::{{side}} B\n- One\n::::"),
        ("statement", "- One\n- Two\n"),
        ("question", "- One\n- Two\n"),
    ],
)
def test_what_has_room_is_not_told(layout: str, body: str, told: Callable[..., list[str]]) -> None:
    """A slide is never told to be fuller than it is."""
    assert told("Not full", body, layout) == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("word " * 101, "101 words, and `paperdeck_slide_budget` allows 100"),
        ("```{hlist}\n" + "- a\n" * 13 + "```", "13 list items, and `paperdeck_slide_budget` allows 12"),
        ("专家" * 101, "101 words"),
    ],
)
def test_more_to_read_than_the_budget_is_told_at_its_slide(
    body: str, said: str, told: Callable[..., list[str]]
) -> None:
    """Where it fits; of scripts without spaces two characters are a word."""
    (warning,) = told("Long", body)
    assert f"index.md:3: WARNING: the slide “Long” has {said}" in warning
    assert warning.endswith("[paperdeck.over_budget]")


@pytest.mark.parametrize(
    "body",
    [
        "word " * 90 + "$a b c d e f g h i j k$ [^1]\n\n[^1]: A note of more words than are left of the budget",
        f"One word.\n\n| a | b |\n| - | - |\n| {'word ' * 60} | {'word ' * 60} |",
        ":::{speaker-notes}\n" + "word " * 200 + "\n:::\n\n- One\n",
        "::::{container} r-stack\n" + f":::{{container}}\n{'word ' * 60}\n:::\n" * 2 + "::::",
    ],
)
def test_what_is_not_read_is_not_counted(body: str, told: Callable[..., list[str]]) -> None:
    """Maths, tables, notes of either kind, and what another takes the place of."""
    assert told("Short", body) == []


@pytest.mark.parametrize(("budget", "count"), [("(5, 12)", 1), ("(100, 1)", 1), ("(5, 1)", 2), ("None", 0)])
def test_the_budget_is_the_projects_own(small_site: Callable[..., SmallSite], budget: str, count: int) -> None:
    """It may be smaller, larger or nothing."""
    slide = "# Talk\n\n:::{slide} Title\n- One two three\n- Four five six\n:::\n"
    site = small_site(slide, more=f"paperdeck_slide_budget = {budget}\n")
    assert len(site.build("revealjs").warnings) == count


def test_an_equation_without_room_is_told_at_its_line(told: Callable[..., list[str]]) -> None:
    """One that is too wide even at the smallest size; one that can be set smaller is not told."""
    (warning,) = told("Wide", f"$$\n{' + '.join(['x_1'] * 60)}\n$$")
    assert "index.md:5: WARNING: the equation is about" in warning
    assert warning.endswith("[paperdeck.overfull]")
    assert told("Smaller", f"$$\n{' + '.join(['x_1'] * 22)}\n$$") == []


def test_an_equation_in_a_line_without_room_is_told(told: Callable[..., list[str]]) -> None:
    """No line ends in it; one that fits, and one in a list in a list, which is set smaller, are not told."""
    (warning,) = told("Wide", f"Words\n\nand ${' + '.join(['x_1'] * 40)}$")
    assert "index.md:7: WARNING: the equation in the text is about" in warning
    assert warning.endswith("[paperdeck.overfull]")
    assert told("Narrow", f"- ${' + '.join(['x_1'] * 15)}$\n  - ${' + '.join(['x_1'] * 20)}$") == []


@pytest.mark.parametrize(("layout", "words"), [("bullets", 30), ("split", 30), ("statement", 44), ("question", 80)])
def test_a_title_of_too_many_lines_is_told(layout: str, words: int, told: Callable[..., list[str]]) -> None:
    """Every layout has so many lines for it."""
    title = " ".join(["word"] * words)
    body = {"split": "- One\n\n```\nx\n```", "bullets": "- One"}.get(layout, "")
    (warning,) = told(title, body, layout)
    assert f"index.md:3: WARNING: the title “{title}” takes" in warning
    assert warning.endswith("[paperdeck.title_too_long]")
    assert told("word " * (words // 4), body, layout) == []


def test_a_kicker_of_two_lines_is_told(told: Callable[..., list[str]]) -> None:
    """It would stand on the title; one that fits is not told."""
    (warning,) = told("Title", f":kicker: {'word ' * 30}\n- One")
    assert "index.md:3: WARNING: `:kicker:` takes 2 lines above the title" in warning
    assert warning.endswith("[paperdeck.title_too_long]")
    assert told("Title", f":kicker: {'word ' * 15}\n- One") == []


def test_the_article_has_room_for_everything(small_site: Callable[..., SmallSite]) -> None:
    """What does not fit a slide is no fault of an article."""
    site = small_site({"index.md": f"# Talk\n\n:::{{slide}} Full\n{ITEM * 20}:::\n"})
    assert site.build("html").warnings == []
