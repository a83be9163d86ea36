"""Files that an author names, whatever the name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def is_file(path: Path) -> bool:
    """Tell whether there is a file; of a name that is too long for one, Python 3.11 would raise it."""
    try:
        return path.is_file()
    except OSError:
        return False


def is_folder(path: Path) -> bool:
    """Tell whether there is a folder."""
    try:
        return path.is_dir()
    except OSError:
        return False


def find_likely(path: Path) -> str:
    """Return the name of a file that was meant to have this one: in another case or number, with another ending."""
    try:
        names = sorted(file.name for file in path.parent.iterdir() if file.is_file() and file.name != path.name)
    except OSError:
        return ""
    return next((name for name in names if _fold_name(name) == _fold_name(path.name)), "")


def _fold_name(name: str) -> str:
    """Return what is left of a name without what is easily mistaken."""
    stem, dot, end = name.lower().removesuffix(".txt").rpartition(".")
    return f"{re.sub(r'[^a-z0-9]', '', stem).removesuffix('s')}.{'yaml' if end == 'yml' else end}" if dot else name
