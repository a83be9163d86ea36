"""Write decks as numbered pictures with their times, for any recorder; with a recording, as a video.

A picture for each step of a slide, and how long it is shown: as long as its note takes, or by the cues of a recording
(``:at:`` on slides). Needs a Chromium; a video needs ffmpeg.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from paperdeck.browser import open_chromium
from paperdeck.commands import Refused, count, tell_progress
from paperdeck.exports.cues import plan_film, write_chapters, write_concat, write_metadata, write_timing
from paperdeck.exports.pages import add_folders, choose_decks, name_pages
from paperdeck.exports.printing import SCALE, list_slides, open_for_paper, take_pictures
from paperdeck.exports.written import shorten
from paperdeck.slides.options import write_time

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from playwright.sync_api import Browser

    from paperdeck.exports.pages import Page

PICTURES, TIMING, CHAPTERS, METADATA = "pictures.ffconcat", "timing.json", "chapters.txt", "chapters.ffmetadata"
"""What lies beside the pictures."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command is told."""
    add_folders(parser)
    parser.add_argument("--recording", type=Path, metavar="FILE", help="what is said, as sound: a video is made of it")


def run(options: argparse.Namespace) -> int:
    """Write them.

    Raises Refused: there is nothing to write, or nothing to write with.
    """
    program = require_ffmpeg(options.recording) if options.recording else ""
    decks, out = choose_decks(options)
    if program and len(decks) > 1:
        raise Refused(f"a recording is of one deck, and there are {len(decks)}; choose one with --only")
    names = name_pages(decks)
    with open_chromium() as browser:
        for done, deck in enumerate(decks):
            folder = out / f"{names[deck.path]}-film"
            tell_progress(done, len(decks), folder.name)
            print(write_film(browser, deck, folder, has_recording=bool(program)), flush=True)
        tell_progress(len(decks), len(decks), "")
    if program:
        video = out / f"{names[decks[0].path]}.mp4"
        make_video(program, folder, options.recording, video)
        print(f"Open {shorten(video)}")
    return 0


def require_ffmpeg(recording: Path) -> str:
    """Return the program that makes a video of pictures and a recording.

    Raises Refused: there is none, or no recording.
    """
    if not recording.is_file():
        raise Refused(f"there is no recording {recording}; name a file of sound for --recording")
    if program := shutil.which("ffmpeg"):
        return program
    raise Refused("a video is made by ffmpeg, which is not here; install it, or leave --recording out")


def write_film(browser: Browser, deck: Page, folder: Path, *, has_recording: bool) -> str:
    """Write the pictures of a deck and their times into a folder; return what was written, as a line.

    Raises Refused: there is a recording and no slide has a cue, or a cue is not after the one before it.
    """
    with open_for_paper(browser, deck, steps=True, scale=SCALE) as tab:
        slides = list_slides(tab)
        if has_recording and all(slide.at is None for slide in slides):
            raise Refused(
                f"no slide of “{deck.title}” says when it begins in the recording; write `:at: 1:05` on some of them"
            )
        cues = plan_film(slides)
        pictures = take_pictures(tab)
    if folder.is_dir():
        for old in folder.glob("[0-9]*.png"):
            old.unlink()
    folder.mkdir(parents=True, exist_ok=True)
    for cue, picture in zip(cues, pictures, strict=True):
        (folder / cue.picture).write_bytes(picture)
    texts = {
        PICTURES: write_concat(cues),
        TIMING: write_timing(cues),
        CHAPTERS: write_chapters(cues),
        METADATA: write_metadata(deck.title, deck.author, cues),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    return f"{shorten(folder)}: {count(len(cues), 'picture')}, {write_time(cues[-1].start + cues[-1].seconds)} minutes"


def make_video(program: str, folder: Path, recording: Path, video: Path) -> None:
    """Make a video of the pictures of a folder and a recording.

    Raises Refused: ffmpeg could not.
    """
    done = subprocess.run(
        list_arguments(program, folder, recording, video), capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = done.stderr.strip().splitlines()[-1:] or ["nothing"]
        raise Refused(f"ffmpeg could not make {shorten(video)}; it said: {said[0]}")


def list_arguments(program: str, folder: Path, recording: Path, video: Path) -> Sequence[str]:
    """Return how ffmpeg is called: the last picture stays until the recording ends, and the slides are chapters."""
    read = ["-f", "concat", "-i", str(folder / PICTURES), "-i", str(recording), "-i", str(folder / METADATA)]
    taken = ["-map", "0:v", "-map", "1:a", "-map_metadata", "2", "-map_chapters", "2"]
    seen = ["-vf", "fps=25,tpad=stop_mode=clone:stop=-1,format=yuv420p", "-c:v", "libx264", "-tune", "stillimage"]
    heard = ["-c:a", "aac", "-b:a", "160k", "-shortest", "-movflags", "+faststart"]
    return [program, "-hide_banner", "-loglevel", "error", "-y", *read, *taken, *seen, *heard, str(video)]
