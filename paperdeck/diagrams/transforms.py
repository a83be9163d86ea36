"""Finished pictures in the place of Mermaid sources: inline SVG in article and deck, a file in print."""

from __future__ import annotations

import functools
import hashlib
import json
from collections import Counter
from contextlib import suppress
from dataclasses import asdict, replace
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinxcontrib.mermaid import mermaid

from paperdeck.diagrams import source as mermaid_source
from paperdeck.diagrams.directive import MISSING
from paperdeck.diagrams.kinds import find_direction, find_family, find_refused_kind, turn_down
from paperdeck.diagrams.source import MermaidError, Mistake, find_line_and_column
from paperdeck.messages import Subtype, error, warn
from paperdeck.pictures import standalone
from paperdeck.pictures.steps import write_clicks
from paperdeck.site.cache import digest_drawers, kept
from paperdeck.site.parts import has_mermaid, has_parts, is_page_ours
from paperdeck.slides.layouts import PHONE_WIDTH
from paperdeck.slides.node import find_slide
from paperdeck.slides.space import measure_diagram_room
from paperdeck.trees import find_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.writers.html5 import HTML5Translator

    from paperdeck.diagrams.svg import Drawing
    from paperdeck.pictures.steps import Step
    from paperdeck.slides.layouts import Room

LABEL_SIZES = (28, 24, 20)
"""The sizes in px of labels on a slide; a diagram takes the first with which it fits its place. The last is also the
size at which it is drawn: what is smaller the last row does not read."""
PHONE_LABEL_SIZE = 12
"""The least size in px of labels on a phone; where a flowchart to a side has smaller ones, it is drawn again."""
MISTAKES_LIMIT = 20
PRINT_SCALE = 60
"""How large a picture is printed, in percent: labels of 9 pt beside text of 10."""


class diagram(nodes.General, nodes.Element):  # noqa: N801 (visitors are found by this name)
    """A finished picture; ``svg`` is its markup, ``fragments`` how many clicks it takes on the deck.

    ``narrow`` is the markup of the picture for phones, where there is one.
    ``code`` is the source, ``title`` and ``alt`` what the directive says of it.
    ``label_size`` is how large its labels are on its slide; it is there only if the picture fits.
    Its text is what its labels say, for the search index and for outputs without pictures.
    """


class KeptDrawings(SphinxTransform):
    """Drawings of all diagrams in the cache, where every builder finds them.

    A diagram is the same in each output, and documents are read by several processes at once, which a builder's trees
    are not. What is wrong in one is told by who puts it into a page.
    """

    default_priority = 845  # after all that changes what a diagram says

    def apply(self, **kwargs: Any) -> None:
        """Draw what is not there yet, unless it may be left to others."""
        if self.config.paperdeck_mermaid == "merman" and (not has_mermaid(self.config) or has_parts(self.document)):
            for node in find_all(self.document, mermaid):
                with suppress(MermaidError):
                    find_drawing(self.env, node)


class NarrowDiagrams(SphinxPostTransform):
    """Leave a drawing for phones with flowcharts that go to a side and would have small letters there: it goes down.

    Nothing is told of it: what cannot be drawn that way has the other drawing everywhere.
    """

    builders = ("html", "dirhtml", "singlehtml")  # the articles; a slide is shown whole
    default_priority = 209  # before DrawnDiagrams, which puts both drawings into the page

    def run(self, **kwargs: Any) -> None:
        """Draw them."""
        if draws_diagrams(self.env, self.document):
            for node in find_all(self.document, mermaid):
                with suppress(MermaidError):
                    node["narrow"] = find_narrow_drawing(self.env, node)


class DrawnDiagrams(SphinxPostTransform):
    """Leave a figure of class ``diagram`` with finished SVG where a Mermaid source stood.

    Error ``paperdeck.diagram``: a source that cannot be drawn; the message stands where the picture would be.
    Warns ``paperdeck.diagram_too_large``, ``.no_alt``, ``.literal_colour``, ``.missing_glyph``: what their names say.
    """

    formats = ("html",)
    default_priority = 210  # after pictures (100-200), which look at image nodes alone

    def run(self, **kwargs: Any) -> None:
        """Draw every diagram of the document."""
        if not draws_diagrams(self.env, self.document):
            for node in find_all(self.document, mermaid):
                report_mistakes(node, Subtype.DIAGRAM, node["wrong_facts"])
            # who draws says what is missing; a page of others stays as they make it
            for figure in [figure for figure in find_all(self.document, nodes.figure) if MISSING in figure]:
                figure.parent.remove(figure)
            return
        seen: Counter[str] = Counter()
        for node in find_all(self.document, mermaid):
            try:
                name, drawing = draw_node(self.env, node)
            except MermaidError as wrong:
                told = report_mistakes(node, Subtype.DIAGRAM, wrong.mistakes)
                # one child: what follows the first in a figure is its caption
                replace_node(node, nodes.container("", *told))
                continue
            svg = write_for_page(node, seen, name, drawing)
            picture = diagram("", nodes.Text(drawing.labels), svg=svg, fragments=drawing.steps, facts=node["facts"])
            if narrow := node.get("narrow"):
                picture["narrow"] = write_for_page(node, seen, *narrow)
            picture.attributes |= {"code": node["filled"].text, "title": node["title"], "alt": node.get("alt")}
            if find_slide(node) and (size := choose_label_size(drawing, measure_diagram_room(node))):
                picture["label_size"] = size
            replace_node(node, picture)


class DiagramPictures(SphinxPostTransform):
    """Leave a PDF where a Mermaid source stood; warns as DrawnDiagrams does."""

    formats = ("latex",)
    default_priority = DrawnDiagrams.default_priority
    kind = "application/pdf"
    convert = staticmethod(standalone.convert_to_pdf)

    def run(self, **kwargs: Any) -> None:
        """Draw every diagram of the document into a file of the cache."""
        if not draws_diagrams(self.env, self.document):
            return
        for node in find_all(self.document, mermaid):
            try:
                _, drawing = draw_node(self.env, node)
            except MermaidError as wrong:
                node.replace_self(report_mistakes(node, Subtype.DIAGRAM, wrong.mistakes))
                continue
            key = hashlib.sha256(standalone.write_out_styles(drawing.svg).encode()).hexdigest()[:12]
            name = f"diagram-{key}.{self.kind.rpartition('/')[2]}"
            file = kept(self.env, name, functools.partial(self.convert, drawing.svg))
            alt = node.get("alt", drawing.labels)
            picture = nodes.image("", uri=str(file), candidates={self.kind: str(file)}, alt=alt, scale=PRINT_SCALE)
            if "align" in node:
                picture["align"] = node["align"]
            self.env.images.add_file(self.env.current_document.docname, str(file))
            node.replace_self(picture)


class TexinfoPictures(DiagramPictures):
    """Leave a PNG where a Mermaid source stood."""

    formats = ("texinfo",)
    kind = "image/png"
    convert = staticmethod(standalone.convert_to_png)


def draws_diagrams(env: BuildEnvironment, document: nodes.document) -> bool:
    """Tell whether we draw the diagrams of a page.

    sphinxcontrib-mermaid does where the project itself has it and the page uses nothing of ours.
    """
    if env.config.paperdeck_mermaid != "merman":
        return False
    return not has_mermaid(env.config) or is_page_ours(env, env.current_document.docname, document)


def write_for_page(node: mermaid, seen: Counter[str], name: str, drawing: Drawing) -> str:
    """Return the markup of a picture, whose ids no other picture of the page has; ``seen`` counts their names."""
    seen[name] += 1
    svg = drawing.svg if seen[name] == 1 else drawing.svg.replace(name, f"{name}-{seen[name]}")
    if "zoom" in node:  # it grows while it has the focus
        svg = svg.replace("<svg", '<svg tabindex="0"', 1)
    return svg


def replace_node(node: mermaid, instead: nodes.Node) -> None:
    """Put a picture, or what is wrong with it, where its source stood; in a figure of its own if it has no caption."""
    figure = node.parent
    if isinstance(figure, nodes.figure):
        node.replace_self(instead)
    else:
        figure = nodes.figure("", instead, ids=node["ids"], names=node["names"], classes=node["classes"])
        if "align" in node:
            figure["align"] = node["align"]
        node.replace_self(figure)
    figure["classes"] += ["diagram", "zoom"] if "zoom" in node else ["diagram"]


def draw_node(env: BuildEnvironment, node: mermaid) -> tuple[str, Drawing]:
    """Return the id of a node's picture and the picture.

    Warns of what can be drawn but should not stay; raises ``MermaidError``, with offsets in the node's source.
    """
    written, source = node["written"], node["filled"]
    name, drawing, steps = find_drawing(env, node)
    report_mistakes(node, Subtype.LITERAL_COLOUR, mermaid_source.find_literal_colours(written))
    report_mistakes(node, Subtype.MISSING_GLYPH, mermaid_source.find_missing_glyphs(written, drawing.labels))
    if not drawing.described:
        advice = "write “accDescr: …” in it, or give the directive an “alt”"
        report_mistakes(node, Subtype.NO_ALT, [Mistake(0, f"nothing says what this diagram shows; {advice}")])
    if drawing.starts_empty and find_slide(node):
        advice = "leave a part out of the steps, or begin with “focus”"
        said = f"all of it waits for a click; {advice}"
        report_mistakes(node, Subtype.EMPTY_START, [Mistake(source.origin(steps[0].offset), said)])
    report_mistakes(node, Subtype.DIAGRAM_TOO_LARGE, check_size(node, drawing))
    return name, drawing


def find_drawing(env: BuildEnvironment, node: mermaid) -> tuple[str, Drawing, Sequence[Step]]:
    """Return the id of a node's picture, the picture, from the cache if it was drawn before, and its steps.

    Raises ``MermaidError``, with offsets in the node's source.
    """
    from paperdeck.diagrams.svg import Drawing  # merman is there only where it has a wheel

    written = node["written"]
    settings = {**(env.config.mermaid_config or {}), **node["settings"]}
    refused = islice(mermaid_source.find_refused_parts(written), MISTAKES_LIMIT)
    if mistakes := [*find_refused_kind(written), *refused, *_check_settings(settings), *node["wrong_facts"]]:
        raise MermaidError(*mistakes)
    source = node["filled"]
    try:
        steps = mermaid_source.read_steps(source.text)
        told = {"title": node["title"], "alt": node.get("alt"), "settings": settings, "steps": steps}
        # the id, which stands in pages, is made from what the author wrote; what is kept, from who drew it too
        named = [source.text, {**told, "steps": [step[:3] for step in steps]}]
        name = f"diagram-{hashlib.sha256(json.dumps(named).encode()).hexdigest()[:12]}"
        draw = functools.partial(draw_to_json, source.text, name, **told)
        file = kept(env, f"{name}-{describe_drawers()}.json", draw)
    except MermaidError as wrong:
        raise MermaidError(*(Mistake(source.origin(offset), message) for offset, message in wrong.mistakes)) from None
    return name, Drawing(**json.loads(file.read_bytes())), steps


def find_narrow_drawing(env: BuildEnvironment, node: mermaid) -> tuple[str, Drawing] | None:
    """Return the id of a node's picture for phones and the picture; None where the one for all serves as well.

    Raises ``MermaidError`` if either cannot be drawn.
    """
    turned = turn_down(node["filled"].text)
    if not turned:
        return None
    _, wide, _ = find_drawing(env, node)
    if wide.width * PHONE_LABEL_SIZE <= PHONE_WIDTH * LABEL_SIZES[-1]:
        return None
    down = node.copy()
    down["filled"] = replace(node["filled"], text=turned)
    name, narrow, _ = find_drawing(env, down)
    return (name, narrow) if narrow.width < wide.width else None


@functools.cache
def describe_drawers() -> str:
    """Return what, besides its source, makes a picture what it is."""
    drawers = digest_drawers(Path(__file__).parent, "Medium", "SemiBold", "Italic")
    return f"{version('merman')}-{drawers[:12]}"


def draw_to_json(source: str, name: str, **told: Any) -> bytes:
    """Draw a source; whatever goes wrong is the diagram's own mistake, and ends no build."""
    from paperdeck.diagrams.svg import draw_diagram

    try:
        return json.dumps(asdict(draw_diagram(source, name, **told))).encode()
    except MermaidError:
        raise
    except Exception as error:
        what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        message = f"the diagram cannot be drawn, for a reason that is not in its source ({what}); try another shape"
        raise MermaidError(Mistake(0, message)) from error


def _check_settings(settings: dict[str, Any]) -> list[Mistake]:
    return [
        Mistake(0, f"“{key}” is the same for all diagrams; take it out of “config”, or of mermaid_config in conf.py")
        for key in mermaid_source.find_forbidden_settings(settings)
    ]


def choose_label_size(drawing: Drawing, room: Room) -> int | None:
    """Return how large the labels of a drawing are in a room, in px; None where there is no room for the smallest."""
    for size in LABEL_SIZES:
        scale = size / LABEL_SIZES[-1]
        if drawing.width * scale <= room.width and drawing.height * scale <= room.height:
            return size
    return None


def check_size(node: mermaid, drawing: Drawing) -> list[Mistake]:
    """Say that a drawing has no room on its slide, unless it has, or is on none."""
    slide = find_slide(node)
    if slide is None:
        return []
    room = measure_diagram_room(node)
    if choose_label_size(drawing, room):
        return []
    wide, high = drawing.width > room.width, drawing.height > room.height
    advice = []
    if wide and not high:
        advice += ["break its long labels with <br/>"]
    if wide != high and find_family(node["written"]) == "flowchart":
        advice += ["turn it to TB" if find_direction(node["written"]) in ("LR", "RL") else "turn it to LR"]
    advice += ["split it"]
    if slide["layout"] != "figure":
        advice += ["give its slide the layout “figure”"]
    message = (
        f"the diagram is too large for its slide: with labels of {LABEL_SIZES[-1]} px, the smallest, it is "
        f"{drawing.width:.0f} × {drawing.height:.0f} px, and {room.width} × {room.height} px are free there; "
    )
    return [Mistake(0, message + ", or ".join(advice))]


def report_mistakes(node: mermaid, subtype: Subtype, mistakes: Iterable[Mistake]) -> list[nodes.system_message]:
    """Tell of each mistake at its place in the file that holds the source; return the same as messages for the page."""
    messages = []
    for offset, message in mistakes:
        line, column = find_line_and_column(node["written"], offset)
        at = node["written_at"] + line - 1
        # in a document the block may be indented, so that only a file of its own has a column to trust
        spot = f"{node['written_in']}:{at}" + (f":{column}" if node["written_in"] != node.source else "")
        tell = error if subtype is Subtype.DIAGRAM else warn
        tell(subtype, "diagram: %s", message, location=spot)
        paragraph = nodes.paragraph(message, message)
        file = Path(node["written_in"]).name
        messages.append(nodes.system_message("", paragraph, level=3, type="ERROR", source=file, line=at))
    return messages


def visit_diagram(self: HTML5Translator, node: diagram) -> None:
    """Write the picture; on a deck, with the clicks at which its parts appear.

    Beside one for phones the style sheet shows which of them there is room for.
    """
    svg = node["svg"]
    if "label_size" in node:
        svg = svg.replace("--width:", f"--scale: {node['label_size'] / LABEL_SIZES[-1]:g}; --width:", 1)
    if "fragment_start" in node:
        svg = write_clicks(svg, node["fragment_start"])
    if "narrow" in node:
        both = (("wide", svg), ("narrow", node["narrow"]))
        svg = "\n".join(picture.replace('class="', f'class="{name} ', 1) for name, picture in both)
    self.body.append(svg)
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register the node and what puts it where a source stood."""
    app.add_node(diagram, html=(visit_diagram, None))
    app.add_transform(KeptDrawings)
    app.add_post_transform(NarrowDiagrams)
    app.add_post_transform(DrawnDiagrams)
    app.add_post_transform(DiagramPictures)
    app.add_post_transform(TexinfoPictures)
