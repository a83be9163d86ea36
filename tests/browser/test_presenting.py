"""Presenting in a real Chromium: the speaker's view, the keys, the search, a deck within a page, touch."""

from __future__ import annotations

import functools
import re
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.conftest import TOP
from tests.sites import CONF, SmallSite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Frame, Page

TALK = """\
---
short: Talk
minutes: 5
---
# A talk

Said at the cover.

## One

:::{slide} The first point
:layout: split
:incremental:
- Here is *emphasis*
- And a **strong** point (of some sort)

```{mermaid}
flowchart LR
  accTitle: Two boxes
  accDescr: One box leads to another.
  a["Needle"] --> b["Haystack"]
  %% step 1: b
```
:::

1. A *list* of **notes**, with $\\sqrt{x}$
2. and [a link](https://example.org/).

Onlysaid is a word of the notes.

## Two

:::{slide} The second point
- One dense
  model
:::

Said at the second.

:::{slide} Below the second
:detail:
- A detail
:::
"""

MARKED = "[...CSS.highlights.get('paperdeck-found') ?? []].map(String)"
PLACE = "() => { const {h, v, f} = Reveal.getIndices(); return [h, v, f ?? -1]; }"


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the talk as a deck, once, and give its folder."""
    source = tmp_path_factory.mktemp("talk")
    (source / "conf.py").write_text(f'{CONF}myst_enable_extensions = ["dollarmath"]\n', "utf-8")
    (source / "index.md").write_text(TALK, "utf-8")
    return SmallSite(source, source / "_build").deck().folder


class Quiet(SimpleHTTPRequestHandler):
    """Serve files and say nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keep the log out of the tests."""


@pytest.fixture(scope="module")
def server(output: Path) -> Iterator[str]:
    """Serve the deck as a web server does, and give its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(output))) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{httpd.server_port}/index.html"
        httpd.shutdown()


def start(page: Page, address: str) -> Page:
    """Open a deck and wait until it has begun."""
    page.goto(address)
    wait_until_ready(page)
    page.evaluate("document.fonts.ready.then(() => true)")
    return page


def wait_until_ready(frame: Page | Frame) -> None:
    """Wait until a deck has begun, by its class: a function that is polled would be refused by a strict policy."""
    frame.locator(".reveal.ready").wait_for(state="attached")


@pytest.fixture
def deck(page: Page, output: Path) -> Callable[..., Page]:
    """Return a function that opens the deck from its file, at a slide."""
    return lambda slide=1, query="": start(page, f"{(output / 'index.html').as_uri()}{query}#/{slide}")


@pytest.fixture(params=["file", "http"])
def address(request: pytest.FixtureRequest, output: Path) -> str:
    """Give the deck's address on the disk, then on a server."""
    return (output / "index.html").as_uri() if request.param == "file" else request.getfixturevalue("server")


def speakers_view(page: Page) -> Page:
    """Press S, and wait until the view shows a note and both slides."""
    with page.expect_popup() as opened:
        page.keyboard.press("s")
    view = opened.value
    expect(view.locator("iframe[src]")).to_have_count(2)
    for frame in view.frames[1:]:
        wait_until_ready(frame)
    expect(view.locator(".notes .value")).not_to_be_empty()
    return view


def test_speakers_view_shows_note_next_slide_and_pace(page: Page, address: str) -> None:
    """From the disk as from a server: the note with its marks, the slide after this, the time and what is left."""
    view = speakers_view(start(page, f"{address}#/1"))
    note = view.locator(".notes .value")
    expect(note.locator("ol > li")).to_have_count(2)
    expect(note.locator("strong")).to_have_text("notes")
    expect(note.locator("em")).to_have_text("list")
    assert note.locator("msqrt").evaluate("part => part instanceof MathMLElement")
    now, after = view.frames[1:]
    now.wait_for_function("Reveal.getIndices().h === 1 && Reveal.getIndices().f === -1")
    after.wait_for_function("Reveal.getIndices().h === 1 && Reveal.getIndices().f === 0")
    expect(view.locator(".pace time")).to_have_text(re.compile(r"^−?\d\d:\d\d$"))
    expect(view.locator(".clock")).to_have_text(re.compile(r"\d:\d\d"))
    page.keyboard.press("End")
    expect(note).to_contain_text("Said at the second")


def test_speakers_view_is_in_our_type(browser: Browser, address: str) -> None:
    """Its style sheet is found from the disk too, and follows the deck's colours."""
    context = browser.new_context()  # not `page`: what a window asks for as it opens hangs where requests are watched
    page = start(context.new_page(), address)
    page.keyboard.press("t")
    view = speakers_view(page)
    view.wait_for_function("getComputedStyle(document.body).fontFamily.includes('Plex')")
    assert view.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(23, 34, 53)"
    context.close()


def test_slides_of_the_speakers_view_have_the_colours_of_the_deck(browser: Browser, address: str) -> None:
    """When the speaker presses T while the view is open, all change."""
    context = browser.new_context()
    page = start(context.new_page(), address)
    view = speakers_view(page)
    page.keyboard.press("t")
    for frame in view.frames:
        frame.wait_for_function("document.documentElement.dataset.theme === 'dark'")
    context.close()


def test_speakers_view_leads_the_deck_and_stays(page: Page, address: str) -> None:
    """A remote in the view moves the deck; no key and no link of a note takes the view away."""
    view = speakers_view(start(page, f"{address}#/1"))
    view.keyboard.press("PageDown")
    page.wait_for_function("Reveal.getIndices().f === 0")
    view.keyboard.press("a")
    view.keyboard.press("PageDown")
    page.wait_for_function("Reveal.getIndices().f === 1")
    expect(view.locator(".notes .value a")).to_have_attribute("target", "_blank")


def test_question_mark_lists_the_keys_once(deck: Callable[..., Page]) -> None:
    """Reveal's keys and ours, each named by one line."""
    page = deck()
    page.keyboard.press("Shift+Slash")
    lines = page.locator(".r-overlay-help tr:has(td)").all_inner_texts()
    assert len([line for line in lines if line.split()[0] in ("A", "C", "I", "L", "S", "T")]) == 6
    assert any("Search" in line for line in lines)
    keys = [key for line in page.locator(".r-overlay-help td:first-child").all_inner_texts() for key in line.split()]
    assert keys.count("L") == 1
    page.keyboard.press("Escape")
    expect(page.locator(".r-overlay-help")).to_have_count(0)


def test_overview_shows_all_slides(deck: Callable[..., Page]) -> None:
    """O shows them, the arrows choose one, O goes to it."""
    page = deck()
    page.keyboard.press("o")
    expect(page.locator(".reveal.overview")).to_be_visible()
    expect(page.locator("section", has_text="The second point").last).to_be_in_viewport()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("o")
    expect(page.locator(".reveal.overview")).to_have_count(0)
    assert page.evaluate(PLACE)[0] == 2


def test_g_jumps_to_a_slide_by_its_number(deck: Callable[..., Page]) -> None:
    """The number is the one that the slide shows."""
    page = deck("cover")
    page.keyboard.press("g")
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    page.wait_for_function("Reveal.getCurrentSlide().dataset.slide === '2'")


def test_search_goes_from_slide_to_slide(deck: Callable[..., Page]) -> None:
    """Words are found across marks, lines and kinds of hyphen, in titles, lists and diagrams, at their step."""
    page = deck("cover")
    page.keyboard.press("Control+Shift+F")
    page.keyboard.type("here is emphasis")
    page.keyboard.press("Enter")
    expect(page.locator(".paperdeck-find output")).to_have_text("1 / 1")
    assert page.evaluate(MARKED) == ["Here is emphasis"]
    assert page.evaluate(PLACE) == [1, 0, 0]
    for words, place in (("haystack", [1, 0, 2]), ("dense model", [2, 0, -1]), ("(of some", [1, 0, 1])):
        page.locator(".paperdeck-find input").fill(words)
        page.keyboard.press("Enter")
        assert page.evaluate(PLACE) == place, words
    page.locator(".paperdeck-find input").fill("point")
    for place in ([1, 0, 1], [2, 0, -1], [1, 0, 1]):
        page.keyboard.press("Enter")
        assert page.evaluate(PLACE) == place
    page.keyboard.press("Shift+Enter")
    assert page.evaluate(PLACE) == [2, 0, -1]


def test_search_changes_nothing_of_the_page(deck: Callable[..., Page]) -> None:
    """Diagrams keep their labels and words their emphasis; notes are not found; Escape ends it."""
    page = deck()
    before = page.locator(".slides").inner_html()
    page.keyboard.press("Control+Shift+F")
    page.locator(".paperdeck-find input").fill("e")
    assert len(page.evaluate(MARKED)) > 5
    page.locator(".paperdeck-find input").fill("onlysaid")
    expect(page.locator(".paperdeck-find output")).to_have_text("0")
    page.keyboard.press("Escape")
    expect(page.locator(".paperdeck-find")).to_be_hidden()
    assert page.evaluate(MARKED) == []
    assert page.locator(".slides").inner_html() == before
    page.keyboard.press("ArrowRight")
    assert page.evaluate(PLACE) == [1, 0, 0]


def test_click_with_a_key_zooms(deck: Callable[..., Page]) -> None:
    """Alt, or on Linux, where the desktop takes Alt, Ctrl; Escape goes back."""
    page = deck()
    page.locator(".slides > section.present").click(modifiers=["Control"])
    expect(page.locator("html.zoomed")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("html.zoomed")).to_have_count(0)


@pytest.mark.parametrize("key", ["b", "."])
def test_screen_goes_black(deck: Callable[..., Page], key: str) -> None:
    """B and the point, which remotes send, hide the slide and show it again."""
    page = deck()
    overlay = page.locator(".pause-overlay")
    expect(overlay).to_be_hidden()
    page.keyboard.press(key)
    expect(overlay).to_be_visible()
    page.keyboard.press(key)
    expect(overlay).to_be_hidden()


def test_pointer_follows_the_mouse_zoomed_or_not(deck: Callable[..., Page]) -> None:
    """L shows a dot in the place of the arrow, and takes it away."""
    page = deck()
    page.keyboard.press("l")
    dot = page.locator(".paperdeck-pointer")
    for zoom in ("none", "scale(2)"):
        page.evaluate("zoom => { document.body.style.transform = zoom; }", zoom)
        page.mouse.move(300, 200)
        box = dot.bounding_box()
        assert box is not None
        assert (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) == (300, 200)
    assert page.evaluate("getComputedStyle(document.body).cursor") == "none"
    page.keyboard.press("l")
    expect(dot).to_be_hidden()


def test_remote_steps_forth_and_back(deck: Callable[..., Page]) -> None:
    """Remotes send PageDown and PageUp: steps first, then slides."""
    page = deck("cover")
    for place in ([1, 0, -1], [1, 0, 0], [1, 0, 1], [1, 0, 2]):
        page.keyboard.press("PageDown")
        assert page.evaluate(PLACE) == place
    page.keyboard.press("PageUp")
    assert page.evaluate(PLACE) == [1, 0, 1]


def test_fingers_turn_the_slides(browser: Browser, output: Path) -> None:
    """A swipe to the left goes on."""
    context = browser.new_context(viewport={"width": 1024, "height": 768}, has_touch=True, reduced_motion="reduce")
    page = start(context.new_page(), (output / "index.html").as_uri())
    fingers = context.new_cdp_session(page)

    def touch(kind: str, x: int | None = None) -> None:
        points: list[dict[str, Any]] = [] if x is None else [{"x": x, "y": 300}]
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", 700)
    for x in (650, 600, 500, 400):
        touch("touchMove", x)
    touch("touchEnd")
    page.wait_for_function("Reveal.getIndices().h === 1")
    context.close()


def test_reload_comes_back_to_slide_and_step(deck: Callable[..., Page]) -> None:
    """What was shown is shown again."""
    page = deck()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/1")
    page.reload()
    page.wait_for_function("window.Reveal?.isReady()")
    assert page.evaluate(PLACE) == [1, 0, 1]


def test_screen_readers_hear_the_slide(deck: Callable[..., Page]) -> None:
    """They stay in their reading mode; a new slide and a new step are said, the notes are not."""
    page = deck("cover")
    assert page.locator(".reveal").get_attribute("role") is None
    status = page.locator(".aria-status[aria-live]")
    page.keyboard.press("ArrowRight")
    expect(status).to_contain_text("The first point")
    expect(status).not_to_contain_text("Onlysaid")
    page.keyboard.press("ArrowRight")
    expect(status).to_have_text("Here is emphasis")


def test_flyout_of_read_the_docs_covers_no_slide(deck: Callable[..., Page]) -> None:
    """What Read the Docs puts into every page is not seen on a deck."""
    page = deck()
    page.evaluate("""() => {
      for (const name of ["readthedocs-flyout", "readthedocs-notification"]) {
        const part = document.createElement(name);
        part.style = "position: fixed; inset: 0; display: block";
        document.body.append(part);
      }
    }""")
    expect(page.locator("readthedocs-flyout")).to_be_hidden()
    expect(page.locator("readthedocs-notification")).to_be_hidden()


def test_embedded_deck_is_the_slide_alone(page: Page, output: Path, tmp_path: Path) -> None:
    """However narrow, it shows a slide without arrows and progress, and takes no key that is not meant for it."""
    source = f"{(output / 'index.html').as_uri()}?embed#/1"
    (tmp_path / "page.html").write_text(
        f'<!doctype html><title>t</title><p>Text<iframe src="{source}" width="400" height="225"></iframe>', "utf-8"
    )
    page.goto((tmp_path / "page.html").as_uri())
    frame = page.frames[1]
    frame.wait_for_function("window.Reveal?.isReady()")
    slide = page.frame_locator("iframe").locator(".slides > section.present")
    expect(slide).to_be_visible()
    assert frame.locator(".reveal-scroll").count() == 0
    for part in (".controls", ".progress"):
        expect(page.frame_locator("iframe").locator(part)).to_be_hidden()
    page.keyboard.press("ArrowRight")
    assert frame.evaluate(PLACE)[:2] == [1, 0]
    steps = slide.locator(".fragment").evaluate_all("all => all.map((part) => getComputedStyle(part).visibility)")
    assert steps == ["visible"] * 4
    slide.click()
    page.keyboard.press("ArrowRight")
    assert frame.evaluate(PLACE) == [2, 0, -1]


def test_embedded_deck_is_at_the_step_that_its_address_names(page: Page, output: Path) -> None:
    """So that another page can show one state of a picture."""
    start(page, f"{(output / 'index.html').as_uri()}?embed#/slide-the-first-point/0")
    assert page.evaluate(PLACE) == [1, 0, 0]


def test_speakers_view_finds_a_deck_that_was_loaded_again(page: Page, address: str) -> None:
    """A reload of the deck in the middle of a talk costs nothing."""
    view = speakers_view(start(page, f"{address}#/1"))
    page.reload()
    page.wait_for_function("window.Reveal?.isReady()")
    page.keyboard.press("End")
    expect(view.locator(".notes .value")).to_contain_text("Said at the second")


def test_a_speaker_whose_view_was_blocked_is_told(page: Page, address: str) -> None:
    """By a line on the slide, when the deck opens with the view and when a key asks for it."""
    page.add_init_script("window.open = () => null")
    page.goto(f"{address}?notes")
    wait_until_ready(page)
    line = page.get_by_text("The browser has blocked the speaker’s view; allow its window, then press S")
    expect(line).to_be_visible()
    expect(line).to_be_hidden(timeout=10_000)
    page.keyboard.press("s")
    expect(line).to_be_visible()


def test_speakers_view_shows_nothing_that_another_site_tells(browser: Browser, server: str) -> None:
    """A page that opens the view of a site cannot write into it."""
    context = browser.new_context()
    page = context.new_page()
    page.route("http://elsewhere.test/", lambda route: route.fulfill(content_type="text/html", body="<title>e</title>"))
    page.goto("http://elsewhere.test/")
    with page.expect_popup() as opened:
        page.evaluate(
            "address => { window.view = open(address); }", server.replace("index.html", "_static/speaker.html")
        )
    opened.value.wait_for_load_state()
    told = {"paperdeck": "state", "notes": "<b>told</b>", "attributes": {}, "state": {}, "url": server, "phrases": {}}
    page.evaluate("told => view.postMessage(told, '*')", told)
    opened.value.evaluate(
        "() => new Promise((done) => { addEventListener('message', done); postMessage('last', '*'); })"
    )
    assert opened.value.locator(".notes .value").inner_html() == ""
    context.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """Open a page of a phone: 390 × 844, touched with a finger."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, device_scale_factor=2, has_touch=True, is_mobile=True
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", ["slide-the-second-point", "slide-the-first-point/1", "slide-below-the-second"])
def test_link_to_a_slide_opens_it_on_a_phone(phone: Page, address: str, name: str) -> None:
    """The slide is in sight, and the address stays that of the slide; a detail and a step too."""
    start(phone, f"{address}#/{name}")
    slide = name.partition("/")[0]
    expect(phone.locator(f"#{slide} h2")).to_be_in_viewport()
    phone.wait_for_function("slide => location.hash === `#/${slide}`", arg=slide)


def test_number_of_a_slide_opens_it_on_a_phone(phone: Page, address: str) -> None:
    """As at a desk, where reveal knows slides by their place."""
    start(phone, f"{address}#/2")
    slide = phone.locator("[data-slide='2']").first
    expect(slide.locator("h2").first).to_be_in_viewport()
    expect(phone).to_have_url(f"{address}#/{slide.get_attribute('id')}")


def test_point_of_a_chart_is_in_sight_on_a_phone(phone: Page, tmp_path: Path) -> None:
    """A chart is drawn for the phone, steps and all; one that cannot be is moved to what it is about, not the page."""
    (tmp_path / "conf.py").write_text(CONF, "utf-8")
    names = {"Drawn": "ours", "Moved": "the model whose long name has no room on any phone"}
    slides = [
        f":::{{slide}} {title}\n:layout: figure\n```{{chart}} scatter\n:highlight: {name}\n:plain:\n"
        f"model | size | score\nsmall | 1 | 40\n{name} | 90 | 54\n%% step 1: small\n```\n:::\n"
        for title, name in names.items()
    ]
    (tmp_path / "index.md").write_text("\n".join(["# A talk\n", *slides]), "utf-8")
    start(phone, (SmallSite(tmp_path, tmp_path / "_build").deck().folder / "index.html").as_uri())
    expect(phone.locator("#cover h1")).to_be_in_viewport()
    expect(phone.locator("#slide-drawn svg.narrow circle")).to_have_count(2)
    expect(phone.locator("#slide-drawn svg.wide")).to_be_hidden()
    expect(phone.locator("#slide-moved .chart > svg")).to_have_count(1)
    for point in phone.locator("svg:visible text.point").all():
        box = point.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390


def test_deck_without_a_slide_in_its_address_begins_at_the_cover_on_a_phone(phone: Page, address: str) -> None:
    """Though what its charts are about was brought into sight."""
    start(phone, f"{address}#/")
    expect(phone.locator("#cover h1")).to_be_in_viewport()


def test_address_follows_the_finger_on_a_phone(phone: Page, address: str) -> None:
    """Scrolled to another slide, the address is that slide's; a link within the deck leads to its slide."""
    start(phone, address)
    phone.add_style_tag(content=".scroll-page section { min-height: 1400px }")
    phone.mouse.move(200, 400)
    phone.mouse.wheel(0, 2000)
    phone.wait_for_function("location.hash === '#/slide-the-second-point'")
    phone.evaluate("location.hash = '#/slide-the-first-point'")
    expect(phone.locator("#slide-the-first-point h2")).to_be_in_viewport()


def test_key_copies_the_link_to_the_slide(browser: Browser, server: str) -> None:
    """C copies its address, I the frame that shows it in another page; both say so."""
    context = browser.new_context(reduced_motion="reduce", permissions=["clipboard-read", "clipboard-write"])
    page = start(context.new_page(), f"{server}#/2")
    page.keyboard.press("c")
    expect(page.get_by_text("The link to this slide is copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{server}#/slide-the-second-point"
    page.keyboard.press("i")
    expect(page.get_by_text("The frame of this slide is copied")).to_be_visible()
    frame = page.evaluate("navigator.clipboard.readText()")
    assert f'<iframe src="{server}?embed#/slide-the-second-point"' in frame
    assert 'title="A talk' in frame
    context.close()


def test_links_open_beside_the_talk(deck: Callable[..., Page]) -> None:
    """All but those to another slide; a page so opened knows nothing of the deck."""
    page = deck()
    links = page.locator("a[href]:not([href^='#'])")
    assert links.count() > 2
    for link in links.all():
        assert link.get_attribute("target") == "_blank"
        assert link.get_attribute("rel") == "noopener"


@pytest.mark.parametrize(
    ("scheme", "ground"), [(None, "rgb(255, 255, 255)"), ("dark", "rgb(14, 22, 38)"), ("auto", "rgb(14, 22, 38)")]
)
def test_deck_follows_its_site_and_not_the_machine(
    browser: Browser, tmp_path: Path, scheme: str | None, ground: str
) -> None:
    """On a dark machine a deck is light unless conf.py says otherwise or the speaker presses T."""
    (tmp_path / "conf.py").write_text(CONF + (f"paperdeck_scheme = {scheme!r}\n" if scheme else ""), "utf-8")
    (tmp_path / "index.md").write_text(TALK.replace("$\\sqrt{x}$", "x"), "utf-8")
    folder = SmallSite(tmp_path, tmp_path / "_build").deck().folder
    context = browser.new_context(color_scheme="dark")
    page = start(context.new_page(), (folder / "index.html").as_uri())
    look = "getComputedStyle(document.querySelector('#slide-the-first-point')).backgroundColor"
    assert page.evaluate(look) == ground
    page.keyboard.press("t")
    assert page.evaluate(look) != ground
    context.close()


def test_picture_for_one_scheme_is_shown_in_it_alone(deck: Callable[..., Page]) -> None:
    """``only-light`` and ``only-dark``; a picture for both lies on a light ground in the dark."""
    page = deck()
    page.evaluate("""() => {
      const content = document.querySelector("#slide-the-first-point .paperdeck-content");
      for (const name of ["only-light", "only-dark", "both"]) {
        const picture = document.createElement("img");
        Object.assign(picture, { className: name, width: 20, height: 20, src: "data:image/gif;base64,R0lGODlhAQAB" });
        content.append(picture);
      }
    }""")
    shown = "[...document.querySelectorAll('img')].map((part) => part.checkVisibility())"
    assert page.evaluate(shown) == [True, False, True]
    page.keyboard.press("t")
    assert page.evaluate(shown) == [False, True, True]
    assert page.locator("img.both").evaluate("part => getComputedStyle(part).backgroundColor") == "rgb(255, 255, 255)"


@pytest.mark.parametrize("name", ["deck.js", "find.js", "motion.js", "notes.js", "speaker.js"])
def test_script_is_small(name: str) -> None:
    """At most 10 KB, as every script of ours."""
    assert (TOP / "paperdeck" / "theme" / "static" / name).stat().st_size <= 10_000
