"""How long after a save article and deck are on the screen, on the site itself and among a hundred rich papers."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path
from string import ascii_uppercase
from typing import TYPE_CHECKING, NamedTuple

from paperdeck.browser import open_chromium
from tests import bench_papers
from tests.conftest import TOP
from tests.live.following import follow

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.live.following import Following

SAVES = 8
PAPERS = 100
FIRST_GOAL, ARTICLE_GOAL, DECK_GOAL = 2.0, 0.5, 1.0
"""Seconds: from a warm start to the first page, from a save to the article, from a save to the deck."""
LONGEST = 60_000
"""Milliseconds after which a page that does not change has failed."""


class Project(NamedTuple):
    """A project that is served, the paper that is saved, and words on a slide of it."""

    name: str
    source: Path
    document: str
    words: str


def copy_site(top: Path) -> Project:
    """Copy what git knows of this site."""
    known = subprocess.run(["git", "ls-files", "-z"], cwd=TOP, check=True, capture_output=True, text=True).stdout
    for name in filter(None, known.split("\0")):
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(TOP / name, top / name)
    return Project("this site", top, "papers/glam/index", "Scaling dense models still helps")


def write_papers(top: Path) -> Project:
    """Write papers, one of which has words of its own on its first slide."""
    source = bench_papers.write(top, PAPERS, rich=True, ours=True)
    paper = source / "papers" / "n0" / "index.md"
    text = paper.read_text("utf-8")
    at = text.index("\n- ") + 3
    paper.write_text(f"{text[:at]}Measured words. {text[at:]}", "utf-8")
    return Project(f"{PAPERS} rich papers", source, "papers/n0/index", "Measured words.")


def save(project: Project, page: Page, number: int) -> float:
    """Write other words on the slide; return the seconds until an open page has them."""
    path = project.source / f"{project.document}.md"
    text = path.read_text("utf-8")
    new = f"Written as {ascii_uppercase[number]}"  # a digit has no source, and is kept with its word
    try:
        start = time.perf_counter()
        path.write_text(text.replace(project.words, new, 1), "utf-8")
        wait_for(page, new)
        return time.perf_counter() - start
    finally:
        path.write_text(text, "utf-8")
        wait_for(page, project.words)


def wait_for(page: Page, words: str) -> None:
    """Wait until a page shows some words; a locator would look for them a few times a second."""
    page.wait_for_function("words => document.body?.textContent.includes(words)", arg=words, timeout=LONGEST)


def measure_saves(project: Project, live: Following, browser: Browser) -> None:
    """Print how long saves take to be seen, with the article alone open, then with the deck."""
    for what, address, goal in (("article", "", ARTICLE_GOAL), ("deck", "/slides", DECK_GOAL)):
        page = browser.new_page()
        page.goto(f"{live.url}{address}/{project.document}.html")
        wait_for(page, project.words)
        taken = []
        for number in range(SAVES):
            live.settle()
            taken.append(save(project, page, number))
        page.close()
        say(f"{project.name}, from a save to the {what}", taken, goal)


def say(what: str, taken: list[float], goal: float) -> None:
    """Print the least and the median of some times, and whether the median is within the goal."""
    middle = statistics.median(taken)
    met = "met" if middle <= goal else "missed"
    seconds = f"{min(taken):.2f} s at least, {middle:.2f} s in the median"
    print(f"{what}: {seconds}, the goal is {goal:g} s ({met})", flush=True)


def main(top: Path) -> None:
    """Print what an author waits for."""
    with open_chromium() as browser:
        for project in (copy_site(top / "site"), write_papers(top / "papers")):
            told = top / "told.txt"
            with follow(project.source, told) as live:
                live.settle()  # everything is built once, and kept
                live.end()
            start = time.perf_counter()
            with follow(project.source, told) as live:
                status, text = live.get(f"/{project.document}.html")
                taken = time.perf_counter() - start
                assert (status, project.words in text) == (200, True)
                say(f"{project.name}, from a warm start to a page", [taken], FIRST_GOAL)
                live.settle()
                measure_saves(project, live, browser)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        main(Path(folder))
