"""What each click on a slide brings: fragments and steps in the order of the document, told in its note."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from paperdeck.addresses import DECK_BUILDERS
from paperdeck.deck.tree import deck_notes
from paperdeck.language import phrases_of
from paperdeck.pictures.steps import name_clicks
from paperdeck.slides.listings import find_groups
from paperdeck.slides.node import slide
from paperdeck.trees import find_all

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

ROW_STEPS = {"steps": ["fragment"], "steps-focus": ["fragment", "custom", "only"]}
"""The classes of a table whose rows come, or have the focus, click by click, and those that its rows take."""
NAMED_BY = 4
"""How many words of an item name it in the note."""


class FragmentsInOrder(SphinxPostTransform):
    """Every fragment of a slide with its index, in the order of the document; or the steps of all together.

    The slide's note says at its head what each click brings.

    Reveal puts fragments with an index before those without, so that either all have one or none.
    """

    builders = DECK_BUILDERS
    default_priority = 950  # after SlidesAlone (900), which makes the fragments of ``incremental``

    def run(self, **kwargs: Any) -> None:
        """Count the clicks of each slide."""
        for node in find_all(self.document, slide):
            clicks = self.number_clicks(node)
            for footnote in node.findall(nodes.footnote):
                show_with_its_step(node, footnote)
            if clicks:
                note = next(iter(node.findall(deck_notes)), None)
                if note is None:
                    node += (note := deck_notes(""))
                note["clicks"] = [" + ".join(clicks[index]) for index in sorted(clicks)]

    def number_clicks(self, node: slide) -> dict[int, list[str]]:
        """Give the fragments of a slide their indices; return what comes at each."""
        index = 0
        clicks: dict[int, list[str]] = {}
        for part in node.findall(nodes.Element):
            if isinstance(part, nodes.literal_block) and len(groups := find_groups(part)) > 1:
                part["fragments"] = len(groups)
            start = 0 if node["together"] else index
            if isinstance(part, nodes.table) and (rows := step_through_rows(part, start)):
                coming = [row[0].astext() for row in rows]
            elif "fragment" in part["classes"] and "fragment_index" not in part:
                part["fragment_index"] = start = index
                index += 1
                clicks.setdefault(start, []).append(begin_of(part))
                continue
            elif count := part.get("fragments"):
                part["fragment_start"] = start
                coming = self.name_steps(part, count)
            else:
                continue
            for number, name in enumerate(coming):
                clicks.setdefault(start + number, []).append(name)
            index += 0 if node["together"] else len(coming)
        return clicks

    def name_steps(self, part: nodes.Element, count: int) -> list[str]:
        """Return what each click of a picture brings: the names of its marks, or what kind of picture it is."""
        phrases = phrases_of(self.env)
        if "chart" in part:
            words = dict(part["chart"].keys)  # of letters
            steps = [step._replace(name=words.get(step.name, step.name)) for step in part["chart"].steps]
            said = name_clicks(steps, phrases)
            return [said.get(number, "") for number in range(1, count + 1)]
        _ = phrases.gettext
        if isinstance(part, nodes.literal_block):
            return [_("Listing")] * count
        return [_("Equation") if isinstance(part, (nodes.math, nodes.math_block)) else _("Figure")] * count


def step_through_rows(table: nodes.table, start: int) -> list[nodes.row]:
    """Let the rows of a table that says so come one by one, or have the focus; return them.

    :param start: the index of the first
    """
    look = next((look for name, look in ROW_STEPS.items() if name in table["classes"]), None)
    rows = [row for body in table.findall(nodes.tbody) for row in body.findall(nodes.row)] if look else []
    for number, row in enumerate(rows):
        row["classes"] += look or []
        row["fragment_index"] = start + number
    return rows


def begin_of(part: nodes.Element) -> str:
    """Return the first words of what a click shows."""
    first = part[0] if isinstance(part, nodes.list_item) and len(part) else part
    words = first.astext().split()
    return " ".join(words[:NAMED_BY]) + ("…" if len(words) > NAMED_BY else "")


def show_with_its_step(node: slide, footnote: nodes.footnote) -> None:
    """Let a footnote come with the first step that refers to it, where none refers to it before."""
    references = [part for part in node.findall(nodes.footnote_reference) if part.get("refid") in footnote["ids"]]
    steps = [step_of(reference) for reference in references]
    known = [step for step in steps if step is not None]
    if known and len(known) == len(steps):
        footnote["classes"].append("fragment")
        footnote["fragment_index"] = min(known)


def step_of(node: nodes.Node) -> int | None:
    """Return the step with which a part of a slide appears; None where it is there from the beginning."""
    above: nodes.Element | None = node.parent
    while above is not None and "fragment_index" not in above:
        above = above.parent
    return None if above is None else int(above["fragment_index"])


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the transform."""
    app.add_post_transform(FragmentsInOrder)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
