"""Mermaid source into one SVG that any page can hold: no style of its own, one id, short numbers, text as text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from paperdeck.diagrams import cleaning, engine
from paperdeck.diagrams.engine import LABEL_PX
from paperdeck.diagrams.kinds import find_family
from paperdeck.diagrams.labels import find_leaving_labels, find_overlapping_boxes, find_overlapping_labels
from paperdeck.diagrams.ranks import find_equal_widths
from paperdeck.diagrams.source import CONTROL, MermaidError, Mistake, hide_characters
from paperdeck.diagrams.steps import wrap_steps
from paperdeck.diagrams.terminals import free_terminals
from paperdeck.diagrams.words import find_lost_word
from paperdeck.pictures.steps import count_clicks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from paperdeck.pictures.steps import Step

NUMBER_LIMIT = 2
"""How many digits the dot has room for in which the number of a message stands."""
_WHITESPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Drawing:
    """A finished picture."""

    svg: str
    """Its markup; every id in it begins with the diagram's own."""
    width: float
    """Natural width in px, with labels at 20 px."""
    height: float
    """Natural height in px."""
    labels: str
    """What its labels say, for search and for readers of plain text."""
    steps: int = 0
    """How many clicks it takes on a deck."""
    described: bool = True
    """Whether it says what it shows."""
    starts_empty: bool = False
    """Whether nothing of it is there before the first click."""


def draw_diagram(
    source: str,
    name: str,
    *,
    title: str | None = None,
    alt: str | None = None,
    settings: Mapping[str, Any] | None = None,
    steps: Sequence[Step] = (),
) -> Drawing:
    """Draw a source; ``name`` becomes its id.

    ``title`` is drawn above and, with ``alt``, says what the picture shows where the source does not;
    ``settings`` are Mermaid's own; ``steps`` say what a click shows, dims or hides.
    Raises ``MermaidError``, with offsets in ``source``: it does not parse, is too large, or does not fit its boxes.
    """
    kind = find_family(source)
    hidden = hide_characters(source, title=title)
    chosen = {**(settings or {})}
    model, widths = None, {}
    if kind == "flowchart":
        layout = engine.lay_out(hidden, chosen)
        model, widths = layout.model, find_equal_widths(layout)
    root, role = _parse_picture(engine.render(hidden, name, chosen, widths=widths))
    model = model or engine.read_model(hidden)
    if kind == "class":
        free_terminals(root, LABEL_PX)
    cleaning.arrange(root, kind, name)
    starts_empty = bool(steps) and wrap_steps(root, kind, model, name, steps)
    cleaning.strip(root)
    text = _WHITESPACE.sub(" ", " ".join("".join(text.itertext()) for text in root.iter("text"))).strip()
    _check_labels(root, source, kind, model, text)
    described = _describe(root, name, title, alt)
    width, height = _finish_root(root, role, name)
    return Drawing(
        ET.tostring(root, encoding="unicode"),
        width,
        height,
        text,
        count_clicks(steps),
        described,
        starts_empty,
    )


def _parse_picture(svg: str) -> tuple[ET.Element, str]:
    """Return merman's picture, shapes and text alone, and the word for its kind."""
    root = ET.fromstring(svg)
    role = root.get("aria-roledescription", "diagram")
    cleaning.flatten(root, role)
    return root, role


def _check_labels(root: ET.Element, source: str, kind: str, model: Any, text: str) -> None:
    """Raise ``MermaidError`` if the picture does not say what its source says, so that it can be read.

    Asked of the finished picture, in which nothing moves: a label leaves its shape, lies on another, or is not drawn.
    """
    if kind == "state" and any(node["id"] == ";" for node in model["nodes"]):
        words, advice = ";", "“;” is no text here, and ends a statement; write “#59;” for one in a label"
    elif kind == "flowchart" and (empty := [group["id"] for group in model["subgraphs"] if not group["nodes"]]):
        words = f"subgraph {empty[0]}"
        advice = f"the subgraph “{empty[0]}” is empty, and is not drawn; put a box into it, or write a box in its place"
    elif wide := [number for number in _find_numbers(root) if len(number) > NUMBER_LIMIT]:
        words, advice = "autonumber", f"the number {wide[0]} is wider than its dot; let “autonumber” begin lower"
    elif labels := find_leaving_labels(root, LABEL_PX):
        words, advice = labels[0], f"the label “{labels[0]}” leaves its shape; shorten it, or break it with <br/>"
    elif pairs := find_overlapping_labels(root, LABEL_PX):
        words, other = pairs[0]
        advice = f"the labels “{words}” and “{other}” lie on each other; shorten them, or turn the diagram"
    elif kind == "block" and (pairs := find_overlapping_boxes(root, LABEL_PX)):
        other, words = sorted(pairs[0], key=len)
        advice = f"the shapes “{words}” and “{other}” lie on each other; make them boxes, or draw a flowchart"
    elif lost := find_lost_word(kind, model, text):
        words, advice = lost, f"“{lost}” is not drawn: its shape has no room for words; take it out, or draw a box"
    else:
        return
    raise MermaidError(Mistake(engine.find_words(source, words), advice))


def _find_numbers(root: ET.Element) -> list[str]:
    """Return the numbers of the messages of a sequence."""
    return ["".join(text.itertext()).strip() for text in root.iter("text") if "sequenceNumber" in text.get("class", "")]


def _describe(root: ET.Element, name: str, title: str | None, alt: str | None) -> bool:
    """Name the picture for who cannot see it; return whether anything describes it."""
    said = {child.tag: (child.text or "").strip() for child in root if child.tag in ("title", "desc")}
    for child in [child for child in root if child.tag in ("title", "desc")]:
        root.remove(child)
    described = bool(said.get("desc") or alt)
    label = said.get("title") or title or alt or said.get("desc")
    description = said.get("desc") or alt
    for key in ("aria-labelledby", "aria-describedby"):
        root.attrib.pop(key, None)
    texts = {"title": ("aria-labelledby", label), "desc": ("aria-describedby", description)}
    for index, (tag, (attribute, text)) in enumerate(texts.items()):
        if text and not (tag == "desc" and text == label):
            element = ET.Element(tag, {"id": f"{name}-{tag}"})
            element.text = re.sub(CONTROL, " ", text)
            root.insert(min(index, len(root)), element)
            root.set(attribute, f"{name}-{tag}")
    return described


def _finish_root(root: ET.Element, role: str, name: str) -> tuple[float, float]:
    """Give the picture its id, its class and its size; return the size."""
    _, _, width, height = map(float, root.get("viewBox", "0 0 0 0").split())
    if role in ("block", "mindmap"):  # labels are to be as large as those of all others
        width, height = (round(side * LABEL_PX / cleaning.HTML_LABEL_PX, 2) for side in (width, height))
    for key in ("aria-roledescription", "data-id"):
        root.attrib.pop(key, None)
    root.set("class", " ".join(dict.fromkeys([role.removesuffix("-v2"), *root.get("class", "").split()])))
    root.attrib |= {
        "xmlns": cleaning.SVG.strip("{}"),
        "id": name,
        "role": "img",
        "width": f"{width:g}",
        "height": f"{height:g}",
        "style": f"--width: {width:g}px",
    }
    return width, height
