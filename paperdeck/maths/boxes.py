"""How large MathML is drawn, by the rules of MathML Core and the measures of the maths face, in its letter size.

https://www.w3.org/TR/mathml-core/#layout-algorithms
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from paperdeck.pictures.text_width import measure_width

if TYPE_CHECKING:
    from collections.abc import Sequence
    from xml.etree.ElementTree import Element

AXIS, RULE, BAR_GAP = 0.262, 0.066, 0.066
SUPERSCRIPT, SUPERSCRIPT_DROP, SUBSCRIPT, SUBSCRIPT_DROP, SCRIPT_GAP = 0.477, 0.221, 0.2, 0.105, 0.264
LIMIT_GAP, LIMIT_RISE, LIMIT_DROP = 0.132, 0.165, 0.585
NUMERATOR, DENOMINATOR, FRACTION_GAP = (0.516, 0.774), (0.465, 0.698), (0.066, 0.198)
"""In a line, and on display."""
ROOT_GAP, ROOT_SIGN = (0.082, 0.195), 1.06
BRACKET, BRACKET_STEP, BRACKET_WIDTH, DOUBLE_WIDTH = 0.933, 0.2305, 0.58, 0.7
"""The height of a bracket, how much higher each of its longer forms is, and how wide these are."""
CELL_PADDING = (0.26, 0.4)
"""Above and below what stands in a cell, and beside it."""
LEVELS = (1, 0.65, 0.5)
"""The size of what is written plainly, of its scripts, and of theirs."""

OPERATORS, OPERATOR_SIZE = frozenset("∑∏∐⋃⋂⨁⨂⨀⋁⋀⨆⨅"), ((0.85, 0.5), (1.05, 0.65))
INTEGRALS, INTEGRAL_SIZE = frozenset("∫∬∭∮"), ((0.65, 0.5), (0.65, 1.17))
"""Signs that are larger on display: how wide, and half of how high."""
FENCES, DOUBLE = frozenset("()[]{}|‖∣∥⟨⟩⌈⌉⌊⌋⟦⟧"), frozenset("‖∥⟦⟧")
SPACED = frozenset("=+−±≤≥<>≈≠∣→←⇒↦∈×·∼≡⟶|:")
SCRIPTS = frozenset({"msub", "msup", "msubsup"})
LIMITS = frozenset({"munder", "mover", "munderover"})
TOKENS = frozenset({"mi", "mn", "mtext", "ms"})

_LOW = re.compile(r"[acegmnopqrsuvwxyzαγεηικμνοπρσςτυχψω\s]*")
_HANGING = re.compile(r"[gjpqyQβγζημξρςφχψ,;()\[\]{}|/]")
_EM = re.compile(r"(?P<number>-?[\d.]+)em")
_PADDING = re.compile(r"padding-(left|right):\s*([\d.]+)")
_DEPTH = re.compile(r"math-depth:\s*(?P<depth>\d)")


class Box(NamedTuple):
    """How wide something is, and how far it reaches above and below its baseline."""

    width: float
    above: float
    below: float

    @property
    def height(self) -> float:
        """From its upper edge to its lower one."""
        return self.above + self.below

    def resize(self, size: float) -> Box:
        """Return the box at a size."""
        return Box(self.width * size, self.above * size, self.below * size)


@dataclass(frozen=True)
class Style:
    """How deep in scripts something stands, and whether it has the room of a display."""

    display: bool
    depth: int = 0

    @property
    def size(self) -> float:
        """Of its letters."""
        return LEVELS[min(self.depth, len(LEVELS) - 1)]

    def read(self, element: Element) -> Style:
        """Return the style that an element asks for."""
        display = {"true": True, "false": False}.get(element.get("displaystyle", ""), self.display)
        depth = _DEPTH.search(element.get("style", ""))
        return replace(self, display=display, depth=int(depth["depth"]) if depth else self.depth)

    @property
    def script(self) -> Style:
        """That of a script."""
        return replace(self, display=False, depth=self.depth + 1)

    @property
    def part(self) -> Style:
        """That of a part of a fraction."""
        return replace(self, display=False) if self.display else self.script


def measure_mathml(element: Element, style: Style | None = None) -> Box:
    """Return how large MathML is drawn, in its letter size."""
    if style is None:
        style = Style(element.get("display") == "block")
    style = style.read(element)
    tag, children = name_of(element), list(element)
    if tag in TOKENS:
        return measure_token(element).resize(style.size)
    if tag == "mo":
        return measure_operator(element, style).resize(style.size)
    if tag == "mspace":
        return Box(read_length(element, "width") * style.size, 0, 0)
    if tag == "mtable":
        return measure_table(element, style)
    if tag == "mfrac":
        return measure_fraction(element, style)
    if tag in ("msqrt", "mroot"):
        return measure_root(children[:1] if tag == "mroot" else children, style)
    if tag in SCRIPTS:
        return measure_scripts(tag, children, style)
    if tag in LIMITS:
        return measure_limits(element, style)
    return measure_row(element, style)


def measure_token(element: Element) -> Box:
    """Return how large letters are."""
    text = element.text or ""
    width = measure_width(text, 1, "Italic" if element.get("class") == "variable" else "Regular")
    return Box(width, 0.53 if _LOW.fullmatch(text) else 0.73, 0.21 if _HANGING.search(text) else 0.01)


def measure_operator(element: Element, style: Style) -> Box:
    """Return how large a sign is that stands alone."""
    text = (element.text or "").strip("\u2061\u2062\u2063")
    if not text:
        return Box(0.17, 0, 0)
    space = 0.56 if text in SPACED and "lspace" not in element.attrib else 0.1
    if text in OPERATORS or text in INTEGRALS:
        width, half = (OPERATOR_SIZE if text in OPERATORS else INTEGRAL_SIZE)[style.display]
        return Box(width + space, AXIS + half, half - AXIS)
    if height := read_length(element, "minsize"):
        return Box(measure_width(text, 1, "Regular") + space, AXIS + height / 2, height / 2 - AXIS)
    fence = text in FENCES
    return Box(measure_width(text, 1, "Regular") + space, 0.77 if fence else 0.56, 0.16 if fence else 0.05)


def measure_row(element: Element, style: Style) -> Box:
    """Return how large parts are beside one another, and the brackets around them."""
    parts = [measure_mathml(child, style) for child in element]
    brackets = [is_stretched(child) for child in element]
    box = Box(sum(part.width for part in parts), *_reach(parts))
    if any(brackets) and not all(brackets):
        above, below = _reach([part for part, is_bracket in zip(parts, brackets, strict=True) if not is_bracket])
        needed = 2 * max(above / style.size - AXIS, below / style.size + AXIS)
        half = (BRACKET + BRACKET_STEP * max(0, ceil((needed - BRACKET) / BRACKET_STEP - 0.05))) / 2
        up, down = (half + AXIS) * style.size, (half - AXIS) * style.size
        wider = sum(widen(child) for child in element) * style.size if needed > BRACKET else 0
        box = Box(box.width + wider, max(above, up), max(below, down))
    if name_of(element) == "mpadded":
        given = {"height": "above", "depth": "below", "width": "width"}
        box = box._replace(**{given[name]: read_length(element, name) for name in given if name in element.attrib})
    classes = element.get("class", "").split()
    if "line-over" in classes:
        box = box._replace(above=box.above + 0.2)
    if "line-under" in classes:
        box = box._replace(below=box.below + 0.15)
    if name_of(element) == "menclose":
        box = Box(box.width + 0.6, box.above + 0.2, box.below + 0.2)
    return box


def is_stretched(element: Element) -> bool:
    """Tell whether a sign is as high as what stands beside it."""
    alone = name_of(element) == "mo" and (element.text or "") in FENCES
    return alone and element.get("stretchy") != "false" and "minsize" not in element.attrib


def widen(element: Element) -> float:
    """Return how much wider a bracket becomes that is longer than a line."""
    if not is_stretched(element):
        return 0
    plain = measure_operator(element, Style(False)).width
    return (DOUBLE_WIDTH if element.text in DOUBLE else BRACKET_WIDTH) - plain


def measure_fraction(element: Element, style: Style) -> Box:
    """Return how large a fraction is, or two parts above each other without a line."""
    top, bottom = (measure_mathml(child, style.part) for child in element)
    size, gap = style.size, FRACTION_GAP[style.display]
    up = max(NUMERATOR[style.display], AXIS + RULE / 2 + gap + top.below / size) * size
    down = max(DENOMINATOR[style.display], RULE / 2 - AXIS + gap + bottom.above / size) * size
    width = max(top.width, bottom.width) + 0.05
    padding = _EM.search(element.get("style", ""))
    return Box(width, up + top.above + (float(padding["number"]) * size if padding else 0), down + bottom.below)


def measure_root(children: Sequence[Element], style: Style) -> Box:
    """Return how large a root is."""
    parts = [measure_mathml(child, style) for child in children]
    above, below = _reach(parts)
    needed = above + below + (ROOT_GAP[style.display] + RULE) * style.size
    height = max(1.1 * style.size, needed * 1.07)  # the next longer form of the sign
    return Box(
        sum(part.width for part in parts) + ROOT_SIGN * style.size,
        above + (ROOT_GAP[style.display] + 2 * RULE) * style.size + max(0, height - needed) / 2,
        below + max(0, height - needed) / 2,
    )


def measure_scripts(tag: str, children: Sequence[Element], style: Style) -> Box:
    """Return how large a letter is with what stands at its shoulder and its foot."""
    base, *scripts = (measure_mathml(child, style.script if index else style) for index, child in enumerate(children))
    size = style.size
    above, below = base.above, base.below
    rise = max(SUPERSCRIPT * size, base.above - SUPERSCRIPT_DROP * size, scripts[-1].below + 0.129 * size)
    drop = max(SUBSCRIPT * size, base.below + SUBSCRIPT_DROP * size, scripts[0].above - 0.413 * size)
    if tag == "msubsup":
        gap = (rise - scripts[1].below) - (scripts[0].above - drop)
        rise += max(0, SCRIPT_GAP * size - gap)
    if tag != "msub":
        above = max(above, rise + scripts[-1].above)
    if tag != "msup":
        below = max(below, drop + scripts[0].below)
    return Box(base.width + max(script.width for script in scripts) + 0.06 * size, above, below)


def measure_limits(element: Element, style: Style) -> Box:
    """Return how large something is with what stands above and below it; in a line, limits stand beside a sign."""
    children = list(element)
    tag, sign = name_of(element), children[0].text or ""
    if not style.display and sign and sign in OPERATORS:
        return measure_scripts({"munder": "msub", "mover": "msup"}.get(tag, "msubsup"), children, style)
    accent = "true" in (element.get("accent"), element.get("accentunder"))
    base, *others = (
        measure_mathml(child, style if accent or not index else style.script) for index, child in enumerate(children)
    )
    size, above, below = style.size, base.above, base.below
    if accent:
        if tag == "mover":
            above += 0.24 * size
        else:
            below += 0.3 * size
        return Box(base.width, above, below)
    if tag != "mover":
        below += max(LIMIT_GAP * size + others[0].above, LIMIT_DROP * size) + others[0].below
    if tag != "munder":
        above += max(LIMIT_GAP * size + others[-1].below, LIMIT_RISE * size) + others[-1].above
    return Box(max(base.width, *(other.width for other in others)) + 0.2 * size, above, below)


def measure_table(table: Element, style: Style) -> Box:
    """Return how large a matrix or a system of equations is; its middle lies on the axis."""
    inner = replace(style, display=style.display and table.get("displaystyle") == "true")
    size, (high, wide) = style.size, CELL_PADDING
    widths: list[float] = []
    height = 0.0
    for row in table:
        cells = [measure_row(cell, inner) for cell in row]
        tight = all("padding-top: 0" in cell.get("style", "") for cell in row)
        above, below = _reach(cells)
        height += above + below + (0 if tight else 2 * high * size)
        widths += [0] * (len(cells) - len(widths))
        for column, cell in enumerate(cells):
            given = dict(_PADDING.findall(row[column].get("style", "")))
            beside = sum(float(given.get(side, wide)) for side in ("left", "right"))
            widths[column] = max(widths[column], cell.width + beside * size)
    return Box(sum(widths), height / 2 + AXIS * size, height / 2 - AXIS * size)


def name_of(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def read_length(element: Element, name: str) -> float:
    """Return a length that an element gives, in its letter size; 0 where it gives none in ``em``."""
    found = _EM.fullmatch(element.get(name, ""))
    return float(found["number"]) if found else 0


def _reach(boxes: Sequence[Box]) -> tuple[float, float]:
    return max((box.above for box in boxes), default=0), max((box.below for box in boxes), default=0)
