"""Templates, style sheets, scripts and fonts of the extension, found by every builder that writes HTML."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.builders.epub3 import Epub3Builder
from sphinx.builders.html import StandaloneHTMLBuilder

from paperdeck.addresses import DECK_BUILDERS
from paperdeck.config import Config
from paperdeck.site.decks import decks
from paperdeck.site.parts import has_mathjax, has_mermaid, has_our_look, parts_domain

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.config import Config as SphinxConfig
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

THEME = Path(__file__).parents[1] / "theme"
TEMPLATES = str(THEME / "templates")
FURO_TEMPLATES = str(THEME / "furo")
STATIC = str(THEME / "static")


def add_templates(app: Sphinx, config: SphinxConfig) -> None:
    """Let the builders find our templates, behind the project's own; in our look, what mends furo's too."""
    own = [TEMPLATES, FURO_TEMPLATES] if Config.of(config).style == "site" else [TEMPLATES]
    config.templates_path = [*config.templates_path, *own]


def forget_templates(app: Sphinx) -> None:
    """Take our templates out of the settings, now that the builder has them.

    gettext would take them for the project's own and fail at a plural, and what Sphinx notes of the settings in the
    output would say where we are installed.
    """
    app.config.templates_path = [path for path in app.config.templates_path if path not in (TEMPLATES, FURO_TEMPLATES)]
    if isinstance(app.builder, StandaloneHTMLBuilder):
        app.builder.build_info = app.builder.create_build_info()


def needs_files(builder: Builder) -> bool:
    """Tell whether a page of this build uses a file of ours."""
    env: BuildEnvironment = builder.env
    values = Config.of(builder.config)
    if builder.name in DECK_BUILDERS and (values.decks == "slides" or decks(env)):
        return True
    known = parts_domain(env)
    diagrams = values.mermaid != "browser" and not has_mermaid(builder.config) and known.diagrams
    equations = values.maths and not has_mathjax(builder.config) and known.equations
    return bool(has_our_look(env) or known.parts or diagrams or equations)


def add_static_files(app: Sphinx, builder: Builder) -> None:
    """Serve our files where a page uses them, before the project's own, which may replace them."""
    if builder.format != "html" or not needs_files(builder):
        return
    if STATIC not in app.config.html_static_path:
        app.config.html_static_path = [STATIC, *app.config.html_static_path]
    if isinstance(builder, Epub3Builder):  # its list of types has no woff2, which EPUB 3 does, and no licence
        builder.media_types = {**builder.media_types, ".woff2": "font/woff2", ".txt": "text/plain"}
        unread = "_static/speaker.html"  # a page that a deck opens
        app.config.epub_exclude_files = [*app.config.epub_exclude_files, unread]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the folders."""
    app.connect("config-inited", add_templates, priority=600)  # when the values are checked
    app.connect("builder-inited", forget_templates)
    app.connect("write-started", add_static_files)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
