"""Paper talks you can check: slides and an article from one MyST document."""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register every room; each registers its own parts."""
    from paperdeck import article, charts, config, deck, diagrams, facts, language, maths, pictures, site, slides

    app.setup_extension("sphinxcontrib.mermaid")
    for room in (config, language, pictures, slides, site, maths, facts, charts, diagrams, deck, article):
        room.setup(app)
    # env_version: one more whenever what we keep in the environment changes shape
    return {"version": __version__, "env_version": 11, "parallel_read_safe": True, "parallel_write_safe": True}
