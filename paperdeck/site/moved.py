"""Documents that had another name: a page at the old address, in both outputs, leads to the new one."""

from __future__ import annotations

import html
from pathlib import Path
from typing import TYPE_CHECKING, cast

from paperdeck.addresses import DECK_BUILDERS
from paperdeck.language import language_of
from paperdeck.messages import Subtype, warn
from paperdeck.site.assets import THEME
from paperdeck.site.decks import decks
from paperdeck.site.front_matter import FrontMatter, read_head
from paperdeck.site.titles import read_heading

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

BUILDERS = ("html", "dirhtml", *DECK_BUILDERS)
SCRIPT = THEME / "moved" / "moved.js"
"""Keeps the place in the page, which a refresh alone would lose."""
PAGE = """\
<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="robots" content="noindex">
<link rel="canonical" href="{address}">
<script src="{script}" defer></script>
<meta http-equiv="refresh" content="1; url={address}">
</head>
<body><p><a href="{address}">{title}</a></p></body>
</html>
"""


def find_moved(env: BuildEnvironment) -> tuple[dict[str, str], list[tuple[str, str, str]]]:
    """Return the document of each old name, and document, old name and owner of each that is taken already."""
    moved: dict[str, str] = {}
    clashes = []
    for docname in sorted(env.found_docs):
        for old in FrontMatter.of(env, docname).was:
            if old in env.found_docs or old in moved:
                clashes.append((docname, old, moved.get(old, old)))
            else:
                moved[old] = docname
    return moved, clashes


def tell_clashes(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of each old name that a document has, or that two documents had (``paperdeck.front_matter``)."""
    for docname, old, owner in find_moved(env)[1]:
        source = Path(env.doc2path(docname)).read_text("utf-8", "replace")
        line = read_head(source).keys.get("was", (1, ""))[0]
        warn(
            Subtype.FRONT_MATTER,
            "front matter: 'was' names %r, whose address leads to %s already; leave it out",
            old,
            owner,
            location=(docname, line),
        )


def write_moved(app: Sphinx, exception: Exception | None) -> None:
    """Write a page at each old address; it works from the disk, without a script, and with none that is inline."""
    if exception or app.builder.name not in BUILDERS:
        return
    builder = cast("StandaloneHTMLBuilder", app.builder)
    moved = {
        old: new
        for old, new in find_moved(app.env)[0].items()
        if new in decks(app.env) or builder.name not in DECK_BUILDERS
    }
    for old, new in moved.items():
        words = {
            "language": language_of(app.env, new),
            "title": read_heading(app.env.titles[new]),
            "address": builder.get_relative_uri(old, new),
            "script": "../" * builder.get_target_uri(old).count("/") + f"_static/{SCRIPT.name}",
        }
        page = Path(builder.get_outfilename(old))
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(PAGE.format_map({name: html.escape(word) for name, word in words.items()}), "utf-8")
    if moved:
        static = Path(app.outdir, "_static")
        static.mkdir(exist_ok=True)
        (static / SCRIPT.name).write_bytes(SCRIPT.read_bytes())


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the handlers."""
    app.connect("env-check-consistency", tell_clashes)
    app.connect("build-finished", write_moved)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
