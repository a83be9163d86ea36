"""Maths drawn at build time: TeX becomes MathML Core, in article and deck alike, with Sphinx's own numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Register every part of this room."""
    from paperdeck.maths import code_links, renderer

    renderer.setup(app)
    code_links.setup(app)
