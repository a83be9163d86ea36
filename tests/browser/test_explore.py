"""What a reader can try in an article, beside the program that it follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.test_try import module

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

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
        line = f"{name}: stored {stored}, back {again}; with “mat” {back @ MAT:.2f} for {np.dot(weights, MAT):.2f}"
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


def test_the_article_stands_without_the_script(browser: Browser, site: Site) -> None:
    """Nothing is there then that would do nothing."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site.html / "papers/glm-130b/index.html").as_uri())
    expect(page.locator("#glm-few-bits")).to_be_visible()
    expect(page.locator(".explore, input[type=range]")).to_have_count(0)
    context.close()
