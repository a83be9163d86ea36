"""The directives: sphinxcontrib-mermaid's own, whose nodes also know what we need to draw them."""

from __future__ import annotations

import functools
import json
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.i18n import search_image_for_language
from sphinxcontrib.mermaid import Mermaid, MermaidClassDiagram, mermaid

from paperdeck.addresses import DECK_BUILDERS
from paperdeck.config import Config
from paperdeck.diagrams import source as mermaid_source
from paperdeck.diagrams.kinds import EMPTY
from paperdeck.facts.role import write_fact
from paperdeck.files import is_file
from paperdeck.language import offer_texts, phrases_of, translated_texts
from paperdeck.messages import Subtype, error
from paperdeck.site.parts import has_mermaid, has_our_look, parts_domain
from paperdeck.trees import find_all
from paperdeck.upstream import content_line

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.config import Config as SphinxConfig

logger = logging.getLogger(__name__)

MISSING = "missing_diagram"
"""Marks the figure that stands where a diagram has no source."""


class _Remembering(Mermaid):  # type: ignore[misc]
    """sphinxcontrib-mermaid's directive, whose node also knows its source as written, its place and its options."""

    def get_mm_code(self) -> Any:
        """Return the source, or the message that there is none; keep the source as it was written."""
        try:
            self.written = super().get_mm_code()
        except UnicodeDecodeError:
            file, line = self._place()
            error(Subtype.DIAGRAM, "diagram: the file is not UTF-8; save it as that", location=f"{file}:{line}")
            self.written = []
        return self.written

    def run(self) -> list[nodes.Node]:
        """Return what sphinxcontrib-mermaid returns; errors: ``config`` that is no JSON object."""
        settings = self.read_settings()
        result: list[nodes.Node] = super().run()
        if not result or isinstance(result[0], nodes.system_message):
            # Sphinx takes messages out of the page; a reader should see that something is missing
            _ = phrases_of(self.state.document.settings.env).gettext
            missing = _("Here a diagram is missing: %s") % (" ".join(self.arguments) or _("nothing is written"))
            told = nodes.paragraph("", missing, classes=["problematic"])
            return [*result, nodes.figure("", told, classes=["diagram"], **{MISSING: True})]
        for node in (found for item in result for found in item.findall(mermaid)):
            file, line = self._place()
            node.source, node.line = self.state_machine.get_source_and_line(self.lineno)
            written = mermaid_source.unify_lines(self.written)
            node["written"] = written
            node["written_in"] = file
            node["written_at"] = line
            node["settings"] = settings
            node["title"] = self.options.get("title")
            offer_texts(node, [node["title"], node.get("alt")])
            node["facts"] = mermaid_source.find_fact_keys(written)
            env = self.state.document.settings.env
            lookup = functools.partial(write_fact, env, env.docname)
            node["filled"], node["wrong_facts"] = mermaid_source.insert_facts(written, lookup)
            if node["facts"]:  # for mmdc and the browser
                node["code"] = node["code"].removesuffix(self.written) + node["filled"].text
        return result

    def read_settings(self) -> dict[str, Any]:
        """Return Mermaid's own settings; those in a front matter of its own are options here, which hold one line."""
        try:
            settings = json.loads(self.options.get("config", "{}"))
            if not isinstance(settings, dict):
                raise ValueError("it is no object")
        except ValueError as wrong:
            front = mermaid_source.read_front_settings(self.block_text.partition("\n")[2])
            if front is None:
                example = '{"flowchart": {"curve": "linear"}}'
                raise self.error(f"“config” takes a JSON object, such as {example}: {wrong}") from None
            self.options["config"] = json.dumps(front)  # for mmdc and the browser
            return front
        return settings

    def _place(self) -> tuple[str, int]:
        """Return the file that holds the source, and the line it begins at."""
        source: str
        line: int
        source, line = self.state_machine.get_source_and_line(self.lineno)
        if self.arguments and type(self).has_content:
            env = self.state.document.settings.env
            return str(env.relfn2path(search_image_for_language(self.arguments[0], env))[1]), 1
        if not self.content:
            return source, line
        return content_line(self)


class TranslatedDiagrams(SphinxTransform):
    """Diagrams with title and words in the language of the site, where the project's catalogue has them."""

    default_priority = 22  # after Sphinx has looked them up (20)

    def apply(self, **kwargs: Any) -> None:
        """Put the translations in."""
        for node in find_all(self.document, mermaid):
            said = translated_texts(node)
            for name in ("title", "alt"):
                if node.get(name) in said:
                    node[name] = said[node[name]]


class MermaidDirective(_Remembering):
    """Draw a Mermaid source, written in the directive or in a file that it names, as SVG in the page.

    ============  ============================================================================
    ``:alt:``     what the picture shows, where the source has no ``accDescr``
    ``:title:``   drawn above the picture, and its name where the source has no ``accTitle``
    ``:caption:`` makes it a figure with a number; ``:name:`` is its label for ``{numref}``
    ``:align:``   ``left``, ``center`` or ``right``
    ``:config:``  a JSON object of Mermaid's own settings, those of fonts and colours excepted
    ``:zoom:``    it grows while it has the focus
    ============  ============================================================================

    Errors: a file that is not there; ``config`` that is no JSON object; ``paperdeck.diagram`` at the line and column
    of the source: what does not parse, is refused, or does not fit its boxes.
    Warns ``paperdeck.no_alt``, ``.literal_colour``, ``.missing_glyph``, ``.diagram_too_large``.

    Example::

        ```{mermaid} /diagrams/shared/dense-or-sparse.mmd
        :caption: One network for every token, or a few experts of many
        ```
    """

    final_argument_whitespace = True  # the names of files have spaces

    def get_mm_code(self) -> Any:
        """Return the source; what is missing of it is told where the directive stands."""
        if not (missing := self.explain_missing()):
            return super().get_mm_code()
        file, line = self.state_machine.get_source_and_line(self.lineno)
        error(Subtype.DIAGRAM, "diagram: %s", missing, location=f"{file}:{line}")
        self.written = []
        return self.written

    def explain_missing(self) -> str:
        """Return why there is no source, and what to write; empty where there is one."""
        if not self.arguments:
            return "" if "".join(self.content).strip() else EMPTY
        if self.content:
            return f"it names {self.arguments[0]!r}, and holds a source of its own; leave one of them out"
        env = self.state.document.settings.env
        env.note_dependency(env.relfn2path(self.arguments[0])[0])
        file = Path(self._place()[0])
        if not is_file(file):
            advice = "write its path from this document, or from the source directory with a leading “/”"
            return f"it names {self.arguments[0]!r}, which is no file; {advice}"
        return "" if file.read_bytes().strip() else EMPTY


class ClassTreeDirective(_Remembering, MermaidClassDiagram):  # type: ignore[misc]
    """Show the classes of a module, with their bases, as a diagram.

    Errors: a name that cannot be imported.
    """

    option_spec = MermaidClassDiagram.option_spec

    def get_mm_code(self) -> Any:
        """Return the source; whatever importing a module raises is told at the directive, and ends no build."""
        try:
            return super().get_mm_code()
        except Exception as wrong:
            raise self.error(f"the tree of {' '.join(self.arguments)} cannot be drawn: {wrong}") from wrong


def choose_who_draws(app: Sphinx, config: SphinxConfig) -> None:
    """Keep sphinxcontrib-mermaid's script off every page, unless the browser is to draw, as it does without merman.

    A project that has sphinxcontrib-mermaid itself keeps it where nothing of ours is used.
    """
    if config.paperdeck_mermaid == "merman" and not find_spec("merman"):
        config.paperdeck_mermaid = "browser"
        config.mermaid_init_config = {**config.mermaid_init_config, "htmlLabels": False}
        logger.info(
            "paperdeck: without merman (pip install 'paperdeck[diagrams]') the reader's browser draws the diagrams; "
            "its script comes from another host unless you serve it and name it in mermaid_use_local"
        )
    elif config.paperdeck_mermaid == "mmdc" or (config.paperdeck_mermaid == "merman" and not has_mermaid(config)):
        call_no_browser(config)


def call_no_browser(config: SphinxConfig) -> None:
    """Have no diagram drawn in the browser; a format that conf.py chose stays."""
    if config.mermaid_output_format == "raw":
        config.mermaid_output_format = "svg"


def keep_script_off(app: Sphinx, builder: Builder) -> None:
    """Keep sphinxcontrib-mermaid's script off every page where no diagram is left to it: we draw all, or there is none.

    A page without a document, such as the search, would have it.
    """
    values = Config.of(app.config)
    slides_alone = builder.name in DECK_BUILDERS and values.decks == "slides"
    draws_all = values.mermaid == "merman" and (slides_alone or has_our_look(builder.env))
    if draws_all or not (has_mermaid(app.config) or parts_domain(builder.env).diagrams):
        call_no_browser(app.config)


def setup(app: Sphinx) -> None:
    """Register the directives."""
    app.setup_extension("sphinxcontrib.mermaid")
    app.add_directive("mermaid", MermaidDirective, override=True)
    app.add_directive("autoclasstree", ClassTreeDirective, override=True)
    app.add_transform(TranslatedDiagrams)
    app.connect("config-inited", choose_who_draws, priority=600)  # after check_values (500)
    app.connect("write-started", keep_script_off)
