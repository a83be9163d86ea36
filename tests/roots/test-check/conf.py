extensions = ["myst_parser", "paperdeck"]
suppress_warnings = ["paperdeck", "toc.not_included"]
# nothing around a page that could have a fault of its own
html_theme = "basic"
html_sidebars = {"**": []}
html_show_sphinx = html_show_copyright = html_show_sourcelink = html_use_index = False
