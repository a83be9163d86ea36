"""Which changes of files matter, and what each asks for."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Set
    from pathlib import Path


class Need(Enum):
    """What has to be done after a change."""

    NOTHING = 0
    BUILD = 1
    """Sphinx finds what the change touches."""
    RESTART = 2
    """What a process reads once, when it starts, has changed."""


SKIPPED = {"_build", "__pycache__", "node_modules", "site-packages", "venv"}
"""Folders in which nothing is written that a page is made of; those that begin with a dot are others."""

READ_ONCE = {".bib", ".mo", ".po"}
"""What is read when a process starts: the bibliography, the words of other languages."""


def matters(path: Path, source: Path, built: Iterable[Path] = ()) -> bool:
    """Tell whether a page may be made of a file.

    :param source: the folder of the project; what others have above it is not looked at
    :param built: folders that we write ourselves
    """
    if any(path.is_relative_to(folder) for folder in built):
        return False
    parts = path.relative_to(source).parts if path.is_relative_to(source) else path.parts[-1:]
    if any(part in SKIPPED or part.startswith(".") for part in parts):
        return False
    # what editors write beside a file while they save it: vim's trial, its swap files, others' copies
    return path.name != "4913" and not path.name.startswith("#") and not path.name.endswith(("~", ".swp", ".tmp"))


def decide(paths: Iterable[Path], source: Path, code: Set[str]) -> Need:
    """Return what changed files ask for, the greatest of all.

    :param code: the modules that the process of the builds has loaded
    """
    need = Need.NOTHING
    for path in paths:
        once = path == source / "conf.py" or path.name == "docutils.conf" or path.suffix in READ_ONCE
        if once or str(path) in code:
            return Need.RESTART
        need = Need.BUILD
    return need
