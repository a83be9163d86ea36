"""How soon a reader sees a deck and an article, against the same text with mermaid.js and MathJax, served locally."""

from __future__ import annotations

import functools
import gzip
import shutil
import subprocess
import sys
import tarfile
import tempfile
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from paperdeck.browser import open_chromium
from tests.conftest import TOP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Response

CACHE = TOP / "_build" / "bench"
PACKAGES = {
    "mermaid@11.12.1": ("package/dist", "mermaid"),
    "mathjax@4.1.3": ("package", "mathjax"),
    "@mathjax/mathjax-newcm-font@4.1.3": ("package", "mathjax-newcm-font"),
}
"""What sphinxcontrib-mermaid and Sphinx load from the network unless they are told otherwise: the folder of each
package that is served, and under which name."""

RUNS = 5
SLIDES, DIAGRAMS, EQUATIONS = 12, 12, 20
READY_GOAL, SCRIPTS_GOAL, DRAWN_GOAL = 5, 10, 5
VIEW_GOAL = 180
"""KB that the first view of a page of ours fetches at most."""
MATHS_FACE = "IBMPlexMath-Regular.woff2"
"""Fetched where a formula is near: by its licence a part of it may not bear its name, and it is released whole."""

WHAT_IT_TAKES = """\
What stands between a deck and its goal: reveal.js with words alone, the lists of the same slides without a formula or
a diagram, is complete after half of the time of ours, a sixth of the plain deck's. All that we add to it, a maths face
of 389 KB among it, would have to take a fifth of its time."""

OURS = """\
extensions = ["myst_parser", "paperdeck"]
myst_enable_extensions = ["dollarmath"]
html_theme = "furo"
"""
PLAIN = """\
extensions = ["myst_parser", "sphinx_revealjs", "sphinxcontrib.mermaid"]
myst_enable_extensions = ["dollarmath"]
html_theme = "furo"
html_static_path = revealjs_static_path = ["static"]
mermaid_use_local = "mermaid/mermaid.esm.min.mjs"
mathjax_path = "mathjax/tex-mml-chtml.js"
mathjax4_config = {"output": {"fontPath": "/_static/%%FONT%%-font"}}
revealjs_script_plugins = [{"name": "RevealNotes", "src": "revealjs/plugin/notes/notes.js"}]
"""
EQUATION = "$$ y_{%d} = \\sum_{i \\in T} \\frac{e^{h_i(x)}}{\\sum_j e^{h_j(x)}} \\, E_i(x) $$\n"


@dataclass(frozen=True)
class Page:
    """What to open, and when it is complete."""

    builder: str
    document: str
    complete: str
    """In JavaScript, asked again at every frame."""


def diagram(number: int, *, named: bool) -> str:
    """Return a flowchart of six boxes."""
    name = f"  accTitle: Layer {number}\n  accDescr: A gate and its experts.\n" if named else ""
    return (
        f'```{{mermaid}}\nflowchart TB\n{name}  token["token"] --> gate["Gate {number}"]\n'
        '  gate --> one["Expert 7"]\n  gate --> two["Expert 41"]\n  one --> sum["weighted sum"]\n'
        '  two --> sum\n  sum --> out["output"]\n```\n'
    )


def content(number: int, *, named: bool) -> str:
    """Return what a slide shows: a list, an equation, a diagram."""
    items = "".join(f"- Line {line} of what this slide has to say\n" for line in range(3))
    return f"{items}\n{diagram(number, named=named)}\n{EQUATION % number}"


def our_deck() -> Page:
    """Return a deck of ours."""
    slides = (
        f":::{{slide}} Slide {number}\n:layout: split\n{content(number, named=True)}:::\n\nWhat is said here.\n"
        for number in range(SLIDES)
    )
    done = "Reveal.isReady() && shown.querySelector('.diagram svg') && shown.querySelector('math')"
    return Page("revealjs", "# Talk\n\n## All\n\n" + "\n".join(slides), f"{SHOWN}{done}")


def plain_deck() -> Page:
    """Return the same deck as sphinx-revealjs has it."""
    slides = (
        f"## Slide {number}\n\n{content(number, named=False)}\n```{{revealjs-notes}}\nWhat is said here.\n```\n"
        for number in range(SLIDES)
    )
    drawn = "shown.querySelector('.mermaid[data-processed] svg') && shown.querySelector('mjx-container')"
    done = f"Reveal.isReady() && {drawn}"
    return Page("revealjs", "# Talk\n\n" + "\n".join(slides), f"{SHOWN}{done}")


SHOWN = "const shown = [...document.querySelectorAll('.slides section.present')].at(-1) ?? document.body; return "


def article(*, ours: bool) -> Page:
    """Return a page of diagrams and equations."""
    parts = ["# Page\n"]
    parts += [f"## Diagram {number}\n\nText.\n\n{diagram(number, named=ours)}" for number in range(DIAGRAMS)]
    parts += [f"Text.\n\n{EQUATION % number}" for number in range(EQUATIONS)]
    drawn, set_ = (".diagram svg", "math[display]") if ours else (".mermaid[data-processed] svg", "mjx-container")
    count = "document.querySelectorAll('{}').length >= {}"
    return Page(
        "html",
        "\n".join(parts),
        f"return document.readyState === 'complete' && {count.format(drawn, DIAGRAMS)} "
        f"&& {count.format(set_, EQUATIONS)}",
    )


def packages() -> Path | None:
    """Return a folder with the packages as they are served; None, and a line that says so, where npm gives none."""
    folder = CACHE / "static"
    if (CACHE / "complete").exists():
        return folder
    npm = shutil.which("npm")
    if npm is None:
        print("npm is missing: nothing to compare with")
        return None
    CACHE.mkdir(parents=True, exist_ok=True)
    for package, (part, name) in PACKAGES.items():
        command = [npm, "pack", "--silent", package]
        done = subprocess.run(command, cwd=CACHE, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"npm gave no {package}: nothing to compare with\n{done.stderr.strip()}")
            return None
        with tempfile.TemporaryDirectory(dir=CACHE) as unpacked:
            with tarfile.open(CACHE / done.stdout.strip()) as archive:
                archive.extractall(unpacked, filter="data")
            unserved = shutil.ignore_patterns("*.map", "*.d.ts", "mjs", "cjs")
            shutil.copytree(Path(unpacked, part), folder / name, ignore=unserved, dirs_exist_ok=True)
    (CACHE / "complete").touch()
    return folder


def build(folder: Path, page: Page, conf: str, static: Path | None) -> Path:
    """Build a page in a process of its own; return the folder that is served."""
    source = folder / "source"
    source.mkdir(parents=True)
    (source / "conf.py").write_text(conf, "utf-8")
    (source / "index.md").write_text(page.document, "utf-8")
    if static:
        (source / "static").symlink_to(static)
    out = folder / page.builder
    command: list[str | Path] = [sys.executable, "-m", "sphinx", "-q", "-b", page.builder, source, out]
    subprocess.run(command, cwd=TOP, check=True)
    return out


class Quiet(SimpleHTTPRequestHandler):
    """Serve files and say nothing."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keep the log out of the table."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine and give its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder))) as httpd:
        httpd.daemon_threads = True
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{httpd.server_port}"
        httpd.shutdown()


class View(NamedTuple):
    """The first view of a page: the ms until it is complete, and the gzipped bytes that it fetches by then."""

    after: float
    scripts: int
    maths_face: int
    all: int


def ready(browser: Browser, address: str, complete: str) -> View:
    """Open a page with nothing cached."""
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    page = context.new_page()
    fetched: list[Response] = []
    page.on("response", lambda response: fetched.append(response))
    page.add_init_script(
        "const complete = () => {" + complete + "};"
        "const ask = () => { try { if (document.fonts.status === 'loaded' && complete()) "
        "{ window.completeAfter = performance.now(); return; } } catch {} requestAnimationFrame(ask); };"
        "requestAnimationFrame(ask);"
    )
    page.goto(address)
    page.wait_for_function("window.completeAfter")
    page.wait_for_load_state("networkidle")
    after = float(page.evaluate("window.completeAfter"))
    sizes = {got: len(gzip.compress(got.body())) for got in fetched}
    scripts = sum(size for got, size in sizes.items() if got.request.resource_type == "script")
    face = sum(size for got, size in sizes.items() if got.url.endswith(MATHS_FACE))
    context.close()
    return View(after, scripts, face, sum(sizes.values()))


def compare(top: Path, browser: Browser, name: str, static: Path, ours: Page, plain: Page, path: str) -> None:
    """Print how soon both are complete, the least of several runs each, in turns, and what scripts they fetch."""
    pages = {"ours": (ours, OURS, None), "plain": (plain, PLAIN, static)}
    views: dict[str, list[View]] = {kind: [] for kind in pages}
    built = {kind: build(top / name / kind, page, conf, where) for kind, (page, conf, where) in pages.items()}
    for _ in range(RUNS):
        for kind, folder in built.items():
            with served(folder) as address:
                views[kind].append(ready(browser, address + path, pages[kind][0].complete))
    mine, theirs = min(view.after for view in views["ours"]), min(view.after for view in views["plain"])
    goal = READY_GOAL if ours.builder == "revealjs" else DRAWN_GOAL
    print(f"{name}: complete after {mine:.0f} ms, plainly {theirs:.0f} ms: {compared(theirs / mine, goal, 'sooner')}")
    view, plainly = views["ours"][-1], views["plain"][-1]
    line = f"{name}: {view.scripts / 1024:.0f} KB of scripts (gzip), plainly {plainly.scripts / 1024:.0f} KB"
    print(f"{line}: {compared(plainly.scripts / view.scripts, SCRIPTS_GOAL, 'fewer')}", flush=True)
    rest = (view.all - view.maths_face) / 1024
    met = "met" if rest <= VIEW_GOAL else "missed"
    print(
        f"{name}: {rest:.0f} KB for the first view (gzip), the goal is at most {VIEW_GOAL} KB ({met}); "
        f"the maths face has {view.maths_face / 1024:.0f} KB more",
        flush=True,
    )


def compared(times: float, goal: float, word: str) -> str:
    """Return how many times, and whether that is enough."""
    return f"{times:.1f} times {word}, the goal is {goal} ({'met' if times >= goal else 'missed'})"


def main(top: Path) -> None:
    """Print the comparison; without npm, say that there is nothing to compare with."""
    static = packages()
    if static is None:
        return
    with open_chromium() as browser:
        compare(top, browser, "deck", static, our_deck(), plain_deck(), "/index.html#/3")
        compare(top, browser, "article", static, article(ours=True), article(ours=False), "/index.html")
    print(WHAT_IT_TAKES)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        main(Path(folder))
