"""An outline in the form of a prompt: a heading for each slide, and what it has to say below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperdeck.outlines.model import Kind, OutlinedSlide, mark_points

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from paperdeck.outlines.model import Block, Outline

COMMENTS = (Kind.COMMENT, Kind.UNREAD)


def write_outline(outline: Outline, *, notes: bool = True) -> str:
    """Return an outline as text that ``new --outline`` reads, and whoever makes slides.

    :param notes: write what is said, too
    """
    parts = [f"---\nlang: {outline.language}\n---\n\n"] if outline.language else []
    count = sum(not slide.detail for slide in outline.slides)
    about = f" about **{outline.title}**" if outline.title and "*" not in outline.title else ""
    parts += [f"# {outline.title}\n" if outline.title else "", f"\nGenerate {count} presentation slides{about}.\n"]
    if notes:
        parts += [f"\nSpeaker notes: {block.text}\n" for block in outline.opening if block.kind is Kind.NOTE]
    parts += _write_comments(outline.opening)
    number = 0
    for slide in outline.slides:
        number += not slide.detail
        parts.append(f"\n### Detail: {slide.title}\n" if slide.detail else f"\n## Slide {number}: {slide.title}\n")
        parts += _write_shown(slide)
        said = [block for block in slide.blocks if block.kind is Kind.NOTE] if notes else []
        parts += ["\nSpeaker notes:\n", *_write_said(said)] if said else []
        parts += _write_comments(slide.blocks)
    return "".join(parts)


def _write_shown(slide: OutlinedSlide) -> Iterator[str]:
    if slide.shown:
        yield "\nDisplay only:\n" if slide.question else "\nContent to include:\n"
    before: Kind | None = None
    for block, mark in mark_points(slide.shown):
        if block.kind is not before or block.kind is not Kind.POINT:
            yield "\n"
        before = block.kind
        yield f"{mark}{block.text}\n"


def _write_said(blocks: Sequence[Block]) -> Iterator[str]:
    listed = False
    for block in blocks:
        item = block.text.startswith("- ")
        yield f"{block.text}\n" if item and listed else f"\n{block.text}\n"
        listed = item


def _write_comments(blocks: Sequence[Block]) -> Iterator[str]:
    lines = [f"% {line}\n" for block in blocks if block.kind in COMMENTS for line in block.text.splitlines()]
    if lines:
        yield "\n" + "".join(lines)
