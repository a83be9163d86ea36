"""Where the examples of the guide are built: a ledger that has what they name, and never changes."""

extensions = ["myst_parser", "paperdeck"]
myst_enable_extensions = ["amsmath", "attrs_inline", "colon_fence", "deflist", "dollarmath"]
bibtex_bibfiles = ["references.bib"]
numfig = True
suppress_warnings = ["paperdeck.unused_fact"]
paperdeck_numbering = "document"
