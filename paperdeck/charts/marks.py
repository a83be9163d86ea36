"""A chart as SVG: the picture of its mark, what is drawn over it, its steps, and what is wrong with how it came out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from paperdeck.charts.annotations import annotate
from paperdeck.charts.areas import draw_areas, draw_number
from paperdeck.charts.bars import draw_bars, draw_dots, draw_share
from paperdeck.charts.cells import draw_blocks, draw_strips, draw_waffles
from paperdeck.charts.drawing import Drawing, list_texts
from paperdeck.charts.facets import draw_facets
from paperdeck.charts.grids import draw_grid
from paperdeck.charts.layout import LEAST_WIDE, Room, Text, find_outside, find_overlaps
from paperdeck.charts.planes import draw_histogram, draw_lines, draw_scatter, draw_slopes
from paperdeck.charts.svg import Shape, quote_attribute, shorten_text, write_px, write_shape, write_text
from paperdeck.charts.timelines import draw_timeline
from paperdeck.pictures.steps import list_changes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from paperdeck.charts.data import Chart
    from paperdeck.pictures.steps import Step

LISTED = 5
"""How many labels without room are named."""
TYPES = (1.5, 1.35, 1.2, 1.1, 1.0)
"""How much larger a grid or timeline of few parts is set on a slide, with its texts: as large as its room allows."""
DRAWN_BY = {
    "bar": draw_bars,
    "dot": draw_dots,
    "line": draw_lines,
    "scatter": draw_scatter,
    "slope": draw_slopes,
    "histogram": draw_histogram,
    "area": draw_areas,
    "strip": draw_strips,
    "waffle": draw_waffles,
    "blocks": draw_blocks,
    "grid": draw_grid,
    "number": draw_number,
    "timeline": draw_timeline,
}
ROWS = {
    "bar": "bars",
    "dot": "rows of dots",
    "area": "areas",
    "strip": "strips",
    "waffle": "waffles",
    "blocks": "rows of blocks",
    "grid": "rows",
    "number": "lines",
    "timeline": "events",
}
"""What the rows are called that stand below one another."""


@dataclass(frozen=True)
class Picture:
    """A finished chart, and what is wrong with how it came out."""

    svg: str
    problems: tuple[str, ...] = ()


def draw_chart(chart: Chart, room: Room, name: str) -> Picture:
    """Return a chart as SVG, its colours custom properties of the page.

    :param name: what the picture is called to those who cannot see it
    """
    if room.grows:  # what moves does so from slide to slide
        chart = replace(chart, object="", count="")
    drawing = draw_facets(chart, room, _draw) if chart.facet else _draw(chart, room)
    frame = drawing.frame
    room = frame.room
    height = frame.height if room.grows else min(frame.height, room.height)  # set smaller rather than cut off
    size = f'width="{write_px(room.width)}" height="{write_px(height)}"'
    box = f"0 0 {write_px(room.width)} {write_px(frame.height)}"
    moving = f" data-object={quote_attribute(chart.object)}" if chart.object else ""
    moving += " data-count" if chart.count else ""
    hung = "" if room.grows else ' preserveAspectRatio="xMinYMin"'
    items = _write_items(drawing.items, chart)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label={quote_attribute(name)} {size} '
        f'viewBox="{box}"{hung}{moving} style="font-size:{write_px(room.type)}px">{items}</svg>'
    )
    return Picture(svg, tuple(_find_problems(chart, drawing)))


def _draw(chart: Chart, room: Room) -> Drawing:
    """Draw a chart without facets, with what is drawn over it."""
    share = chart.mark == "bar" and chart.whole and len(chart.rows) == len(chart.series) == 1
    draw = draw_share if share else DRAWN_BY[chart.mark]
    if chart.mark in ("grid", "timeline") and not room.grows:
        for larger in TYPES:
            drawing = draw(chart, replace(room, type=room.type * larger))
            if _fits(drawing):
                break
        return drawing
    return annotate(chart, draw(chart, room))


def _fits(drawing: Drawing) -> bool:
    """Tell whether a drawing has the room that it takes."""
    frame, texts = drawing.frame, list_texts(drawing)
    outside = find_outside(texts, frame) or frame.left + frame.wide > frame.room.width + 0.5
    return frame.height <= frame.room.height and not outside and not find_overlaps(texts, frame.room)


def _write_items(items: Sequence[Shape | Text], chart: Chart) -> str:
    """Return the markup of what is drawn; what clicks change stands in groups that say so."""
    rows = {row.name for row in chart.rows}
    of_rows = [step for step in chart.steps if step.action != "show" and step.name in rows]
    markup = []
    for changes, group in groupby(items, key=lambda item: _write_changes(item, of_rows if item.stays else chart.steps)):
        written = "".join(write_shape(item) if isinstance(item, Shape) else write_text(item) for item in group)
        for change in changes if written else ():
            written = f"<g {change}>{written}</g>"
        markup.append(written)
    return "".join(markup)


def _write_changes(item: Shape | Text, steps: Sequence[Step]) -> list[str]:
    """Return what the clicks do to what is drawn, as attributes of groups, the innermost first."""
    if not item.parts:
        return []
    turn = "turn-" if isinstance(item, Text) and item.turns else ""
    changes = list_changes(item.parts, steps)
    return [f'data-{turn}{change}="{number}"' for change, numbers in changes.items() for number in numbers]


def _find_problems(chart: Chart, drawing: Drawing) -> Iterator[str]:
    """Yield what is wrong with how a chart came out, and what to do about it."""
    frame, room = drawing.frame, drawing.frame.room
    if frame.height > room.height + 0.5 and not room.grows:
        over = frame.height - room.height
        fit = int((frame.pitch * len(chart.rows) - over) / frame.pitch) if frame.pitch else 0
        advice = f"show at most {fit}, or split the chart" if fit > 0 else "shorten the names, or split the chart"
        rows = ROWS.get(chart.mark, "points")
        yield f"no room for {len(chart.rows)} {rows} in {room.height:.0f} px; {advice}"
        return
    if frame.wide < LEAST_WIDE * room.type or frame.high < room.type:
        yield "no room for the marks beside the texts; shorten them, or split the chart"
        return
    if drawing.crowded:
        advice = "label fewer marks with “:labels: highlight”, or split the chart"
        yield f"no room for the label {_list_texts(drawing.crowded)}; {advice}"
    texts = list_texts(drawing)
    if outside := find_outside(texts, frame):
        yield f"no room for {_list_texts(outside)}: too long for the picture; shorten it"
    if meeting := find_overlaps(texts, room):
        yield f"no room for both {_list_texts(meeting[0], ' and ')}; shorten one, or split the chart"


def _list_texts(texts: Sequence[str], between: str = ", ") -> str:
    """Return texts in quotation marks, the first few of many."""
    quoted = [f"“{shorten_text(text)}”" for text in texts[:LISTED]]
    return between.join(quoted) + (f" and {len(texts) - LISTED} more" if len(texts) > LISTED else "")
