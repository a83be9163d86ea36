"""A deck in two windows, and the way to the article for the whole room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.test_presenting import TALK
from tests.sites import CONF, SmallSite

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Build the talk of a site whose address is known, and give the address of its deck."""
    top = tmp_path_factory.mktemp("follow")
    (top / "source").mkdir()
    conf = f'{CONF}html_baseurl = "https://example.org/"\nmyst_enable_extensions = ["dollarmath"]\n'
    (top / "source" / "conf.py").write_text(conf, "utf-8")
    (top / "source" / "index.md").write_text(TALK, "utf-8")
    return (SmallSite(top / "source", top / "builds").deck().folder / "index.html").as_uri()


def test_a_second_window_follows_the_first(page: Page, address: str) -> None:
    """It begins where the other is, and goes with it: slide, step, colours, black, code; by itself it goes nowhere."""
    page.goto(f"{address}#/slide-the-second-point")
    page.locator(".reveal.ready").wait_for()
    with page.context.expect_page() as opened:
        page.evaluate("address => void open(address)", f"{address}?follow")
    follower = opened.value
    shown = follower.locator(".slides section.present[data-layout]")
    expect(shown).to_have_id("slide-the-second-point")
    page.bring_to_front()
    for _ in range(2):
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowRight")
    expect(shown).to_have_id(page.locator(".slides section.present[data-layout]").get_attribute("id") or "")
    steps = page.locator(".present .fragment.visible").count()
    expect(follower.locator(".present .fragment.visible")).to_have_count(steps)
    page.keyboard.press("t")
    expect(follower.locator("html")).to_have_attribute("data-theme", "dark")
    page.keyboard.press("b")
    expect(follower.locator(".reveal.paused")).to_be_visible()
    page.keyboard.press("b")
    page.keyboard.press("q")
    expect(follower.locator(".paperdeck-code")).to_contain_text("https://example.org/index.html")
    follower.bring_to_front()
    follower.keyboard.press("q")
    follower.keyboard.press("ArrowRight")
    expect(follower.locator(".paperdeck-code")).to_be_visible()
    page.bring_to_front()
    page.keyboard.press("q")
    expect(page.locator(".paperdeck-code")).to_be_hidden()
    expect(follower.locator(".paperdeck-code")).to_be_hidden()
    follower.close()
