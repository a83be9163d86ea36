"""Each picture of a film has its time."""

from __future__ import annotations

import json

import pytest

from paperdeck.commands import Refused
from paperdeck.exports.cues import (
    SILENT,
    plan_film,
    write_chapters,
    write_concat,
    write_metadata,
    write_timing,
)
from paperdeck.exports.printing import Slide
from paperdeck.slides.options import write_time


def show(name: str, seconds: float = 0, at: float | None = None, *, step: bool = False) -> Slide:
    """Return a page of a deck."""
    return Slide(name, f"About {name}", "1", False, step, "", (f"Said at {name}.",), seconds, at)


DECK = [show("one", 10), show("one", 10, step=True), show("two", 20), show("three")]


def test_a_slide_is_shown_as_long_as_its_note_takes() -> None:
    """Its steps share that; one of which nothing is said is shown a while."""
    cues = plan_film(DECK)
    assert [(cue.picture, cue.start, cue.seconds) for cue in cues] == [
        ("001.png", 0, 5),
        ("002.png", 5, 5),
        ("003.png", 10, 20),
        ("004.png", 30, SILENT),
    ]


def test_cues_of_a_recording_go_before_notes() -> None:
    """Slides between two cues share the time as their notes do; the first slide is there from the beginning."""
    cues = plan_film([show("a", 10), show("b", 30), show("c", 10, 80.0), show("d", 10, 90.5), show("e", 7)])
    assert [cue.start for cue in cues] == [0, 20, 80, 90.5, 100.5]
    assert cues[-1].seconds == 7


def test_a_cue_that_is_not_after_the_one_before_it_is_told() -> None:
    """With both slides and both times."""
    with pytest.raises(Refused, match=r"“About b” is at 1:05, and “About a” before it at 1:10; mend the `:at:`"):
        plan_film([show("cover"), show("a", 5, 70.0), show("b", 5, 65.0)])


def test_what_recorders_and_ffmpeg_read() -> None:
    """Pictures with their times, chapters, and what is said."""
    cues = plan_film(DECK)
    assert write_concat(cues).splitlines()[:5] == [
        "ffconcat version 1.0",
        "file '001.png'",
        "duration 5.000",
        "file '002.png'",
        "duration 5.000",
    ]
    assert write_concat(cues).splitlines()[-1] == "file '004.png'"
    assert write_chapters(cues) == "0:00 About one\n0:10 About two\n0:30 About three\n"
    told = json.loads(write_timing(cues))
    assert [(cue["slide"], cue["start"], cue["note"]) for cue in told][:3] == [
        ("one", 0, ["Said at one."]),
        ("one", 5, []),
        ("two", 10, ["Said at two."]),
    ]
    metadata = write_metadata("a = b; #c", "A. Person", cues)
    assert metadata.startswith(";FFMETADATA1\ntitle=a \\= b\\; \\#c\nartist=A. Person\n[CHAPTER]\nTIMEBASE=1/1000\n")
    assert "START=10000\nEND=30000\ntitle=About two\n" in metadata


@pytest.mark.parametrize(("seconds", "written"), [(0, "0:00"), (65.9, "1:05"), (3723, "1:02:03")])
def test_times_are_written_as_they_are_read(seconds: float, written: str) -> None:
    """Hours only where there are some."""
    assert write_time(seconds) == written
