"""A site of one paper, for the tests of this room."""

from __future__ import annotations

WORKS = """\
@article{a2020b,
  title = {On </script> & {LaTeX}}, author = {Ada Able and Bo Best and others},
  journal = {J}, year = {2020}, eprint = {2001.00001}
}
"""


PAPER = """\
---
paper: a2020b
summary: What it <finds>
---
# A paper

Said at the cover.

## A section

Said at the slide.

:::{slide} The point
- A line
:::

:::{article-only}
Read and not said.
:::
"""


SITE = {"index.md": PAPER, "works.bib": WORKS}
BIB = 'bibtex_bibfiles = ["works.bib"]\n'
