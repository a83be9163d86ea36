"""A paper as a deck: its tree, its pages, and the shelf on which decks stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Register every part of this room."""
    from paperdeck.deck import (
        breaks,
        builder,
        clicks,
        design,
        fit,
        hero,
        measure,
        pictures,
        places,
        shelf,
        tree,
        writer,
    )

    for part in (tree, clicks, hero, breaks, fit, pictures, design, measure, places, writer, builder, shelf):
        part.setup(app)
