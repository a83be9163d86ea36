"""What a chart is drawn with: shapes and texts, and their markup."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from paperdeck.pictures.icons import write_outline
from paperdeck.pictures.text_width import clean_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from paperdeck.charts.layout import Box, Text


@dataclass(frozen=True)
class Shape:
    """An element: the attributes that say where it is, px, and its style or its class."""

    tag: str
    place: Mapping[str, float] = field(default_factory=dict)
    style: Mapping[str, str] = field(default_factory=dict)
    """Colours stand here and not in attributes: any renderer reads ``var()`` in a style."""
    classes: str = ""
    points: Sequence[tuple[float, float]] = ()
    parts: tuple[str, ...] = ()
    """The names of what it belongs to, with which it waits for a step."""
    stays: bool = False
    """Whether it is there from the start: no step shows it."""
    cell: str = ""
    """Which cell of an object it is: its row and its place there."""
    icon: str = ""
    """The icon that it shows, where it is a picture in the picture."""


def draw_line(
    x1: float, y1: float, x2: float, y2: float, classes: str = "", parts: tuple[str, ...] = (), **style: str
) -> Shape:
    """Return a straight line."""
    return Shape("line", {"x1": x1, "y1": y1, "x2": x2, "y2": y2}, _css(style), classes, parts=parts)


def draw_bar(
    x: float, y: float, width: float, height: float, corner: float = 0, parts: tuple[str, ...] = (), **style: str
) -> Shape:
    """Return a rectangle, its corners round by so many px; nothing of one that has no room."""
    width, height = max(width, 0), max(height, 0)
    rounded = {"rx": corner} if corner > 0 else {}
    return Shape("rect", {"x": x, "y": y, "width": width, "height": height, **rounded}, _css(style), parts=parts)


def draw_icon(name: str, box: Box, token: str, parts: tuple[str, ...] = ()) -> Shape:
    """Return an icon, as large as a square box."""
    place = {"x": box.left, "y": box.top, "width": box.right - box.left, "height": box.bottom - box.top}
    style = {"fill": "none", "stroke": f"var(--pd-{token})", "stroke-width": "2"}
    style |= {"stroke-linecap": "round", "stroke-linejoin": "round"}
    return Shape("svg", place, style, parts=parts, icon=name)


def draw_path(points: Sequence[tuple[float, float]], parts: tuple[str, ...] = (), **style: str) -> Shape:
    """Return a line through points."""
    return Shape("polyline", {}, {"fill": "none", **_css(style)}, points=points, parts=parts)


def write_shape(shape: Shape) -> str:
    """Return the markup of a shape."""
    where = "".join(f' {name}="{write_px(value)}"' for name, value in shape.place.items())
    if shape.points:
        where = f' points="{" ".join(f"{write_px(x)},{write_px(y)}" for x, y in shape.points)}"'
    classes = f' class="{shape.classes}"' if shape.classes else ""
    classes += f' data-cell="{shape.cell}"' if shape.cell else ""
    look = ";".join(f"{name}:{value}" for name, value in shape.style.items())
    if shape.icon:
        outline = write_outline(shape.icon)
        return f'<{shape.tag}{classes}{where} viewBox="0 0 24 24" style="{look}">{outline}</{shape.tag}>'
    return f"<{shape.tag}{classes}{where}" + (f' style="{look}"/>' if look else "/>")


def write_text(text: Text) -> str:
    """Return the markup of a text, nothing of an empty one; two spaces in it are one wide one."""
    if not text.text:
        return ""
    anchor = "" if text.anchor == "start" else f' text-anchor="{text.anchor}"'
    classes = f' class="{text.classes}"' if text.classes else ""
    size = "" if text.size == 1 else f' style="font-size:{text.size:.3g}em"'
    words = escape(clean_text(text.text)).replace("  ", "\u2002")
    return f'<text x="{write_px(text.x)}" y="{write_px(text.y)}"{anchor}{classes}{size}>{words}</text>'


def quote_attribute(text: str) -> str:
    """Return a text as the value of an attribute, with its quotation marks."""
    return quoteattr(clean_text(text))


def shorten_text(text: str) -> str:
    """Return a text of a message, cut where it is long."""
    return text if len(text) <= 40 else f"{text[:39]}…"


def write_px(number: float) -> str:
    """Return a coordinate, to a tenth of a px."""
    return f"{round(number, 1) + 0.0:g}"  # and no -0


def _css(style: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in style.items() if value}
