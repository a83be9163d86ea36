"""A file that takes itself in, by way of others or not: told where it does, and read once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, cast

from paperdeck.files import is_file
from paperdeck.messages import Subtype, warn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

INCLUDE = re.compile(
    r"^[\s>]*(?::{3,}|`{3,}|~{3,})\{include\}[ \t]+(?P<name>\S.*?)[ \t]*$(?P<options>(?:\n[\s>]*:[\w-]+:.*$)*)",
    re.MULTILINE,
)
IN_PART = re.compile(r":(?:start|end|literal|code|parser)")
"""An option of an inclusion that may end a circle: a part of the file is taken in, or it is shown as it is typed."""


def find_inclusions(env: BuildEnvironment, text: str) -> Iterator[tuple[int, Path]]:
    """Yield the files that a text in Markdown takes in as a whole, each with the line of its directive."""
    for found in INCLUDE.finditer(text):
        if not IN_PART.search(found["options"]):
            # MyST reads every path from the document, in whatever file it stands
            yield text.count("\n", 0, found.start("name")) + 1, Path(env.relfn2path(found["name"])[1]).resolve()


def follow_inclusions(env: BuildEnvironment, text: str) -> Iterator[tuple[Path, str]]:
    """Yield each file that a text takes in, by way of others or not, with what it holds."""
    seen: set[Path] = set()
    waiting = [path for _line, path in find_inclusions(env, text)]
    while waiting:
        path = waiting.pop()
        if path not in seen and is_file(path):
            seen.add(path)
            content = path.read_text("utf-8", "replace")
            yield path, content
            waiting += (further for _line, further in find_inclusions(env, content))


def find_circle(env: BuildEnvironment, start: Path, text: str) -> int:
    """Return the line of a file on which it takes in itself, by way of others or not; 0 where it does not."""
    for line, first in find_inclusions(env, text):
        further = follow_inclusions(env, first.read_text("utf-8", "replace")) if is_file(first) else ()
        if first == start or any(path == start for path, _content in further):
            return line
    return 0


def note_document(app: Sphinx, docname: str, content: list[str]) -> None:
    """Begin with the document itself, which no file may take in."""
    app.env.current_document["paperdeck_included"] = {Path(app.env.doc2path(docname)).resolve()}


def cut_circle(app: Sphinx, path: Path, docname: str, content: list[str]) -> None:
    """Leave out what is taken in for the second time, where it would be for ever.

    Warns ``paperdeck.markup``: docutils tells it in its own markup, and MyST goes on until Python stops it.
    """
    file = Path(app.srcdir, path).resolve()
    included = cast("set[Path]", app.env.current_document.setdefault("paperdeck_included", set()))
    if file in included and (line := find_circle(app.env, file, content[0])):
        message = "this file takes itself in, and was read once; take this {include} away"
        warn(Subtype.MARKUP, message, location=f"{file}:{line}")
        content[0] = ""
    included.add(file)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Look at each file that is taken in."""
    app.connect("source-read", note_document)
    app.connect("include-read", cut_circle)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
