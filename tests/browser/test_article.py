"""What the article's script and sheet do for who reads, whatever with."""

from __future__ import annotations

import functools
import re
import shutil
import subprocess
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.conftest import PAPERS, TOP

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from tests.conftest import Site
    from tests.sites import SmallSite

WIDE = """\
# Wide

```text
{letters}
```

```text
short
```

$$
{letters}
$$

```{{list-table}}
* - {letters}
  - {letters}
* - a
  - b
```
"""


@pytest.fixture
def wide(small_site: Callable[..., SmallSite], page: Page) -> Page:
    """Open an article with boxes that are wider than their place, and one that is not."""
    more = 'html_theme = "furo"\npaperdeck_style = "site"\nmyst_enable_extensions = ["dollarmath"]\n'
    site = small_site(WIDE.format(letters="a" * 40), more=more).articles()
    page.goto((site.folder / "index.html").as_uri())
    return page


def test_keyboard_reaches_what_scrolls_and_nothing_else(wide: Page) -> None:
    """A box that is wider than its place takes the focus and has a name; one that fits is passed over."""
    wide.set_viewport_size({"width": 390, "height": 844})
    for name in ("Code", "Equation", "Table"):
        box = wide.get_by_role("group", name=name)
        box.focus()
        wide.keyboard.press("End")
        expect(box).to_be_focused()
    assert wide.get_by_role("group", name="Code").count() == 1
    wide.set_viewport_size({"width": 2400, "height": 844})
    expect(wide.locator("article [tabindex]")).to_have_count(0)


def test_equation_has_a_shade_where_it_goes_on(wide: Page) -> None:
    """Covers that scroll with it lie above shades that stay; the picture is another once it is scrolled."""
    wide.set_viewport_size({"width": 390, "height": 844})
    equation = wide.get_by_role("group", name="Equation")
    assert equation.evaluate("box => getComputedStyle(box).backgroundAttachment") == "local, local, scroll, scroll"


def test_what_is_told_otherwise_stands_beside_its_prose(site: Site, page: Page) -> None:
    """Between prose and contents where there is room, and no note meets the next; in the text where there is none."""
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto((site.html / "papers" / PAPERS[0] / "index.html").as_uri())
    prose, contents = (page.locator(name).bounding_box() for name in ("article h1", ".toc-sticky"))
    notes = [note.bounding_box() for note in page.locator("section > .differs").all()]
    assert len(notes) > 2
    assert all(prose["x"] + prose["width"] < note["x"] for note in notes)
    assert all(note["x"] + note["width"] < contents["x"] for note in notes)
    assert all(above["y"] + above["height"] < below["y"] for above, below in pairwise(notes))
    page.set_viewport_size({"width": 1280, "height": 900})
    note, prose = page.locator("section > .differs").first.bounding_box(), page.locator("article h1").bounding_box()
    assert note["x"] == prose["x"]


def test_list_keeps_clear_of_the_picture_above_it(site: Site, page: Page) -> None:
    """On the card of a slide, of which caption or marks would else touch the first line."""
    page.goto((site.html / "papers" / PAPERS[0] / "index.html").as_uri())
    pairs = page.locator("aside.slide figure:has(+ ul)").evaluate_all(
        "figures => figures.map(figure => "
        "[figure.getBoundingClientRect().bottom, figure.nextElementSibling.getBoundingClientRect().top])"
    )
    assert pairs
    assert all(below - above >= 12 for above, below in pairs)


def test_page_itself_never_scrolls_sideways(site: Site, page: Page) -> None:
    """What is wide scrolls inside itself, on the narrowest phone too, and with all that can be opened open."""
    files = [file for file in sorted(site.html.rglob("*.html")) if "_static" not in file.parts]
    assert len(files) > 10
    for file in [*files, site.revealjs / "index.html"]:
        page.goto(file.as_uri())
        page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
        for width in (320, 768, 1200):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, file


@pytest.fixture
def paper(small_site: Callable[..., SmallSite], page: Page) -> Callable[[Page], Page]:
    """Return a function that shows an article with a citation and a term."""
    prose = "# Talk\n\nRead {cite:t}`doe2024` on the {term}`gate`.\n\n"
    text = f"---\npaper: doe2024\n---\n{prose}```{{glossary}}\ngate\n  A part.\n```\n"
    work = "@misc{doe2024, title={A Work}, author={Doe, A.}, year=2024, url={https://example.org/work}}\n"
    more = 'bibtex_bibfiles = ["refs.bib"]\nhtml_theme = "furo"\n'
    site = small_site({"index.md": text, "refs.bib": work}, more=more).articles()

    def show(page: Page) -> Page:
        page.goto((site.folder / "index.html").as_uri())
        return page

    return show


def test_citation_opens_a_card_and_leads_to_its_entry(paper: Callable[[Page], Page], page: Page) -> None:
    """Hover or focus shows the work, with its address; Enter goes to the list of references."""
    paper(page)
    link, card = page.get_by_role("link", name="Doe (2024)"), page.get_by_role("tooltip")
    link.hover()
    expect(card).to_contain_text("A WorkA. Doe2024")
    expect(card.get_by_role("link")).to_have_attribute("href", "https://example.org/work")
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    link.press("Enter")
    expect(page).to_have_url(re.compile("#reference-doe2024$"))


def test_tapped_link_opens_its_card_first(paper: Callable[[Page], Page], browser: Browser) -> None:
    """Where nothing hovers, the first tap shows what the term means and the second goes there."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = paper(context.new_page())
    link = page.locator("article p a", has_text="gate")
    link.tap()
    expect(page.get_by_role("tooltip")).to_have_text("gateA part.")
    assert "#" not in page.url
    link.tap()
    expect(page).to_have_url(re.compile("#term-gate$"))
    context.close()


def test_a_recording_goes_with_the_cards(small_site: Callable[..., SmallSite], page: Page) -> None:
    """A card leads to its time, the player to the card of what is said; nothing is asked for before."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.route("**/talk.mp3", lambda route: route.fulfill(body=b""))
    slides = "".join(f":::{{slide}} Point {at}\n:at: 0:{at}\n- a\n:::\n\n" for at in (10, 20))
    site = small_site(f"---\npodcast: https://example.org/talk.mp3\n---\n# Talk\n\n{slides}")
    page.goto((site.articles().folder / "index.html").as_uri())
    moments, back = page.locator("a.paperdeck-listen"), page.locator(".paperdeck-podcast a")
    expect(moments).to_have_text(["0:10", "0:20"])
    assert not any("example.org" in address for address in asked)
    at = "link => (link.click(), document.querySelector('audio').currentTime)"
    assert moments.nth(1).evaluate(at) == 20
    page.locator("audio").dispatch_event("timeupdate")
    expect(back).to_have_text("Point 20")
    expect(moments.nth(1)).to_have_attribute("aria-current", "true")
    back.click()
    expect(page).to_have_url(re.compile("#slide-point-20$"))


def test_code_is_copied_as_it_is_typed(small_site: Callable[..., SmallSite], page: Page) -> None:
    """The button takes neither prompts nor what was printed, and says that it is done; BibTeX has one too."""
    text = "---\npaper: doe2024\n---\n# Talk\n\n```pycon\n>>> 1 + \\\n... 1\n2\n```\n"
    work = "@misc{doe2024, title={A Work}, author={Doe, A.}, year=2024}\n"
    more = 'html_theme = "furo"\npaperdeck_style = "site"\nbibtex_bibfiles = ["refs.bib"]\n'
    site = small_site({"index.md": text, "refs.bib": work}, more=more).articles()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto((site.folder / "index.html").as_uri())
    code = page.locator(".highlight-pycon")
    code.get_by_role("button").click()
    expect(code.get_by_role("button")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == "1 + \\\n1"
    page.locator(".bibtex summary").click()
    page.locator(".bibtex").get_by_role("button", name="Copy").click()
    assert page.evaluate("navigator.clipboard.readText()").startswith("@misc{doe2024,")


#: What has moved since the page began, and how far, as browsers count it.
SHIFTS = """
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const moved = entry.sources.map(({node}) => node?.nodeType === 1 ? node.outerHTML.slice(0, 80) : node?.data);
      window.shifts.push({value: entry.value, moved});
    }
  }).observe({type: "layout-shift", buffered: true});
"""


@pytest.fixture(scope="module")
def hosted(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the real site as it is hosted, and give its address."""
    folder = tmp_path_factory.mktemp("hosted")
    shutil.copytree(site.html.parent / "doctrees", folder / "doctrees")
    shutil.copytree(site.revealjs, folder / "html" / "slides")
    conf = ["-D", "html_baseurl=https://example.org/", "-D", "paperdeck_deck_url=slides/"]
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-q",
        "-b",
        "html",
        "-d",
        folder / "doctrees",
        *conf,
        TOP,
        folder / "html",
    ]
    subprocess.run(command, cwd=TOP, check=True)
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder / "html"))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class Quiet(SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("folder", ["", "slides/"])
def test_nothing_moves_while_a_page_loads(hosted: str, browser: Browser, folder: str, width: int) -> None:
    """Articles and decks stand where they first stood; a face that a busy machine fetched late gets more tries."""
    for name in PAPERS:
        for _ in range(3):
            context = browser.new_context(viewport={"width": width, "height": 900})  # nothing is kept from the last
            context.add_init_script(SHIFTS)
            page = context.new_page()
            page.goto(f"{hosted}{folder}papers/{name}/index.html")
            page.evaluate("document.fonts.ready")
            page.mouse.wheel(0, 3000)
            page.evaluate("new Promise((done) => requestIdleCallback(done))")
            shifts = page.evaluate("shifts")
            context.close()
            if not shifts:
                break
        assert shifts == [], name


def test_paper_takes_the_article_alone(site: Site, page: Page) -> None:
    """Printed from a dark screen it is dark on white, as wide as A4 leaves it, with no button."""
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size({"width": 627, "height": 900})  # 210 mm without the margins
    for name in PAPERS:
        page.goto((site.html / "papers" / name / "index.html").as_uri())
        page.evaluate("document.fonts.ready")
        wide = """[...document.querySelectorAll("article *")]
          .filter((part) => !part.closest("svg, template, .chart-values") && part.getBoundingClientRect().right > 628)
          .map((part) => part.outerHTML)"""
        assert page.evaluate(wide) == []
        assert (
            page.locator(
                ":is(button, .open-slide, nav, .sidebar-drawer, .toc-drawer, .paperdeck-actions):visible"
            ).count()
            == 0
        )
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_a_rule_of_the_projects_own_wins_with_one_class(small_site: Callable[..., SmallSite], page: Page) -> None:
    """Over ours and over furo's, in our look, without ``!important``."""
    own = ".slide-title, .highlight, .sidebar-brand, .paperdeck-button { color: rgb(1, 2, 3); }"
    more = 'html_theme = "furo"\npaperdeck_style = "site"\nhtml_static_path = ["own"]\nhtml_css_files = ["own.css"]\n'
    documents = {"index.md": "# T\n\n:::{slide} S\n- a\n:::\n\n```\ncode\n```\n", "own/own.css": own}
    page.goto((small_site(documents, more=more).articles().folder / "index.html").as_uri())
    for selector in (".slide-title", "article .highlight", ".sidebar-brand", "a.paperdeck-button"):
        expect(page.locator(selector).first).to_have_css("color", "rgb(1, 2, 3)")
