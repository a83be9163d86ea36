"""Mermaid diagrams, drawn while the site is built."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Register every part of this room."""
    from paperdeck.diagrams import directive, transforms

    directive.setup(app)
    transforms.setup(app)
