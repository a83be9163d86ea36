"""What merman drew, made fit for any page: shapes and text alone, coloured by class, no ids but those that are used."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from paperdeck.diagrams.engine import LABEL_PX
from paperdeck.diagrams.source import MermaidError, Mistake
from paperdeck.pictures import text_width

SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_SHAPES = frozenset({"circle", "ellipse", "line", "path", "polygon", "polyline", "rect"})
_KEPT = _SHAPES | {"a", "clipPath", "defs", "desc", "g", "marker", "svg", "text", "title", "tspan"}
_DROPPED = frozenset({"feDropShadow", "filter", "linearGradient", "script", "style", "symbol"})
_KEPT_STYLE = frozenset({"font-size", "font-style", "font-weight", "stroke-dasharray", "stroke-width", "text-anchor"})
_PAINT_WORDS = frozenset({"none", "transparent", "currentColor"})
_INLINED = frozenset({"dominant-baseline", "font-size", "font-weight", "text-anchor"})
_PLAIN = re.compile(r"\s*#[-\w]+(?:\s+[-.\w]+)+\s*")
_NUMBER = re.compile(r"-?\d*\.\d{3,}(?:e-?\d+)?")


def flatten(root: ET.Element, kind: str) -> None:
    """First: leave shapes and text alone, which say themselves what the style sheet and HTML said of them.

    Raises ``MermaidError``: the kind draws with pictures or HTML.
    """
    _strip_namespaces(root)
    _inline_rules(root)  # before the style sheet goes
    _replace_html_labels(root)  # before HTML is refused
    _drop_all_but_drawing(root, kind)


def arrange(root: ET.Element, kind: str, name: str) -> None:
    """Second: mend what merman places otherwise than we want it, while its ids and data still say what is what."""
    _raise_group_labels(root, name)
    if kind == "stateDiagram":
        _centre_state_labels(root)


def strip(root: ET.Element) -> None:
    """Last, after steps have found their parts: drop merman's ids, data and colours, and what draws nothing."""
    _tidy_attributes(root)
    _tidy_lines(root)
    _drop_empty(root)  # after the lines, which lose their empty spans


def _strip_namespaces(root: ET.Element) -> None:
    """Take the namespaces off the names: the picture will stand in HTML."""
    for element in root.iter():
        element.tag = element.tag.removeprefix(SVG)
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


def _replace_html_labels(root: ET.Element) -> None:
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


def _raise_group_labels(root: ET.Element, name: str) -> None:
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


def _centre_state_labels(root: ET.Element) -> None:
    """Put the label of each box in its middle; merman leaves those of states at the left, where HTML would begin."""
    for node in root.iter("g"):
        if "node" in node.get("class", "").split():
            for label in (group for group in node if "label" in group.get("class", "").split()):
                label.set("transform", re.sub(r"\(\s*[-.\d]+", "(0", label.get("transform", ""), count=1))
                for text in label.iter("text"):
                    text.set("text-anchor", "middle")


def _drop_all_but_drawing(root: ET.Element, kind: str) -> None:
    """Leave shapes and text alone; nothing that loads, runs or is HTML.

    Raises ``MermaidError``: the kind draws with pictures or HTML.
    """
    for child in list(root):
        if child.tag in _DROPPED:
            root.remove(child)
        elif child.tag in _KEPT:
            _drop_all_but_drawing(child, kind)
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


def _tidy_lines(root: ET.Element) -> None:
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
