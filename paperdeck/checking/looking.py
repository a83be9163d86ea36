"""A page or deck in a real Chromium: every slide in its first and last state, every page wide and narrow."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote, urlsplit

from paperdeck.checking.findings import Finding, Kind, View
from paperdeck.commands import Refused, explain_install

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, WebError

Fault = Mapping[str, Any]
"""What ``look.js`` tells of one thing that is wrong."""

SCRIPT = Path(__file__).with_name("look.js")
SMALLEST, SMALLEST_ON_SLIDE = 9, 16
"""The least height of type in px: on a page or a phone, and on a slide of 1280 px."""
DECK_VIEWS = (
    View("1280 × 720", 1280, 720),
    View("640 × 360", 640, 360),
    View("1920 × 1080", 1920, 1080),
    View("1024 × 768", 1024, 768),
)
DECK_IN_THE_DARK = View("1280 × 720", 1280, 720, dark=True)
PHONE, PRINT = View("phone", 390, 844), View("print", 1280, 720, print=True)
PAGE_VIEWS = tuple(
    View(f"{width} px", width, height, dark)
    for width, height in ((1440, 900), (768, 1024), (390, 844))
    for dark in (False, True)
)
RULES: dict[View, list[str] | None] = {
    PAGE_VIEWS[0]: None,
    PAGE_VIEWS[4]: ["scrollable-region-focusable", "target-size", "meta-viewport"],
}
"""The rules that axe is asked for in a view, None for all: on a phone those that look at sizes."""
PATIENCE = 15_000
"""How long a page may take to open, in ms: a busy machine is no fault."""
NOT_A_MESSAGE = "Failed to load resource"
"""What the console says of an address, which is told as a request or a dead link."""
STILL = "?autoPlayMedia=false"
"""What reveal.js is asked for: a film that begins would be interrupted by the look at the next slide, and say so."""


@dataclass(frozen=True)
class Looked:
    """What was seen of a page."""

    findings: list[Finding] = field(default_factory=list)
    slides: int = 0
    heights: dict[str, float] = field(default_factory=dict)
    """How high the content of each slide is that holds text alone, by its id."""


class Axe(NamedTuple):
    """axe-core, and which of its rules are asked for."""

    script: str
    tags: tuple[str, ...] | None
    """The groups of rules; None for all."""


WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
"""The rules that are law in places; the others are advice, on what a theme may have decided."""


def read_axe(every_rule: bool) -> Axe:
    """Return axe-core.

    :param every_rule: its advice too

    Raises Refused: it is missing.
    """
    try:
        from axe_playwright_python.sync_playwright import Axe as Released
    except ModuleNotFoundError:
        raise Refused(f"checking needs axe-core; install it: {explain_install('check')}") from None
    return Axe(Released().axe_script, None if every_rule else WCAG)


def is_elsewhere(address: str) -> bool:
    """Tell whether an address is on another machine."""
    parts = urlsplit(address)
    return parts.scheme in ("http", "https", "ws", "wss") and parts.hostname not in ("127.0.0.1", "localhost")


def look_at(browser: Browser, path: Path, is_deck: bool, axe: Axe) -> Looked:
    """Return what is wrong with a page or deck."""
    from playwright.sync_api import Error

    looked = Looked()
    with _listening(browser, path, looked.findings) as context:
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        try:
            _open(page, path, is_deck, DECK_VIEWS[0] if is_deck else PAGE_VIEWS[0])
            return (_look_at_deck if is_deck else _look_at_page)(page, path, looked, axe)
        except Error as error:
            reason = error.message.splitlines()[0]
            looked.findings.append(Finding(Kind.BROKEN, str(path), f"does not open: {reason}"))
            return looked


@contextmanager
def _listening(browser: Browser, path: Path, findings: list[Finding]) -> Iterator[BrowserContext]:
    """Give a context whose pages are heard: what they say, and what they ask for."""

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(NOT_A_MESSAGE):
            findings.append(
                Finding(Kind.CONSOLE, str(path), f"is what the browser says ({message.type})", message.text)
            )

    def catch(error: WebError) -> None:
        findings.append(Finding(Kind.CONSOLE, str(path), "is what a script fails with", error.error.message))

    def watch(request: Request) -> None:
        if is_elsewhere(request.url):
            findings.append(Finding(Kind.REQUEST, str(path), "is asked of another machine", request.url))

    def miss(request: Request) -> None:
        if request.resource_type in ("fetch", "xhr") and not is_elsewhere(request.url):
            findings.append(Finding(Kind.CONSOLE, str(path), "is asked for and cannot be had", request.url))

    context = browser.new_context(viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
    context.on("console", hear)
    context.on("weberror", catch)
    context.on("request", watch)
    context.on("requestfailed", miss)
    context.add_init_script(path=SCRIPT)
    try:
        yield context
    finally:
        context.close()


def _open(page: Page, path: Path, is_deck: bool, view: View) -> None:
    """Open a page, and wait until a deck has begun."""
    page.goto("about:blank")  # what is left is not to be seen in another size
    _show(page, view)
    query = STILL + ("&print-pdf" if view.print else "") if is_deck else ""
    page.goto(path.resolve().as_uri() + query)
    if is_deck:
        page.locator(".reveal.ready").wait_for()
    page.evaluate("paperdeckCheck.stop()")


def _show(page: Page, view: View) -> None:
    page.set_viewport_size({"width": view.width, "height": view.height})
    page.emulate_media(color_scheme="dark" if view.dark else "light", media="print" if view.print else "screen")


def _look_at_page(page: Page, path: Path, looked: Looked, axe: Axe) -> Looked:
    looked.findings.extend(_told(path, PAGE_VIEWS[0], page.evaluate("paperdeckCheck.moved()")))
    page.evaluate(axe.script)
    for view in PAGE_VIEWS:
        _show(page, view)
        options = {
            "least": SMALLEST,
            "axe": view in RULES,
            "rules": RULES.get(view),
            "tags": axe.tags,
            "only": ["contrast"] if view.dark else None,
        }
        looked.findings.extend(_told(path, view, page.evaluate("options => paperdeckCheck.page(options)", options)))
    return looked


def _look_at_deck(page: Page, path: Path, looked: Looked, axe: Axe) -> Looked:
    page.evaluate(axe.script)
    slides, heights = 0, dict[str, float | None]()
    for view in (*DECK_VIEWS, DECK_IN_THE_DARK):
        _show(page, view)
        at_home = view == DECK_VIEWS[0]
        options: dict[str, Any] = {
            "least": SMALLEST_ON_SLIDE if at_home else 0,
            "axe": at_home,
            "measures": at_home,
            "states": ["last"] if view.dark else ["first", "last"],
            "only": ["contrast"] if view.dark else None if at_home else ["shape"],
            "dark": view.dark,
        }
        told = page.evaluate("options => paperdeckCheck.slides(options)", options)
        looked.findings.extend(_told(path, view, told["faults"]))
        slides, heights = told["count"], heights | told["heights"]
    _open(page, path, True, PHONE)
    if page.evaluate("paperdeckCheck.isColumn()"):
        page.locator(".reveal-viewport.reveal-scroll").wait_for()
        options = {"least": SMALLEST, "mayScroll": True, "frames": ".scroll-page"}
        faults = page.evaluate("options => paperdeckCheck.column(options)", options)
    else:
        options = {"least": 0, "states": ["last"], "only": ["shape"]}
        faults = page.evaluate("options => paperdeckCheck.slides(options)", options)["faults"]
    looked.findings.extend(_told(path, PHONE, faults))
    _open(page, path, True, PRINT)
    page.locator(".pdf-page").first.wait_for()
    page.evaluate(axe.script)
    # for axe goes through all slides each time that it is asked
    options = {"least": 0, "mayScroll": False, "frames": ".pdf-page", "axe": True, "tags": axe.tags}
    looked.findings.extend(_told(path, PRINT, page.evaluate("options => paperdeckCheck.column(options)", options)))
    return Looked(looked.findings, slides, {name: height for name, height in heights.items() if height is not None})


def _told(path: Path, view: View, faults: Sequence[Fault]) -> Iterator[Finding]:
    """Yield the findings in what the script tells of a view."""
    for fault in faults:
        address = fault.get("address")
        if address and (is_elsewhere(address) or not (path.parent / unquote(urlsplit(address).path)).exists()):
            continue  # told as a request or a dead link
        yield Finding(
            Kind(fault["kind"]),
            str(path),
            fault["message"],
            fault["text"],
            slide=fault.get("slide", ""),
            near=fault["near"],
            id=fault["id"],
            views=(view,),
            box=tuple(fault["box"]),
            at=tuple(fault["at"]) if "at" in fault else None,
        )


def take_pictures(browser: Browser, findings: Sequence[Finding], folder: Path) -> dict[int, str]:
    """Take a picture of each thing that is seen, with a frame around it; return the names of the files by number."""
    names: dict[int, str] = {}
    for number, finding in enumerate(findings):
        if finding.box is None or not finding.views:
            continue
        view, path = finding.views[0], Path(finding.page)
        with _listening(browser, path, []) as context:
            page = context.new_page()
            _open(page, path, finding.slide != "", view)
            page.evaluate("fault => paperdeckCheck.point(fault)", {"box": finding.box, "at": finding.at})
            names[number] = f"{number + 1:03}.png"
            page.screenshot(path=folder / names[number])
    return names
