"""Maths in Sphinx: the renderer that writes MathML, equations with lasting names, and the style of their pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from docutils.utils import get_source_line
from math_core import LatexError
from sphinx.locale import _
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.math import get_node_equation_number

from paperdeck.addresses import DECK_BUILDERS
from paperdeck.config import Config
from paperdeck.maths.mathml import divide_equation, explain_error, make_converter, to_mathml
from paperdeck.maths.parts import find_steps, strip_parts
from paperdeck.maths.tex import CHARACTER_LIMIT, TexError, is_empty, rest_of_line
from paperdeck.messages import Subtype, warn
from paperdeck.pictures.steps import count_clicks, write_clicks
from paperdeck.site.parts import has_mathjax, is_page_ours
from paperdeck.trees import find_all
from paperdeck.upstream import add_style_sheet, builder_of, load_mathjax, visit_mathjax

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config as SphinxConfig
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata
    from sphinx.writers.html5 import HTML5Translator

RENDERER = "mathml"
MATHJAX = "mathjax"
"""Sphinx's own renderer, and what marks the equations that are left to it."""
STYLESHEET = "maths.css"


def render_maths(self: HTML5Translator, node: nodes.math | nodes.math_block, *, display: bool) -> str:
    """Return the MathML of a node, or its source with a mark.

    Warns ``paperdeck.maths``: TeX that cannot be drawn, or that shows nothing.
    """
    tex = node.astext()
    if is_empty(tex):
        if not node.get("told"):
            message = "the formula is empty; write it, or take its marks away"
            warn(Subtype.MATHS, message, location=locate_text(node, ""))
        return ""
    try:
        steps, macros = find_steps(tex)[0] if "fragments" in node else (), Config.of(self.config).tex_macros
        if display and self.builder.name not in DECK_BUILDERS:  # a slide is as wide as it is
            return join_parts(divide_equation(tex, macros=macros, steps=steps))
        mathml = to_mathml(tex, display=display, macros=macros, steps=steps)
        return write_clicks(mathml, node["fragment_start"]) if "fragment_start" in node else mathml
    except TexError as error:
        warn(Subtype.MATHS, "%s; the page shows the TeX", error, location=locate_text(node, error.near))
        return f'<mark class="tex-error" title="{self.attval(str(error))}">{self.encode(tex[:CHARACTER_LIMIT])}</mark>'


def join_parts(divided: list[list[str]]) -> str:
    """Return the parts of an equation in boxes that the style sheet sets one after another as far as there is room."""
    if sum(map(len, divided)) < 2:
        return divided[0][0] if divided[0] else ""
    return '<div class="equation-parts">{}</div>'.format("".join(f"<div>{''.join(parts)}</div>" for parts in divided))


def warn_of_dollars(node: nodes.math) -> None:
    r"""Tell of maths that its author meant otherwise: two prices, or an equation between words.

    Warns ``paperdeck.maths``: “$5 or $6” is read as maths up to the second dollar, and “$$x$$” shows two of its own.
    """
    tex = node.astext()
    siblings = node.parent.children
    place = siblings.index(node)
    before, after = (
        found.astext() if 0 <= at < len(siblings) and isinstance(found := siblings[at], nodes.Text) else ""
        for at in (place - 1, place + 1)
    )
    if tex[:1].isdecimal() and after[:1].isdecimal():
        message = r"“$%s$” is read as maths; a dollar that is a price is written \$"
    elif before.endswith("$") and after.startswith("$"):
        message = "“$$%s$$” stands among words; give it a paragraph of its own, or write one dollar at each side"
    else:
        return
    warn(Subtype.MATHS, message, tex, location=locate_text(node, f"${tex}$"))


def locate_text(node: nodes.Element, text: str) -> str:
    """Return the file and line at which a text of a node stands; failing that, where its block begins."""
    source, line = get_source_line(node)
    if source is None or line is None:
        return str(source or "")
    path = Path(source)
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    height = node.astext().count("\n") + 100  # a formula in a paragraph knows the paragraph's first line alone
    return f"{source}:{next((n for n, found in enumerate(lines[line - 1 :][:height], line) if text in found), line)}"


class NamedEquations(SphinxTransform):
    """Equations of amsmath with a label made of document and number: MyST gives them a new one each time it reads."""

    default_priority = 880  # after MyST's targets have become ids (260)

    def apply(self, **kwargs: Any) -> None:
        """Rename them, in the tree and in Sphinx's list."""
        equations = self.env.domains.math_domain.equations
        for node in find_all(self.document, nodes.math_block):
            if "amsmath" in node["classes"] and (old := node.get("label")):
                docname, number = equations.pop(old)
                node["label"] = f"{docname}:{number}"
                equations[node["label"]] = (docname, number)
                ids = {nodes.make_id(f"equation-{old}"): nodes.make_id(f"equation-{node['label']}")}
                node["ids"] = [ids.get(name, name) for name in node["ids"]]


class SteppedEquations(SphinxTransform):
    """Equations whose parts come one click after another; warns ``paperdeck.maths`` of steps that cannot be."""

    default_priority = 840

    def apply(self, **kwargs: Any) -> None:
        """Note how many clicks each takes."""
        for node in find_all(self.document, nodes.math_block):
            tex = node.astext()
            steps, mistakes = find_steps(tex)
            for offset, message in mistakes:
                warn(Subtype.MATHS, "%s", message, location=locate_text(node, rest_of_line(tex, offset)))
            if steps and not mistakes:
                node["fragments"] = count_clicks(steps)


class PlainEquations(SphinxPostTransform):
    """Equations in LaTeX, which knows no names of their parts."""

    formats = ("latex",)
    default_priority = 500

    def run(self, **kwargs: Any) -> None:
        """Leave the parts alone."""
        for node in find_all(self.document, (nodes.math, nodes.math_block)):
            if (plain := strip_parts(tex := node.astext())) != tex:
                cast("nodes.Element", node).children = [nodes.Text(plain)]


class EquationsOfOthers(SphinxPostTransform):
    """Equations marked as MathJax's: of a page that uses nothing of ours, where the project has asked for MathJax."""

    formats = ("html",)
    default_priority = 500  # before OneIdEach (501)

    def run(self, **kwargs: Any) -> None:
        """Mark them."""
        if not is_left_to_mathjax(self.env, self.env.current_document.docname, self.document):
            return
        for node in find_all(self.document, (nodes.math, nodes.math_block)):
            cast("nodes.Element", node)[MATHJAX] = True


class OneIdEach(SphinxPostTransform):
    """Equations whose id is theirs alone: furo repeats it on what it puts around them."""

    formats = ("html",)
    default_priority = 501  # after furo (500)

    def run(self, **kwargs: Any) -> None:
        """Take it away from the wrapper."""
        if getattr(builder_of(self.env), "math_renderer_name", None) != RENDERER:
            return
        for node in find_all(self.document, nodes.math_block):
            if MATHJAX not in node and "math-wrapper" in node.parent["classes"]:
                node.parent["ids"] = []


def visit_math(self: HTML5Translator, node: nodes.math) -> None:
    """Write a formula in a line of text."""
    if MATHJAX in node:
        visit_mathjax(self, node)
    warn_of_dollars(node)
    self.body.append(self.starttag(node, "span", "", CLASS="math notranslate"))
    self.body.append(render_maths(self, node, display=False) + "</span>")
    raise nodes.SkipNode


def visit_math_block(self: HTML5Translator, node: nodes.math_block) -> None:
    """Write an equation and, where it has one, its number: before it, where the style of every theme looks for it."""
    if MATHJAX in node:
        visit_mathjax(self, node)
    self.body.append(self.starttag(node, "div", "", CLASS="equation math notranslate"))
    if node["number"]:
        self.body.append(f'<span class="number eqno">({get_node_equation_number(self, node)})')
        self.add_permalink_ref(node, _("Link to this equation"))
        self.body.append("</span>")
    self.body.append(render_maths(self, node, display=True) + "</div>\n")
    raise nodes.SkipNode


def check_macros(app: Sphinx, config: SphinxConfig) -> None:
    """Keep the macros that TeX can read.

    Warns ``paperdeck.config``: one that it cannot.
    """
    for name, tex in list((config.paperdeck_tex_macros or {}).items()):
        try:
            make_converter(**{name: tex})
        except LatexError as error:
            message = "paperdeck_tex_macros[%r] = %r in conf.py was ignored; %s"
            warn(Subtype.CONFIG, message, name, tex, explain_error(error)[0], location=None)
            del config.paperdeck_tex_macros[name]


def offer_renderer(app: Sphinx, config: SphinxConfig) -> None:
    """Draw the maths, unless conf.py chose another renderer; one beside MathJax is taken by Sphinx unasked."""
    others = app.registry.html_inline_math_renderers.keys() - {"mathjax"}
    if Config.of(config).maths == RENDERER and (not others or config.html_math_renderer == RENDERER):
        app.add_html_math_renderer(RENDERER, (visit_math, None), (visit_math_block, None))


def is_left_to_mathjax(env: BuildEnvironment, docname: str, document: nodes.document | None) -> bool:
    """Tell whether MathJax draws the maths of a page, though the renderer of the site is ours."""
    chosen = getattr(builder_of(env), "math_renderer_name", None)
    return chosen == RENDERER and has_mathjax(env.config) and not is_page_ours(env, docname, document)


def add_script(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Load MathJax where it is left to draw, as Sphinx does."""
    if app.builder.format == "html" and is_left_to_mathjax(app.env, pagename, doctree):
        load_mathjax(app, pagename, templatename, context)


def add_style(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give a page that has maths the font and the rules for it."""
    ours = getattr(app.builder, "math_renderer_name", None) == RENDERER
    if ours and context.get("has_maths_elements") and not is_left_to_mathjax(app.env, pagename, doctree):
        add_style_sheet(context, STYLESHEET)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the renderer, its style sheet and the transforms."""
    app.add_transform(NamedEquations)
    app.add_transform(SteppedEquations)
    app.add_post_transform(PlainEquations)
    app.add_post_transform(EquationsOfOthers)
    app.add_post_transform(OneIdEach)
    app.connect("config-inited", check_macros)
    app.connect("config-inited", offer_renderer)
    app.connect("html-page-context", add_script, priority=499)  # before the scripts of extensions, as Sphinx's own
    app.connect("html-page-context", add_style)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
