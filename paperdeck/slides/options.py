"""What an author may write in the options of a slide, as it is read: reveal's attributes, and those of ours."""

from __future__ import annotations

import re
from difflib import get_close_matches

from docutils.parsers.rst import directives

from paperdeck.slides.layouts import CHOICES

REVEAL_ATTRIBUTES = (
    "auto-animate",
    "auto-animate-delay",
    "auto-animate-duration",
    "auto-animate-easing",
    "auto-animate-id",
    "auto-animate-restart",
    "autoslide",
    "background",
    "background-color",
    "background-gradient",
    "background-iframe",
    "background-image",
    "background-interactive",
    "background-opacity",
    "background-position",
    "background-repeat",
    "background-size",
    "background-transition",
    "background-video",
    "background-video-loop",
    "background-video-muted",
    "state",
    "transition",
    "transition-speed",
)
"""What reveal.js 5 reads from a slide as ``data-…``."""

PICTURES = ("background-image", "background-video")
"""Those that are a picture or a clip."""
LOCAL_FILES = ("background", "background-iframe", "background-image", "background-video")
"""Those that may name a file beside the document; ``background`` takes a colour too."""

ADDRESS = re.compile(r"https?:|//|data:image/", re.IGNORECASE)
"""How what is no file of the project begins; a frame would run a script that stands in its address."""


def names_file(attribute: str, value: str) -> bool:
    """Tell whether one of reveal's attributes names a file of the project, not an address, a colour or a number."""
    if attribute not in LOCAL_FILES or ADDRESS.match(value):
        return False
    # as reveal.js tells a picture from a colour
    return attribute != "background" or bool(re.search(r"\.(svg|png|jpe?g|gif|bmp|webp)$", value, re.IGNORECASE))


def layout_option(argument: str | None) -> str:
    """Read ``:layout:``; raises ValueError on a name that is none."""
    name = (argument or "").strip().lower()
    if name not in CHOICES:
        close = get_close_matches(name, CHOICES, n=1)
        meant = f"did you mean “{close[0]}”? Write" if close else "write"
        raise ValueError(f"there is no such layout; {meant} one of {', '.join(CHOICES)}")
    return name


def ground_option(argument: str | None) -> str:
    """Read ``:ground:``; raises ValueError on anything but ``dark`` and ``light``."""
    return directives.choice(argument or "", ("dark", "light"))


def columns_option(argument: str | None) -> tuple[int, ...]:
    """Read ``:columns:``; raises ValueError on anything but whole numbers, such as ``40 60``."""
    shares = (argument or "").replace(",", " ").split()
    if len(shares) < 2 or not all(share.isascii() and share.isdigit() and int(share) for share in shares):
        raise ValueError("write how wide each column is to the others, such as `40 60`")
    return tuple(map(int, shares))


def names_option(argument: str) -> tuple[str, ...]:
    """Read ``:was:``; raises ValueError where there is no name, or one that no id can be."""
    given = (name.strip().lower() for name in argument.split(","))
    names = tuple(name.removeprefix("#").removeprefix("/").replace(" ", "-") for name in given)
    if not all(names) or any(re.search(r"[\s#/\"'<>&]", name) for name in names):
        raise ValueError("write the name or the id that the slide had, such as `slide-the-router`, with commas between")
    return names


def cut_option(argument: str | None) -> tuple[int, ...]:
    """Read ``:cut:``; raises ValueError on anything but minutes."""
    given = (argument or "").replace(",", " ").split()
    if not given or not all(part.isascii() and part.isdigit() and 0 < int(part) < 1000 for part in given):
        raise ValueError("write the minutes of the shorter talks that the slide is in, such as `5, 20`")
    return tuple(sorted({*map(int, given)}))


def at_option(argument: str | None) -> int:
    """Read ``:at:`` as seconds; raises ValueError on anything but a time such as ``1:05`` or ``1:02:03``."""
    found = re.fullmatch(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)", (argument or "").strip(), re.ASCII)
    if not found or (found[1] and int(found[2]) > 59):
        raise ValueError("write when the slide begins in the recording, in minutes and seconds, such as `1:05`")
    return 3600 * int(found[1] or 0) + 60 * int(found[2]) + int(found[3])


def write_time(seconds: float) -> str:
    """Return a time as it is read: 1:05, 1:02:03."""
    minutes, left = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def only_option(word: str, argument: str | None) -> str:
    """Read an option that takes one word alone; raises ValueError on any other."""
    if (argument or "").strip().lower() != word:
        raise ValueError(f"write `{word}`, or take the option away")
    return word


def article_option(argument: str | None) -> str:
    """Read ``:article:``; raises ValueError on anything but ``hide``."""
    return only_option("hide", argument)


def steps_option(argument: str | None) -> str:
    """Read ``:steps:``; raises ValueError on anything but ``together``."""
    return only_option("together", argument)
