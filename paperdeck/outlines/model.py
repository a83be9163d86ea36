"""What an outline says, whatever form it was written in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Kind(StrEnum):
    """What a piece of an outline is."""

    POINT = "point"
    """An item of a list."""
    TEXT = "text"
    """A paragraph that the slide shows."""
    KEPT = "kept"
    """Code, a table, maths: shown as it is."""
    PICTURE = "picture"
    """An image, with its file."""
    NOTE = "note"
    """What is said and not shown."""
    UNREAD = "unread"
    """What is neither; it is kept as a comment, and told."""
    COMMENT = "comment"
    """A comment already."""


SHOWN = (Kind.POINT, Kind.TEXT, Kind.KEPT, Kind.PICTURE)


@dataclass(frozen=True)
class Block:
    """One piece, in Markdown; several lines where it is code, a table or maths."""

    kind: Kind
    text: str
    line: int
    """Where it stands in the file, from 1."""
    depth: int = 0
    """Of a point: how many points it stands below."""
    ordered: bool = False
    """Of a point: whether it was numbered."""


@dataclass(frozen=True)
class OutlinedSlide:
    """One slide of an outline."""

    title: str
    line: int
    blocks: tuple[Block, ...] = ()
    detail: bool = False
    """Whether it goes down, under the slide before it."""
    question: bool = False
    """Whether nothing but its text is shown."""

    @property
    def shown(self) -> list[Block]:
        """What stands on it."""
        return [block for block in self.blocks if block.kind in SHOWN]


@dataclass(frozen=True)
class Outline:
    """The title, what stands above the first slide, and the slides in order."""

    title: str
    slides: tuple[OutlinedSlide, ...]
    opening: tuple[Block, ...] = ()
    language: str = ""
    """A tag such as ``de``, where the words of the outline tell; else empty."""


def mark_points(blocks: Iterable[Block]) -> Iterator[tuple[Block, str]]:
    """Yield blocks, each with what stands before it in Markdown: indent and mark of a point, else nothing."""
    counts: list[int] = []
    for block in blocks:
        if block.kind is not Kind.POINT:
            counts = []
            yield block, ""
            continue
        del counts[block.depth + 1 :]
        counts += [0] * (block.depth + 1 - len(counts))
        counts[block.depth] = counts[block.depth] + 1 if block.ordered else 0
        mark = f"{counts[block.depth]}." if block.ordered else "-"
        yield block, f"{'    ' * block.depth}{mark} "
