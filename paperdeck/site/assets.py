"""Templates, style sheets, scripts and fonts of the extension, found by every builder that writes HTML."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.builders.epub3 import Epub3Builder

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.util.typing import ExtensionMetadata

THEME = Path(__file__).parents[1] / "theme"


def add_templates(app: Sphinx, config: Config) -> None:
    """Let the builders find our templates, behind the project's own."""
    config.templates_path = [*config.templates_path, str(THEME / "templates")]


def keep_templates_out_of_catalogs(app: Sphinx) -> None:
    """Hide our templates from gettext, which takes them for the project's own and fails at a plural."""
    if app.builder.name == "gettext":
        app.config.templates_path = [path for path in app.config.templates_path if path != str(THEME / "templates")]


def add_static_files(app: Sphinx) -> None:
    """Serve our files, before the project's own, which may replace them."""
    if app.builder.format != "html":
        return
    app.config.html_static_path = [str(THEME / "static"), *app.config.html_static_path]
    if isinstance(app.builder, Epub3Builder):  # its list of types has no woff2, which EPUB 3 does, and no licence
        app.builder.media_types = {**app.builder.media_types, ".woff2": "font/woff2", ".txt": "text/plain"}


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the folders."""
    app.connect("config-inited", add_templates)
    app.connect("builder-inited", keep_templates_out_of_catalogs)
    app.connect("builder-inited", add_static_files)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
