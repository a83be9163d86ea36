"""The picture of a paper: the chart that its front matter names as ``hero``, on the cover and in the gallery."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from paperdeck.charts.directive import chart, draw_in
from paperdeck.charts.layout import Room
from paperdeck.messages import Subtype, warn
from paperdeck.site.front_matter import FrontMatter, get_lines
from paperdeck.slides.directive import slide_title

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

ON_COVER = Room(528, 376, 18, 104)
"""How large it is drawn beside the name of the paper."""
ON_CARD = Room(396, 144, 15, 40)
"""And in the gallery, where it is shown three quarters as large."""


def find_hero(env: BuildEnvironment, docname: str, document: nodes.document) -> chart | None:
    """Return the chart that stands for a document; None where its front matter names none, or one that is not."""
    name = nodes.fully_normalize_name(FrontMatter.of(env, docname).hero)
    for node in document.findall(nodes.Element) if name else ():
        if name in node["names"] or name in node["ids"]:
            holder = node.parent if isinstance(node, slide_title) else node
            return next(holder.findall(chart), None)
    return None


def draw_hero(env: BuildEnvironment, docname: str, document: nodes.document, room: Room) -> str:
    """Return the chart that stands for a document as SVG; empty where none does.

    Warns ``paperdeck.chart``: it holds more than the place beside the name has room for.
    """
    picture = find_hero(env, docname, document)
    if picture is None:
        return ""
    svg, problems = draw_in(env, picture, room)
    if problems and room == ON_COVER:  # told once, where it is drawn largest
        message = "the chart is the hero of its paper, and on the cover there is %s; name one with fewer marks"
        warn(Subtype.CHART, message, problems[0].partition(";")[0], location=picture)
    return svg


def check_hero(app: Sphinx, document: nodes.document) -> None:
    """Warn where the front matter names no chart of the document (``paperdeck.front_matter``)."""
    env = app.env
    label = FrontMatter.of(env, env.docname).hero
    if label and find_hero(env, env.docname, document) is None:
        warn(
            Subtype.FRONT_MATTER,
            "front matter: no chart has the name %r; write the `:name:` of a {chart}, or of the slide that shows it",
            label,
            location=(env.docname, get_lines(env).get("hero", (1, ""))[0]),
        )


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the check."""
    app.connect("doctree-read", check_hero, priority=600)  # after the front matter was taken (500)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
