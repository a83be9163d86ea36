"""What an author sees while writing: pages that show themselves anew, where they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.live.following import follow

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

BUILT = 60_000
"""Milliseconds after which a build has failed."""

PROSE = "".join(f"\nSentence {number} of a long section, which is there to be scrolled.\n" for number in range(60))
TALK = f"""\
# A talk

Opening prose.

## First section

```{{slide}} The first point
- A reason
```
{PROSE}
## Second section

```{{slide}} The second point
:incremental:
- One
- Two
- Three
```
{PROSE}
"""


def test_a_page_is_shown_anew_where_it_was(page: Page, tmp_path: Path) -> None:
    """A deck keeps slide and step, an article what is in view, although slides and prose came before them.

    Where only words are new, they come into the article that is there. What is wrong is told in the page with its file
    and line, and gone when it is mended.
    """
    source = tmp_path / "talks"
    source.mkdir()
    (source / "conf.py").write_text('extensions = ["myst_parser", "paperdeck"]\n')
    index = source / "index.md"
    index.write_text(TALK)
    with follow(source, tmp_path / "told.txt") as live:
        live.settle()
        page.goto(f"{live.url}/slides/index.html#/slide-the-second-point")
        expect(page.locator(".reveal.ready")).to_be_attached()
        page.keyboard.press("ArrowRight")
        expect(page.locator(".slides > .present .fragment.visible")).to_have_count(1)
        new = "\n```{slide} A point before\n- Another reason\n```\n"
        index.write_text(TALK.replace("## Second", f"{new}\n## Second").replace("- Two", "- Two, changed"))
        expect(page.locator(".slides > .present")).to_contain_text("Two, changed", timeout=BUILT)
        expect(page.locator(".slides > .present .fragment.visible")).to_have_count(1)
        expect(page.locator(".reveal.ready .slides > .present")).to_have_id("slide-the-second-point")

        live.settle()
        page.goto(f"{live.url}/index.html")
        heading = page.locator("#second-section h2")
        heading.evaluate("heading => window.scrollTo(0, heading.getBoundingClientRect().top + window.scrollY - 40)")
        page.mouse.wheel(0, 100)
        expect(heading).not_to_be_in_viewport()
        top = heading.evaluate("heading => heading.getBoundingClientRect().top")
        index.write_text(TALK.replace("Opening prose.", "More.\n\n" * 20 + "Changed prose."))
        expect(page.get_by_text("Changed prose.")).to_be_attached(timeout=BUILT)

        live.settle()
        page.wait_for_load_state("networkidle")  # it has the text that it compares with
        seen = page.get_by_text("Sentence 7 of").first.element_handle()
        index.write_text(
            TALK.replace("Opening prose.", "More.\n\n" * 20 + "Changed prose.").replace("e 7 of", "e 7 in")
        )
        expect(page.get_by_text("Sentence 7 in")).to_have_count(2, timeout=BUILT)
        assert seen.text_content() == "Sentence 7 in a long section, which is there to be scrolled."
        live.settle()
        assert seen.evaluate("paragraph => paragraph.isConnected")

        index.write_text(TALK + "\n{nothing}`x`\n")
        expect(page.locator("paperdeck-live")).to_contain_text("index.md:", timeout=BUILT)
        expect(page.locator("paperdeck-live")).to_contain_text('Unknown interpreted text role "nothing"')
        assert abs(heading.evaluate("heading => heading.getBoundingClientRect().top") - top) < 3
        index.write_text(TALK)
        expect(page.locator("paperdeck-live summary")).to_have_count(0, timeout=BUILT)
        page.goto("about:blank")
        assert live.end() == 0
