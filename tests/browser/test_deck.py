"""A deck in a browser, from file://: keys, addresses, clicks, speaker view, print, and room on every slide."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.sites import ROOTS, SmallSite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Page

SLIDES = [
    *("slide-lists-step-one-by-one", "slide-注意-שלום", "slide-a-figure", "slide-a-picture", "slide-two-sides"),
    *("slide-one-thing-to-take-home", "slide-a-question", "slide-what-documents-hold"),
]
PRESENT = ".slides section.present:not(.stack)"


OWN_RULES = (
    ".own, .paperdeck-content, .slide-sources, .slide-number, .controls, .fragment, .admonition { color: #010203 }"
)


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Build articles and deck beside each other, and give the page of the deck."""
    top = tmp_path_factory.mktemp("talk")
    shutil.copytree(ROOTS / "test-talk", top / "source")
    site = SmallSite(top / "source", top / "builds")
    site.articles()
    yield site.deck().folder / "talk.html"
    shutil.rmtree(top)


def open_deck(page: Page, deck: Path, end: str = "") -> None:
    """Open a deck at an address and wait until it has begun."""
    page.goto(deck.as_uri() + end)
    page.wait_for_function("window.Reveal?.isReady()")


def shown(page: Page) -> list[str]:
    """Return the text of the fragments of this slide that are shown, in the order of the page."""
    texts: list[str] = page.eval_on_selector_all(
        f"{PRESENT} .fragment.visible", "all => all.map(part => (part.querySelector('p') ?? part).textContent.trim())"
    )
    return texts


def test_arrow_keys_go_through_the_deck(talk: Path, page: Page) -> None:
    """Right leaves the cover for the first slide, left comes back, down goes to the detail, and the address follows."""
    open_deck(page, talk)
    expect(page.locator(PRESENT)).to_have_attribute("id", "cover")
    page.keyboard.press("ArrowRight")
    expect(page.locator(PRESENT)).to_have_attribute("id", SLIDES[0])
    expect(page.locator(".slide-number")).to_have_text(re.compile(rf"^\s*1\s*/\s*{len(SLIDES)}\s*$"))
    page.keyboard.press("ArrowLeft")
    expect(page.locator(PRESENT)).to_have_attribute("id", "cover")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    expect(page.locator(PRESENT)).to_have_attribute("id", "slide-a-detail-of-lists")
    page.wait_for_url("**#/slide-a-detail-of-lists")


def test_space_reaches_every_slide_in_its_order(talk: Path, page: Page) -> None:
    """Click by click, to the end and no further."""
    open_deck(page, talk)
    seen = ["cover"]
    for _ in range(40):
        page.keyboard.press("Space")
        name = page.locator(PRESENT).get_attribute("id")
        if name != seen[-1]:
            seen.append(name)
    assert seen == ["cover", SLIDES[0], "slide-a-detail-of-lists", *SLIDES[1:]]


@pytest.mark.parametrize("name", ["slide-a-question", "slide-注意-שלום", "slide-a-detail-of-lists"])
@pytest.mark.parametrize("form", ["#{}", "#/{}"])
def test_an_address_opens_its_slide(talk: Path, page: Page, name: str, form: str) -> None:
    """As the article writes it, or as reveal does; in any script, quoted or not; a detail too."""
    for written in (name, quote(name)):
        open_deck(page, talk, form.format(written))
        expect(page.locator(PRESENT)).to_have_attribute("id", name)
        page.goto("about:blank")


def test_items_appear_one_by_one(talk: Path, page: Page) -> None:
    """Each click shows the next, nested ones too, and going back hides it again."""
    open_deck(page, talk, f"#{SLIDES[0]}")
    items = ["The first", "The second", "and what is below it", "The third"]
    assert shown(page) == []
    for count in range(1, 5):
        page.keyboard.press("ArrowRight")
        assert shown(page) == items[:count]
    page.keyboard.press("ArrowLeft")
    assert shown(page) == items[:3]
    expect(page.locator("li.fragment", has_text="The third")).to_have_css("opacity", "0")


def test_code_steps_group_by_group(talk: Path, page: Page) -> None:
    """In the author's order, the lines of a group together; all lines can be read from the start."""
    open_deck(page, talk, f"#{quote(SLIDES[1])}")
    lines = page.locator(f"{PRESENT} .hll")
    expect(lines).to_have_count(3)
    assert [float(line.evaluate("part => getComputedStyle(part).opacity")) for line in lines.all()] == [1, 1, 1]

    def current() -> list[bool]:
        return [line.evaluate("part => part.classList.contains('current-fragment')") for line in lines.all()]

    assert current() == [False, False, False]
    page.keyboard.press("ArrowRight")
    assert current() == [False, False, True]
    page.keyboard.press("ArrowRight")
    assert current() == [True, True, False]
    page.keyboard.press("ArrowRight")
    expect(page.locator(PRESENT)).to_have_attribute("id", SLIDES[2])


def test_a_diagram_steps_as_its_source_says(talk: Path, page: Page) -> None:
    """Two clicks, and then the next slide."""
    open_deck(page, talk, "#slide-a-figure")
    for _ in range(2):
        page.keyboard.press("ArrowRight")
        expect(page.locator(PRESENT)).to_have_attribute("id", "slide-a-figure")
    page.keyboard.press("ArrowRight")
    expect(page.locator(PRESENT)).to_have_attribute("id", "slide-a-picture")


def test_the_speaker_s_view_shows_formatted_notes(talk: Path, page: Page) -> None:
    """S opens it; the note has its emphasis, list and link, and follows the slides."""
    open_deck(page, talk)
    with page.expect_popup() as popup:
        page.keyboard.press("s")
    speaker = popup.value
    note = speaker.locator(".notes .value")
    expect(note.locator("strong")).to_have_text("cover")
    expect(note.locator("math, .math")).not_to_have_count(0)
    page.keyboard.press("ArrowRight")
    expect(note.locator("em")).to_have_text("lists")
    expect(note.locator("li")).to_have_count(2)
    expect(note.get_by_role("link", name="another")).to_have_count(1)
    expect(speaker.get_by_role("heading", name="Left for this slide")).to_be_visible()


def test_a_screen_reader_can_read_the_deck(talk: Path, page: Page) -> None:
    """The role that takes it out of reading mode is gone; the title of each slide is a heading."""
    open_deck(page, talk, "#slide-a-question")
    expect(page.locator("[role=application]")).to_have_count(0)
    expect(page.get_by_role("heading", name="A question")).to_be_visible()
    expect(page.get_by_role("main")).to_have_count(1)


#: What of a slide lies outside its 1280 × 720, or does not fit into the box that holds it.
OUTSIDE = """() => {
  const wrong = [];
  const slides = document.querySelectorAll(".slides section[data-layout]");
  for (const slide of slides) {
    const {h, v} = Reveal.getIndices(slide);
    Reveal.slide(h, v, 99);
    for (const part of [slide, ...slide.querySelectorAll("*:not(aside.notes, aside.notes *)")]) {
      const {left, top, right, bottom, width, height} = part.getBoundingClientRect();
      const hidden = getComputedStyle(part).visibility === "hidden" || part.matches(".sd-tab-set > input");
      if (hidden || !width || !height) continue;
      if (left < -1 || top < -1 || right > 1281 || bottom > 721) {
        wrong.push(`${slide.id}: ${part.tagName}.${part.className} ${left}, ${top}, ${right}, ${bottom}`);
      }
    }
    const boxes = slide.querySelectorAll(".paperdeck-content, .paperdeck-text, .paperdeck-panel, .paperdeck-side");
    for (const box of [slide, ...boxes]) {
      if (box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1) {
        wrong.push(`${slide.id}: ${box.className} holds ${box.scrollWidth} × ${box.scrollHeight}`);
      }
    }
  }
  return [slides.length, wrong];
}"""


def test_every_layout_has_room_on_its_slide(talk: Path, page: Page) -> None:
    """At 1280 × 720 nothing lies outside the slide or overflows what holds it, all steps shown."""
    open_deck(page, talk)
    page.wait_for_function("document.fonts.status === 'loaded'")
    assert page.evaluate(OUTSIDE) == [len(SLIDES) + 2, []]


@pytest.mark.parametrize("query", ["?view=print", "?print-pdf"])
def test_print_has_one_page_for_each_slide(talk: Path, page: Page, query: str) -> None:
    """Whatever its clicks; every fragment is shown, and no note is printed."""
    open_deck(page, talk, query)
    page.wait_for_selector(".pdf-page")
    expect(page.locator(".pdf-page")).to_have_count(len(SLIDES) + 2)
    pages = page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n")
    assert pages == len(SLIDES) + 2
    expect(page.locator(".pdf-page").get_by_text("The third", exact=True)).to_be_visible()
    expect(page.get_by_text("Said of")).to_be_hidden()


def test_slide_and_article_lead_to_each_other(talk: Path, page: Page) -> None:
    """From the slide to its section, from the section's card back to the slide, without a server."""
    open_deck(page, talk, "#slide-a-question")
    page.locator(f"{PRESENT}").wait_for()
    page.keyboard.press("ArrowRight")
    with page.expect_popup() as opened:
        page.locator(f"{PRESENT} footer.slide-sources a").click()
    page = opened.value
    page.wait_for_url("**/html/talk.html#layouts")
    expect(page.get_by_role("heading", name="Layouts")).to_be_in_viewport()
    page.locator("aside.slide", has_text="注意").get_by_role("link", name="Open slide").click()
    page.wait_for_url("**/revealjs/talk.html#*")
    page.wait_for_function("window.Reveal?.isReady()")
    expect(page.locator(PRESENT)).to_have_attribute("id", SLIDES[1])


def test_the_shelf_opens_the_deck(talk: Path, page: Page) -> None:
    """Its buttons lead to the cover and to the article."""
    page.goto((talk.parent / "index.html").as_uri())
    page.get_by_role("link", name="Present").click()
    page.wait_for_function("window.Reveal?.isReady()")
    expect(page.locator(PRESENT)).to_have_attribute("id", "cover")


def test_a_project_s_rule_wins_with_one_class(small_site: Callable[..., SmallSite], page: Page) -> None:
    """No rule of ours or of reveal's outweighs it, whatever it is about."""
    site = small_site(
        {
            "index.md": """\
                # Talk

                ## One

                :::{slide} One
                :class: own
                :incremental:
                - a
                - b

                ```{note}
                c
                ```
                :::
                """,
            "_static/own.css": OWN_RULES,
        },
        more='revealjs_static_path = ["_static"]\nrevealjs_css_files = ["own.css"]\n',
    )
    open_deck(page, site.deck().folder / "index.html", "#slide-one")
    for selector in (".own", ".paperdeck-content", ".slide-sources", ".slide-number", ".controls", "li", ".admonition"):
        expect(page.locator(f":is(.slides .present, .reveal) {selector}").first).to_have_css("color", "rgb(1, 2, 3)")
