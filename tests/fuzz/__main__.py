"""``python -m tests.fuzz [N] [SEED]``: so many hostile cases, and how many of each kind broke what."""

from __future__ import annotations

import argparse
import math
import re
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from tests.conftest import TOP
from tests.fuzz.guard import TooLong, limit_time, watch_files
from tests.fuzz.kinds import KINDS, Kind
from tests.fuzz.projects import write_files

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.fuzz.projects import Files

STARTING = 6.0
"""Seconds of the processor that a build takes before it comes to a case."""


@dataclass(frozen=True)
class Fault:
    """What went wrong with a case."""

    kind: str
    what: str
    files: Files


def attempt(kind: Kind, cases: Sequence[Files], top: Path) -> list[str]:
    """Try some cases at once; return what is wrong, an exception too."""
    project = top / "project"
    shutil.rmtree(project, ignore_errors=True)
    project.mkdir(parents=True)
    with watch_files(project) as touched:
        try:
            with limit_time(STARTING + kind.seconds * len(cases)):
                found = kind.run(cases, project)
        except TooLong:
            last = traceback.extract_stack()[-1]
            found = [f"longer than {kind.seconds:g} s of work ({last.name})"]
        except Exception as error:
            frames = traceback.extract_tb(error.__traceback__)
            ours = next((frame for frame in reversed(frames) if "paperdeck" in frame.filename), frames[-1])
            found = [f"traceback: {type(error).__name__}: {error} ({Path(ours.filename).name}:{ours.lineno})"[:600]]
    return [*found, *dict.fromkeys(touched)]


def try_cases(kind: Kind, cases: Sequence[Files], top: Path) -> Iterator[Fault]:
    """Try cases together, and where something is wrong in halves, down to the one that does it."""
    if not (found := attempt(kind, cases, top)):
        return
    ours = [what for what in found if not re.match(kind.others, what)]
    if len(cases) == 1:
        yield from (Fault(kind.name, what, cases[0]) for what in ours)
        return
    named = {match and int(match[1]) for match in (re.search(r"\bcase(\d+)/", what) for what in found)}
    if None not in named:
        yield from (Fault(kind.name, what, cases[int(re.search(r"\bcase(\d+)/", what)[1])]) for what in found)
        return
    half = len(cases) // 2
    faults = [*try_cases(kind, cases[:half], top), *try_cases(kind, cases[half:], top)]
    yield from faults or [Fault(kind.name, f"together alone: {what}", {}) for what in ours]


def fuzz(kind: Kind, count: int, seed: int, top: Path) -> Iterator[tuple[int, list[Fault]]]:
    """Make and try cases of a kind; yield, for each batch, how many it had and what was wrong."""
    random = Random(f"{kind.name} {seed}")
    while count > 0:
        cases = [kind.make(random) for _ in range(min(kind.batch, count))]
        count -= len(cases)
        yield len(cases), list(try_cases(kind, cases, top))


def summarise(what: str) -> str:
    """Return a fault without what differs from case to case."""
    return re.sub(r"case\d+|'[^']*'|\d+|…[^…]*…", "·", what)[:110]


def main() -> int:
    """Try them all; print the figures and keep what broke."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("number", nargs="?", type=int, default=10_000, help="how many cases (10000)")
    parser.add_argument("seed", nargs="?", type=int, default=0, help="another number gives other cases (0)")
    parser.add_argument("--kind", action="append", choices=[kind.name for kind in KINDS], help="this kind alone")
    options = parser.parse_args()
    kinds = [kind for kind in KINDS if not options.kind or kind.name in options.kind]
    shares = sum(kind.share for kind in kinds)
    kept = TOP / "_build" / "fuzz"
    shutil.rmtree(kept, ignore_errors=True)
    total = 0
    print(f"{'kind':<16} {'cases':>6} {'broken':>6} {'CPU s':>6}   seed {options.seed}")
    for kind in kinds:
        start, tried, faults = time.process_time(), 0, []
        with tempfile.TemporaryDirectory(prefix="paperdeck-") as folder:
            for count, found in fuzz(kind, math.ceil(options.number * kind.share / shares), options.seed, Path(folder)):
                tried += count
                faults += found
        total += len(faults)
        print(f"{kind.name:<16} {tried:6} {len(faults):6} {time.process_time() - start:6.0f}", flush=True)
        for what, number in Counter(summarise(fault.what) for fault in faults).most_common():
            first = next(fault for fault in faults if summarise(fault.what) == what)
            place = kept / f"{kind.name.replace(' ', '-')}-{len(list(kept.glob('*')))}"
            write_files(place, first.files)
            print(f"  {number} × {first.what}\n    {place.relative_to(TOP)}", flush=True)
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main())
