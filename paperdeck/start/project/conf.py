"""What this site chooses; everything else is the default of paperdeck or Sphinx."""

import os

project = "Paper talks"
author = copyright = "the authors of this site"

extensions = ["myst_parser", "paperdeck"]
# what else lies in this folder, such as .venv, is none of the site's documents
include_patterns = ["index.md", "papers/**"]

# maths, colons, definition lists and attributes in every document; a dollar before a space or a digit stays a price
myst_enable_extensions = ["amsmath", "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath"]
myst_dmath_allow_space = myst_dmath_allow_digits = False

bibtex_bibfiles = ["papers/references.bib"]
numfig = True
paperdeck_numbering = "document"

html_theme = "furo"
html_title = project
paperdeck_style = "site"
html_baseurl = os.environ.get("READTHEDOCS_CANONICAL_URL", "")  # elsewhere, write where the site lies
