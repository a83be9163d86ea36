"""What the commands of ``python -m paperdeck`` share: how one counts, how far it is, and that it cannot go on."""

from __future__ import annotations

import errno
import sys
from pathlib import Path


class Refused(ValueError):  # noqa: N818 (what is refused)
    """What was asked for cannot be done; says why, and what to do instead."""


def explain_failure(error: OSError) -> str:
    """Return what the system refused, and where the disk is full, what to do: it names no file then."""
    if error.errno not in (errno.ENOSPC, errno.EDQUOT):
        return str(error)
    where = error.filename or "a file"
    return f"{where} cannot be written: {error.strerror}; make room on that disk, and run the command again"


def explain_install(extra: str) -> str:
    """Return the command that installs what an extra names: of us by name, or of the folder that we run from."""
    folder = Path(__file__).parents[1]
    ours = folder if (folder / "pyproject.toml").is_file() else "paperdeck"
    return f"{sys.executable} -m pip install '{ours}[{extra}]'"


def count(number: int, what: str) -> str:
    """Return “1 message” or “2 messages”."""
    return f"{number} {what}" + ("" if number == 1 else "s")


def tell_progress(done: int, of_all: int, what: str) -> None:
    """Say on a terminal how far a command is; the last is wiped away."""
    if sys.stderr.isatty():
        end = "\r" if done < of_all else "\r\x1b[2K"
        print(f"\x1b[2K{done} of {of_all}: {what}", end=end, file=sys.stderr, flush=True)
