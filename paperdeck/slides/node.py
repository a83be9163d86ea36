"""A slide in the tree: its title, what stands above that, and its content."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from paperdeck.slides.arrangement import slide_content
from paperdeck.slides.layouts import Layout, layouts_at

if TYPE_CHECKING:
    from typing import Self


class slide(nodes.container):  # noqa: N801 (visitors are found by this name)
    """One slide: its title, then its content. The same tree for every builder."""

    height: float | None = None
    """Of its content on the deck, in px; known when it is measured, the last thing before it is written."""

    def copy(self) -> Self:
        """Return a slide as high as this one, without what is on it."""
        copied = super().copy()
        copied.height = self.height
        return copied


class slide_title(nodes.rubric):  # noqa: N801
    """The title; a rubric to every builder that has no visitor for it, and to ``{ref}``."""

    tagname = "rubric"


class slide_kicker(nodes.rubric):  # noqa: N801
    """A few words above the title, such as the part of the talk."""

    tagname = "rubric"


def title_of(node: slide) -> slide_title:
    """Return a slide's title."""
    return next(part for part in node if isinstance(part, slide_title))


def kicker_of(node: slide) -> slide_kicker | None:
    """Return what stands above a slide's title; None where nothing does."""
    return next((part for part in node if isinstance(part, slide_kicker)), None)


def read_title(node: slide) -> str:
    """Return the words of a slide's title, without the marks of its footnotes."""
    return "".join(part.astext() for part in title_of(node) if not isinstance(part, nodes.footnote_reference)).strip()


def content_of(node: slide) -> slide_content:
    """Return what a slide shows under its title."""
    return next(part for part in node if isinstance(part, slide_content))


def layout_of(node: slide) -> Layout:
    """Return the layout of a slide, with its text as large as the theme of its deck sets it."""
    return layouts_at(node.get("scale", 1))[node["layout"]]


def find_slide(node: nodes.Node) -> slide | None:
    """Return the slide that a node stands on."""
    above = node.parent
    while above is not None and not isinstance(above, slide):
        above = above.parent
    return above
