"""What is private in Sphinx, docutils, MyST, furo, sphinx-revealjs and sphinxcontrib-bibtex: here alone.

Each has a test in ``tests/test_upstream.py`` that fails when upstream moves it.
"""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from docutils.parsers.rst import roles
from myst_parser.mocking import MockState
from sphinx.builders.html._assets import _CascadingStyleSheet
from sphinx.ext.mathjax import install_mathjax
from sphinx.writers.html5 import HTML5Translator
from sphinxcontrib.bibtex.bibfile import BibData, BibFile, get_mtime, is_bibdata_outdated

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence, Set
    from pathlib import Path

    from docutils.parsers.rst import Directive
    from pybtex.database import BibliographyData
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment
    from sphinxcontrib.bibtex.domain import BibtexDomain

EMPHASISED_LINE = '<span class="hll">'
"""What opens an emphasised line as Pygments writes it."""
_DRAWINGS = ("openxmlformats.org/drawingml/2006/main", "microsoft.com/office/drawing/2016/SVG/main")
"""The namespaces of shapes in PowerPoint, and of what is drawn in place of a picture."""


def builder_of(env: BuildEnvironment) -> Builder:
    """Return the builder that a post-transform works for; Sphinx 9 offers a transform the environment alone."""
    return env._app.builder


def count_processes(builder: Builder) -> int:
    """Return how many processes a builder may use at once: ``-j`` of Sphinx, which says it to the application alone."""
    return builder._app.parallel


def add_style_sheet(context: dict[str, Any], name: str, **attributes: Any) -> None:
    """Add a style sheet of ours to one page; ``app.add_css_file`` does not reach a deck's page, whose list is a copy.

    :param context: of the page, as ``html-page-context`` gives it
    :param attributes: ``priority`` and the attributes of the element
    """
    sheet = _CascadingStyleSheet(f"_static/{name}", **attributes)
    sheets = context.get("css_files", [sheet])  # none where a page is written as data, by json and pickle
    if sheet not in sheets:
        sheets.append(sheet)


def may_read_in_parallel(app: Sphinx, extension: str) -> None:
    """Let the documents be read in parallel beside an extension that says otherwise, without a reason that holds."""
    app.extensions[extension].parallel_read_safe = True


def is_role_registered(env: BuildEnvironment, name: str) -> bool:
    """Tell whether anybody has a role of this name; Sphinx tells it of directives alone."""
    domains = [env.domains.standard_domain, env.current_document.default_domain]
    known = [vars(roles)["_roles"], vars(roles)["_role_registry"], *(domain.roles for domain in domains if domain)]
    return any(name in names for names in known)


def content_line(directive: Directive, line: int = 0) -> tuple[str, int]:
    """Return the file and line of a line of a directive's content.

    docutils counts the lines before the content from the top of the file, MyST from the directive.

    :param line: counted from 0
    """
    source, at = directive.state_machine.get_source_and_line(directive.lineno)
    if not isinstance(directive.state, MockState):
        source, at = directive.state_machine.get_source_and_line(directive.content_offset + 1 + line)
        return source or "", at or 0
    return source or "", (at or 0) + directive.content_offset + 1 + line


def open_data_cell(translator: HTML5Translator, node: nodes.entry) -> None:
    """Open a cell of a table's head as ``td``; docutils makes each a ``th``."""
    translator.visit_entry(node)
    translator.body[-1] = translator.body[-1].replace("<th", "<td", 1)
    translator.context[-1] = translator.context[-1].replace("</th", "</td", 1)


def get_bibliography(env: BuildEnvironment) -> BibData:
    """Return what sphinxcontrib-bibtex knows of the files of the bibliography, and the entries in them."""
    return cast("BibtexDomain", env.domains["cite"]).bibdata


def is_bibliography_outdated(env: BuildEnvironment, files: Sequence[Path], encoding: str) -> bool:
    """Tell whether the files are others than those that were read, or have changed."""
    return is_bibdata_outdated(get_bibliography(env), [*files], encoding)


def keep_bibliography(
    env: BuildEnvironment, encoding: str, keys: Mapping[Path, Sequence[str]], data: BibliographyData
) -> None:
    """Give sphinxcontrib-bibtex the entries of its files, which it takes for what it has read itself.

    :param keys: the keys of each file
    """
    files = {file: BibFile(get_mtime(file), dict.fromkeys(names)) for file, names in keys.items()}
    env.domains["cite"].data["bibdata"] = BibData(encoding, files, data)


def visit_emphasised_listing(translator: HTML5Translator, node: nodes.literal_block, tags: Iterable[str]) -> None:
    """Write a listing as Sphinx does, each emphasised line in a tag of its own; Pygments writes them all alike.

    :param tags: what opens each emphasised line, in the order of the lines
    """
    opening, length = iter(tags), len(translator.body)
    try:
        HTML5Translator.visit_literal_block(translator, node)
    finally:  # which ends in SkipNode where the listing is coloured
        html = "".join(translator.body[length:])
        del translator.body[length:]
        translator.body.append(re.sub(EMPHASISED_LINE, lambda _: next(opening), html))


def with_myst(env: BuildEnvironment, extensions: Set[str]) -> None:
    """Let MyST read the next document with extensions beside those of conf.py; nothing, where MyST is not loaded.

    With any of them it is read as MyST, where conf.py has CommonMark or GitHub's Markdown alone.
    """
    if not hasattr(env, "myst_config"):
        return
    chosen: Set[str] = {*env.config.myst_enable_extensions}
    dollar = ("dmath_allow_space", "dmath_allow_digits")
    alone = ("commonmark_only", "gfm_only")
    values: dict[str, Any] = {name: env.config[f"myst_{name}"] for name in (*dollar, *alone)}
    if extensions:
        values |= dict.fromkeys(alone, False)
    if "dollarmath" in extensions - chosen:
        values |= dict.fromkeys(dollar, False)
    env.myst_config = env.myst_config.copy(enable_extensions={*chosen, *extensions}, **values)


def list_scripts_of_extensions(builder: Builder) -> set[str]:
    """Return the addresses of the scripts that extensions have asked to be on every page."""
    return {f"_static/{name}" for name, _attributes in builder._registry.js_files if name}


def lend_environment(env: BuildEnvironment, app: Sphinx) -> None:
    """Let an application work on the environment of another one of the same project, with another builder.

    ``env.setup`` would do so too, and take what differs between the builders for a changed configuration.
    """
    env._app, env._builder_cls = app, type(app.builder)
    env.events, env.config = app.events, app.config
    app.project = env.project
    app.env = app.builder.env = env
    env.__dict__.pop("master_doctree", None)  # kept for the whole process, whatever is read


def list_set_values(config: Config) -> set[str]:
    """Return the names of the values that conf.py or ``-D`` sets."""
    return {*config._raw_config, *config.overrides}


def visit_mathjax(translator: HTML5Translator, node: nodes.math | nodes.math_block) -> None:
    """Write maths for MathJax though the renderer of the site is another; of MyST's equations, as MyST does."""
    registry = translator.builder._registry
    if isinstance(node, nodes.math):
        registry.html_inline_math_renderers["mathjax"][0](translator, node)
    else:
        registry.html_block_math_renderers["mathjax"][0](translator, node)


def load_mathjax(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any]) -> None:
    """Load MathJax on a page though the renderer of the site is another, as Sphinx does where it is MathJax."""
    add_js_file = cast("StandaloneHTMLBuilder", app.builder).add_js_file
    builder = SimpleNamespace(format="html", math_renderer_name="mathjax", add_js_file=add_js_file)
    asked = SimpleNamespace(builder=builder, config=app.config, confdir=app.confdir, registry=app.registry)
    install_mathjax(cast("Sphinx", asked), pagename, templatename, context, None)


def forget_page_files(builder: StandaloneHTMLBuilder) -> None:
    """Forget the style sheets and scripts of the last page; a builder that writes once more would put them on each."""
    for files, common in (("_css_files", "_orig_css_files"), ("_js_files", "_orig_js_files")):
        if hasattr(builder, common):  # from the first writing on
            getattr(builder, files)[:] = getattr(builder, common)


def forget_tree(env: BuildEnvironment, docname: str) -> None:
    """Forget a document's tree as it was; Sphinx keeps it for the whole process, also when it has read another."""
    env._pickled_doctree_cache.pop(docname, None)
    env._write_doc_doctree_cache.pop(docname, None)


def describe_shape(shape: Any, words: str) -> None:
    """Give a shape of a PowerPoint slide its alternative text, for which python-pptx has no attribute."""
    shape._element._nvXxPr.cNvPr.set("descr", words)


def theme_part(presentation: Any) -> Any:
    """Return the part of a presentation that holds its colours and faces: ``blob``."""
    from pptx.opc.constants import RELATIONSHIP_TYPE

    return presentation.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)


def add_drawing(picture: Any, svg: bytes) -> None:
    """Give a picture the drawing that it shows, which programs draw instead that can."""
    from pptx.opc.constants import RELATIONSHIP_TYPE
    from pptx.opc.package import Part
    from pptx.oxml import parse_xml

    package = picture.part.package
    part = Part(package.next_partname("/ppt/media/drawing%d.svg"), "image/svg+xml", package, svg)
    key = picture.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    main, own = (f"http://schemas.{name}" for name in _DRAWINGS)
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    drawing = f'<asvg:svgBlip xmlns:asvg="{own}" xmlns:r="{relations}" r:embed="{key}"/>'
    extension = f'<a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}">{drawing}</a:ext>'
    picture._element.blipFill.blip.append(parse_xml(f'<a:extLst xmlns:a="{main}">{extension}</a:extLst>'))


def send_to_back(shape: Any) -> None:
    """Put a shape behind all others of its slide."""
    shape._element.getparent().insert(2, shape._element)  # after what the group of all says of itself


def bring_to_front(shape: Any) -> None:
    """Put a shape before all others of its slide."""
    shape._element.getparent().append(shape._element)


def link_to_slide(run: Any, slide: Any) -> None:
    """Let words lead to another slide; python-pptx lets shapes alone."""
    from pptx.opc.constants import RELATIONSHIP_TYPE

    key = run.part.relate_to(slide.part, RELATIONSHIP_TYPE.SLIDE)
    run._r.get_or_add_rPr().add_hlinkClick(key).set("action", "ppaction://hlinksldjump")


def set_letters(run: Any, spacing: int, raised: int) -> None:
    """Set what is between the letters of words, and how much higher they stand, percent of their size."""
    look = run._r.get_or_add_rPr()
    if spacing:
        look.set("spc", str(round(spacing / 127)))  # hundredths of a point
    if raised:
        look.set("baseline", str(1000 * raised))


def set_bullet(paragraph: Any, bullet: str, colour: str, indent: int, hang: int, *, rtl: bool = False) -> None:
    """Set what stands before a paragraph: a character, ``1.`` for its number, or nothing.

    :param indent: where its words begin
    :param hang: how far before them the bullet stands
    """
    from pptx.oxml import parse_xml

    main = f'xmlns:a="http://schemas.{_DRAWINGS[0]}"'
    found = paragraph._p.get_or_add_pPr()
    found.set("marL", str(indent))
    found.set("indent", str(-hang))
    if rtl:
        found.set("rtl", "1")
    marks = [f'<a:buClr {main}><a:srgbClr val="{colour}"/></a:buClr>'] if bullet and colour else []
    if bullet == "1.":
        marks.append(f'<a:buFont {main} typeface="+mj-lt"/>')
        marks.append(f'<a:buAutoNum {main} type="arabicPeriod"/>')
    else:
        marks.append(f'<a:buChar {main} char="{bullet}"/>' if bullet else f"<a:buNone {main}/>")
    for mark in marks:
        found.append(parse_xml(mark))


def set_table_style(shape: Any) -> None:
    """Take the style of PowerPoint from a table: its cells have their own."""
    shape._element.graphic.graphicData.tbl.tblPr.find("{*}tableStyleId").text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


def set_rule(cell: Any, colour: str, width: int) -> None:
    """Draw a line below a cell of a table."""
    from pptx.oxml import parse_xml

    main = f'xmlns:a="http://schemas.{_DRAWINGS[0]}"'
    line = f'<a:lnB {main} w="{width}"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:lnB>'
    cell._tc.get_or_add_tcPr().insert(0, parse_xml(line))


def make_logarithmic(axis: Any) -> None:
    """Give an axis of a chart powers of ten."""
    from pptx.oxml import parse_xml

    main = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    axis._element.scaling.insert(0, parse_xml(f'<c:logBase {main} val="10"/>'))
