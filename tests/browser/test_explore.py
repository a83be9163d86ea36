"""What a reader can try in an article, beside the program that it follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.conftest import TOP
from tests.test_try import module

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

    from tests.conftest import Site

MAT = [0.3, -0.8, 1.0, 0.1]
ROWS = {"Similar weights": [0.7, -0.3, 0.42, -0.6], "One outlier": [3.5, -0.3, 0.42, -0.6]}


@pytest.fixture
def article(page: Page, site: Site) -> Page:
    """Open the article on GLM-130B."""
    page.goto((site.html / "papers/glm-130b/index.html").as_uri())
    return page


def written(bits: int) -> list[str]:
    """Return what the program makes of the rows, as the page writes it."""
    quantise = module("glm-130b/try_quantise").quantise
    lines = []
    for name, weights in ROWS.items():
        s, q = quantise(np.array([weights]), bits)
        back = (s * q)[0]
        stored, again = ", ".join(f"{one:.0f}" for one in q[0] + 0), ", ".join(f"{one:.2f}" for one in back + 0)
        line = (
            f"{name}: stored as {stored}, used as {again}; "
            f"times “mat”, {back @ MAT:.2f} instead of {np.dot(weights, MAT):.2f}"
        )
        lines.append(line.replace("-", "−"))
    return lines


def test_weights_fall_where_the_program_rounds_them(article: Page) -> None:
    """By keyboard, from the fewest bits to the most."""
    slider, words = article.get_by_label("Bits for a weight"), article.locator(".explore [role=status]")
    expect(words).to_have_text(written(4))
    slider.focus()
    article.keyboard.press("Home")
    for bits in range(2, 9):
        expect(words).to_have_text(written(bits))
        article.keyboard.press("ArrowRight")
    article.emulate_media(media="print")
    expect(article.locator(".explore")).to_be_hidden()


def test_the_article_stands_without_the_script(browser: Browser, site: Site) -> None:
    """Nothing is there then that would do nothing."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site.html / "papers/glm-130b/index.html").as_uri())
    expect(page.locator("#glm-few-bits")).to_be_visible()
    expect(page.locator(".explore, input[type=range]")).to_have_count(0)
    context.close()


@pytest.fixture
def loads() -> list[list[str]]:
    """Return rank, load with the balancing loss, and load without it, as the program prints them."""
    text = (TOP / "papers" / "olmoe" / "try_routing.txt").read_text("utf-8")
    rows = [line.replace("%", "").split() for line in text.partition("rank …\n")[2].splitlines()]
    return [row[:3] for row in rows]


def drawn(figure: Locator) -> list[list[str]]:
    """Return rank and load of each bar, and check that it is as high as its load says."""
    bars: list[list[str]] = []
    heights = []
    for column in figure.locator(".load-column").all():
        bars.append([column.locator(".load-rank").inner_text(), column.locator(".load-value").inner_text()])
        heights.append(float(column.evaluate("column => column.style.getPropertyValue('--share')")))
    assert heights == [pytest.approx(float(load) / 46.0) for _rank, load in bars]
    return bars


def test_switch_shows_the_loads_that_the_program_prints(page: Page, site: Site, loads: list[list[str]]) -> None:
    """With the balancing loss at first, without it after a press of the key, and back."""
    page.goto((site.html / "papers" / "olmoe" / "index.html").as_uri())
    figure = page.locator("#olmoe-load")
    switch = figure.get_by_role("switch", name="Balancing loss")
    expect(switch).to_have_attribute("aria-checked", "true")
    assert drawn(figure) == [[rank, balanced] for rank, balanced, _free in loads]
    switch.press("Space")
    expect(switch).to_have_attribute("aria-checked", "false")
    expect(figure.get_by_role("status")).to_contain_text("Without the balancing loss the busiest expert gets 46.0%")
    assert drawn(figure) == [[rank, free] for rank, _balanced, free in loads]
    switch.press("Enter")
    assert drawn(figure) == [[rank, balanced] for rank, balanced, _free in loads]
    expect(figure.locator("svg:visible")).to_have_count(0)
    page.emulate_media(media="print")
    expect(figure.locator("svg:visible")).to_have_count(1)
    expect(switch).to_be_hidden()


def test_chart_of_the_loads_stands_without_its_script(browser: Browser, site: Site) -> None:
    """The picture is whole as it was built; the script belongs to one page."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site.html / "papers" / "olmoe" / "index.html").as_uri())
    expect(page.locator("#olmoe-load svg:visible")).to_have_count(1)
    expect(page.get_by_role("switch")).to_have_count(0)
    context.close()
    pages = [path for path in site.html.rglob("*.html") if "explore/olmoe.js" in path.read_text("utf-8")]
    assert pages == [site.html / "papers" / "olmoe" / "index.html"]


def test_sizes_are_those_that_the_program_counts(page: Page, site: Site) -> None:
    """By keyboard: from few experts to many, then from one chosen to eight; no more are chosen than there are."""
    page.goto((site.html / "papers/glam/index.html").as_uri())
    experts, chosen = page.get_by_label("Experts in a mixture layer"), page.get_by_label("Experts that a token uses")
    words = page.locator(".explore [role=status]")

    def told(count: int, lit: int) -> str:
        held, used = module("glam/try_count").parameters(count, lit)
        sizes = f"{held / 1e9:,.1f} billion parameters held, {used / 1e9:,.1f} billion used for a token"
        return f"{sizes}: {used / held:.1%}"

    expect(words).to_have_text(told(64, 2))
    most = module("glam/try_count").parameters(256, 1)[0]
    expect(page.locator(".explore")).to_contain_text(f"the whole width is {most / 1e9:,.0f} billion")
    experts.press("Home")
    for exponent in range(1, 9):
        expect(experts).to_have_attribute("aria-valuetext", str(2**exponent))
        expect(words).to_have_text(told(2**exponent, 2))
        experts.press("ArrowRight")
    for lit in range(3, 9):
        chosen.press("ArrowRight")
        expect(words).to_have_text(told(256, lit))
    experts.press("Home")
    expect(words).to_have_text(told(2, 2))
    expect(page.locator(".explore rect")).to_have_count(2 + 2)
    page.emulate_media(media="print")
    expect(page.locator(".explore")).to_be_hidden()
