"""Outline icons from Lucide, as inline SVG in the colour of the text around them."""

from __future__ import annotations

import gzip
import json
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from docutils import nodes
from sphinx.util.docutils import SphinxRole

if TYPE_CHECKING:
    from docutils.nodes import Element, Node, system_message
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


class UnknownIconError(ValueError):
    """No icon of this name; says which names come near."""

    def __init__(self, name: str) -> None:
        near = get_close_matches(name, _outlines(), n=3)
        instead = f"write {' or '.join(near)}" if near else "write a name from https://lucide.dev/icons"
        super().__init__(f"there is no icon “{name}”; {instead}")


@cache
def _outlines() -> dict[str, list[tuple[str, dict[str, str]]]]:
    """Return the shapes of every icon: the file of lucide-static as released, but gzipped (784 kB to 96)."""
    packed = files("paperdeck") / "theme" / "icons" / "icon-nodes.json.gz"
    outlines: dict[str, list[tuple[str, dict[str, str]]]] = json.loads(gzip.decompress(packed.read_bytes()))
    return outlines


@cache
def svg(name: str) -> str:
    """Return an icon as inline SVG, as large as a letter of the text is high (1em).

    It is hidden from screen readers: an icon stands beside a word, or in an element that has a label.

    Errors: ``UnknownIconError`` for a name that Lucide does not have.
    """
    return (
        '<svg class="paperdeck-icon" width="1em" height="1em" viewBox="0 0 24 24" fill="none" stroke="currentColor"'
        ' stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">'
        f"{write_outline(name)}</svg>"
    )


@cache
def write_outline(name: str) -> str:
    """Return the shapes of an icon, in a square of 24 px.

    Errors: ``UnknownIconError`` for a name that Lucide does not have.
    """
    if name not in _outlines():
        raise UnknownIconError(name)
    return "".join(
        f"<{tag}{''.join(f' {key}={quoteattr(value)}' for key, value in attributes.items())}/>"
        for tag, attributes in _outlines()[name]
    )


class icon(nodes.Inline, nodes.Element):  # noqa: N801 (visitors are found by this name)
    """An icon, by its ``name``."""


class IconRole(SphinxRole):
    """Put an icon of Lucide beside a word.

    Errors: a name that Lucide does not have.

    Example::

        {icon}`scale` computed from two numbers of the paper
    """

    def run(self) -> tuple[list[Node], list[system_message]]:
        """Return the node, if there is such an icon."""
        try:
            svg(self.text)
        except UnknownIconError as error:
            message = self.inliner.reporter.error(str(error), line=self.lineno)
            return [self.inliner.problematic(self.rawtext, self.rawtext, message)], [message]
        node = icon(name=self.text)
        self.set_source_info(node)
        return [node], []


def visit_icon_html(self: HTML5Translator, node: Element) -> None:
    """Draw it."""
    self.body.append(svg(node["name"]))
    raise nodes.SkipNode


def visit_icon_elsewhere(self: nodes.NodeVisitor, node: Element) -> None:
    """Leave it out: the word beside it says the same."""
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register the role and its node."""
    elsewhere = (visit_icon_elsewhere, None)
    app.add_node(icon, html=(visit_icon_html, None), latex=elsewhere, text=elsewhere, man=elsewhere, texinfo=elsewhere)
    app.add_role("icon", IconRole())
