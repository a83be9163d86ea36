"""A chart as SVG: what each mark looks like, and what is wrong with how it came out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperdeck.charts.bars import draw_bars, draw_dots, draw_share
from paperdeck.charts.layout import Room, Text, find_outside, find_overlaps
from paperdeck.charts.planes import draw_lines, draw_scatter
from paperdeck.charts.svg import Shape, quote_attribute, shorten_text, write_px, write_shape, write_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from paperdeck.charts.data import Chart
    from paperdeck.charts.drawing import Drawing

LISTED = 5
"""How many labels without room are named."""
ROWS = {"bar": "bars", "dot": "rows of dots", "line": "points", "scatter": "dots"}


@dataclass(frozen=True)
class Picture:
    """A finished chart, and what is wrong with how it came out."""

    svg: str
    problems: tuple[str, ...] = ()


def draw_chart(chart: Chart, room: Room, name: str) -> Picture:
    """Return a chart as SVG, its colours custom properties of the page.

    :param name: what the picture is called to those who cannot see it
    """
    share = chart.mark == "bar" and chart.whole and len(chart.rows) == len(chart.series) == 1
    marks = {"bar": draw_share if share else draw_bars, "dot": draw_dots, "line": draw_lines}
    drawing = marks.get(chart.mark, draw_scatter)(chart, room)
    frame = drawing.frame
    height = frame.height if room.grows else min(frame.height, room.height)  # set smaller rather than cut off
    size = f'width="{write_px(room.width)}" height="{write_px(height)}"'
    box = f"0 0 {write_px(room.width)} {write_px(frame.height)}"
    markup = "".join(write_shape(item) if isinstance(item, Shape) else write_text(item) for item in drawing.items)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label={quote_attribute(name)} {size} '
        f'viewBox="{box}" style="font-size:{write_px(room.type)}px">{markup}</svg>'
    )
    return Picture(svg, tuple(_find_problems(chart, drawing)))


def _find_problems(chart: Chart, drawing: Drawing) -> Iterator[str]:
    """Yield what is wrong with how a chart came out, and what to do about it."""
    frame, room = drawing.frame, drawing.frame.room
    if frame.height > room.height + 0.5 and not room.grows:
        fit = int((room.height - frame.height + frame.pitch * len(chart.rows)) / frame.pitch)
        advice = f"show at most {fit}, or split the chart" if fit > 0 else "shorten the names, or split the chart"
        yield f"no room for {len(chart.rows)} {ROWS[chart.mark]} in {room.height:.0f} px; {advice}"
        return
    if frame.wide < 8 * room.type or frame.high < room.type:
        yield "no room for the marks beside the texts; shorten them, or split the chart"
        return
    if drawing.crowded:
        advice = "label fewer marks with “:labels: highlight”, or split the chart"
        yield f"no room for the label {_list_texts(drawing.crowded)}; {advice}"
    texts = [item for item in drawing.items if isinstance(item, Text) and item.text]
    if outside := find_outside(texts, frame):
        yield f"no room for {_list_texts(outside)}: too long for the picture; shorten it"
    if meeting := find_overlaps(texts, room):
        yield f"no room for both {_list_texts(meeting[0], ' and ')}; shorten one, or split the chart"


def _list_texts(texts: Sequence[str], between: str = ", ") -> str:
    """Return texts in quotation marks, the first few of many."""
    quoted = [f"“{shorten_text(text)}”" for text in texts[:LISTED]]
    return between.join(quoted) + (f" and {len(texts) - LISTED} more" if len(texts) > LISTED else "")
