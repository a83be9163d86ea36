"""What an author writes of slides: the directives and the notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Register every part of this room."""
    from paperdeck.slides import (
        card,
        clips,
        dialect,
        directive,
        empty,
        fences,
        figures,
        foreign,
        inclusions,
        listings,
        markup,
        named_files,
        notes,
        numbering,
    )

    for part in (
        dialect,
        card,
        directive,
        numbering,
        notes,
        listings,
        fences,
        inclusions,
        figures,
        empty,
        foreign,
        markup,
        named_files,
        clips,
    ):
        part.setup(app)
