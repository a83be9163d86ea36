"""Slides that hold more than they have room for, which their author is told."""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from paperdeck.addresses import DECK_BUILDERS
from paperdeck.config import Config
from paperdeck.deck.heights import Heights
from paperdeck.messages import Subtype, warn
from paperdeck.slides.layouts import (
    BOTTOM,
    CONTENT,
    FOOTER_HEIGHT,
    GAP,
    GUTTER,
    SLIDE,
    TOP,
    Layout,
)
from paperdeck.slides.node import content_of, kicker_of, layout_of, slide, slide_kicker, title_of
from paperdeck.slides.notes import count_words_in
from paperdeck.slides.space import measure_layout
from paperdeck.trees import find_all

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

TOLERANCE = 8
"""How many px content may be higher than its room before it is told: the measure is right to that much."""

TITLE_LINES, BARE_QUESTION_LINES, STATEMENT_LINES = 2, 6, 4
"""The most lines that a title may take, in most layouts, as a question that is all, and as a statement."""


TITLE_SPACING, STATEMENT_SPACING, QUESTION_SPACING, DENSE_QUESTION_SPACING = -0.012, -0.022, -0.018, -0.01
"""Between two letters, in the letter size."""

STATEMENT_MARGIN = 48
"""Between a statement and what stands below it, in px."""

LIST_MARGIN = 16
"""How much narrower a list beside a picture is than text, in px."""


UNREAD = (
    *(nodes.Invisible, nodes.raw, nodes.table, nodes.literal_block, nodes.math_block, nodes.math),
    *(nodes.footnote, nodes.footnote_reference),
)
"""What is looked at, or looked up, and not read as a sentence is."""

STACKS = frozenset({"r-stack", "sd-tab-set"})
"""The classes of blocks of which one part is seen at a time."""


class Fullness(NamedTuple):
    """What a slide needs and what it has."""

    title_lines: int
    """On how many lines its title stands."""
    most_lines: int
    """On how many it may."""
    needed: float
    """How high its content is, in px."""
    room: int
    """How high it may be, in px."""


class Counts(NamedTuple):
    """How much there is to read on a slide."""

    words: int
    items: int


def measure_slide(node: slide, macros: Mapping[str, str] | None = None, folder: Path | None = None) -> Fullness:
    """Return how full a slide is, which stands as in a deck.

    :param macros: of its TeX
    :param folder: where the files of its pictures are looked for
    """
    name, layout = node["layout"], layout_of(node)
    body = {"light": layout.light, "dense": layout.dense}.get(node["fill"]) or layout.body
    content = Heights(CONTENT.width, body, layout.text.width, macros, folder=folder, nested=layout.nested)
    set_as, title_width, most, spacing = layout.title, layout.title_width, TITLE_LINES, TITLE_SPACING
    if name == "statement":
        most, spacing = STATEMENT_LINES, STATEMENT_SPACING
    elif name == "question":
        loose = DENSE_QUESTION_SPACING if node["fill"] == "dense" else QUESTION_SPACING
        content = replace(content.narrow(layout.text.width), spacing=loose)
        most, spacing = 1, 0
        if node["bare"]:
            set_as, title_width, most, spacing = body, layout.text.width, BARE_QUESTION_LINES, QUESTION_SPACING
    title = title_of(node)
    lines = replace(content, spacing=spacing).count_lines(title, set_as.size, title_width, "SemiBold")
    above = min(lines, most) * set_as.line + layout.title.between + (layout.title_height if name == "statement" else 0)
    if name != "statement" and kicker_of(node) is not None:
        above += layout.kicker.line
    room = SLIDE.height - TOP - max(layout.title_height, above) - GAP - FOOTER_HEIGHT - BOTTOM
    if name == "split":
        parts = [part for part in content_of(node).children if isinstance(part, nodes.container)]
        beside = measure_layout(node)
        heights = (_measure_part(part, content, beside) for part in parts)
        return Fullness(lines, most, max(heights, default=0), room)
    needed = content.measure_blocks(content_of(node).children)
    return Fullness(lines, most, needed + STATEMENT_MARGIN if needed and name == "statement" else needed, room)


def count_kicker_lines(node: slide, kicker: slide_kicker) -> int:
    """Return on how many lines what stands above the title of a slide would stand."""
    layout = layout_of(node)
    content = Heights(CONTENT.width, layout.body, layout.text.width)
    return content.count_lines(kicker, layout.kicker.size, layout.title_width, "SemiBold")


def _measure_part(part: nodes.container, content: Heights, layout: Layout) -> float:
    """Return how high the text of a slide or the panel beside it is."""
    if "paperdeck-text" in part["classes"]:
        beside = content.narrow(layout.text.width)
        return replace(beside, list_width=layout.text.width - LIST_MARGIN).measure_blocks(part.children)
    return content.narrow(layout.picture.width).measure_blocks(part.children) + 2 * GUTTER


def count_content(node: nodes.Element) -> Counts:
    """Return how many words and list items the audience has before it; of what lies in a stack, the most."""
    if isinstance(node, nodes.TextElement):
        read = (part for part in node.findall(nodes.Text) if not isinstance(part.parent, UNREAD))
        return Counts(count_words_in("".join(read)), 0)
    counts = [
        count_content(part) for part in node if isinstance(part, nodes.Element) and not isinstance(part, UNREAD)
    ] or [Counts(0, 0)]
    words, items = ([count[kind] for count in counts] for kind in range(2))
    if STACKS & {*node["classes"]}:
        return Counts(max(words), max(items))
    return Counts(sum(words), sum(items) + isinstance(node, nodes.list_item))


class SlidesMeasured(SphinxPostTransform):
    """Slides of which the author is told that they do not fit.

    Warns ``paperdeck.overfull``: the content is higher than its room; ``paperdeck.over_budget``: it fits, and has more
    words or list items than ``paperdeck_slide_budget``; ``paperdeck.title_too_long``: the title takes more lines than
    the layout has for it, or what stands above it more than one.
    """

    builders = DECK_BUILDERS
    default_priority = 960  # after ContentThatFits (940), which sets smaller what can be

    def run(self, **kwargs: object) -> None:
        """Measure each slide."""
        values = Config.of(self.config)
        for node in find_all(self.document, slide):
            full = measure_slide(node, values.tex_macros, self.env.srcdir)
            node.height = full.needed
            title = title_of(node).astext()
            if full.title_lines > full.most_lines:
                warn(
                    Subtype.TITLE_TOO_LONG,
                    "the title “%s” takes %d lines, and %d fit; say the point in fewer words, and the rest below it",
                    title,
                    full.title_lines,
                    full.most_lines,
                    location=node,
                )
            if (kicker := kicker_of(node)) is not None and (lines := count_kicker_lines(node, kicker)) > 1:
                warn(
                    Subtype.TITLE_TOO_LONG,
                    "`:kicker:` takes %d lines above the title, and one fits; say it in fewer words",
                    lines,
                    location=node,
                )
            if full.needed > full.room + TOLERANCE:
                missing = ceil((full.needed - full.room) / layout_of(node).body.line)
                warn(
                    Subtype.OVERFULL,
                    "the slide “%s” does not fit: its content is %d px high and has %d, about %s too few; "
                    "shorten it, make two slides of it, or leave some of it to the prose",
                    title,
                    round(full.needed),
                    full.room,
                    "one line" if missing == 1 else f"{missing} lines",
                    location=node,
                )
            elif values.slide_budget:  # or one slide would be told twice
                check_budget(node, Counts(*values.slide_budget))


def check_budget(node: slide, budget: Counts) -> None:
    """Warn of a slide with more to read than ``paperdeck_slide_budget`` (``paperdeck.over_budget``)."""
    counts = count_content(content_of(node))
    for count, limit, what in zip(counts, budget, ("words", "list items"), strict=True):
        if count > limit:
            warn(
                Subtype.OVER_BUDGET,
                "the slide “%s” has %d %s, and `paperdeck_slide_budget` allows %d; "
                "shorten it, make two slides of it, or leave some of it to the prose",
                title_of(node).astext(),
                count,
                what,
                limit,
                location=node,
            )


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the transform."""
    app.add_post_transform(SlidesMeasured)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
