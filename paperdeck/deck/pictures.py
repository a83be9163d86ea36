"""Pictures on slides: each is a block of its own, or stands beside others of one height."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.images import get_image_size

from paperdeck.addresses import DECK_BUILDERS
from paperdeck.slides.node import slide
from paperdeck.trees import find_all

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

STEP = frozenset(
    {"fragment", "custom", "current-visible", "strike", "grow", "shrink", "zoom-in"}
    | {f"fade-{way}" for way in ("out", "up", "down", "left", "right", "in-then-out", "in-then-semi-out")}
    | {"semi-fade-out"}
)
"""The classes of reveal.js that make a step, and say how it comes and goes."""

SMALL, ICON = 2, 256
"""How many times as high the tallest of a line of pictures may be before one is an icon beside it, and how large icons
are at most, in px: a larger picture would leave no room to the others."""

DRAWN = (".svg", ".svgz")
"""What can be drawn at any size."""


def pictures_alone(paragraph: nodes.paragraph) -> list[nodes.image]:
    """Return the pictures of a paragraph in which nothing else stands; none where there is something."""
    blocks = [part for part in paragraph if not isinstance(part, nodes.Text) or part.strip()]
    pictures = [part[0] if isinstance(part, nodes.reference) and len(part) == 1 else part for part in blocks]
    images = [picture for picture in pictures if isinstance(picture, nodes.image)]
    return images if len(images) == len(blocks) else []


def shape_of(picture: nodes.image, folder: Path) -> tuple[int, int] | None:
    """Return the width and height of a picture's file; None where they are not known."""
    return None if "://" in picture["uri"] else get_image_size(folder / picture["uri"])


def height_beside(shapes: Iterable[tuple[int, int]]) -> int:
    """Return how high pictures are that stand side by side: as the lowest, icons apart, for none is made larger."""
    known = [*shapes]
    tallest = max((high for _width, high in known), default=0)
    return min((shape[1] for shape in known if not is_icon(shape, tallest)), default=0)


def is_icon(shape: tuple[int, int], tallest: int) -> bool:
    """Tell whether a picture is too small to be the measure of those beside it."""
    return max(shape) <= ICON and shape[1] * SMALL < tallest


def stand_beside(paragraph: nodes.paragraph, pictures: list[nodes.image], folder: Path) -> None:
    """Make pictures one height: each is as wide as its shape says, none larger than it is; an icon is as it is."""
    shapes = [shape_of(picture, folder) for picture in pictures]
    if None in shapes:
        return
    known = [shape for shape in shapes if shape]
    height, tallest = height_beside(known), max(high for _width, high in known)
    across = 0.0
    for picture, (width, high) in zip(pictures, known, strict=True):
        if is_icon((width, high), tallest):
            picture["classes"].append("paperdeck-small")
            picture["style"] = f"--width: {width}px"
            across += width
        else:
            picture["style"] = f"--ratio: {width / high:.4g}"
            across += height * width / high
    paragraph["style"] = f"--ratio: {across / height:.4g}; --width: {across:.0f}px"


def stand_alone(picture: nodes.image) -> None:
    """Give a picture a paragraph where it stands in none; where the picture of a figure is a step, the figure is."""
    block = picture.parent if isinstance(picture.parent, nodes.reference) else picture
    above = block.parent
    if isinstance(above, nodes.figure):
        above["classes"] += [name for name in picture["classes"] if name in STEP]
        picture["classes"] = [name for name in picture["classes"] if name not in STEP]
    elif not isinstance(above, nodes.TextElement):
        around = nodes.paragraph()
        above[above.index(block)] = around
        around += block


class PicturesApart(SphinxPostTransform):
    """Pictures in paragraphs of their own, which the style sheet gives what the words leave."""

    builders = DECK_BUILDERS
    default_priority = 940  # after SlidesAlone (900), which takes out what is not shown

    def run(self, **kwargs: Any) -> None:
        """Mark the paragraphs that are pictures; a picture that stands in none gets one."""
        for holder in find_all(self.document, slide):
            for picture in list(holder.findall(nodes.image)):
                stand_alone(picture)
                if not {"width", "height", "scale"} & picture.attributes.keys():
                    picture["shape"] = shape_of(picture, self.env.srcdir)
                if holder["layout"] == "figure":
                    self.limit_growth(picture)
            for paragraph in holder.findall(nodes.paragraph):
                if pictures := pictures_alone(paragraph):
                    paragraph["classes"].append("paperdeck-pictures")
                    if len(pictures) > 1:
                        stand_beside(paragraph, pictures, self.env.srcdir)

    def limit_growth(self, picture: nodes.image) -> None:
        """Note how large a picture is that grows to fill a slide: of dots, it becomes twice as large at most."""
        if not picture["uri"].lower().endswith(DRAWN) and (shape := shape_of(picture, self.env.srcdir)):
            picture["style"] = f"--width: {shape[0]}px; --height: {shape[1]}px"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the transform."""
    app.add_post_transform(PicturesApart)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
