"""The picture of a paper: the chart that its front matter names as ``hero``, on the cover and in the gallery."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from paperdeck.charts.directive import chart, draw_in
from paperdeck.charts.layout import Room
from paperdeck.messages import Subtype, warn
from paperdeck.site.decks import domain_of
from paperdeck.site.front_matter import FrontMatter, get_lines
from paperdeck.slides.node import slide_title

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

ON_COVER = Room(528, 376, 18, 104)
"""How large it is drawn beside the name of the paper."""
ON_CARD = Room(396, 144, 15, 40)
"""And in the gallery, where it is shown three quarters as large."""


def find_hero(document: nodes.document, label: str) -> chart | None:
    """Return the chart that a label, or that of its slide, names."""
    name = nodes.fully_normalize_name(label)
    for node in document.findall(nodes.Element):
        if name in node["names"] or name in node["ids"]:
            holder = node.parent if isinstance(node, slide_title) else node
            return next(holder.findall(chart), None)
    return None


def draw_hero(env: BuildEnvironment, docname: str, room: Room) -> str:
    """Return the chart that stands for a document as SVG; empty where none does.

    Warns ``paperdeck.chart``: it holds more than the place beside the name has room for.
    """
    figure = domain_of(env).heroes.get(docname)
    if figure is None:
        return ""
    picture = next(figure.findall(chart))
    svg, problems = draw_in(env, picture, room)
    if problems and room == ON_COVER:  # told once, where it is drawn largest
        message = "the chart is the hero of its paper, and on the cover there is %s; name one with fewer marks"
        warn(Subtype.CHART, message, problems[0].partition(";")[0], location=picture)
    return svg


def note_hero(app: Sphinx, document: nodes.document) -> None:
    """Note the chart that stands for a document.

    Warns ``paperdeck.front_matter``: what the front matter names is no chart of the document.
    """
    env = app.env
    if not (label := FrontMatter.of(env, env.docname).hero):
        return
    if picture := find_hero(document, label):
        domain_of(env).heroes[env.docname] = picture.parent.deepcopy()  # whose caption may be its name
        return
    warn(
        Subtype.FRONT_MATTER,
        "front matter: no chart has the name %r; write the `:name:` of a {chart}, or of the slide that shows it",
        label,
        location=(env.docname, get_lines(env).get("hero", (1, ""))[0]),
    )


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register what notes it."""
    app.connect("doctree-read", note_hero, priority=600)  # after the front matter was taken (500)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
