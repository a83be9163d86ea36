"""What merman drew, made fit for any page: shapes and text alone, coloured by class, no ids but those that are used."""

from __future__ import annotations

import re
from html import unescape
from xml.etree import ElementTree as ET

from paperdeck.diagrams.boxes import Box, find_extent, find_shift, measure_lines, measure_shape
from paperdeck.diagrams.characters import show_hidden_characters
from paperdeck.diagrams.engine import LABEL_PX
from paperdeck.diagrams.groups import arrange_groups
from paperdeck.diagrams.source import MermaidError, Mistake
from paperdeck.diagrams.steps import find_messages
from paperdeck.pictures import text_width
from paperdeck.pictures.steps import CHANGES

SVG = "{http://www.w3.org/2000/svg}"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_SHAPES = frozenset({"circle", "ellipse", "line", "path", "polygon", "polyline", "rect"})
_KEPT = _SHAPES | {"a", "clipPath", "defs", "desc", "g", "marker", "svg", "text", "title", "tspan"}
_DROPPED = frozenset({"feDropShadow", "filter", "linearGradient", "script", "style", "symbol"})
_KEPT_STYLE = frozenset(
    {"font-size", "font-style", "font-weight", "stroke-dasharray", "stroke-width", "text-anchor", "text-decoration"}
)
STATE_PADDING, EDGE_LABEL_WIDTH = 8, 200
"""What merman leaves free beside the label of a state, and how wide that of an edge is, in px."""
NAME_SHIFT = 8
"""How much lower than merman sets it the name below a symbol stands, in px."""
NOTE_PADDING = 10
"""What is free beside the text of a note, in px."""
NUMBER_SHIFT = 10
"""How much higher than merman sets it the text above a number stands, in px."""
CLOUD_SHIFT = 20
"""More than any shape moves its label on purpose, in px."""
LINE = 1.1
"""From one line of a label to the next, in em."""
HTML_LABEL_PX, HTML_LINE = 16, 1.5
"""The same of a label that merman makes in HTML, and its size."""
_PAINT_WORDS = frozenset({"none", "transparent", "currentColor"})
_INLINED = frozenset({"dominant-baseline", "font-size", "font-weight", "text-anchor"})
_PLAIN = re.compile(r"\s*#[-\w]+(?:\s+[-.\w]+)+\s*")
_NUMBER = re.compile(r"-?\d*\.\d{3,}(?:e-?\d+)?")


def flatten(root: ET.Element, role: str) -> None:
    """First: leave shapes and text alone, which say themselves what the style sheet and HTML said of them.

    Raises ``MermaidError``: the kind draws with pictures or HTML.
    """
    _strip_namespaces(root)
    _show_characters(root)
    _inline_rules(root)  # before the style sheet goes
    _replace_html_labels(root)  # before HTML is refused
    _drop_all_but_drawing(root, role)


def arrange(root: ET.Element, kind: str, name: str) -> None:
    """Second: mend what merman places otherwise than we want it, while its ids and data still say what is what."""
    if kind == "flowchart":
        _centre_clouds(root)
    if kind == "sequence":
        _lower_names(root)
        _raise_numbered_texts(root)
        _widen_notes(root)
    if kind == "class":
        _join_generics(root)
        _underline_static_members(root)
    if kind == "state":
        _centre_labels(root, "node")
    if kind in ("class", "er", "state"):
        _centre_labels(root, "edgeLabel")
    if kind == "er":
        _unscale_markers(root)
    arrange_groups(root, name)


def strip(root: ET.Element) -> None:
    """Last, after steps have found their parts: drop merman's ids, data and colours, and what draws nothing."""
    _tidy_attributes(root)
    _tidy_lines(root)
    _drop_empty(root)  # after the lines, which lose their empty spans
    _show_all(root)


def _strip_namespaces(root: ET.Element) -> None:
    """Take the namespaces off the names: the picture will stand in HTML."""
    for element in root.iter():
        element.tag = element.tag.removeprefix(SVG)
        if _LINK in element.attrib:
            element.set("href", element.attrib.pop(_LINK))


def _show_characters(root: ET.Element) -> None:
    """Put hidden characters back, and undo what merman escaped twice: no code of an author's own is left by now."""
    for element in root.iter():
        if element.tag != "style":
            element.text = element.text and show_hidden_characters(unescape(element.text))
            element.tail = element.tail and show_hidden_characters(element.tail)
        if "class" in element.attrib:  # which may hold an author's name of a thing
            element.set("class", show_hidden_characters(element.get("class", "")))


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
    """Turn the HTML labels that a mind map insists on into text; their lines break where merman broke them."""
    for parent in root.iter():
        for foreign in parent.findall("foreignObject"):
            wide, high = float(foreign.get("width", "0")), float(foreign.get("height", "0"))
            for broken in foreign.iter(f"{_XHTML}br"):
                broken.text = "\n"
            words = "".join(foreign.itertext()).strip()
            group = ET.Element("g", {"transform": f"translate({wide / 2:g}, {high / 2:g})"})
            text = ET.SubElement(group, "text")
            lines = text_width.break_lines(words, HTML_LABEL_PX, limit=wide + 0.5)
            _set_lines(text, lines, HTML_LABEL_PX, HTML_LINE)
            parent[list(parent).index(foreign)] = group


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


def _centre_labels(root: ET.Element, where: str) -> None:
    """Put the label of each box or edge in its middle, in the lines for which merman made room.

    merman leaves it where HTML would begin, in one line and, on an edge, beside its ground.
    """
    for holder in root.iter("g"):
        if where not in holder.get("class", "").split():
            continue
        for label in (group for group in holder if "label" in group.get("class", "").split()):
            texts = list(label.iter("text"))
            if len(texts) != 1 or not any("".join(texts[0].itertext()).strip() for _ in texts):
                continue
            words = "\n".join("".join(row.itertext()).strip() for row in texts[0])
            boxes = [box for shape in holder if (box := _measure_container(shape))]
            limit = boxes[0].width - 2 * STATE_PADDING if boxes else EDGE_LABEL_WIDTH
            lines = text_width.break_lines(words, LABEL_PX, limit=limit)
            for group in (label, *label.iter("g")):
                group.attrib.pop("transform", None)
            _set_lines(texts[0], lines)
            wide = max(text_width.measure_width(line, LABEL_PX) for line in lines) + 4
            high = len(lines) * LINE * LABEL_PX + 2
            for ground in label.iter("rect"):
                if "background" in ground.get("class", ""):
                    ground.attrib |= {
                        "x": f"{-wide / 2:g}",
                        "y": f"{-high / 2:g}",
                        "width": f"{wide:g}",
                        "height": f"{high:g}",
                    }


def _measure_container(shape: ET.Element) -> Box | None:
    """Return how far the shape of a box reaches, one of several paths too."""
    if "label-container" not in shape.get("class", ""):
        return None
    return next((box for part in shape.iter() if (box := measure_shape(part))), None)


def _centre_clouds(root: ET.Element) -> None:
    """Put the label of a cloud in its middle; merman moves it to the left by half its width, as HTML would need it."""
    for holder in root.iter("g"):
        for label in holder.findall("g[@class='label']") if "node" in holder.get("class", "").split() else ():
            right, down = find_shift(label)
            if right < -CLOUD_SHIFT:
                label.set("transform", f"translate(0, {down:g})")


def _join_generics(root: ET.Element) -> None:
    """Take out the spaces that merman sets around the brackets of a member's type, as in ``List <int>``."""
    members = [group for group in root.iter("g") if re.match("(members|methods)-group", group.get("class", ""))]
    for row in (row for group in members for text in group.iter("text") for row in text):
        words = "".join(row.itertext())
        row[:] = []
        row.text = re.sub(r"(?<=\w) <(?=\w)", "<", re.sub(r"> (?=[>),])", ">", words))


def _underline_static_members(root: ET.Element) -> None:
    """Say on the text that a member is static; a line under a group is not drawn."""
    for label in root.iter("g"):
        if "text-decoration:underline" in label.get("style", ""):
            for text in label.iter("text"):
                text.set("style", "text-decoration: underline")


def _lower_names(root: ET.Element) -> None:
    """Set the name of a person, a data store or the like clear of its symbol."""
    for group in root.iter("g"):
        stored = group.get("data-type") == "database"
        for text in group.findall("text"):
            if stored or "actor-man" in text.get("class", "").split():
                text.set("class", "actor actor-man")
                text.set("y", f"{float(text.get('y', '0')) + NAME_SHIFT:g}")


def _widen_notes(root: ET.Element) -> None:
    """Make a note as wide as its text; merman makes one over two participants as wide as these stand apart."""
    for group in root.iter("g"):
        ground = group.find("rect[@class='note']")
        lines = [line for text in group.findall("text") for _, line in measure_lines(text, LABEL_PX)]
        if ground is not None and lines and (box := measure_shape(ground)):
            needed = max(line.width for line in lines) + 2 * NOTE_PADDING
            if needed > box.width:
                ground.set("x", f"{(box.left + box.right - needed) / 2:g}")
                ground.set("width", f"{needed:g}")


def _raise_numbered_texts(root: ET.Element) -> None:
    """Set the text of a message to oneself clear of its number, which merman draws at the middle of that text."""
    for message in find_messages(root, {}):
        loops = any(part.get("data-from", "") == part.get("data-to") for part in message.parts)
        numbered = any("sequencenumber" in part.get("marker-start", "") for part in message.parts)
        for part in message.parts if loops and numbered else ():
            if part.get("class") == "messageText":
                part.set("y", f"{float(part.get('y', '0')) - NUMBER_SHIFT:g}")


def _set_lines(text: ET.Element, lines: list[str], size: float = LABEL_PX, line_height: float = LINE) -> None:
    """Give a text these lines, its middle at the origin of the group that holds it."""
    text[:] = []
    text.text = None
    text.attrib = {"text-anchor": "middle"} | ({} if size == LABEL_PX else {"font-size": f"{size:g}"})
    for index, line in enumerate(lines):
        middle = (index - (len(lines) - 1) / 2) * line_height * size
        row = ET.SubElement(text, "tspan", {"class": "row", "x": "0", "y": f"{middle + 0.35 * size:g}"})
        row.text = line


def _unscale_markers(root: ET.Element) -> None:
    """Draw the ends of edges as large as they are made, not in proportion to our lines, which are thicker."""
    for marker in root.iter("marker"):
        marker.set("markerUnits", "userSpaceOnUse")


def _show_all(root: ET.Element) -> None:
    """Widen the picture where something that is drawn reaches over its edge."""
    left, top, width, height = map(float, root.get("viewBox", "0 0 0 0").split())
    whole = frame = Box(left, top, left + width, top + height)
    if extent := find_extent(root, LABEL_PX):
        whole = frame.joined(extent)
    if whole != frame:
        sides = (*whole[:2], whole.width, whole.bottom - whole.top)
        root.set("viewBox", " ".join(f"{side:.2f}".rstrip("0").rstrip(".") for side in sides))


def _drop_all_but_drawing(root: ET.Element, role: str) -> None:
    """Leave shapes and text alone; nothing that loads, runs or is HTML.

    Raises ``MermaidError``: the kind draws with pictures or HTML.
    """
    for child in list(root):
        if child.tag in _DROPPED:
            root.remove(child)
        elif child.tag in _KEPT:
            _drop_all_but_drawing(child, role)
        else:
            raise MermaidError(Mistake(0, f"a {role} diagram needs <{child.tag}>, which is not drawn; use a flowchart"))


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
                or (key.startswith(("on", "aria-", "data-")) and key not in CHANGES and element is not root)
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
    return re.findall(r"url\(#([^)]+)\)", value) if "url(" in value else []


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
