"""What the commands of ``python -m paperdeck`` share: how one counts, how far it is, and that it cannot go on."""

from __future__ import annotations

import sys


class Refused(ValueError):  # noqa: N818 (what is refused)
    """What was asked for cannot be done; says why, and what to do instead."""


def count(number: int, what: str) -> str:
    """Return “1 message” or “2 messages”."""
    return f"{number} {what}" + ("" if number == 1 else "s")


def tell_progress(done: int, of_all: int, what: str) -> None:
    """Say on a terminal how far a command is; the last is wiped away."""
    if sys.stderr.isatty():
        end = "\r" if done < of_all else "\r\x1b[2K"
        print(f"\x1b[2K{done} of {of_all}: {what}", end=end, file=sys.stderr, flush=True)
