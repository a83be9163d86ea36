"""The list of a site's articles for search engines, where its address is known."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from paperdeck.addresses import page_of
from paperdeck.site.parts import has_our_look

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def sitemap(addresses: list[str]) -> bytes:
    """Return a sitemap as sitemaps.org describes it."""
    root = ElementTree.Element("urlset", xmlns="http://www.sitemaps.org/schemas/sitemap/0.9")
    for address in addresses:
        ElementTree.SubElement(ElementTree.SubElement(root, "url"), "loc").text = address
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def write_sitemap(app: Sphinx, exception: Exception | None) -> None:
    """Write ``sitemap.xml``: every article, and no deck, for a deck names its article as the page to be found.

    sphinx-sitemap lists the pages that a run has written, in the order of its processes, and for decks again; a project
    that has it keeps it, and one without our look has what it had.
    """
    site = app.config.html_baseurl
    if exception or not site or app.builder.name not in ("html", "dirhtml") or "sphinx_sitemap" in app.extensions:
        return
    if not has_our_look(app.env):
        return
    folders, suffix = app.builder.name == "dirhtml", app.config.html_file_suffix or ".html"
    addresses = [f"{site.rstrip('/')}/{page_of(name, folders, suffix)}" for name in sorted(app.env.found_docs)]
    Path(app.outdir, "sitemap.xml").write_bytes(sitemap(addresses))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the writer."""
    app.connect("build-finished", write_sitemap)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
