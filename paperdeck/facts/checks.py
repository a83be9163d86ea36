"""Slides whose every number has a source: the lint, and what else must hold of facts in their places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

from paperdeck.facts.domain import find_own_ledger
from paperdeck.facts.role import collect_facts, fact_node, plain
from paperdeck.ledger.numbers import find_unsourced
from paperdeck.messages import Subtype, warn
from paperdeck.site.front_matter import FrontMatter
from paperdeck.slides.node import slide, slide_title, title_of
from paperdeck.slides.notes import speaker_notes
from paperdeck.trees import find_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

SOURCED = (
    fact_node,
    plain,
    nodes.math,
    nodes.literal,
    nodes.image,
    nodes.footnote_reference,
    nodes.raw,
    nodes.problematic,
)
UNSEEN = (speaker_notes, nodes.FixedTextElement, nodes.math_block, nodes.Invisible, nodes.system_message)
STAND_IN = "\ufffc"
"""What stands for something that is no text, so that the words around it do not run together."""


class CheckedFacts(SphinxTransform):
    """Slides whose every number is a fact, and facts that may stand where they do.

    Numbers are looked for where the document is of a ``paper`` or has a ledger beside it.

    Warns ``paperdeck.unsourced_number``: a number outside ``fact``, ``cite``, ``plain``, code and maths;
    ``paperdeck.unverified_fact``: a fact from memory or a draft; ``paperdeck.fact_in_title``: a title with a fact
    and without a name.
    """

    default_priority = 842  # after slides have their numbers (840)

    def apply(self, **kwargs: object) -> None:
        """Look at every slide, then at every title."""
        held = bool(FrontMatter.being_read(self.env).paper or find_own_ledger(self.env, self.env.docname))
        for node in find_all(self.document, slide):
            if held:
                self.check_numbers(node)
            self.check_known(node)
        for title in find_all(self.document, nodes.title):
            if isinstance(title.parent, nodes.section) and any(title.findall(fact_node)):
                self.check_name(title, title.parent)
        for heading in find_all(self.document, slide_title):
            if any(heading.findall(fact_node)):
                self.check_name(heading, heading)

    def check_numbers(self, node: slide) -> None:
        """Warn of each number of a slide that has no source."""
        for block in find_blocks(node):
            for number in find_unsourced(read_block(block)):
                warn(
                    Subtype.UNSOURCED_NUMBER,
                    "%r on the slide “%s” has no source; write {fact}`%s <key>` with a key of facts.yaml, "
                    "or {plain}`%s` where it claims nothing",
                    number.text,
                    title_of(node).astext(),
                    number.text,
                    number.text,
                    location=block,
                )

    def check_known(self, node: slide) -> None:
        """Warn of each fact on a slide that nobody has looked up."""
        for fact in collect_facts(self.env, self.env.docname, [node]):
            if not fact.verified:
                warn(
                    Subtype.UNVERIFIED_FACT,
                    "the fact %r on the slide “%s” is known from memory or a draft alone; look it up in the "
                    "paper, or say it in the prose, where the page can say how it is known",
                    fact.key,
                    title_of(node).astext(),
                    location=node,
                )

    def check_name(self, title: nodes.Element, named: nodes.Element) -> None:
        """Warn where the id of a title hangs on a number in it."""
        if not any(self.document.nametypes.get(name) for name in named["names"]):
            example = "`:name: slide-router`" if isinstance(title, slide_title) else "(glam-router)= above it"
            warn(
                Subtype.FACT_IN_TITLE,
                "the title “%s” holds a fact, and its address is made from its words; "
                "give it a name of its own, such as %s, so that a corrected number breaks no link",
                title.astext(),
                example,
                location=title,
            )


def find_blocks(node: nodes.Element) -> Iterator[nodes.TextElement]:
    """Yield the blocks of text that a slide shows, titles and captions and cells among them."""
    for child in node.children:
        if isinstance(child, UNSEEN) or not isinstance(child, nodes.Element) or is_told(child):
            continue
        if isinstance(child, nodes.TextElement) and not isinstance(child, nodes.Inline):
            yield child
        else:
            yield from find_blocks(child)


def read_block(node: nodes.Element) -> str:
    """Return a block's text with a stand-in for facts, citations, code and maths."""
    pieces = []
    for child in node.children:
        if isinstance(child, nodes.Text):
            pieces.append(child.astext())
        elif isinstance(child, SOURCED) or is_citation(child) or is_told(child):
            pieces.append(STAND_IN)
        elif isinstance(child, nodes.Element):
            pieces.append(read_block(child))
    return "".join(pieces)


def is_told(node: nodes.Node) -> bool:
    """Tell whether a node stands for something that is wrong, and is told already."""
    return isinstance(node, nodes.Element) and "problematic" in node["classes"]


def is_citation(node: nodes.Node) -> bool:
    """Tell whether a node cites a work."""
    if isinstance(node, addnodes.pending_xref):
        return bool(node.get("refdomain") == "cite")
    return isinstance(node, nodes.Element) and "cites" in node


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the transform."""
    app.add_transform(CheckedFacts)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
