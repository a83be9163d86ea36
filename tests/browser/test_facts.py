"""What the article's script adds: cards at facts, and a comparison that sorts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.conftest import TOP

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

    from tests.sites import SmallSite


@pytest.fixture
def article(small_site: Callable[..., SmallSite], page: Page) -> Callable[[str], Page]:
    """Return a function that opens a page of the small site of facts, from its files."""
    output = small_site(root="facts").articles(html_theme="furo")

    def show(name: str) -> Page:
        page.goto((output.folder / name).as_uri())
        return page

    return show


def number(page: Page, text: str) -> Locator:
    """Return the first fact of the prose that reads so."""
    return page.locator("p data.fact", has_text=text).first


def test_card_opens_on_hover_and_stays_under_the_pointer(article: Callable[[str], Page]) -> None:
    """Hovering shows what a fact says and where; the pointer may move into the card, and closes it by leaving."""
    page = article("glam/index.html")
    card = page.get_by_role("tooltip")
    number(page, "96.6B").hover()
    expect(card).to_contain_text("parameters that one token activates")
    expect(card).to_contain_text("Table 4")
    expect(card).to_contain_text("in the paper: Du et al. 2022")
    card.hover()
    expect(card).to_be_visible()
    page.mouse.move(2, 2)
    expect(card).to_have_count(0)


def test_card_opens_on_focus_and_escape_closes_it(article: Callable[[str], Page]) -> None:
    """The keyboard reaches every fact but those in titles; the card describes the one with the focus."""
    page = article("glam/index.html")
    fact = number(page, "96.6B")
    fact.focus()
    card = page.get_by_role("tooltip")
    expect(card).to_be_visible()
    assert fact.get_attribute("aria-describedby") == card.get_attribute("id")
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(fact).to_be_focused()
    assert page.locator(":is(h1, h2, .slide-title, nav) data[tabindex]").count() == 0
    assert page.locator("h2 data").count() == 1


def test_tap_opens_a_card_and_a_tap_elsewhere_closes_it(article: Callable[[str], Page]) -> None:
    """On a phone the card is a sheet at the foot of the screen."""
    page = article("glam/index.html")
    page.set_viewport_size({"width": 390, "height": 780})
    number(page, "96.6B").click()
    box = page.get_by_role("tooltip").bounding_box()
    assert box is not None
    assert (box["x"], box["width"], box["y"] + box["height"]) == (0, 390, 780)
    page.mouse.click(200, 5)
    expect(page.get_by_role("tooltip")).to_have_count(0)


def test_links_of_a_fact_in_the_table_are_apart_on_a_phone(small_site: Callable[..., SmallSite], page: Page) -> None:
    """What another paper's fact says leads to its table, the work below it to the bibliography: a finger hits one."""
    text = "---\npaper: du2022glam\n---\n# GLaM\n\nOthers have {fact}`olmoe:experts`.\n"
    output = small_site({"glam/index.md": text}, root="facts").build("html", html_theme="furo")
    page.set_viewport_size({"width": 390, "height": 780})
    page.goto((output.folder / "glam" / "index.html").as_uri())
    row = page.locator("table.facts tr:has(.place a)", has=page.locator("td:first-child a")).first
    says, work = row.locator("td:first-child a").bounding_box(), row.locator(".place a").bounding_box()
    assert says is not None
    assert work is not None
    assert work["y"] + work["height"] / 2 - (says["y"] + says["height"] / 2) >= 23.5


@pytest.mark.parametrize("width", [500, 1280])
def test_card_stays_in_the_window(article: Callable[[str], Page], width: int) -> None:
    """At the edges and at the foot of the window the card moves, not the page."""
    page = article("glam/index.html")
    page.set_viewport_size({"width": width, "height": 500})
    facts = page.locator("td data.fact")
    for fact in (facts.first, facts.last):
        fact.focus()
        box = page.get_by_role("tooltip").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_comparison_sorts_its_papers_by_a_row(article: Callable[[str], Page]) -> None:
    """Each row with numbers sorts the columns, the largest first, then the smallest."""
    page = article("compare.html")
    papers = page.locator("table.compare thead tr > *")
    button = page.get_by_role("button", name="Parameters in all")
    button.click()
    assert [text.split()[0] for text in papers.all_inner_texts()[1:]] == ["GLaM", "OLMoE"]
    button.click()
    assert [text.split()[0] for text in papers.all_inner_texts()[1:]] == ["OLMoE", "GLaM"]
    cells = page.locator("table.compare tr", has_text="Energy").locator("td")
    assert cells.all_inner_texts()[1] == "not looked up"
    assert page.get_by_role("button", name="Licence").count() == 0


def test_without_script_a_fact_has_its_title(small_site: Callable[..., SmallSite], page: Page) -> None:
    """The page says the same without our file: the place as title, the table at the foot."""
    output = small_site(root="facts").articles(html_theme="furo")
    (output.folder / "_static" / "article.js").write_text("", "utf-8")
    page.goto((output.folder / "glam/index.html").as_uri())
    assert number(page, "96.6B").get_attribute("title") == "Du et al. 2022, Table 4"
    expect(page.locator("#the-numbers table")).to_be_visible()


def test_script_is_small() -> None:
    """At most 10 KB, as every script of ours."""
    assert (TOP / "paperdeck" / "theme" / "static" / "article.js").stat().st_size <= 10_000
