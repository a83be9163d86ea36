"""What was drawn, kept beside the doctrees, so that no builder draws the same picture again."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.environment import BuildEnvironment


def kept(env: BuildEnvironment, name: str, draw: Callable[[], bytes]) -> Path:
    """Return the file of a picture, drawn if there is none.

    :param name: the file's name, with a hash of all that makes the picture what it is
    """
    file = Path(env.doctreedir, "paperdeck-drawn", name)
    if not file.exists():
        keep(file, draw())
    return file


def keep(file: Path, content: bytes) -> None:
    """Write a file at once or not at all: another build may read it, or write the same, now."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as unfinished:
        unfinished.write(content)
    Path(unfinished.name).replace(file)
