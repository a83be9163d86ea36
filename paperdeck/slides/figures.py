"""Figures whose lines hold nothing that is seen, at which docutils would end the build."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils.statemachine import StringList
from sphinx.directives.patches import Figure

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

UNSEEN = re.compile(r"\s*(?:\[[^\]]+\]:\s*\S+\s*)?")
"""An empty line, or one that says where the links of a name lead."""


class FigureDirective(Figure):
    """A picture with a caption, as Sphinx has it."""

    def run(self) -> list[nodes.Node]:
        """Return what Sphinx returns; lines in which nothing is seen are no caption."""
        if all(map(UNSEEN.fullmatch, self.content)):
            self.content = StringList()
        return super().run()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive in the place of Sphinx's."""
    app.add_directive("figure", FigureDirective, override=True)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
