"""Maths in a real Chromium: the faces that draw it, brackets that grow, and nothing of it where there is none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

    from tests.sites import SmallSite

CONF = 'extensions = ["myst_parser", "paperdeck"]\nmyst_enable_extensions = ["colon_fence", "dollarmath"]\n'
TEX = r"\mathcal{L} = \mathrm{softmax}(x_i) \left( \frac{\frac{1}{2}}{\sum_{i=1}^{N} f_i} \right) \cancel{ab} \boxed{c}"
DOCUMENTS = {
    "index.md": f"# Maths\n\n:::{{slide}} One\n:name: one\n$$\n{TEX}\n$$ (loss)\n\n$x$\n: a symbol\n:::\n",
    "plain.md": "---\norphan: true\n---\n# None\n\n:::{slide} Two\n- words\n:::\n",
}
LOADED = "[...document.fonts].filter(face => face.status === 'loaded').map(face => face.family.replaceAll('\"', ''))"


def face(letter: Locator) -> tuple[str, str]:
    """Return the first family of a letter, and whether it slants."""
    found: list[str] = letter.evaluate(
        "letter => [getComputedStyle(letter).fontFamily.split(',')[0], getComputedStyle(letter).fontStyle]"
    )
    return found[0], found[1]


@pytest.mark.parametrize("builder", ["html", "revealjs"])
def test_maths_face_comes_where_maths_is(small_site: Callable[..., SmallSite], page: Page, builder: str) -> None:
    """A page with an equation is drawn in the maths face, another does not ask for it."""
    folder = small_site(DOCUMENTS, conf=CONF).quietly(builder).folder
    for name, expected in (("index.html", True), ("plain.html", False)):
        page.goto((folder / name).as_uri())
        page.wait_for_function("document.fonts.status === 'loaded'")
        assert ("IBM Plex Math" in page.evaluate(LOADED)) is expected


@pytest.mark.parametrize("builder", ["html", "revealjs"])
def test_letters_are_sans_and_brackets_grow(small_site: Callable[..., SmallSite], page: Page, builder: str) -> None:
    """Variables slant and names stand upright in the text face; a bracket is as tall as what it holds."""
    folder = small_site(DOCUMENTS, conf=CONF).quietly(builder).folder
    page.goto((folder / "index.html").as_uri() + ("#/one" if builder == "revealjs" else ""))
    page.wait_for_function("document.fonts.status === 'loaded'")
    equation = page.locator(".equation").first
    sans, maths = '"IBM Plex Sans"', '"IBM Plex Math"'
    assert face(equation.locator("mi.variable").first) == (sans, "italic")
    assert face(equation.locator("mi.name").first) == (sans, "normal")
    assert face(equation.locator("mi").first)[0] == maths
    brackets = [box for mo in equation.locator("mo").all() if mo.text_content() == "(" and (box := mo.bounding_box())]
    plain, grown = (box["height"] for box in brackets)
    fraction = equation.locator("mfrac").first.bounding_box()
    assert fraction is not None
    assert grown >= 0.9 * fraction["height"] > plain


def test_an_equation_that_is_wide_has_more_lines_on_a_phone(small_site: Callable[..., SmallSite], page: Page) -> None:
    """What stands apart, and what follows a relation, goes below; where there is room, all is one line as it was."""
    tex = r"y = \sum_i p_i, \qquad p = \frac{a}{b}, \qquad T = \text{largest of } p = 0.474 + 0.287 + 0.5 + 0.224 = c"
    output = small_site(f"# Maths\n\n$$\n{tex}\n$$\n", conf=CONF).quietly("html")
    page.goto((output.folder / "index.html").as_uri())
    equation = page.locator("div.equation")
    scrolls = "equation => equation.scrollWidth > equation.clientWidth"
    bases = "all => new Set(all.map(part => Math.round(part.getBoundingClientRect().bottom))).size"
    assert equation.locator("mo", has_text="=").evaluate_all(bases) == 1
    whole, parts = equation.bounding_box(), [part.bounding_box() for part in equation.locator("math").all()]
    assert whole
    assert parts[0]
    assert parts[-1]
    before, after = parts[0]["x"] - whole["x"], whole["x"] + whole["width"] - parts[-1]["x"] - parts[-1]["width"]
    assert before == pytest.approx(after, abs=2), "in the middle, as the theme has equations"
    page.set_viewport_size({"width": 390, "height": 844})
    assert not equation.evaluate(scrolls)
    assert equation.locator("mo", has_text="=").evaluate_all(bases) > 2
    firsts = equation.locator(".equation-parts > div").evaluate_all("all => all.map(part => part.textContent[0])")
    assert firsts == ["y", "p", "T"]


def test_primes_and_arrows_have_the_size_of_print(small_site: Callable[..., SmallSite], page: Page) -> None:
    """A prime is as large in an index as its letter there and no smaller, and an arrow is as long as its label."""
    tex = r"f'_i + e^{x'} + \hat{f}' + A \xrightarrow{n \to \infty \text{ and beyond}} B + \widetilde{xyz}"
    output = small_site(f"# Maths\n\n$$\n{tex}\n$$\n", conf=CONF).quietly("html")
    page.goto((output.folder / "index.html").as_uri())
    page.wait_for_function("document.fonts.status === 'loaded'")
    primes = page.locator("math .prime mo")
    sizes = primes.evaluate_all("all => all.map(one => parseFloat(getComputedStyle(one).fontSize))")
    letters = page.locator("math :is(msup, msubsup) > :first-child:has(+ *):not(mrow)").evaluate_all(
        "all => all.filter(one => one.parentNode.lastChild.className === 'prime')"
        ".map(one => parseFloat(getComputedStyle(one.querySelector('mi') || one).fontSize))"
    )
    assert sizes == letters
    assert len(set(sizes)) == 2
    arrow = page.locator("math .arrow").bounding_box()
    label = page.locator("math mover:has(> .arrow) mtext").bounding_box()
    assert arrow is not None
    assert label is not None
    assert arrow["width"] > label["width"] + 20
    accented = page.locator("math mover:has(> .wide-tilde)")
    tilde, letters_below = (accented.locator(part).bounding_box() for part in ("> .wide-tilde", "> :first-child"))
    assert tilde is not None
    assert letters_below is not None
    assert tilde["width"] == pytest.approx(letters_below["width"], rel=0.05)


def test_equation_and_number_fit_on_a_slide(small_site: Callable[..., SmallSite], page: Page) -> None:
    """The equation lies left in its panel, its number right of it on the same line, no permalink on a deck."""
    folder = small_site(DOCUMENTS, conf=CONF).deck().folder
    page.goto((folder / "index.html").as_uri() + "#/one")
    page.wait_for_function("window.Reveal?.isReady() && document.fonts.status === 'loaded'")
    panel, equation, number = (
        page.locator(f"section.present {found}").bounding_box() for found in (".equation", ".equation math", ".eqno")
    )
    assert panel is not None
    assert equation is not None
    assert number is not None
    assert panel["x"] < equation["x"] < equation["x"] + equation["width"] < number["x"]
    assert number["x"] + number["width"] < panel["x"] + panel["width"]
    middle = number["y"] + number["height"] / 2
    assert equation["y"] < middle < equation["y"] + equation["height"]
    assert page.locator(".equation .headerlink").count() == 0


def test_one_who_comes_to_a_line_or_an_equation_sees_which(small_site: Callable[..., SmallSite], page: Page) -> None:
    """The keyboard goes from the equation to its line and back; the line is marked along its whole listing."""
    code = "```python\n# {eq}`gate`\ny = g @ x\n```\n"
    documents = {"index.md": f"# Gate\n\n$$\ny = gx\n$$ (gate)\n\n{code}"}
    page.goto((small_site(documents, conf=CONF).articles().folder / "index.html").as_uri())
    page.get_by_role("link", name="y = g @ x").press("Enter")
    line = page.locator("#code-gate")
    expect(page).to_have_url(re.compile("#code-gate$"))
    seen = "line => [getComputedStyle(line, '::before').backgroundColor, getComputedStyle(line, '::before').width]"
    colour, width = line.evaluate(seen)
    box = page.locator("pre").bounding_box()
    assert box is not None
    assert float(width.removesuffix("px")) >= box["width"] - 4
    page.get_by_role("link", name="Equation (1)").press("Enter")
    expect(page.locator("#equation-gate")).to_have_css("background-color", colour)
    assert line.evaluate(seen)[0] != colour
