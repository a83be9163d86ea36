"""Tell, point by point, where a paper carries what an outline holds: on a slide, in a note, in a section.

A point is carried where its numbers and most of its words stand in one section. What says it in other words, and what
is left out on purpose, is written into outline.yaml beside the paper.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from paperdeck.commands import Refused
from paperdeck.files import find_likely
from paperdeck.ledger.yaml import Unreadable, parse_yaml, read_pairs
from paperdeck.outlines.inline import plain
from paperdeck.outlines.matching import Matcher
from paperdeck.outlines.outline import find_document
from paperdeck.outlines.passages import read_passages
from paperdeck.outlines.reading import load_outline

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from paperdeck.outlines.model import Outline
    from paperdeck.outlines.passages import Passage

WORDS = "outline.yaml"
STYLE = """
body { font: 16px/1.5 sans-serif; margin: 2rem; }
td { padding: .3rem .6rem; vertical-align: top; border-top: 1px solid #ccc; }
.perhaps td { background: #fff3d6; }
.missing td { background: #fde2e0; }
.dropped td { color: #666; }
"""


class State(StrEnum):
    """What became of a point."""

    CARRIED = "carried"
    DROPPED = "dropped"
    PERHAPS = "perhaps"
    """Something near it stands in the paper, which a person has to look at."""
    MISSING = "not found"


SETTLED = (State.CARRIED, State.DROPPED)


@dataclass(frozen=True)
class Outcome:
    """What became of one point."""

    point: str
    line: int
    slide: int
    state: State
    passage: Passage | None
    reason: str = ""

    @property
    def where(self) -> str:
        """Where it stands, or what stands nearest."""
        found = f"{self.passage.file}:{self.passage.line} ({self.passage.place})" if self.passage else ""
        nearest = f"nearest: {found}" if found and self.state not in SETTLED else found
        return "; ".join(filter(None, (self.reason, nearest)))


@dataclass(frozen=True)
class OwnWords:
    """What an author says of points: the words that carry one, or why it was dropped; by the words of the point."""

    carried: dict[str, tuple[str, int]]
    dropped: dict[str, tuple[str, int]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command is told."""
    parser.add_argument("paper", help="a paper: its name, its folder, or its document")
    parser.add_argument("outline", type=Path, help="the outline, in any form that “new --outline” reads")
    parser.add_argument("--all", action="store_true", help="list the points that are carried, too")
    parser.add_argument("--html", type=Path, metavar="FILE", help="write the list as a page")
    parser.add_argument(
        "--least",
        type=float,
        default=100,
        metavar="PERCENT",
        help="fail where fewer of the points are carried or dropped; 100 without it",
    )


def run(options: argparse.Namespace) -> int:
    """Look for the points; return 1 where too few are found.

    Raises Refused: something is wrong with what was given.
    """
    if not options.paper or options.outline == Path():
        example = "make coverage PAPER=lora OUTLINE=outline.md"
        raise Refused(f"name a paper and the file that has its outline: {example}")
    document = find_document(options.paper)
    outline = load_outline(options.outline)
    outcomes = cover(outline, read_passages(document, Path()), load_own_words(document.with_name(WORDS)))
    if options.html:
        options.html.write_text(write_page(outcomes, document, options.outline), "utf-8")
    for outcome in outcomes:
        if options.all or outcome.state not in SETTLED:
            where = f" [{outcome.where}]" if outcome.where else ""
            print(f"{options.outline}:{outcome.line}: slide {outcome.slide}: {outcome.state}: {outcome.point}{where}")
    print(sum_up(outcomes))
    settled = sum(outcome.state in SETTLED for outcome in outcomes)
    return int(settled * 100 < options.least * len(outcomes))


def cover(outline: Outline, passages: Sequence[Passage], own: OwnWords) -> list[Outcome]:
    """Return what became of each point of an outline.

    Raises Refused: an author's words name a point that the outline does not have.
    """
    matcher = Matcher(passages)
    outcomes, slide = [], 0
    for outlined in outline.slides:
        slide += not outlined.detail
        for block in outlined.shown:
            outcomes.append(judge(plain(block.text), block.line, slide, matcher, own))
    points = {fold_spaces(outcome.point) for outcome in outcomes}
    for point, (_, line) in {**own.carried, **own.dropped}.items():
        if point not in points:
            raise Refused(f"{WORDS}:{line}: the outline has no point {point!r}; write one as it stands there")
    return outcomes


def judge(point: str, line: int, slide: int, matcher: Matcher, own: OwnWords) -> Outcome:
    """Return what became of a point: by the author's word, or by its own."""
    folded = fold_spaces(point)
    if folded in own.dropped:
        return Outcome(point, line, slide, State.DROPPED, None, own.dropped[folded][0])
    match = matcher.match(point, slide)
    if folded in own.carried:
        words = own.carried[folded][0]
        passage = next((each for each in matcher.passages if fold_spaces(words) in fold_spaces(each.text)), None)
        if passage:
            return Outcome(point, line, slide, State.CARRIED, passage)
        return Outcome(point, line, slide, State.MISSING, match.passage, f"“{words}” stands nowhere in the paper")
    state = State.CARRIED if match.carried else State.PERHAPS if match.near else State.MISSING
    reason = f"without {', '.join(match.missing)}" if match.missing and match.passage else ""
    return Outcome(point, line, slide, state, match.passage, reason)


def fold_spaces(text: str) -> str:
    """Return a text in one line and one case."""
    return re.sub(r"\s+", " ", text).strip().casefold()


def load_own_words(path: Path) -> OwnWords:
    """Return what an author says of points; nothing where there is no such file.

    Raises Refused: it cannot be read, or has another name.
    """
    if not path.is_file() and (likely := find_likely(path)):
        raise Refused(f"{path.with_name(likely)} is not read; call it {path.name}")
    found: dict[str, dict[str, tuple[str, int]]] = {"carried": {}, "dropped": {}}
    try:
        root = parse_yaml(path.read_text("utf-8"), 2) if path.is_file() else None
        for name, points in read_pairs(root) if root else ():
            if name.content not in found:
                raise Unreadable(name, "write “carried:” or “dropped:” here, and the points below it")
            for point, words in read_pairs(points):
                if not words.content or not isinstance(words.content, str):
                    raise Unreadable(words, "write the words of the paper, or the reason, behind the point")
                found[str(name.content)][fold_spaces(str(point.content))] = words.content, point.line
    except Unreadable as error:
        raise Refused(f"{path}:{error.node.line}: {error}") from None
    except UnicodeDecodeError:
        raise Refused(f"{path} is no text in UTF-8; save it as that") from None
    return OwnWords(found["carried"], found["dropped"])


def sum_up(outcomes: Sequence[Outcome]) -> str:
    """Return a line that says how many points came out how."""
    counts = Counter(outcome.state for outcome in outcomes)
    settled = counts[State.CARRIED] + counts[State.DROPPED]
    return (
        f"{settled} of {len(outcomes)} points: {counts[State.CARRIED]} carried, {counts[State.DROPPED]} dropped; "
        f"{counts[State.PERHAPS]} to be looked at, {counts[State.MISSING]} not found"
    )


def write_page(outcomes: Sequence[Outcome], document: Path, outline: Path) -> str:
    """Return the list as an HTML page."""
    rows = "".join(
        f"<tr class={outcome.state.name.lower()}><td>{outcome.slide}<td>{html.escape(outcome.point)}"
        f"<td>{outcome.state}<td>{html.escape(outcome.where)}"
        for outcome in outcomes
    )
    title = html.escape(f"{outline.name} in {document.parent.name}")
    return (
        f"<!doctype html><html lang=en><meta charset=utf-8><title>{title}</title><style>{STYLE}</style>"
        f"<h1>{title}</h1><p>{html.escape(sum_up(outcomes))}</p>"
        f"<table><tr><th>Slide<th>Point<th>Outcome<th>Where</tr>{rows}</table></html>"
    )
