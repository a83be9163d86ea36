"""What sphinx-design adds to slides: grids as wide as the slide and not as the window asks, and how high it all is."""

from __future__ import annotations

import re
from itertools import accumulate, groupby
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from paperdeck.addresses import DECK_BUILDERS
from paperdeck.slides.layouts import Type
from paperdeck.slides.node import slide
from paperdeck.trees import find_all

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from paperdeck.deck.heights import Heights

CARD, CARD_TITLE = Type(26, 36), 8
"""The text of a card, and the space below its title, in px as everything here."""
EDGES, PADDING_BESIDE, BORDER, PICTURE = 32, 24, 1, 240
"""Above and below each part of a card or of a dropdown; beside it; and the greatest height of a card's picture."""
TABS = 66
"""The row of labels, with the space below it."""
GUTTERS = (0, 4, 8, 16, 24, 48)
"""Between columns and rows, by the number that an author gives; 24 where none is given."""
CAROUSEL = 0.9
"""How much of its place all the cards take that are seen of a carousel at once."""


class Item(NamedTuple):
    """One item of a grid, and the part of the width that it takes."""

    node: nodes.Element
    share: float


def find_component(block: nodes.Node) -> str:
    """Return what a block of sphinx-design is, such as ``card``; empty for any other."""
    if not isinstance(block, nodes.Element):
        return ""
    return "dropdown" if "sd-dropdown" in block["classes"] else str(block.get("design_component", ""))


def find_number(node: nodes.Element, pattern: str) -> int | None:
    """Return the number at the end of a class, of a screen as wide as a slide; None where no class has one."""
    found = (re.fullmatch(pattern + r"-lg-(\d+)", name) for name in node["classes"])
    return next((int(match[1]) for match in found if match), None)


def list_items(row: nodes.Element) -> list[Item]:
    """Return the items of a grid."""
    items = [part for part in row.children if isinstance(part, nodes.Element) and find_component(part)]
    columns = find_number(row, "sd-row-cols") or len(items)
    return [Item(item, (find_number(item, "sd-col") or 12 / columns) / 12) for item in items]


class GridsOfSlides(SphinxPostTransform):
    """Grids whose columns are those of a wide screen, on a slide that is shown small too."""

    builders = DECK_BUILDERS
    default_priority = 940  # after SlidesAlone (900), which takes out what is not shown

    def run(self, **kwargs: object) -> None:
        """Write the widths for the style sheet."""
        for holder in find_all(self.document, slide):
            for row in find_all(holder, nodes.Element):
                if find_component(row) == "grid-row":
                    for item, share in list_items(row):
                        item["style"] = f"--column: {share:.4%}"


def measure_design(block: nodes.Element, heights: Heights) -> float:
    """Return how high a block of sphinx-design is; a dropdown when it is open, tabs when the highest is."""
    kind = find_component(block)
    if kind in ("card", "dropdown"):
        return measure_card(block, heights)
    if kind == "tab-set":
        contents = [part for part in block.children if find_component(part) == "tab-content"]
        return TABS + max((heights.measure_blocks(part.children) for part in contents), default=0)
    if kind == "grid-row":
        return measure_grid(block, heights)
    if kind == "card-carousel":
        beside = heights.narrow(heights.width * CAROUSEL / find_columns(block))
        return max((beside.measure_block(card) for card in block.children), default=0)
    return heights.measure_blocks(block.children)


def measure_card(card: nodes.Element, heights: Heights) -> float:
    """Return how high a card is, or a dropdown: its picture, and each of its parts with what stands around it."""
    inside = heights.narrow(heights.width - 2 * (PADDING_BESIDE + BORDER), CARD._replace(between=heights.text.between))
    height: float = 2 * BORDER
    for part in card.children:
        if isinstance(part, nodes.paragraph):
            height += min(PICTURE, heights.measure_pictures(part))
        elif isinstance(part, nodes.TextElement):  # the title of a dropdown
            height += EDGES + inside.measure_text(part, CARD, inside.width, "SemiBold")
        elif isinstance(part, nodes.Element):
            titles = [child for child in part.children if find_component(child) == "card-title"]
            said = [child for child in part.children if child not in titles]
            height += EDGES + inside.measure_blocks(said)
            height += sum(CARD_TITLE + inside.measure_text(title, CARD, inside.width, "SemiBold") for title in titles)
    return height


def measure_grid(row: nodes.Element, heights: Heights) -> float:
    """Return how high a grid is: of each of its rows the highest item, and the space between them."""
    items = list_items(row)
    numbers = {way: find_number(row, f"sd-g{way}?") for way in "xy"}
    beside, below = (24 if number is None else GUTTERS[min(number, 5)] for number in numbers.values())
    ends = accumulate(item.share for item in items)
    rows = groupby(zip(items, ends, strict=True), lambda placed: ceil(placed[1] - 0.01))
    heights_of_rows = [
        max(
            heights.narrow((heights.width + beside) * item.share - beside).measure_blocks(item.node.children)
            for item, _ in placed
        )
        for _, placed in rows
    ]
    return sum(heights_of_rows) + below * max(0, len(heights_of_rows) - 1)


def find_columns(carousel: nodes.Element) -> int:
    """Return how many cards of a carousel are seen at once."""
    found = (re.fullmatch(r"sd-card-cols-(\d+)", name) for name in carousel["classes"])
    return next((int(match[1]) for match in found if match), 1)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the transform."""
    app.add_post_transform(GridsOfSlides)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
