"""Where the texts of a chart stand: boxes as the served font makes them, and labels that cover nothing."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from paperdeck.pictures import text_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

HEAVY = {"value", "point", "series", "token"}
"""Classes of texts that the style sheet sets in semi-bold."""
ASCENT, DESCENT = 0.76, 0.22
"""What letters and figures take above and below the baseline, in the size of the type."""
LEAST_WIDE = 8
"""How much of the width the marks need at least, in the size of the type."""
CENTRE = 0.36
"""How far below the middle of a mark the baseline of a text beside it stands, in the size of the type."""


@dataclass(frozen=True)
class Room:
    """Where a chart stands: the px it may take, and the size of its type there."""

    width: float
    height: float
    type: float
    """The axes' and titles', px; other sizes follow from it."""
    pitch: float
    """The most that one row of bars or dots takes, px."""
    grows: bool = False
    """Whether rows that need more height get it, as on a page that scrolls."""


class Box(NamedTuple):
    """A rectangle, px from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def around(cls, x: float, y: float, radius: float) -> Box:
        """Return the square around a disc."""
        return cls(x - radius, y - radius, x + radius, y + radius)

    def overlap(self, other: Box) -> float:
        """Return the area that two share."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(width, 0) * max(height, 0)


class Text(NamedTuple):
    """A text: ``x`` is where its anchor is, ``y`` its baseline, ``size`` in the size of the room's type."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    classes: str = ""
    size: float = 1.0
    parts: tuple[str, ...] = ()
    """The names of what it belongs to, with which it waits for a step."""
    stays: bool = False
    """Whether it is there from the start: no step shows it."""
    turns: bool = False
    """Whether it is there all the time, and steps turn its colour alone, with what it stands on."""

    def width(self, room: Room) -> float:
        """Return how wide it is, px."""
        return text_width.measure_width(self.text, self.size * room.type, "SemiBold" if self.heavy else "Medium")

    def box(self, room: Room) -> Box:
        """Return what it covers."""
        size, wide = self.size * room.type, self.width(room)
        left = self.x - {"start": 0, "middle": 0.5, "end": 1}[self.anchor] * wide
        return Box(left, self.y - ASCENT * size, left + wide, self.y + DESCENT * size)

    @property
    def heavy(self) -> bool:
        """Whether it is set in semi-bold."""
        return not HEAVY.isdisjoint(self.classes.split())


@dataclass(frozen=True)
class Frame:
    """The plot inside the picture, px, and the texts that stand around it."""

    room: Room
    left: float
    top: float
    wide: float
    high: float
    height: float
    """Of the whole picture; its width is the room's."""
    texts: tuple[Text, ...] = ()
    pitch: float = 0.0
    """From one row to the next, where there are rows."""
    thick: float = 0.0
    """What marks take of it."""
    foot: float = 0.0
    """Where the words of lines stand below the marks; 0 where they have no place of their own."""

    @property
    def right(self) -> float:
        """The right end of the plot."""
        return self.left + self.wide

    @property
    def bottom(self) -> float:
        """The lower end of the plot."""
        return self.top + self.high


class Label(NamedTuple):
    """A text beside a mark, and the sides of it on which it may stand, best first."""

    x: float
    y: float
    radius: float
    text: str
    classes: str
    size: float
    sides: tuple[str, ...]
    parts: tuple[str, ...] = ()

    def on(self, side: str, room: Room) -> Text:
        """Return the text on one side of the mark."""
        size = self.size * room.type
        gap = self.radius + 0.35 * room.type
        level, above, below = self.y + CENTRE * size, self.y - gap, self.y + gap + 0.72 * size
        slant = 0.6 * self.radius
        x, y, anchor = {
            "right": (self.x + gap, level, "start"),
            "left": (self.x - gap, level, "end"),
            "above": (self.x, above, "middle"),
            "below": (self.x, below, "middle"),
            "above-right": (self.x + slant, above, "start"),
            "above-left": (self.x - slant, above, "end"),
            "below-right": (self.x + slant, below, "start"),
            "below-left": (self.x - slant, below, "end"),
        }[side]
        return Text(x, y, self.text, anchor, self.classes, self.size, self.parts)


def place_labels(labels: Sequence[Label], frame: Frame, taken: Iterable[Box]) -> tuple[list[Text], list[str]]:
    """Put each label on the first side of its mark on which it covers nothing.

    :param taken: what must stay free: the marks, and texts that have their place
    :return: the texts, and those that found no side and are left out
    """
    room = frame.room
    below = Box(0, frame.bottom, room.width, frame.height)
    covered = [*taken, *([] if frame.foot else [below])]  # the ticks below the plot stay free too
    texts, crowded = [], []
    for label in labels:
        own = Box.around(label.x, label.y, label.radius)
        choices = []
        for rank, side in enumerate(label.sides):
            text = label.on(side, room)
            box = text.box(room)
            outside = box.left < 0 or box.right > room.width or box.top < 0
            choices.append((sum(box.overlap(other) for other in covered if other != own) + 1e6 * outside, rank, text))
        cost, _rank, text = min(choices)
        if cost > 0.5:
            crowded.append(label.text)
            continue
        texts.append(text)
        covered.append(text.box(room))
    return texts, crowded


def move_apart(heights: Mapping[str, float], least: float, top: float, bottom: float) -> dict[str, float]:
    """Return heights at least so far apart, in the same order, each as near to what it was as that allows.

    :param bottom: below which none comes, unless there is no room for all between it and ``top``
    """
    names = sorted(heights, key=lambda name: heights[name])
    moved: dict[str, float] = {}
    floor = -math.inf
    for name in names:
        moved[name] = floor = max(heights[name], floor + least)
    ceiling = max(bottom, top + least * (len(names) - 1)) + least
    for name in reversed(names):
        moved[name] = ceiling = min(moved[name], ceiling - least)
    return moved


def find_overlaps(texts: Sequence[Text], room: Room) -> list[tuple[str, str]]:
    """Return the texts that lie on each other."""
    found = []
    boxes = sorted(((text.box(room), text.text) for text in texts), key=lambda pair: pair[0].top)
    for number, (box, text) in enumerate(boxes):
        for other, beside in boxes[number + 1 :]:
            if other.top >= box.bottom:
                break
            if box.overlap(other) > 1:
                found.append((text, beside))
    return found


def find_outside(texts: Sequence[Text], frame: Frame) -> list[str]:
    """Return the texts that reach over the edge of the picture."""
    width = frame.room.width
    boxes = [(text.box(frame.room), text.text) for text in texts]
    return [text for box, text in boxes if box.left < -1 or box.right > width + 1 or box.bottom > frame.height + 2]
