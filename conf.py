"""What this site chooses; everything else is paperdeck's default or Sphinx's."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from paperdeck import __version__

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

project = "paperdeck"
author = "the paperdeck authors"
copyright = "the paperdeck authors; texts under CC BY 4.0"
version = release = __version__

extensions = ["myst_parser", "paperdeck", "guide.reference", "guide.examples", "guide.grammar"]
# the root is the source directory, and holds README.md, .venv and the tests' own sites too
include_patterns = ["index.md", "compare.md", "papers/**", "guide/**"]

myst_enable_extensions = ["amsmath", "attrs_inline", "colon_fence", "deflist", "dollarmath"]
bibtex_bibfiles = ["papers/references.bib"]
numfig = True
paperdeck_numbering = "document"

html_theme = "furo"
paperdeck_style = "site"
html_title = "paperdeck"
html_static_path = ["_static"]
html_favicon = "_static/favicon.svg"
html_theme_options = {"light_logo": "logo-light.svg", "dark_logo": "logo-dark.svg", "top_of_page_buttons": []}
html_baseurl = os.environ.get("READTHEDOCS_CANONICAL_URL", "")  # known only where the site is hosted


def add_explorable(
    app: Sphinx, pagename: str, _template: str, _context: dict[str, Any], _doctree: nodes.document | None
) -> None:
    """Load what goes with an article, in _static/explore, where it has a script; the deck needs none."""
    own = pagename.removeprefix("papers/").removesuffix("/index")
    folder = app.srcdir / "_static" / "explore"
    if app.builder.name in {"html", "dirhtml"} and (folder / f"{own}.js").is_file():
        for name in ("parts", own):
            app.add_js_file(f"explore/{name}.js", loading_method="defer")
            if (folder / f"{name}.css").is_file():
                app.add_css_file(f"explore/{name}.css")


def setup(app: Sphinx) -> None:
    """Let a reader try in the page what its pictures show."""
    app.connect("html-page-context", add_explorable)
