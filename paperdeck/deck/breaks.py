"""Where no line of a slide may end: between a name and its number, such as “expert 43” and “RTX 3090”."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from paperdeck.addresses import DECK_BUILDERS
from paperdeck.facts.role import fact_node
from paperdeck.slides.node import content_of, slide, title_of
from paperdeck.slides.notes import speaker_notes
from paperdeck.trees import find_all

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

STAY = "\u00a0"
"""The space at which no line ends."""

_NAME = (
    r"(?:\b[^\W\d_]*[A-Z]\w*|\b(?:chapter|equation|expert|experts|figure|first|head|last|layer|layers|level|line|no\.|page"
    r"|part|row|seed|section|stage|step|table|top|token|version|and))"
)
_BEFORE_NUMBER = re.compile(rf"({_NAME}) (?=\d)")
_BEFORE_FACT = re.compile(rf"({_NAME}) $")
_UNIT = re.compile(r"(?<=\d) (?=(?:[kMGT]?B|[kMGT]?Wh?|[kMGT]?Hz|°C|km|mm|ms|px|thousand|[mbtr]+illion)\b)")


def keep_together(text: str) -> str:
    """Return a text in which a number stays on the line of the name before it, and of the unit after it."""
    return _UNIT.sub(STAY, _BEFORE_NUMBER.sub(rf"\1{STAY}", text))


class NumbersWithNames(SphinxPostTransform):
    """Slides on which a line does not end between a name and its number."""

    builders = DECK_BUILDERS
    default_priority = 930  # before what is set smaller is measured (940)

    def run(self, **kwargs: object) -> None:
        """Put in the spaces at which no line ends."""
        for node in find_all(self.document, slide):
            for part in (title_of(node), content_of(node)):
                for text in list(part.findall(nodes.Text)):
                    if not is_literal(text):
                        join(text)


def is_literal(text: nodes.Text) -> bool:
    """Tell whether a text stands as it was typed: code, maths, a label, what is only spoken."""
    above: nodes.Element | None = text.parent
    while above is not None and not isinstance(above, slide):
        if isinstance(above, (nodes.literal, nodes.FixedTextElement, nodes.math, nodes.raw, speaker_notes)):
            return True
        above = above.parent
    return False


def join(text: nodes.Text) -> None:
    """Put such spaces into a text, and at its end where a fact follows that begins with a digit."""
    kept = keep_together(str(text))
    follows = text.next_node(descend=False, siblings=True)
    if isinstance(follows, fact_node) and follows.astext()[:1].isdigit():
        kept = _BEFORE_FACT.sub(rf"\1{STAY}", kept)
    if kept != text:
        text.parent.replace(text, nodes.Text(kept))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the transform."""
    app.add_post_transform(NumbersWithNames)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
