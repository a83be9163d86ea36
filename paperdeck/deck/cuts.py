"""Shorter talks from the same document: the slides that are marked for one, on a deck of its own beside the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx_revealjs.nodes import revealjs_slide

from paperdeck.addresses import other_output
from paperdeck.deck.tree import deck_closing, deck_cover, deck_stack, mark_progress
from paperdeck.slides.node import slide
from paperdeck.trees import find_all

if TYPE_CHECKING:
    from sphinx.builders import Builder

    from paperdeck.site.decks import Deck

MADE = (deck_cover, deck_closing, revealjs_slide)
"""What every length of a talk has."""


def stays(part: nodes.Element, minutes: int) -> bool:
    """Tell whether a part of the whole is in a shorter talk; its Sources are others."""
    return isinstance(part, MADE) or minutes in part.get("cuts", ())


def cut_document(document: nodes.document, deck: Deck, minutes: int) -> nodes.document:
    """Return a finished deck with the slides of a shorter talk alone, counted anew, and with its own Sources.

    :param deck: what is known of the whole
    """
    parts: list[nodes.Element] = []
    for above in document.children:
        members = above.children if isinstance(above, deck_stack) else [above]
        kept = [part.deepcopy() for part in members if isinstance(part, nodes.Element) and stays(part, minutes)]
        parts += [deck_stack("", *kept)] if len(kept) > 1 else kept
    end = [parts.pop()] if isinstance(parts[-1], deck_closing) else []
    end += [part.deepcopy() for part in document[f"sources-{minutes}"]]
    parts += [deck_stack("", *end)] if len(end) > 1 else end
    number = 0
    for node in (node for part in parts for node in find_all(part, slide)):
        number += not node["detail"]
        node["number"] = number
    mark_progress([part for part in parts if not isinstance(part, revealjs_slide)], deck.cut(minutes))
    short = document.copy()
    short["minutes"] = minutes
    short += parts
    return short


def send_to_article(document: nodes.document, builder: Builder, docname: str) -> None:
    """Let the links to slides that are not in a shorter talk lead to the article."""
    there = {name for part in find_all(document, nodes.Element) for name in part["ids"]}
    for link in find_all(document, nodes.reference):
        anchor = link.get("refid")
        if anchor and anchor not in there:
            del link["refid"]
            link["refuri"] = other_output(builder, docname, anchor)
