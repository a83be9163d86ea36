"""Slides in their document: counted, found by the labels above them, and told where they stand wrongly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from jinja2 import TemplateSyntaxError
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx.util.tags import Tags

from paperdeck.messages import Subtype, warn
from paperdeck.slides.node import find_slide, slide, title_of
from paperdeck.trees import document_title, find_all

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def on_deck(node: addnodes.only) -> bool:
    """Tell whether the decks hold what stands in ``{only}``, as far as that hangs on the builder."""
    try:
        return Tags(("html", "revealjs")).eval_condition(node["expr"])
    except (ValueError, TemplateSyntaxError):  # Sphinx warns of it, and shows what is inside
        return True


class LabelledSlides(SphinxTransform):
    """Slides that are found by the labels above them, as sections are: ``{ref}`` borrows the slide's title."""

    default_priority = 261  # after PropagateTargets (260), which gives labels to what stands below them

    def apply(self, **kwargs: Any) -> None:
        """Hand the labels of each slide on to its title, which is what ``{ref}`` reads."""
        for node in find_all(self.document, slide):
            heading = title_of(node)
            for name in node["names"]:
                self.document.ids[self.document.nameids[name]] = heading
            heading["names"] += node["names"]
            heading["ids"] = list(node["ids"])


class NumberedSlides(SphinxTransform):
    """Slides counted in order, as they are on the deck.

    Warns ``paperdeck.slide``: a detail with no slide above it, or with lengths of its own; a slide in a list, a quote
    or another directive; slides in a document without a title; a ``side`` outside a slide.
    """

    default_priority = 840  # before the domains take notes (850)

    def apply(self, **kwargs: Any) -> None:
        """Write the numbers into the nodes."""
        number = 0
        found = find_all(self.document, slide)
        above = slide()
        for node in found:
            if node["detail"] and not number:
                warn(
                    Subtype.SLIDE,
                    "the slide “%s” is a detail, but no slide stands above it; it is shown as a slide of its own; "
                    "take `:detail:` away, or move it below the slide it explains",
                    title_of(node).astext(),
                    location=node,
                )
                node["detail"] = False
            if node["detail"]:
                share_cuts(above, node)
            else:
                number, above = number + 1, node
            node["number"] = number
            parent = node.parent
            while isinstance(parent, addnodes.only) and on_deck(parent):
                parent = parent.parent
            if not isinstance(parent, (nodes.section, nodes.document)):
                warn(
                    Subtype.SLIDE,
                    "the slide “%s” stands inside another block, where neither its note nor its number is known; "
                    "end that block before it, or write as prose what {only} keeps off the deck",
                    title_of(node).astext(),
                    location=node,
                )
        if found and document_title(self.document) is None:
            warn(
                Subtype.SLIDE,
                "the document has slides but no title, so its cover has no name; begin it with `# The title`",
                location=found[0],
            )
        for side in find_all(self.document, nodes.container):
            if "paperdeck-side" in side["classes"] and not find_slide(side):
                warn_outside("side", side)


def share_cuts(above: slide, detail: slide) -> None:
    """Put a detail into the shorter talks of the slide that it stands below.

    Warns ``paperdeck.slide``: it says itself in which it is.
    """
    if "cuts" in detail:
        warn(
            Subtype.SLIDE,
            "`:cut:` on the detail “%s” was ignored, for a detail goes with the slide above it; write it there",
            title_of(detail).astext(),
            location=detail,
        )
        del detail["cuts"]
    if "cuts" in above:
        detail["cuts"] = above["cuts"]


def warn_outside(name: str, node: nodes.Node) -> None:
    """Warn of a directive that means something on a slide alone (``paperdeck.slide``)."""
    warn(
        Subtype.SLIDE,
        "{%s} stands outside a slide, where it has no effect on the deck; move it inside the fence of a slide",
        name,
        location=node,
    )


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the transforms."""
    app.add_transform(LabelledSlides)
    app.add_transform(NumberedSlides)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
