"""What was drawn or read, kept beside the doctrees, so that no builder does the same again."""

from __future__ import annotations

import functools
import hashlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from paperdeck.pictures import text_width

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.environment import BuildEnvironment


def kept(env: BuildEnvironment, name: str, make: Callable[[], bytes]) -> Path:
    """Return a file of the cache, made if there is none.

    :param name: the file's name, with a hash of all that makes its content what it is
    """
    file = Path(env.doctreedir, "paperdeck-drawn", name)
    if not file.exists():
        keep(file, make())
    return file


@functools.cache
def digest_code(room: Path) -> str:
    """Return a hash of the code of a room, which makes its results what they are beside their sources."""
    digest = hashlib.sha256()
    for file in sorted(room.glob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


@functools.cache
def digest_drawers(room: Path, *faces: str) -> str:
    """Return a hash of what, besides its source, makes a picture what it is: the code and the fonts that drew it."""
    digest = hashlib.sha256()
    for drawers in (room, Path(text_width.__file__).parent):
        digest.update(digest_code(drawers).encode())
    for face in faces:
        digest.update((text_width.FONTS / f"IBMPlexSans-{face}.woff2").read_bytes())
    return digest.hexdigest()


def keep(file: Path, content: bytes) -> None:
    """Write a file at once or not at all: another build may read it, or write the same, now."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as unfinished:
        unfinished.write(content)
    Path(unfinished.name).replace(file)
