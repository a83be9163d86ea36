"""What the site knows of its documents, and the files that all of them share."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Register every part of this room."""
    from paperdeck.site import (
        assets,
        brand,
        code_lines,
        decks,
        encoding,
        fresh,
        front_matter,
        links,
        moved,
        numbering,
        parts,
        works,
    )

    for part in (
        assets,
        brand,
        encoding,
        works,
        front_matter,
        decks,
        parts,
        links,
        code_lines,
        numbering,
        fresh,
        moved,
    ):
        part.setup(app)
