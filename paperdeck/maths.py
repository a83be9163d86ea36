r"""Maths drawn at build time: TeX becomes MathML Core, in article and deck alike, with Sphinx's own numbers."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.utils import get_source_line
from math_core import LatexError, LatexToMathML
from sphinx.locale import _
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.math import get_node_equation_number

from paperdeck.config import Config
from paperdeck.messages import Subtype, warn
from paperdeck.upstream import add_style_sheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.application import Sphinx
    from sphinx.config import Config as SphinxConfig
    from sphinx.util.typing import ExtensionMetadata
    from sphinx.writers.html5 import HTML5Translator

RENDERER = "mathml"
STYLESHEET = "maths.css"

MOST_CHARACTERS = 10_000
MOST_GROUPS = 100
MOST_BRACKETS = 10
"""How many brackets may be open at once: math-core's search for their ends doubles with each that has none."""

ENVIRONMENTS = {
    "equation": None,
    "equation*": None,
    "align": "aligned",
    "align*": "aligned",
    "split": "aligned",
    "gather": "gathered",
    "gather*": "gathered",
    "multline": "multline*",
}
"""What math-core reads in the place of an environment, so that it counts nothing; None: what stands in it alone."""

REFUSED = {
    "label": "Sphinx numbers equations; write the label after the equation, $$ … $$ (label), or as :label:",
    "tag": "Sphinx numbers equations; give the equation a label, $$ … $$ (label)",
    "ref": "write {eq}`label` outside the maths",
    "eqref": "write {eq}`label` outside the maths",
    **dict.fromkeys(
        ("newcommand", "renewcommand", "providecommand", "def", "edef", "gdef", "xdef", "let", "DeclareMathOperator"),
        "define it for all equations in conf.py, as in paperdeck_tex_macros = {'R': r'\\mathbb{R}'}",
    ),
}
"""Commands of which nothing could come, and what to write instead."""

_ENVIRONMENT = re.compile(r"\\(begin|end)\{([A-Za-z]+\*?)\}")
_COMMAND = re.compile(r"\\([A-Za-z]+|.)", re.DOTALL)
_KINDS = "brace|brack|ang|angle|floor|ceil|vert|Vert|group|moustache|bracket|Brace|paren|corner"
_NESTING = re.compile(
    rf"(?P<open>\\(?:l+|ul)(?:{_KINDS})(?![a-zA-Z])|\\\{{|[(\[])"
    rf"|(?P<close>\\(?:r+|ur|lr)(?:{_KINDS})(?![a-zA-Z])|\\\}}|[)\]])"
    r"|(?P<group>\\(?:begin|left)(?![a-zA-Z])|\{)|(?P<end>\\(?:end|right)(?![a-zA-Z])|\})|\\.",
    re.DOTALL,
)
_LETTERS = "A-Za-zÀ-ÖØ-öø-ſ"
_VARIABLE = re.compile("[A-Za-zα-ω]")
_NAME = re.compile(f"[{_LETTERS}Α-Ωα-ω]+(?:[ -\u200a\u202f][{_LETTERS}]+)*")
_IDENTIFIER = re.compile(r"<mi( mathvariant=\"normal\")?>([^<]*)</mi>")
_ENTITIES = {"&ApplyFunction;": "\u2061", "&InvisibleTimes;": "\u2062", "\ufe00": "", "\ufe01": ""}


class TexError(ValueError):
    """TeX that cannot be drawn; ``near`` is the text of its line from where it goes wrong."""

    def __init__(self, message: str, near: str) -> None:
        super().__init__(message)
        self.near = near


def to_mathml(tex: str, *, display: bool = False, macros: Mapping[str, str] | None = None) -> str:
    r"""Return TeX as one ``<math>`` element, fit for HTML and XHTML.

    :param tex: what stands between the dollars, or an environment of amsmath with its ``\begin``
    :param display: on a line of its own, large
    :param macros: the definition of each command, without its backslash
    :raises TexError: nothing can be drawn; its text says what to write
    """
    check(tex)
    source = one_block(tex) if display else tex
    source = _ENVIRONMENT.sub(without_numbers, source)
    try:
        mathml: str = converter(tuple((macros or {}).items())).convert_with_local_state(source, displaystyle=display)
    except LatexError as error:
        message, place = explained(error)
        raise TexError(message, "" if place is None else near(source, place)) from None
    for entity, text in _ENTITIES.items():
        mathml = mathml.replace(entity, text)
    return _IDENTIFIER.sub(with_class, mathml)


@functools.cache
def converter(macros: tuple[tuple[str, str], ...]) -> LatexToMathML:
    """Return math-core's converter for these macros; it is made once."""
    return LatexToMathML(macros=dict(macros), fancy_error=False, xml_namespace=True)


def explained(error: LatexError) -> tuple[str, int | None]:
    """Return what math-core says, and at which character; None where that is in a macro."""
    where, _colon, message = str(error).partition(": ")
    return message.rstrip("."), int(where) if where.isdecimal() else None


def check(tex: str) -> None:
    """Raise ``TexError`` on what math-core would stay silent on, take minutes for, or die of."""
    if len(tex) > MOST_CHARACTERS:
        message = f"An equation of {len(tex):,} characters; at most {MOST_CHARACTERS:,} are read: split it"
        raise TexError(message, near(tex, 0))
    for found in _COMMAND.finditer(tex):
        if instead := REFUSED.get(found[1]):
            raise TexError(f"“{found[0]}” has no effect here: {instead}", near(tex, found.start()))
    groups: list[int] = []
    brackets = 0
    for found in _NESTING.finditer(tex):
        match found.lastgroup:
            case "open":
                brackets += 1
            case "close":
                brackets = max(brackets - 1, groups[-1] if groups else 0)
            case "group":
                groups.append(brackets)
            case "end" if groups:
                brackets = groups.pop()
        if len(groups) > MOST_GROUPS or brackets > MOST_BRACKETS:
            message = (
                f"Nested too deeply: at most {MOST_BRACKETS} brackets and {MOST_GROUPS} groups may be open at once"
            )
            raise TexError(message, near(tex, found.start()))


def one_block(tex: str) -> str:
    r"""Return a display equation with its rows, ended by ``\\`` or a blank line, in one environment."""
    parts = [part for part in re.split(r"\n\s*\n", tex) if part.strip()]
    if len(parts) > 1:
        return "\\begin{aligned}\n" + "\n\\\\\n".join(one_block(part) for part in parts) + "\n\\end{aligned}"
    depth = 0
    for found in re.finditer(r"\\(?:(begin)|(end))(?![a-zA-Z])|\\(.)", tex, re.DOTALL):
        depth += bool(found[1]) - bool(found[2])
        if depth == 0 and found[3] == "\\":
            return "\\begin{aligned}\n" + tex + "\n\\end{aligned}"
    return tex


def without_numbers(found: re.Match[str]) -> str:
    r"""Return the ``\begin`` or ``\\end`` of what is read in the place of an environment."""
    environment = ENVIRONMENTS.get(found[2], found[2])
    return "" if environment is None else rf"\{found[1]}{{{environment}}}"


def near(tex: str, place: int) -> str:
    """Return the rest of the line at a place; of the last line that says something, where nothing follows."""
    rest = tex[place:].lstrip().partition("\n")[0].strip()
    return rest or tex.rstrip().rpartition("\n")[2].strip()


def with_class(found: re.Match[str]) -> str:
    """Say which letters come from the text face: ``variable`` slanted, ``name`` upright; script letters do not."""
    upright, text = found.groups()
    if not upright and _VARIABLE.fullmatch(text):
        return f'<mi class="variable">{text}</mi>'
    if (upright or len(text) > 1) and _NAME.fullmatch(text):
        return f'<mi class="name"{upright or ""}>{text}</mi>'
    return found[0]


def draw(self: HTML5Translator, node: nodes.math | nodes.math_block, *, display: bool) -> str:
    """Return the MathML of a node, or its source with a mark.

    Warns ``paperdeck.maths``: TeX that cannot be drawn.
    """
    tex = node.astext()
    try:
        return to_mathml(tex, display=display, macros=Config.of(self.config).tex_macros)
    except TexError as error:
        warn(Subtype.MATHS, "%s; the page shows the TeX", error, location=place(node, error.near))
        return f'<mark class="tex-error" title="{self.attval(str(error))}">{self.encode(tex[:MOST_CHARACTERS])}</mark>'


def place(node: nodes.Element, text: str) -> str:
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
        for node in self.document.findall(nodes.math_block):
            if "amsmath" in node["classes"] and (old := node.get("label")):
                docname, number = equations.pop(old)
                node["label"] = f"{docname}:{number}"
                equations[node["label"]] = (docname, number)
                ids = {nodes.make_id(f"equation-{old}"): nodes.make_id(f"equation-{node['label']}")}
                node["ids"] = [ids.get(name, name) for name in node["ids"]]


class OneIdEach(SphinxPostTransform):
    """Equations whose id is theirs alone: furo repeats it on what it puts around them."""

    formats = ("html",)
    default_priority = 501  # after furo (500)

    def run(self, **kwargs: Any) -> None:
        """Take it away from the wrapper."""
        for node in self.document.findall(nodes.math_block):
            if "math-wrapper" in node.parent["classes"]:
                node.parent["ids"] = []


def visit_math(self: HTML5Translator, node: nodes.math) -> None:
    """Write a formula in a line of text."""
    self.body.append(self.starttag(node, "span", "", CLASS="math notranslate"))
    self.body.append(draw(self, node, display=False) + "</span>")
    raise nodes.SkipNode


def visit_math_block(self: HTML5Translator, node: nodes.math_block) -> None:
    """Write an equation and, where it has one, its number."""
    self.body.append(self.starttag(node, "div", "", CLASS="equation math notranslate"))
    self.body.append(draw(self, node, display=True))
    if node["number"]:
        self.body.append(f'<span class="number eqno">({get_node_equation_number(self, node)})')
        self.add_permalink_ref(node, _("Link to this equation"))
        self.body.append("</span>")
    self.body.append("</div>\n")
    raise nodes.SkipNode


def check_macros(app: Sphinx, config: SphinxConfig) -> None:
    """Keep the macros that TeX can read.

    Warns ``paperdeck.config``: one that it cannot.
    """
    for name, tex in list((config.paperdeck_tex_macros or {}).items()):
        try:
            converter(((name, tex),))
        except LatexError as error:
            message = "paperdeck_tex_macros[%r] = %r in conf.py was ignored; %s"
            warn(Subtype.CONFIG, message, name, tex, explained(error)[0], location=None)
            del config.paperdeck_tex_macros[name]


def offer_renderer(app: Sphinx, config: SphinxConfig) -> None:
    """Draw the maths, unless conf.py chose another renderer; one beside MathJax is taken by Sphinx unasked."""
    others = app.registry.html_inline_math_renderers.keys() - {"mathjax"}
    if Config.of(config).maths == RENDERER and (not others or config.html_math_renderer == RENDERER):
        app.add_html_math_renderer(RENDERER, (visit_math, None), (visit_math_block, None))


def add_style(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give a page that has maths the font and the rules for it."""
    if context.get("has_maths_elements") and getattr(app.builder, "math_renderer_name", None) == RENDERER:
        add_style_sheet(context, STYLESHEET)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the renderer, its style sheet and the transforms."""
    app.add_transform(NamedEquations)
    app.add_post_transform(OneIdEach)
    app.connect("config-inited", check_macros)
    app.connect("config-inited", offer_renderer)
    app.connect("html-page-context", add_style)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
