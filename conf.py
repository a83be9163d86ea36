"""What this site chooses; everything else is paperdeck's default or Sphinx's."""

import os

from paperdeck import __version__

project = "paperdeck"
author = "the paperdeck authors"
copyright = "the paperdeck authors; texts under CC BY 4.0"
version = release = __version__

extensions = ["myst_parser", "paperdeck", "guide.reference", "guide.examples"]
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
