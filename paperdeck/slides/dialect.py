"""The Markdown of the guide, in the documents that are written in it: MyST with the extensions that it needs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperdeck.upstream import with_myst

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

EXTENSIONS = frozenset({"amsmath", "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath"})

OURS = re.compile(
    r"\{(?:slide|side|facts?|plain|compare|chart|gallery|speaker-notes|article-only)\}|\A---\n(?:.*\n)*?paper:"
)
"""What shows that a document is written for us: one of our directives or roles, or a paper in its front matter."""


def switch_on(app: Sphinx, docname: str, source: list[str]) -> None:
    """Switch the extensions on for a document of ours, beside those that conf.py names; others are read as without us.

    Where conf.py does not ask for ``dollarmath``, a dollar begins maths as it does in Pandoc: prices stay prices.
    """
    with_myst(app.env, EXTENSIONS if OURS.search(source[0]) else frozenset())


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the handler."""
    app.connect("source-read", switch_on)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
