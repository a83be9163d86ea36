"""``check`` in a real Chromium: each fault of a zoo is found once and nothing else, and the real site has none."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from paperdeck.checking import looking
from paperdeck.checking.findings import Kind
from tests.conftest import TOP
from tests.sites import ROOTS, SmallSite

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from playwright.sync_api import Browser

    from tests.conftest import Site

ZOO = ROOTS / "test-check"


def check(*options: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, as a person does."""
    command: list[str | Path] = [sys.executable, "-m", "paperdeck", "check", *options]
    return subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def zoo(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    """Build the documents, and give what is told of them, by page or slide."""
    top = tmp_path_factory.mktemp("zoo")
    site = SmallSite(ZOO, top)
    folders = [site.articles().folder, site.deck().folder]
    (folders[0] / "search.html").unlink()  # the theme's, with a fault of its own
    done = check(*folders, "--source", ZOO, "--json", "--pictures", top / "pictures", "--jobs", "2")
    told = json.loads(done.stdout)
    return {"told": told, "status": done.returncode, "said": done.stderr, "pictures": top / "pictures"}


EXPECTED = {
    "axe": ("axe", 98),
    "clipped": ("clipped", 24),
    "console": ("console", 6),
    "contrast": ("contrast", 90),
    "dead_link": ("dead_link", 6),
    "duplicate_id": ("duplicate_id", 6),
    "empty_start": ("empty_start", 73),
    "hidden_mark": ("hidden_mark", 57),
    "label": ("label", 49),
    "markup": ("markup", 6),
    "missing": ("dead_link", 6),
    "no_alt": ("no_alt", 81),
    "outside": ("outside", 16),
    "overlap": ("overlap", 33),
    "request": ("request", 6),
    "shift": ("shift", 7),
    "sideways": ("outside", 6),
    "small": ("small", 41),
    "tex": ("undrawn", 6),
    "undrawn": ("undrawn", 65),
}
"""By slide or page: what is wrong with it, and the line of its document where that stands."""


def test_each_fault_is_found_once_and_nothing_else(zoo: Mapping[str, Any]) -> None:
    """On its slide or page, at its line."""
    told = sorted((told["slide"] or Path(told["page"]).stem, told["kind"], told["line"]) for told in zoo["told"])
    assert told == sorted((name, kind, line) for name, (kind, line) in EXPECTED.items())
    assert zoo["status"] == 1
    assert "20 findings on 10 pages; 10 pages and 1 deck of 14 slides were looked at" in zoo["said"]


def test_every_kind_lives_in_the_zoo() -> None:
    """But a page that does not open, which has a test of its own."""
    assert {kind for kind, _line in EXPECTED.values()} == set(Kind) - {Kind.BROKEN}


def test_what_is_seen_has_a_picture(zoo: Mapping[str, Any]) -> None:
    """Beside the page that shows it."""
    page = (zoo["pictures"] / "index.html").read_text("utf-8")
    assert page.count("<article>") == len(EXPECTED)
    seen = [told for told in zoo["told"] if told["views"]]
    assert page.count("<img ") == len(seen) == len(list(zoo["pictures"].glob("*.png")))


def test_a_deck_that_does_not_start_is_told(browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of it can be seen."""
    monkeypatch.setattr(looking, "PATIENCE", 500)
    page = tmp_path / "index.html"
    page.write_text('<!doctype html><div class="reveal"><div class="slides"><section></section></div></div>', "utf-8")
    (found,) = looking.look_at(browser, page, is_deck=True, axe=looking.Axe("", None)).findings
    assert found.kind is Kind.BROKEN


def look_at_page(browser: Browser, path: Path, body: str) -> list[tuple[Kind, str]]:
    """Write a page, and return what is wrong with it."""
    path.write_text(f'<!doctype html><html lang="en"><title>x</title><main><h1>x</h1>{body}</main>', "utf-8")
    found = looking.look_at(browser, path, is_deck=False, axe=looking.read_axe(every_rule=True)).findings
    return [(finding.kind, finding.text.partition(":")[0]) for finding in found]


def test_a_frame_is_no_fault_of_its_page(browser: Browser, tmp_path: Path) -> None:
    """Looking into it would be one; a message of the page's own that cannot arrive is told."""
    (tmp_path / "other.html").write_text("<!doctype html><title>x</title>", "utf-8")
    frame = '<iframe title="x" src="other.html"></iframe>'
    assert look_at_page(browser, tmp_path / "index.html", frame) == []
    script = "<script>onload = () => frames[0].postMessage('', 'https://example.org')</script>"
    assert look_at_page(browser, tmp_path / "index.html", frame + script) == [
        (Kind.CONSOLE, "Failed to execute 'postMessage' on 'DOMWindow'")
    ]


def test_a_formula_names_its_column(browser: Browser, tmp_path: Path) -> None:
    """Which axe does not see in MathML; a header cell with nothing in it is told."""
    formula = "<th><math><mi>x</mi></math></th>"
    table = "<table><tr>{}<th>a</th></tr><tr><td>b</td><td>c</td></tr></table>"
    assert look_at_page(browser, tmp_path / "index.html", table.format(formula)) == []
    for empty in ("<th></th>", "<th><math></math></th>"):
        assert look_at_page(browser, tmp_path / "index.html", table.format(empty)) == [(Kind.AXE, "th")]


FILM = TOP / "guide" / "gallery" / "halving.webm"


def test_a_film_is_looked_at_and_not_begun(browser: Browser, small_site: Callable[..., SmallSite]) -> None:
    """The next slide would interrupt it; a script of the page's own that does so is told."""
    talk = "# Talk\n\n:::{slide} A film\n![film](film.webm){.autoplay .muted}\n:::\n\n:::{slide} A point\n- a\n:::\n"
    deck = small_site({"index.md": talk, "film.webm": FILM.read_bytes()}).deck()
    found = looking.look_at(browser, deck.folder / "index.html", is_deck=True, axe=looking.read_axe(every_rule=False))
    assert [finding for finding in found.findings if finding.kind is Kind.CONSOLE] == []
    script = "<script>Promise.reject(new Error('The play() request was interrupted'))</script>"
    assert look_at_page(browser, deck.folder / "page.html", script) == [
        (Kind.CONSOLE, "The play() request was interrupted")
    ]


def test_nothing_is_wrong_with_the_real_articles(site: Site) -> None:
    """Nor with how they are written."""
    done = check(site.html, "--all-rules")
    assert done.stdout == ""
    assert done.returncode == 0


def test_nothing_is_wrong_with_the_real_decks(site: Site) -> None:
    """And their slides are as high as the build reckons, to within 8 px."""
    done = check(site.revealjs, "--all-rules")
    assert done.stdout == ""
    assert done.returncode == 0
    assert "slides of text, browser less build: median +0.0 px" in done.stderr


GUEST = (
    """\
# Talk

## Short

- a point

## Long

"""
    + "Words that go on and on until they have left the slide. " * 60
)


def test_a_guest_is_checked_as_it_is(tmp_path: Path) -> None:
    """A deck of sphinx-revealjs's own, which knows nothing of us: what leaves a slide is told."""
    (tmp_path / "conf.py").write_text('extensions = ["myst_parser", "sphinx_revealjs"]\n', "utf-8")
    (tmp_path / "index.md").write_text(GUEST, "utf-8")
    done = check(SmallSite(tmp_path, tmp_path / "_build").deck().folder, "--json")
    told = {(told["kind"], told["slide"], told["line"], told["file"]) for told in json.loads(done.stdout)}
    # and the page of sphinx-revealjs closes an element that it has not opened
    file = str(tmp_path / "index.md")
    assert told == {("outside", "2/0", 7, file), ("outside", "2/0", 9, file), ("markup", None, 1, file)}
