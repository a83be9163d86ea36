"""When each picture of a film is shown: by the cues of a recording, else by how long its note takes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from paperdeck.commands import Refused
from paperdeck.slides.options import write_time

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from paperdeck.exports.printing import Slide

SILENT = 5.0
"""How long a slide is shown of which nothing is said, in seconds."""


@dataclass(frozen=True)
class Cue:
    """A picture of a film, from when on and how long it is shown, in seconds."""

    picture: str
    slide: Slide
    start: float
    seconds: float


def plan_film(slides: Sequence[Slide]) -> list[Cue]:
    """Return the pictures of a deck that has a page for each step, each with its time.

    A slide is shown as long as its note takes; between two slides with cues, the slides share the time in that measure,
    and the steps of a slide share its own.

    Raises Refused: a cue is not after the one before it.
    """
    shown = [list(pages) for _id, pages in groupby(slides, key=lambda slide: slide.id)]
    begins = _find_begins([pages[0] for pages in shown])
    cues: list[Cue] = []
    for pages, (begin, end) in zip(shown, pairwise(begins), strict=True):
        each = (end - begin) / len(pages)
        for place, slide in enumerate(pages):
            cues.append(Cue(f"{len(cues) + 1:03}.png", slide, round(begin + place * each, 3), round(each, 3)))
    return cues


def _find_begins(slides: Sequence[Slide]) -> list[float]:
    """Return when each slide begins, and when the last ends."""
    lengths = [slide.seconds or SILENT for slide in slides]
    known = [(0, slides[0].at or 0.0), *((place, slide.at) for place, slide in enumerate(slides) if place and slide.at)]
    _check_order(slides, known)
    begins: list[float] = []
    for (first, begin), (last, end) in pairwise([*known, (len(slides), 0.0)]):
        share = lengths[first:last]
        scale = (end - begin) / sum(share) if last < len(slides) else 1
        for length in share:
            begins.append(begin)
            begin += length * scale
    return [*begins, begin]


def _check_order(slides: Sequence[Slide], known: Sequence[tuple[int, float]]) -> None:
    """Raise Refused where a cue is not after the one before it."""
    for (first, begin), (last, end) in pairwise(known):
        if end <= begin:
            raise Refused(
                f"the slide “{slides[last].title}” is at {write_time(end)}, and “{slides[first].title}” before it at "
                f"{write_time(begin)}; mend the `:at:` of one of them"
            )


def list_chapters(cues: Sequence[Cue]) -> list[tuple[str, float, float]]:
    """Return what each slide is called, when it begins and when it ends."""
    chapters = []
    for _id, group in groupby(cues, key=lambda cue: cue.slide.id):
        steps = list(group)
        end = steps[-1].start + steps[-1].seconds
        chapters.append((steps[0].slide.title or steps[0].slide.id, steps[0].start, end))
    return chapters


def write_concat(cues: Sequence[Cue]) -> str:
    """Return the pictures as ffmpeg reads them one after another; the last twice, or it would not be shown."""
    lines = [line for cue in cues for line in (f"file '{cue.picture}'", f"duration {cue.seconds:.3f}")]
    return "\n".join(["ffconcat version 1.0", *lines, f"file '{cues[-1].picture}'", ""])


def write_timing(cues: Sequence[Cue]) -> str:
    """Return the pictures as JSON, each with its slide, its time, and what is said at the slide's first."""
    seen: set[str] = set()
    told = []
    for cue in cues:
        note = [] if cue.slide.id in seen else list(cue.slide.note)
        seen.add(cue.slide.id)
        about = {"picture": cue.picture, "slide": cue.slide.id, "title": cue.slide.title}
        told.append({**about, "start": cue.start, "seconds": cue.seconds, "note": note})
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def write_chapters(cues: Sequence[Cue]) -> str:
    """Return the slides as lines of time and title, as video sites read them."""
    return "".join(f"{write_time(start)} {title}\n" for title, start, _end in list_chapters(cues))


def write_metadata(title: str, author: str, cues: Sequence[Cue]) -> str:
    """Return title and chapters as ffmpeg reads them."""
    lines = [";FFMETADATA1", f"title={_escape(title)}", *([f"artist={_escape(author)}"] if author else [])]
    for name, start, end in list_chapters(cues):
        lines += ["[CHAPTER]", "TIMEBASE=1/1000", f"START={round(1000 * start)}", f"END={round(1000 * end)}"]
        lines.append(f"title={_escape(name)}")
    return "\n".join(lines) + "\n"


def _escape(text: str) -> str:
    return "".join(_escape_letters(text))


def _escape_letters(text: str) -> Iterator[str]:
    for letter in text:
        yield f"\\{letter}" if letter in "=;#\\\n" else letter
