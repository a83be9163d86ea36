"""Mermaid source into one SVG that any page can hold: no style of its own, one id, short numbers, text as text."""

from __future__ import annotations

import functools
import json
import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import merman

from paperdeck.diagrams.labels import leaving
from paperdeck.diagrams.source import MermaidError, Mistake, replaced
from paperdeck.diagrams.steps import wrap_steps
from paperdeck.pictures import text_width

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from paperdeck.diagrams.source import Rewritten, Step

LABEL_PX = 20
MOST_MILLISECONDS = 10_000
"""When a diagram is given up; merman's own limits end nearly all that is too large long before, on any machine."""
SITE_CONFIG: dict[str, Any] = {
    "look": "classic",
    "theme": "base",
    "htmlLabels": False,
    "fontSize": LABEL_PX,
    "fontFamily": "IBM Plex Sans",
    "themeVariables": {"fontSize": f"{LABEL_PX}px"},
    "flowchart": {"htmlLabels": False, "minNodeWidth": 80, "wrappingWidth": 400, "padding": 14},
    "sequence": {
        "mirrorActors": False,
        "diagramMarginX": 8,
        "diagramMarginY": 8,
        "height": 50,
        "labelBoxWidth": 72,
        "labelBoxHeight": 28,
    },
    "class": {"htmlLabels": False},
    "state": {"htmlLabels": False},
}
"""How every diagram is drawn; an author may change the layout in a diagram, but not these fonts and looks."""

_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_SHAPES = frozenset({"circle", "ellipse", "line", "path", "polygon", "polyline", "rect"})
_KEPT = _SHAPES | {"a", "clipPath", "defs", "desc", "g", "marker", "svg", "text", "title", "tspan"}
_DROPPED = frozenset({"feDropShadow", "filter", "linearGradient", "script", "style", "symbol"})
_KEPT_STYLE = frozenset({"font-size", "font-style", "font-weight", "stroke-dasharray", "stroke-width", "text-anchor"})
_PAINT_WORDS = frozenset({"none", "transparent", "currentColor"})
_INLINED = frozenset({"dominant-baseline", "font-size", "font-weight", "text-anchor"})
_PLAIN = re.compile(r"\s*#[-\w]+(?:\s+[-.\w]+)+\s*")
_NUMBER = re.compile(r"-?\d*\.\d{3,}(?:e-?\d+)?")
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


def draw(
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
    svg, model = _rendered(titled, name, {**(settings or {})}, want_model=bool(steps))
    root = ET.fromstring(svg)
    _strip_namespaces(root)
    kind = root.get("aria-roledescription", "diagram")
    _inline_rules(root)
    _plain_labels(root)
    _only_drawn(root, kind)
    _labels_above_edges(root, name)
    if kind == "stateDiagram":
        _centre_labels(root)
    if steps:
        wrap_steps(root, kind, model, name, steps)
    _tidy_attributes(root)
    _tidy_text(root)
    _drop_empty(root)
    if labels := leaving(root, LABEL_PX):
        message = f"the label “{labels[0]}” leaves its shape; shorten it, or draw a flowchart"
        raise MermaidError(Mistake(_find(source, labels[0]), message))
    described = _describe(root, name, title, alt)
    _, _, width, height = map(float, root.get("viewBox", "0 0 0 0").split())
    for key in ("aria-roledescription", "data-id"):
        root.attrib.pop(key, None)
    root.set("class", " ".join(dict.fromkeys([kind.removesuffix("-v2"), *root.get("class", "").split()])))
    root.attrib |= {
        "xmlns": _SVG.strip("{}"),
        "id": name,
        "role": "img",
        "width": f"{width:g}",
        "height": f"{height:g}",
        "style": f"--width: {width:.0f}px",
    }
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
        return replaced(source, [])
    line = f"title: {json.dumps(title, ensure_ascii=False)}\n"
    if opening := re.match(r"\s*---[ \t]*\n", source):
        return replaced(source, [(opening.end(), opening.end(), line)])
    return replaced(source, [(0, 0, f"---\n{line}---\n")])


def _rendered(source: Rewritten, name: str, settings: dict[str, Any], *, want_model: bool) -> tuple[str, Any]:
    options = json.dumps({"site_config": settings, "svg": {"diagram_id": name}})
    milliseconds = MOST_MILLISECONDS
    while True:
        request = merman.MermanOperationRequestV4(
            operation_id="svg",
            source=source.text,
            uri=None,
            options_json=options,
            control=merman.MermanOperationControl(timeout_ms=milliseconds),
        )
        start = time.thread_time()
        try:
            svg = _engine().execute(request).data.decode()
            return svg, json.loads(_engine().parse_json(source.text, None)) if want_model else None
        except merman.MermanError.Binding as error:
            # the clock on the wall ran out; if we had little of the processor, others had it, and the diagram is small
            worked = (time.thread_time() - start) * 1000
            if error.cancellation is None or worked > MOST_MILLISECONDS / 2:
                raise MermaidError(_as_mistake(source, error)) from None
            milliseconds *= 2


def _as_mistake(source: Rewritten, error: Any) -> Mistake:
    """Say in our words, and at the author's place, what merman found."""
    if error.resource:
        limit = error.resource
        return Mistake(0, f"the diagram is too large: {limit.actual:,} {limit.limit_id}, {limit.max:,} are drawn")
    if error.cancellation:
        return Mistake(0, f"the diagram takes more than {MOST_MILLISECONDS / 1000:g} s to draw; split it")
    message = re.sub(r"^Diagram parse error \([^)]*\): | at \d+$", "", error.message)
    span = error.diagnostic and error.diagnostic.span
    if span is None:
        words = re.split(r":\s*", message, maxsplit=1)[-1].rstrip(".")
        return Mistake(source.origin(_find(source.text, words)), message)
    before = source.text.encode()[: span.start].decode(errors="ignore")
    return Mistake(source.origin(len(before)), message)


def _find(source: str, words: str) -> int:
    """Return where words stand in a source, else where its first line is that says something."""
    found = source.find(words) if words else -1
    return found if found >= 0 else len(source) - len(source.lstrip())


class _ServedFont(merman.MermanTextMeasurer):  # type: ignore[misc]
    """Answers merman's questions about text with the widths of the font that the pages are served with."""

    def measure(self, request: merman.MermanTextMeasureRequest) -> merman.MermanTextMeasureResult | None:
        """Measure one text; where a text sits on its line is left to merman, which knows Mermaid's habits."""
        size, face = request.font_size, text_width.choose_face(request.font_weight, request.font_style)
        lines = text_width.break_lines(request.text, size, face, request.max_width)
        width = max(text_width.measure_width(line, size, face) for line in lines)
        kinds = merman.MermanTextMeasurementResultKind
        answer = {
            "result_kind": kinds.LENGTH,
            "width": width,
            "height": len(lines) * request.line_height,
            "length": width,
            "line_count": len(lines),
            "bbox_left": None,
            "bbox_right": None,
            "raw_width": None,
        }
        operation = request.operation.name
        if operation.endswith("Y_OFFSET"):
            return None
        if operation.endswith("HEIGHT"):
            answer["length"] = text_width.measure_line_height(size, face)
        elif "B_BOX_X" in operation:
            answer |= {"result_kind": kinds.HORIZONTAL_EXTENTS, "bbox_left": width / 2, "bbox_right": width / 2}
        elif operation == "WRAPPED_WITH_RAW_WIDTH":
            raw = max(
                text_width.measure_width(line, size, face) for line in text_width.break_lines(request.text, size, face)
            )
            answer |= {"result_kind": kinds.WRAPPED_WITH_RAW_WIDTH, "raw_width": raw}
        elif operation in ("MEASURE", "WRAPPED", "MERMAID_CALCULATE_TEXT_DIMENSIONS"):
            answer["result_kind"] = kinds.METRICS
        return merman.MermanTextMeasureResult(**answer)


@functools.cache
def _engine() -> merman.MermanEngine:
    for face in ("Medium", "SemiBold", "Italic"):  # now, so that it does not count against the first diagram's time
        text_width.measure_width(" ", LABEL_PX, face)
    options = {"site_config": SITE_CONFIG, "resources": {"profile": "constrained"}}
    return merman.MermanEngine(json.dumps(options), merman.MermanEngineServices().with_text_measurer(_ServedFont()))


def _strip_namespaces(root: ET.Element) -> None:
    for element in root.iter():
        element.tag = element.tag.removeprefix(_SVG)
        if _LINK in element.attrib:
            element.set("href", element.attrib.pop(_LINK))


def _inline_rules(root: ET.Element) -> None:
    """Write what merman's style sheet says of a text's size and place on the text itself; the sheet itself goes."""
    rules = []
    for sheet in root.iter("style"):
        for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", sheet.text or ""):
            pairs = [pair.partition(":") for pair in body.split(";")]
            kept = {key.strip(): value.strip() for key, _, value in pairs if key.strip() in _INLINED}
            plain = [selector.split()[1:] for selector in selectors.split(",") if _PLAIN.fullmatch(selector)]
            rules += [(parts, kept) for parts in plain if kept]
    around: list[ET.Element] = []

    def walk(element: ET.Element) -> None:
        around.append(element)
        if element.tag == "text":
            for parts, kept in rules:
                if _selects(parts, around):
                    for key, value in kept.items():
                        element.attrib.setdefault(key, value)
        for child in element:
            walk(child)
        around.pop()

    walk(root)


def _plain_labels(root: ET.Element) -> None:
    """Turn the HTML labels that some kinds insist on into text; their lines break where merman broke them."""
    for parent in root.iter():
        if parent.tag == "switch":  # HTML, or text for who cannot draw it
            parent.tag = "g"
            parent[:] = [child for child in parent if child.tag == "text"]
        for foreign in parent.findall("foreignObject"):
            wide, high = float(foreign.get("width", "0")), float(foreign.get("height", "0"))
            words = "".join(foreign.itertext()).strip()
            text = ET.Element("text", {"text-anchor": "middle"})
            for size in (LABEL_PX, 16):
                lines = text_width.break_lines(words, size, limit=wide + 0.5)
                if len(lines) * size * 1.5 == high:
                    text.set("font-size", f"{size}")
                    for index, line in enumerate(lines):
                        row = ET.SubElement(
                            text, "tspan", {"x": f"{wide / 2:g}", "y": f"{(index * 1.5 + 1.1) * size:g}"}
                        )
                        row.text = line
                    break
            parent[list(parent).index(foreign)] = text


def _selects(parts: list[str], around: list[ET.Element]) -> bool:
    """Whether a selector of descendants, each a tag with classes, ends at the last of these nested elements."""
    *outer, own = parts
    if not _matches(own, around[-1]):
        return False
    rest = iter(around[:-1])
    return all(any(_matches(part, element) for element in rest) for part in outer)


def _matches(part: str, element: ET.Element) -> bool:
    tag, *classes = part.split(".")
    return tag in ("", element.tag) and {*classes} <= {*element.get("class", "").split()}


def _labels_above_edges(root: ET.Element, name: str) -> None:
    """Draw the labels of subgraphs after the edges, which would strike them through."""
    for drawn in root.iter("g"):
        groups = {group.get("class"): group for group in drawn}
        if "clusters" in groups and "edges edgePaths" in groups:
            above = ET.Element("g", {"class": "cluster-labels"})
            for cluster in groups["clusters"]:
                for label in cluster.findall("g[@class='cluster-label']"):
                    cluster.remove(label)
                    label.set("data-id", cluster.get("id", "").removeprefix(f"{name}-"))
                    above.append(label)
            drawn.insert(list(drawn).index(groups["edges edgePaths"]) + 1, above)


def _centre_labels(root: ET.Element) -> None:
    """Put the label of each box in its middle; merman leaves those of states at the left, where HTML would begin."""
    for node in root.iter("g"):
        if "node" in node.get("class", "").split():
            for label in (group for group in node if "label" in group.get("class", "").split()):
                label.set("transform", re.sub(r"\(\s*[-.\d]+", "(0", label.get("transform", ""), count=1))
                for text in label.iter("text"):
                    text.set("text-anchor", "middle")


def _only_drawn(root: ET.Element, kind: str) -> None:
    """Leave shapes and text alone; nothing that loads, runs or is HTML.

    Raises ``MermaidError``: the kind draws with pictures or HTML.
    """
    for child in list(root):
        if child.tag in _DROPPED:
            root.remove(child)
        elif child.tag in _KEPT:
            _only_drawn(child, kind)
        else:
            raise MermaidError(Mistake(0, f"a {kind} diagram needs <{child.tag}>, which is not drawn; use a flowchart"))


def _tidy_attributes(root: ET.Element) -> None:
    """Drop colours, fonts and merman's own data; shorten numbers; keep the ids that something points to."""
    used = {found for element in root.iter() for value in element.attrib.values() for found in _references(value)}
    for parent in root.iter():
        for child in list(parent):
            if child.tag in ("marker", "clipPath") and child.get("id") not in used:
                parent.remove(child)
    for element in root.iter():
        for key, value in list(element.items()):
            if key == "style":
                value = _kept_style(value)
            elif (
                (key in ("fill", "stroke") and value not in _PAINT_WORDS and not value.startswith("url("))
                or (key == "id" and value not in used)
                or (key.startswith(("on", "aria-", "data-")) and key != "data-step" and element is not root)
                or key in ("href", "name", "filter", "font-family", "alignment-baseline")
                or value == "normal"
            ):
                value = ""
            elif key != "id":
                value = _NUMBER.sub(lambda found: f"{float(found[0]):.2f}".rstrip("0").rstrip(".") or "0", value)
            if value:
                element.set(key, value)
            else:
                del element.attrib[key]


def _references(value: str) -> list[str]:
    return re.findall(r"url\(#([^)]+)\)", value)


def _kept_style(style: str) -> str:
    """Keep the shape of lines and text; colour and font come from the page."""
    pairs = [pair.partition(":") for pair in style.replace("!important", "").split(";")]
    kept = [(key.strip(), value.strip()) for key, _, value in pairs if key.strip() in _KEPT_STYLE]
    own = {("font-size", f"{LABEL_PX}px"), ("font-weight", "400"), ("font-weight", "normal"), ("font-style", "normal")}
    return "; ".join(f"{key}: {value}" for key, value in kept if (key, value) not in own)


def _tidy_text(root: ET.Element) -> None:
    """One ``tspan`` a line, which ends in a space, so that copied text keeps its words apart."""
    for text in root.iter("text"):
        rows = [row for row in text if "row" in row.get("class", "")] or list(text)
        for row in rows:
            row.attrib.pop("class", None)
            if anchor := row.attrib.pop("text-anchor", None):
                text.set("text-anchor", anchor)
            _merge_words(row)
        for line in rows or [text]:
            if len(line) and not line[-1].tail:
                line[-1].text = _ended(line[-1].text)
            elif len(line):
                line[-1].tail = _ended(line[-1].tail)
            else:
                line.text = _ended(line.text)
        for row in rows[:-1]:
            # a browser counts the space when it centres a line, unless the line is the last
            if "x" in row.attrib:
                row.set("x", f"{float(row.get('x', '0')) + text_width.measure_width(' ', LABEL_PX) / 2:g}")


def _ended(words: str | None) -> str:
    return f"{(words or '').rstrip()} "


def _merge_words(row: ET.Element) -> None:
    """Join the words of a line that look alike; only a bold or slanted word keeps a ``tspan`` of its own."""
    words = list(row)
    row[:] = []
    for word in words:
        if word.get("font-weight") or word.get("font-style"):
            word.attrib.pop("class", None)
            lead = "" if (word.text or "").lstrip() == (word.text or "") else " "
            _append_text(row, lead)
            word.text = (word.text or "").lstrip()
            row.append(word)
        else:
            _append_text(row, word.text or "")


def _append_text(row: ET.Element, text: str) -> None:
    if len(row):
        row[-1].tail = (row[-1].tail or "") + text
    else:
        row.text = (row.text or "") + text


def _drop_empty(root: ET.Element) -> None:
    """Drop groups, boxes and texts that draw nothing."""
    for element in reversed(list(root.iter())):
        for child in list(element):
            hollow = child.tag in ("g", "defs", "text", "tspan") and len(child) == 0 and not (child.text or "").strip()
            if hollow or (child.tag == "rect" and not {"width", "height"} <= child.attrib.keys()):
                element.remove(child)


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
