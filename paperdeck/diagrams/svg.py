"""Mermaid source into one SVG that any page can hold: no style of its own, one id, short numbers, text as text."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from paperdeck.diagrams import cleaning, engine
from paperdeck.diagrams.engine import LABEL_PX
from paperdeck.diagrams.labels import find_leaving_labels
from paperdeck.diagrams.source import MermaidError, Mistake, replace_parts
from paperdeck.diagrams.steps import wrap_steps

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from paperdeck.diagrams.source import Rewritten, Step

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
    ``settings`` are Mermaid's own; ``steps`` hide parts until a click.
    Raises ``MermaidError``, with offsets in ``source``: it does not parse, is too large, or does not fit its boxes.
    """
    titled = _with_title(source, title)
    svg, model = engine.render(titled, name, {**(settings or {})}, want_model=bool(steps))
    root = ET.fromstring(svg)
    kind = root.get("aria-roledescription", "diagram")
    cleaning.flatten(root, kind)
    cleaning.arrange(root, kind, name)
    if steps:
        wrap_steps(root, kind, model, name, steps)
    cleaning.strip(root)
    _check_labels(root, source)
    described = _describe(root, name, title, alt)
    width, height = _finish_root(root, kind, name)
    return Drawing(
        ET.tostring(root, encoding="unicode"),
        width,
        height,
        _WHITESPACE.sub(" ", " ".join("".join(text.itertext()) for text in root.iter("text"))).strip(),
        max((step.number for step in steps), default=0),
        described,
    )


def _with_title(source: str, title: str | None) -> Rewritten:
    """Give the source a front matter with the title, or add it to the one that is there."""
    if title is None:
        return replace_parts(source, [])
    line = f"title: {json.dumps(title, ensure_ascii=False)}\n"
    if opening := re.match(r"\s*---[ \t]*\n", source):
        return replace_parts(source, [(opening.end(), opening.end(), line)])
    return replace_parts(source, [(0, 0, f"---\n{line}---\n")])


def _check_labels(root: ET.Element, source: str) -> None:
    """Raise ``MermaidError`` if a label leaves its shape; asked of the finished picture, in which nothing moves."""
    if labels := find_leaving_labels(root, LABEL_PX):
        message = f"the label “{labels[0]}” leaves its shape; shorten it, or draw a flowchart"
        raise MermaidError(Mistake(engine.find_words(source, labels[0]), message))


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
            element.text = text
            root.insert(min(index, len(root)), element)
            root.set(attribute, f"{name}-{tag}")
    return described


def _finish_root(root: ET.Element, kind: str, name: str) -> tuple[float, float]:
    """Give the picture its id, its class and its size; return the size."""
    _, _, width, height = map(float, root.get("viewBox", "0 0 0 0").split())
    for key in ("aria-roledescription", "data-id"):
        root.attrib.pop(key, None)
    root.set("class", " ".join(dict.fromkeys([kind.removesuffix("-v2"), *root.get("class", "").split()])))
    root.attrib |= {
        "xmlns": cleaning.SVG.strip("{}"),
        "id": name,
        "role": "img",
        "width": f"{width:g}",
        "height": f"{height:g}",
        "style": f"--width: {width:.0f}px",
    }
    return width, height
