"""Pictures on slides: each is a block of its own, or stands beside others of one height."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.images import get_image_size

from paperdeck.addresses import DECK_BUILDERS
from paperdeck.pictures.drawings import read_drawing
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
    if "://" in picture["uri"]:
        return None
    path = folder / picture["uri"]
    if path.suffix.lower() == ".svg":
        drawing = read_drawing(path)
        return drawing.shape if drawing else None
    return get_image_size(path)


def lacks_size(picture: nodes.image, folder: Path) -> bool:
    """Tell whether a picture is a drawing that says its shape and not its size, of which a browser may show nothing."""
    path = folder / picture["uri"]
    drawing = read_drawing(path) if path.suffix.lower() == ".svg" else None
    return drawing is not None and not drawing.is_sized


def height_beside(shapes: Iterable[tuple[int, int]]) -> int:
    """Return how high pictures are that stand side by side: as the lowest, icons apart, for none is made larger."""
    known = [*shapes]
    tallest = max((high for _width, high in known), default=0)
    return min((shape[1] for shape in known if not is_icon(shape, tallest)), default=0)


def is_icon(shape: tuple[int, int], tallest: int) -> bool:
    """Tell whether a picture is too small to be the measure of those beside it."""
    return max(shape) <= ICON and shape[1] * SMALL < tallest


def stand_beside(paragraph: nodes.paragraph, pictures: list[nodes.image], folder: Path, *, grows: bool) -> None:
    """Make pictures one height: each is as wide as its shape says, none larger than it is; an icon is as it is.

    :param grows: whether they fill a slide; drawings then become as large as they can
    """
    shapes = [shape_of(picture, folder) for picture in pictures]
    if None in shapes:
        return
    known = [shape for shape in shapes if shape]
    height, tallest = height_beside(known), max(high for _width, high in known)
    across = 0.0
    for picture, (width, high) in zip(pictures, known, strict=True):
        if is_icon((width, high), tallest):
            picture["classes"].append("paperdeck-small")
            picture["style"] = f"--height: {high}px"
            across += width
        else:
            picture["style"] = f"--ratio: {width / high:.4g}"
            across += height * width / high
    paragraph["style"] = f"--ratio: {across / height:.4g}"
    if not grows or not all(picture["uri"].lower().endswith(DRAWN) for picture in pictures):
        paragraph["style"] += f"; --width: {across:.0f}px"


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


def limit_growth(picture: nodes.image, width: int, high: int) -> None:
    """Note the shape of a picture that grows to fill a slide; one of dots becomes twice as large at most."""
    picture["style"] = f"--ratio: {width / high:.4g}"
    if not picture["uri"].lower().endswith(DRAWN):
        picture["style"] += f"; --width: {width}px"


class PicturesApart(SphinxPostTransform):
    """Pictures in paragraphs of their own, which the style sheet gives what the words leave."""

    builders = DECK_BUILDERS
    default_priority = 940  # after SlidesAlone (900), which takes out what is not shown

    def run(self, **kwargs: Any) -> None:
        """Mark the paragraphs that are pictures; a picture that stands in none gets one."""
        folder = self.env.srcdir
        for holder in find_all(self.document, slide):
            grows = holder["layout"] == "figure"
            for picture in list(holder.findall(nodes.image)):
                stand_alone(picture)
                if not {"width", "height", "scale"} & picture.attributes.keys():
                    picture["shape"] = shape_of(picture, folder)
                    if grows and picture["shape"] and isinstance(picture.parent, nodes.figure):
                        limit_growth(picture, *picture["shape"])
            for paragraph in holder.findall(nodes.paragraph):
                if pictures := pictures_alone(paragraph):
                    paragraph["classes"].append("paperdeck-pictures")
                    if len(pictures) > 1 or (pictures[0].get("shape") and (grows or lacks_size(pictures[0], folder))):
                        stand_beside(paragraph, pictures, folder, grows=grows)
            for picture in holder.findall(nodes.image):
                if "style" not in picture and picture.get("shape") and lacks_size(picture, folder):
                    picture["width"] = f"{picture['shape'][0]}px"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the transform."""
    app.add_post_transform(PicturesApart)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
