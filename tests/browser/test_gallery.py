"""The gallery of a site of many decks, which its tags filter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

    from tests.sites import SmallSite

SITE = {
    "index.md": "# Front\n\n```{gallery}\n```\n\n```{toctree}\n:glob:\n*\n```\n",
    **{
        f"{name}.md": f"---\nshort: {name.upper()}\ntags: {tags}\n---\n# About {name}\n\n:::{{slide}} P\nx\n:::\n"
        for name, tags in zip("abcdefg", ("moe, open", "moe", "open", "dense", "dense, open", "moe", ""), strict=True)
    },
}


def test_tags_filter_the_gallery(small_site: Callable[..., SmallSite], page: Page) -> None:
    """A tag leaves its papers, another replaces it, the same again shows all; a screen reader hears which is on."""
    output = small_site(SITE).articles(html_theme="furo")
    page.goto((output.folder / "index.html").as_uri())
    names = page.locator(".paperdeck-gallery .paperdeck-card:visible .paperdeck-card-title")
    expect(names).to_have_count(7)
    moe, dense = (page.get_by_role("button", name=name, exact=True) for name in ("moe", "dense"))
    expect(moe).to_have_attribute("aria-pressed", "false")
    moe.press("Enter")
    expect(moe).to_have_attribute("aria-pressed", "true")
    expect(names).to_have_text(["About a", "About b", "About f"])
    dense.click()
    expect(moe).to_have_attribute("aria-pressed", "false")
    expect(names).to_have_text(["About d", "About e"])
    dense.click()
    expect(names).to_have_count(7)


def test_without_script_there_is_nothing_to_press(small_site: Callable[..., SmallSite], browser: Browser) -> None:
    """Buttons that would do nothing are not shown."""
    output = small_site(SITE).articles(html_theme="furo")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((output.folder / "index.html").as_uri())
    expect(page.locator(".paperdeck-gallery .paperdeck-card").first).to_be_visible()
    expect(page.locator(".paperdeck-tags")).to_be_hidden()
    context.close()
