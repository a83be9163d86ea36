"""Pages that are written again when a file they rest on has changed, whichever builder has read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.builders.html import StandaloneHTMLBuilder

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata


def changed(path: Path) -> float:
    """Return when a file was changed last; 0 where there is none."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0


def write_again(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Return the documents whose page is older than a file they depend on.

    Sphinx compares a page with its document alone. Where two builders share what was read, the first reads the
    document again for a changed ledger or diagram, and the second would keep its old page.
    """
    if not isinstance(app.builder, StandaloneHTMLBuilder):
        return []
    return [
        docname
        for docname, files in env.dependencies.items()
        if (written := changed(app.builder.get_output_path(docname))) > 0
        and any(changed(env.srcdir / file) > written for file in files)
    ]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the check."""
    app.connect("env-updated", write_again)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
