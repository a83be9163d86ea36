"""How long both outputs take, against plain Sphinx, MyST and furo writing the same text as articles alone.

``python -m tests.bench`` for everything, ``builds``, ``live`` or ``pages`` for a part; ``--thousand`` builds 1,000
papers too.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests import bench_deck, bench_live, bench_papers
from tests.conftest import TOP

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

RUNS = {("rich", 10): 3, ("rich", 100): 2, ("lean", 3): 3, ("lean", 30): 3, ("lean", 300): 1}
"""What papers, how many, and how often: the least of each is taken, for other work can only lengthen it."""
GOALS = {("rich", 10): 3.0, ("rich", 100): 2.5, ("lean", 30): 2.0, ("lean", 300): 2.0}
"""Both outputs take at most so many times what plain articles take."""
PARALLEL_GOAL, GROWTH_GOAL, MEMORY_GOAL, CHANGE_GOAL = 1.6, 11.0, 1000, 1.3
CHANGES = 3

METHOD = """\
CPU seconds, the least of several runs, in turns with plain Sphinx: html and deck in a process each, then both at once
by our own command from clean. What is compared with plain html is both at once.
rich: 10 slides, 3 diagrams, 10 equations, 2 charts, 20 facts; plainly the same prose, equations and numbers.
lean: 10 slides of lists, code, tables and equations; plainly the same."""

WHAT_IT_TAKES = """\
What stands between the figures and the goals that are missed, by a profile of rich papers:
- Where nothing of ours is at work, Sphinx, docutils, MyST and furo read and write what our pages hold: 44 % of the
  articles and a third of the decks, together twice what plain articles take. To come from there to 2.5 times, all
  that we do would have to take a fifth of its time.
- A fifth of the articles is diagrams, 12 ms each. merman has four fifths of it: a flowchart is laid out, so that boxes
  of one rank become equally wide, and then drawn, and each time it asks Python for widths of texts, 42 in all, which
  is half of its time. It draws from no layout that it is given, and takes no widths beforehand.
- No other part of ours has more than 4 % of the articles: each page as Markdown 4 %, the charts, drawn for article,
  phone and slide, 3, the table of numbers 3, the ledgers 1. Of the decks, measuring each slide has 10 %, the slides
  themselves with notes and sources 12, the pages as Markdown 6, the charts 6, the widths of formulas 6.
- Walking trees: Sphinx, MyST and docutils dozens of times for each document, as for plain articles, and we as often,
  another 4 % of the articles. One walk for all of ours would take its place.
- With -j, Sphinx takes the trees of articles through all post-transforms in the main process, and collects the words
  for the search there, together a fifth of the work. Reading, drawing and decks are shared, among processes that each
  load anew what draws diagrams, which takes 0.2 s, and begin with empty caches.
- A build in which nothing has changed is start alone: half of it are imports, a quarter of these ours. What stays in
  memory, as with ``live``, pays for none of it.
- From a save to the article on the screen: half of the time is Sphinx, docutils and MyST, which read and write the
  document whole, however little of it has changed. Of ours, no part has more than 6 %.
- Memory grows by 1 MB for each paper: with -j, Sphinx prepares the trees of all articles in the main process, and they
  wait there, with their pictures, until a process has written them."""


class Cost(NamedTuple):
    """What a process took: seconds of the processor, seconds on the clock, and MB of memory at most."""

    cpu: float
    wall: float
    memory: float


class Site(NamedTuple):
    """The same papers as ours and plainly; each has its outputs beside its source."""

    ours: Path
    plain: Path


@dataclass(frozen=True)
class Row:
    """What a number of papers cost."""

    plain: Cost
    html: Cost
    deck: Cost
    both: Cost
    """Of both in one process."""

    @property
    def ratio(self) -> float:
        """Return how many times a plain article both outputs cost."""
        return self.both.cpu / self.plain.cpu


def build(builder: str, source: Path, *options: str) -> Cost:
    """Build one output with Sphinx, in a process of its own."""
    out = source.parent
    told = ["-q", "-W", "--keep-going", "-b", builder, *options]
    return run("sphinx", *told, "-d", out / "doctrees", source, out / builder)


def build_both(source: Path) -> Cost:
    """Build both outputs with our command, which uses all processors."""
    return run("paperdeck", "build", source, "--out", source.parent / "both")


def run(module: str, *told: str | Path) -> Cost:
    """Run a module in a process of its own; other work on the machine does not lengthen its CPU seconds."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTHONPATH": str(TOP), "PYTHONPYCACHEPREFIX": str(bench_deck.CACHE / "pycache")}
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", module, *told], env=environment, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{module} {' '.join(map(str, told))}: failed")
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024)


def make_site(top: Path, kind: str, papers: int, run: str) -> Site:
    """Write the same papers twice."""
    folder = top / f"{kind}-{papers}-{run}"
    rich = kind == "rich"
    return Site(
        bench_papers.write(folder / "ours" / "source", papers, rich=rich, ours=True),
        bench_papers.write(folder / "plain" / "source", papers, rich=rich, ours=False),
    )


def build_site(site: Site, *options: str) -> Row:
    """Build both."""
    plain = build("html", site.plain, *options)
    return Row(plain, build("html", site.ours, *options), build("revealjs", site.ours, *options), build_both(site.ours))


def least(rows: Iterable[Row]) -> Row:
    """Return the least of each cost."""
    costs = zip(*((row.plain, row.html, row.deck, row.both) for row in rows), strict=True)
    return Row(*(Cost(*map(min, zip(*same, strict=True))) for same in costs))


def replace_in(path: Path, old: str, new: str) -> None:
    """Replace the first of something in a file."""
    text = path.read_text("utf-8")
    if old not in text:
        raise LookupError(f"{old!r} in {path}")
    path.write_text(text.replace(old, new, 1), "utf-8")


def change_sentence(site: Site, time_: int) -> None:
    """Say another thing in the first paper, in both sites."""
    for source in site:
        replace_in(source / "papers" / "n0" / "index.md", " and **so** on", f" and **so {time_}** on")


def change_diagram(site: Site, time_: int) -> None:
    """Write another word in a box; plainly, where there is none, in a sentence."""
    replace_in(site.ours / "papers" / "n0" / "index.md", '  n3["', f'  n3["again {time_} ')
    replace_in(site.plain / "papers" / "n0" / "index.md", " and **so", " and **again so")


def change_fact(site: Site, time_: int) -> None:
    """Correct a number in the ledger; plainly in the text."""
    written = bench_papers.ledger(0)["f1"][0]
    was, now = (str(int(written) + 1000 * step) if step else written for step in (time_ - 1, time_))
    replace_in(site.ours / "papers" / "n0" / "facts.yaml", f"value: {was}\n", f"value: {now}\n")
    replace_in(site.plain / "papers" / "n0" / "index.md", f"There are {was}.", f"There are {now}.")


CHANGED: dict[str, Callable[[Site, int], None]] = {
    "nothing": lambda site, time_: None,
    "one sentence": change_sentence,
    "one diagram": change_diagram,
    "one fact": change_fact,
}


def say(what: str, value: float, goal: float, *, least_of: bool = False, unit: str = " times") -> bool:
    """Print a figure, its goal, and whether it is met; return that."""
    met = value >= goal if least_of else value <= goal
    bound = "at least" if least_of else "at most"
    print(f"{what}: {value:.3g}{unit}, the goal is {bound} {goal:g} ({'met' if met else 'missed'})", flush=True)
    return met


def print_costs(name: str, row: Row) -> None:
    """Print a line of the table."""
    print(
        f"{name:14} {row.plain.cpu:10.2f} {row.html.cpu:8.2f} {row.deck.cpu:9.2f} {row.both.cpu:12.2f} "
        f"{row.ratio:12.2f}",
        flush=True,
    )


def compare_changes(site: Site) -> dict[str, Row]:
    """Print what it costs to build again when one thing has changed among all papers."""
    rows = {}
    for what, change in CHANGED.items():
        seen = []
        for time_ in range(1, CHANGES + 1):
            change(site, time_)
            seen.append(build_site(site))
        rows[what] = least(seen)
        print_costs(what, rows[what])
    return rows


def growth(points: list[tuple[int, float]]) -> float:
    """Return how much dearer one more paper is in the last step than in the first."""
    steps = [(after[1] - before[1]) / (after[0] - before[0]) for before, after in pairwise(points)]
    return steps[-1] / steps[0]


def measure_builds(top: Path, *, thousand: bool) -> None:
    """Print the table of costs, then each figure that has a goal."""
    build_site(make_site(top, "rich", 1, "warm"))  # every module is compiled before the clock runs
    print(METHOD)
    print(
        f"{'from clean':14} {'plain html':>10} {'html':>8} {'then deck':>9} {'both at once':>12} {'both : plain':>12}"
    )
    rows = {}
    for (kind, papers), runs in RUNS.items():
        sites = [make_site(top, kind, papers, str(run)) for run in range(runs)]
        rows[kind, papers] = least(map(build_site, sites))
        print_costs(f"{kind} {papers}", rows[kind, papers])
        if (kind, papers) == ("rich", 100):
            hundred = sites[0]
    if thousand:
        rows["rich", 1000] = build_site(make_site(top, "rich", 1000, "0"))
        print_costs("rich 1000", rows["rich", 1000])
    print("changed among the rich 100")
    changed = compare_changes(hundred)
    parallel = build_site(make_site(top, "rich", 100, "parallel"), "-j", "2")

    met = True
    for (kind, papers), goal in GOALS.items():
        met &= say(f"{kind} {papers}, both : plain html", rows[kind, papers].ratio, goal)
    for what in CHANGED:
        if what != "nothing":
            met &= say(f"{what} changed, both : plain html", changed[what].ratio, CHANGE_GOAL)
    alone = rows["rich", 100]
    gain = (alone.html.wall + alone.deck.wall) / (parallel.html.wall + parallel.deck.wall)
    met &= say("-j 2 on the clock, rich 100, both", gain, PARALLEL_GOAL, least_of=True)
    print(f"(plain Sphinx gains {alone.plain.wall / parallel.plain.wall:.3g} times; other work on the machine counts)")
    lean = [(papers, row) for (kind, papers), row in rows.items() if kind == "lean"]
    plainly = growth([(papers, row.plain.cpu) for papers, row in lean])
    ours = growth([(papers, row.html.cpu) for papers, row in lean])
    met &= say("a lean paper more in html, at 300 against at 30", ours, round(plainly, 2))
    if thousand:
        last = rows["rich", 1000]
        met &= say("rich 1000 : rich 100, both at once", last.both.cpu / alone.both.cpu, GROWTH_GOAL)
        met &= say("memory of rich 1000", last.both.memory, MEMORY_GOAL, unit=" MB")
        print(f"(plain Sphinx: {last.plain.cpu / alone.plain.cpu:.3g} times, {last.plain.memory:.0f} MB)")
    if not met:
        print(WHAT_IT_TAKES)


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("what", nargs="?", choices=["builds", "live", "pages"], help="one part alone")
    parser.add_argument("--thousand", action="store_true", help="1,000 rich papers too, which takes minutes")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if asked.what in (None, "builds"):
            measure_builds(Path(folder, "builds"), thousand=asked.thousand)
        if asked.what in (None, "live"):
            bench_live.main(Path(folder, "live"))
        if asked.what in (None, "pages"):
            bench_deck.main(Path(folder, "pages"))


if __name__ == "__main__":
    main()
