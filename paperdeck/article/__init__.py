"""What an article has besides its prose: head, contents, cards, metadata."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Register every part of this room."""
    from paperdeck.article import cards, citations, contents, corners, feed, head, metadata, sitemap, style, transcripts

    for part in (citations, corners, cards, head, contents, metadata, transcripts, sitemap, feed, style):
        part.setup(app)
