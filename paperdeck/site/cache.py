"""What was drawn or read, kept beside the doctrees, so that no builder does the same again."""

from __future__ import annotations

import functools
import hashlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

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


def keep(file: Path, content: bytes) -> None:
    """Write a file at once or not at all: another build may read it, or write the same, now."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as unfinished:
        unfinished.write(content)
    Path(unfinished.name).replace(file)
