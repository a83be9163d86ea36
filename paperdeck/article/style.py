"""What an article's page loads: nothing, where it uses nothing of ours and the site has not our look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx.builders.html import StandaloneHTMLBuilder

from paperdeck.addresses import DECK_BUILDERS
from paperdeck.config import Config
from paperdeck.facts.role import fact_node
from paperdeck.language import phrases_of, translate_scripts
from paperdeck.messages import Subtype, warn
from paperdeck.site import brand
from paperdeck.site.assets import THEME
from paperdeck.site.parts import has_our_look, has_parts

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config as SphinxConfig
    from sphinx.util.typing import ExtensionMetadata

REPLACED = frozenset(f"_static/{name}" for name in ("styles/furo.css", "styles/furo-extensions.css", "pygments.css"))
"""Style sheets that pages of our look do not link: ours brings furo's in a layer below its own, and colours code."""


def check_theme(app: Sphinx, config: SphinxConfig) -> None:
    """Keep to the theme's look where the theme is not the one that our look is made for.

    Warns ``paperdeck.config``: the theme is another.
    """
    if Config.of(config).style == "site" and config.html_theme != "furo":
        warn(
            Subtype.CONFIG,
            'paperdeck_style = "site" is a look for furo and was ignored, html_theme is %r; '
            'write html_theme = "furo", or take the line away',
            config.html_theme,
            location=None,
        )
        config.paperdeck_style = None


def loads_our_files(app: Sphinx, doctree: nodes.document | None) -> bool:
    """Tell whether the page of an article loads files of ours: it uses something of us, or all pages have our look."""
    if app.builder.format != "html" or app.builder.name in DECK_BUILDERS:
        return False
    return has_our_look(app.env) or (doctree is not None and has_parts(doctree))


def add_files(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Add our style sheets and script to a page; of a deck they stand in its template."""
    if not loads_our_files(app, doctree):
        return
    words = translate_scripts([THEME / "static" / "article.js"], phrases_of(app.env, pagename))
    script: dict[str, Any] = {"loading_method": "defer", **({"data-phrases": words} if words else {})}
    if has_our_look(app.env) and app.builder.name != "epub":
        if sheets := context.get("css_files"):  # which a page that is written as data, by json and pickle, has not
            sheets[:] = [sheet for sheet in sheets if sheet.filename not in REPLACED]
        for name in ("furo.css", "site.css"):
            app.add_css_file(name, priority=400)  # before what extensions (500) and the project (800) add
        app.add_js_file("article.js", id="paperdeck-site", **script)
        fetch_faces_early(app, context, doctree)
    else:
        for name in ("tokens.css", "guest.css", "parts.css"):
            app.add_css_file(name)
        app.add_js_file("article.js", **script)
    if isinstance(app.builder, StandaloneHTMLBuilder) and brand.has_sheet(app.builder):
        app.add_css_file(brand.SHEET, priority=450 if has_our_look(app.env) else 500)  # after ours


def fetch_faces_early(app: Sphinx, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Have the faces of the text fetched with the page where the site is hosted, so that no line moves when they come.

    A page that is opened from a file may not fetch them so, and the browser would complain.
    """
    if not app.config.html_baseurl or app.builder.name not in ("html", "dirhtml"):
        return
    faces = ["Regular", "SemiBold"]
    if doctree is not None and any(doctree.findall(fact_node)):
        faces.append("Medium")
    addresses = (context["pathto"](f"_static/fonts/IBMPlexSans-{face}-Latin1.woff2", 1) for face in faces)
    links = (f'<link rel="preload" href="{url}" as="font" type="font/woff2" crossorigin>' for url in addresses)
    context["metatags"] = "\n".join((context.get("metatags") or "", *links))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the handlers."""
    app.connect("config-inited", check_theme, priority=590)  # when the values are checked, before they are used
    app.connect("html-page-context", add_files)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
