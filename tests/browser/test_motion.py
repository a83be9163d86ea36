"""What moves on a deck: the cells of an object from slide to slide, and a number that counts up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.sites import SmallSite

TALK = """\
    # Talk

    ::::{slide} One
    :::{chart} strip
    :object: experts
    :cells: 3 | experts
    :plain:
    token | experts
    The | 2
    :::
    ::::

    ::::{slide} Two
    :::{chart} strip
    :object: experts
    :cells: 3 | experts
    :plain:
    token | experts
    A longer name | 3
    cat | 1
    :::
    ::::

    ::::{slide} Three
    :::{chart} number
    :count: up
    :plain:
    what | value
    of a hundred | 40.5%
    :::
    ::::
    """
MOVED = """
    () => document.getAnimations().map(({ effect }) => [effect.target.dataset.cell, effect.getKeyframes()])
      .filter(([cell]) => cell).map(([cell, [from, to]]) => [cell, from.fill === to.fill, to.transform])
"""
NUMBER = ".slides section.present .number"


def test_cells_move_to_the_next_slide_and_a_number_counts(small_site: Callable[..., SmallSite], page: Page) -> None:
    """Cells of rows that both slides have move, and light or dim; the number ends as it is written."""
    deck = small_site(TALK).deck().folder / "index.html"
    page.emulate_media(reduced_motion="no-preference")
    page.goto(f"{deck.as_uri()}#/slide-one")
    page.locator(".reveal.ready").wait_for()
    moved = page.evaluate(f"() => {{ Reveal.next(); return ({MOVED})(); }}")
    assert [cell for cell, _same, _to in moved] == ["0 0", "0 1", "0 2", "0 2"]  # the last is lit, over its ground
    assert [same for _cell, same, _to in moved] == [True, False, True, False]
    assert {to for _cell, _same, to in moved} == {"none"}
    page.keyboard.press("ArrowRight")
    expect(page.locator(NUMBER).first).not_to_have_attribute("data-counting", "true")
    expect(page.locator(NUMBER).first).to_have_text("40.5%")


def test_nothing_moves_for_who_wants_it_so(small_site: Callable[..., SmallSite], page: Page) -> None:
    """Under reduced motion the cells are where they are, and the number says its value; other decks have no script."""
    site = small_site(TALK)
    page.goto(f"{(site.deck().folder / 'index.html').as_uri()}#/slide-one")
    page.locator(".reveal.ready").wait_for()
    assert page.evaluate(f"() => {{ Reveal.next(); return ({MOVED})(); }}") == []
    assert (
        page.evaluate(f"() => {{ Reveal.next(); return document.querySelector('{NUMBER}').textContent; }}") == "40.5%"
    )
    still = small_site("# Talk\n\n:::{slide} One\nText.\n:::\n").deck().page()
    assert not still.select("script[src*='motion.js']")
