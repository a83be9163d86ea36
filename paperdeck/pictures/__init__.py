"""What pictures are made with: widths of text, icons, covers, pictures that stand alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Register every part of this room."""
    from paperdeck.pictures import icons

    icons.setup(app)
