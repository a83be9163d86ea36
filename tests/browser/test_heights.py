"""The heights that a build reckons with are those that a browser gives the same slides."""

from __future__ import annotations

from itertools import cycle, islice
from typing import TYPE_CHECKING

import pytest

from paperdeck.deck import measure
from paperdeck.deck.measure import TOLERANCE, Fullness, measure_slide
from tests.sites import CONF, draw_png

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from playwright.sync_api import Page

    from paperdeck.slides.node import slide
    from tests.sites import SmallSite

MORE = """\
extensions.append("sphinx_design")
myst_enable_extensions = ["colon_fence", "dollarmath", "deflist", "tasklist"]
suppress_warnings = ["paperdeck"]
"""
TEXT = """\
the model keeps every expert in memory while a gate chooses two of them for each token so that computing stays cheap
although parameters multiply far beyond what one accelerator could hold at once in half-open training
"""
WORDS = cycle(TEXT.split())
USED = """slide => {
    const content = slide.querySelector('.paperdeck-content');
    const inner = content.querySelector(':scope > .paperdeck-text') || content;
    const blocks = [...inner.querySelectorAll('*')].filter(element => getComputedStyle(element).display !== 'inline');
    const boxes = blocks.map(element => element.getBoundingClientRect()).filter(box => box.height);
    const title = slide.querySelector('h2');
    return {
        used: Math.max(0, ...boxes.map(box => box.bottom)) - inner.getBoundingClientRect().top,
        lines: Math.round(title.getBoundingClientRect().height / parseFloat(getComputedStyle(title).lineHeight)),
    };
}"""


def say(count: int) -> str:
    """Return so many words of a text that goes on and on."""
    return " ".join(islice(WORDS, count)).capitalize()


def items(*counts: int) -> str:
    """Return a list of items of so many words."""
    return "".join(f"- {say(count)}\n" for count in counts)


def side(body: str) -> str:
    """Return one column of a comparison."""
    return f"::::{{side}} {say(3)}\n{body}\n::::\n"


def rows(columns: int, *counts: int) -> str:
    """Return a table whose cells have so many words."""
    lines = [[say(1) for _ in range(columns)], ["---"] * columns]
    lines += [[say(count + column % 3) for column in range(columns)] for count in counts]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


MERGED = """\
+------------------+----------+--------------------------+
| over all of the three columns                          |
+------------------+----------+--------------------------+
| high             | a                                   |
|                  +----------+--------------------------+
|                  | b        | words that may go on and |
|                  |          | on in the last column    |
+------------------+----------+--------------------------+
"""

BODIES = [
    ("bullets", items(2, 9, 14)),
    ("bullets", items(6, 24, 9, 14, 7, 12, 30)),
    ("bullets", f"{say(30)}\n\n{say(25)}\n\n{items(5, 9)}\n{say(7)}"),
    ("bullets", "".join(f"- {say(4)}\n  - {say(18)}\n  - {say(3)}\n" for _ in range(3))),
    ("bullets", "".join(f"{number}. {say(9 + number)}\n" for number in range(1, 5))),
    ("bullets", f"- {say(3)}\n\n  {say(20)}\n\n- {say(4)}"),
    ("bullets", f"- **{say(2)}** {say(6)} *{say(4)}* `{say(2)}` [{say(3)}](https://example.org) $x_i^2$ {say(9)}"),
    ("bullets", f"- [ ] {say(5)}\n- [x] {say(25)}"),
    ("bullets", f"{say(8)}\n\n```python\nx = 1\nresult = name({', '.join(['argument=1'] * 9)})\n```\n\n{items(4)}"),
    ("bullets", rows(2, 2, 12, 3)),
    ("bullets", f"{say(6)}\n\n{rows(5, 2, 3, 1)}\n{items(5)}"),
    ("bullets", f"> {say(24)}\n>\n> {say(6)}"),
    ("bullets", f":::{{note}}\n{say(30)}\n:::\n\n{items(3)}"),
    ("bullets", f":::{{admonition}} {say(4)}\n{items(8, 24)}:::"),
    ("bullets", "".join(f"{say(2)}\n: {say(24)}\n\n" for _ in range(3))),
    ("bullets", f"$$\nE = m c^2\n$$\n\n{say(10)}"),
    (
        "bullets",
        f"$$\n\\sum_i \\frac{{a_i}}{{b_i}} = 1\n$$\n\n$a_i$\n: {say(3)}\n\n$\\hat b$\n: {say(12)}\n\n$i$\n: {say(5)}",
    ),
    ("bullets", "$$\na = \\frac{1}{2}\n$$\n\n$$\nb = c\n$$"),
    ("bullets", "$$\n\\frac{\\frac{a}{b}}{\\frac{c}{d}} = 1 + \\frac{1}{1 + \\frac{1}{1 + \\frac{1}{x}}}\n$$"),
    (
        "bullets",
        "$$\n\\begin{aligned} a &= \\sum_{i=1}^{n} \\frac{x_i}{y_i} \\\\ b &= \\sqrt{\\frac{a}{b}} \\end{aligned}\n$$",
    ),
    ("bullets", "$$\na = \\begin{pmatrix} \\frac{a}{b} & c \\\\ d & e \\\\ g & h \\end{pmatrix}\n$$"),
    (
        "bullets",
        f"{say(3)} $\\frac{{\\frac{{a}}{{b}}}}{{c}}$ {say(30)}\n\n- $\\sum_i^n x$\n- $\\dfrac{{a}}{{b}}$ {say(30)}",
    ),
    ("bullets", f"```{{eval-rst}}\n{MERGED}```\n"),
    ("bullets", f"{say(3)}\n: {say(2)}\n\n```{{eval-rst}}\n| a\n| b\n|  c\n```\n"),
    ("bullets", f"- {say(4)} ![high](high.png) {say(3)}\n- {say(2)} ![small](small.png) {say(9)}"),
    ("bullets", f"```{{list-table}}\n* - {say(4)}\n\n    {say(20)}\n  - {say(3)}\n```"),
    ("bullets", f"{items(*[11] * 8)}\nText[^1] and[^2].\n\n[^1]: {say(4)}\n[^2]: {say(30)}"),
    ("bullets", f"| a | b |\n| - | - |\n| ![high](high.png) | {say(3)} |\n| {say(2)} | ![small](small.png) |\n"),
    ("bullets", f":::{{container}} own\n{items(3, 30, 4)}:::\n\n```{{hlist}}\n{items(2, 4, 2)}```\n"),
    ("bullets", f"```{{topic}} {say(3)}\n{items(3, 4)}```\n\n```{{versionadded}} 1.0\n{say(30)}\n```\n"),
    ("bullets", "```{glossary}\nterm\n  what it says\n\nother\n  what that says\n```\n"),
    ("bullets", "```{eval-rst}\n:one: value\n:other: values\n```\n"),
    ("bullets", "```{eval-rst}\n>>> 1\n1\n>>> 2\n2\n```\n"),
    ("bullets", f"```{{py:class}} Model(width)\n{say(20)}\n\n:param width: {say(5)}\n:param high: {say(6)}\n```\n"),
    ("bullets", f"```{{eval-rst}}\n-v, --verbose  Says more\n-q             {say(25)}\n```\n"),
    ("bullets", f"```{{eval-rst}}\n| {say(30)}\n| b\n\n{say(10)}\n```\n"),
    ("bullets", f"```{{eval-rst}}\n.. productionlist::\n   a: b\n   c: d\n```\n\n{say(3)}"),
    (
        "bullets",
        f"```{{list-table}}\n* - ![high](high.png)\n  - {say(3)}\n* - {say(3)}\n\n    ![high](high.png)\n  - x\n```\n",
    ),
    ("bullets", f"::::{{card}} {say(2)}\n{say(30)}\n\n{say(3)}\n\n```{{card-footer}}\nFoot\n```\n::::\n"),
    ("bullets", "```{card} Title\n:img-top: high.png\nwords\n```\n"),
    (
        "bullets",
        "::::{grid} 1 1 2 2\n" + f":::{{grid-item-card}} {say(2)}\n{say(12)}\n:::\n" * 3 + f"::::\n\n{items(3)}",
    ),
    (
        "bullets",
        f"::::{{grid}}\n:::{{grid-item}}\n:columns: 8\n{say(32)}\n:::\n"
        f":::{{grid-item}}\n:columns: 4\n{items(5, 3)}:::\n::::\n",
    ),
    (
        "bullets",
        f"::::{{tab-set}}\n:::{{tab-item}} One\n{items(3, 9)}:::\n:::{{tab-item}} Two\n{items(3)}:::\n::::\n\n{say(3)}",
    ),
    ("bullets", f":::{{dropdown}} {say(3)}\n:open:\n{say(25)}\n:::\n\n{say(3)}"),
    ("bullets", f"::::{{card-carousel}} 2\n:::{{card}} A\n{say(12)}\n:::\n:::{{card}} B\nb\n:::\n::::\n"),
    ("split", f"{items(4, 12, 14)}\n```\nx\n```"),
    ("split", f"{say(45)}\n\n{say(4)}\n\n$$\na = b\n$$"),
    ("split", f":columns: 30 70\n{items(4, 12, 14)}\n```\n{say(14)}\n```"),
    ("split", f":columns: 65 35\n{items(4, 12, 40)}\n```\nx\n```"),
    ("split", f":columns: 3 1\n```\nx\n```\n\n{items(4, 12, 14)}"),
    ("compare", ":columns: 1 2\n" + side(items(3, 12, 20)) + side(items(4))),
    ("compare", ":columns: 3 1 2\n" + side(items(12)) + side(items(3, 9)) + side(items(3))),
    ("compare", side(items(3, 12, 20)) + side(items(4))),
    ("compare", side(f"{say(14)}\n\n{items(3, 9)}\n{say(3)}") + side(items(4))),
    ("compare", side(items(3, 9)) + side(items(9, 3)) + side(items(12, 4))),
    ("compare", side("".join(f"- **{count}%** {say(count)}\n" for count in (3, 9, 14))) + side("- **1** b")),
    ("compare", side("".join(f"- **{count}%** {say(count)}\n" for count in (3, 9))) + side("- a") + side("- b")),
    ("compare", side(f"- {say(3)}\n- **3%** {say(2)}\n{items(3, 9)}") + side("- a")),
    ("compare", side("- **Ninety-six billion and more** used\n- **2** held") + side("- a")),
    ("statement", items(4, 12)),
    ("statement", items(4, 14)),
    ("question", say(14)),
    ("question", say(40)),
]


@pytest.fixture
def reckoned(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Fullness]]:
    """Return what a build reckons, by the ids of slides, as it goes on."""
    found: dict[str, Fullness] = {}

    def keep(node: slide, macros: Mapping[str, str], folder: Path) -> Fullness:
        return found.setdefault(node["ids"][0], measure_slide(node, macros, folder))

    monkeypatch.setattr(measure, "measure_slide", keep)
    return found


def test_heights_are_those_of_a_browser(
    small_site: Callable[..., SmallSite], page: Page, reckoned: dict[str, Fullness]
) -> None:
    """Text, lists, tables, code, equations and columns, with titles of one line and of more."""
    slides = [
        f":::::{{slide}} {say(3 + number % 9 * 2)}\n:name: s{number}\n:layout: {layout}\n{body}\n:::::\n"
        for number, (layout, body) in enumerate(BODIES)
    ]
    pictures = {"high.png": draw_png(30, 150), "small.png": draw_png(20, 20)}
    site = small_site({"conf.py": CONF + MORE, "index.md": "# Talk\n\n" + "\n".join(slides)} | pictures)
    output = site.build("revealjs")
    page.goto((output.folder / "index.html").as_uri())
    page.wait_for_function("window.Reveal?.isReady() && document.fonts.status === 'loaded'")
    wrong = []
    for number, (layout, body) in enumerate(BODIES):
        page.evaluate(
            "name => Reveal.slide(...Object.values(Reveal.getIndices(document.getElementById(name))))", f"s{number}"
        )
        found = page.locator(f"#s{number}").evaluate(USED)
        full = reckoned[f"s{number}"]
        if abs(found["used"] - full.needed) > TOLERANCE or found["lines"] != full.title_lines:
            wrong.append((layout, body, found, full))
    assert wrong == []
