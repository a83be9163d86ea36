"""Every warning we give: one list of subtypes, and the one function that gives them."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from docutils.nodes import Node
from sphinx.util import logging

logger = logging.getLogger(__name__)


class Subtype(StrEnum):
    """What can be wrong; ``suppress_warnings = ["paperdeck.<subtype>"]`` silences one."""

    CONFIG = "config"
    """A value in conf.py is of the wrong type or not among the choices, or reveal's settings in a document no JSON."""
    FRONT_MATTER = "front_matter"
    """A paper's front matter is broken, nested, or has a key that is not known."""
    BIBLIOGRAPHY = "bibliography"
    """A file of the bibliography is not there, or something in it cannot be read."""
    UNKNOWN_PAPER = "unknown_paper"
    """``paper:`` names no entry of the bibliography."""
    UNKNOWN_WORK = "unknown_work"
    """A citation names no entry of the bibliography."""
    SLIDE = "slide"
    """A slide stands where it cannot, or holds what it cannot."""
    FENCE = "fence"
    """A fence is not what it seems: too few marks, no end, a name or an option that nobody has."""
    SLIDE_ID = "slide_id"
    """Two slides of a document have one title, so that their ids depend on their order."""
    OVERFULL = "overfull"
    """What stands on a slide is higher or wider than its room."""
    OVER_BUDGET = "over_budget"
    """A slide has room for its content, and more to read than ``paperdeck_slide_budget`` allows."""
    TITLE_TOO_LONG = "title_too_long"
    """The title of a slide, or what stands above it, takes more lines than its layout has for it."""
    TIMING = "timing"
    """The notes of a talk take longer than its ``minutes``."""
    MARKUP = "markup"
    """HTML, or markup of another tool, is shown as it is typed or does nothing; or it names a file that cannot be."""
    DIAGRAM = "diagram"
    """A diagram cannot be drawn; what is wrong stands in its place."""
    DIAGRAM_TOO_LARGE = "diagram_too_large"
    """A diagram has no room on its slide with labels of 20 px."""
    NO_ALT = "no_alt"
    """Nothing says what a diagram shows to who cannot see it."""
    LITERAL_COLOUR = "literal_colour"
    """A diagram names a colour, which would be wrong in dark or in print."""
    MISSING_GLYPH = "missing_glyph"
    """A diagram has characters that the served fonts lack."""
    MATHS = "maths"
    """TeX that cannot be drawn, or stands where it is text; the page shows it as it is written."""
    UNKNOWN_EQUATION = "unknown_equation"
    """A comment in code names an equation that no document has."""
    CHART = "chart"
    """A chart cannot be drawn (an error), or its labels have no room."""
    EMPTY_START = "empty_start"
    """Before the first click a picture is empty, and looks as if it had not loaded."""
    LEDGER = "ledger"
    """A ledger cannot be read, or something in it cannot be; every such fact is left out."""
    UNKNOWN_FACT = "unknown_fact"
    """No ledger has the fact that a document names."""
    FACT_MISMATCH = "fact_mismatch"
    """An author's own words do not say the fact (an error)."""
    UNSOURCED_NUMBER = "unsourced_number"
    """A number on a slide has no source."""
    UNUSED_FACT = "unused_fact"
    """No document uses a fact."""
    UNVERIFIED_FACT = "unverified_fact"
    """A fact on a slide is known from memory or a draft alone."""
    FACT_IN_TITLE = "fact_in_title"
    """A title holds a fact and has no name of its own, so that a corrected number breaks the links to it."""
    COMPARE = "compare"
    """A line of a comparison cannot be read, or no ledger has what it names."""


Location = Node | tuple[str, int] | str | None
"""A node, a document and a line, or what is printed as it stands."""


def find_line(location: Location) -> Location:
    """Return the file and line of a node, or of the nearest around it that knows its own: a term stands at line 0.

    As they are now: Sphinx prints messages later, when it has set the lines of some nodes to 0.
    """
    if isinstance(location, Node):
        node = location
        while not node.line and node.parent is not None:
            node = node.parent
        if node.source and node.line:
            return f"{Path(node.source).absolute()}:{node.line}"
    return location


def warn(subtype: Subtype, message: str, *args: object, location: Location) -> None:
    """Tell the author what is wrong and where; ``paperdeck.<subtype>`` silences it."""
    logger.warning(message, *args, type="paperdeck", subtype=subtype.value, location=find_line(location))


def error(subtype: Subtype, message: str, *args: object, location: Location) -> None:
    """Tell the author what is wrong and cannot stand; it fails a build with ``-W``, as a warning does."""
    logger.error(message, *args, type="paperdeck", subtype=subtype.value, location=find_line(location))
