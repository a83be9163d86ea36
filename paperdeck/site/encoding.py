"""Documents that are no UTF-8: told with file and line, before Sphinx stops at the first without either."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.errors import SphinxError

from paperdeck.site.bibliography import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata


class EncodingError(SphinxError):
    """Documents that cannot be read."""

    category = "Unreadable"


def find_undecodable(env: BuildEnvironment, docnames: list[str]) -> Iterator[str]:
    """Yield the file and line of each document that cannot be decoded."""
    for docname in docnames:
        path = env.doc2path(docname)
        _text, problems = decode(path.read_bytes(), "utf-8-sig", str(path))
        yield from (f"{problem.path}:{problem.line}" for problem in problems)


def check_encoding(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Stop where a document is no UTF-8: Sphinx reads nothing else."""
    if found := list(find_undecodable(env, docnames)):
        raise EncodingError(f"not UTF-8: {', '.join(found)}; save it as that, and build again")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the check."""
    app.connect("env-before-read-docs", check_encoding)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
