"""The two deck builders: which documents they write, with which page around them, and the shelf."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.builders.dirhtml import DirectoryHTMLBuilder
from sphinx.util.build_phase import BuildPhase
from sphinx.util.parallel import ParallelTasks, make_chunks
from sphinx_revealjs.builders import RevealjsHTMLBuilder
from sphinx_revealjs.nodes import revealjs_slide

from paperdeck.addresses import address_of_cut, other_output, text_of
from paperdeck.config import Config
from paperdeck.deck.cuts import cut_document, send_to_article
from paperdeck.deck.places import remove_old_decks
from paperdeck.deck.shelf import entries
from paperdeck.deck.writer import DeckTranslator
from paperdeck.language import (
    direction_of,
    language_of,
    phrases_in,
    phrases_of,
    site_language,
    template_phrases,
    translate_scripts,
)
from paperdeck.messages import Subtype, warn
from paperdeck.pictures import icons
from paperdeck.site import brand
from paperdeck.site.assets import THEME
from paperdeck.site.decks import decks
from paperdeck.site.front_matter import FrontMatter
from paperdeck.slides import layouts
from paperdeck.slides.node import slide
from paperdeck.trees import find_all
from paperdeck.upstream import count_processes, list_scripts_of_extensions, may_read_in_parallel

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence, Set
    from gettext import NullTranslations

    from sphinx.application import Sphinx
    from sphinx.config import Config as SphinxConfig
    from sphinx.util.typing import ExtensionMetadata


SCRIPTS = ("deck.js", "find.js", "notes.js", "speaker.js")
"""Our scripts of a deck; ``speaker.js`` is told its words by ``notes.js``."""


def translate_help(phrases: NullTranslations) -> dict[str, str]:
    """Return the words of reveal's own list of keys, which is English."""
    _ = phrases.gettext
    return {
        "Keyboard Shortcuts": _("Keyboard Shortcuts"),
        "Next slide": _("Next slide"),
        "Previous slide": _("Previous slide"),
        "Navigate left": _("Navigate left"),
        "Navigate right": _("Navigate right"),
        "Navigate up": _("Navigate up"),
        "Navigate down": _("Navigate down"),
        "Navigate without fragments": _("Navigate without fragments"),
        "Jump to first/last slide": _("Jump to first/last slide"),
        "Pause": _("Pause"),
        "Fullscreen": _("Fullscreen"),
        "Jump to slide": _("Jump to slide"),
        "Slide overview": _("Slide overview"),
    }


class DeckBuilder(RevealjsHTMLBuilder):
    """sphinx-revealjs's builder; a document with slides is a deck of ours, and so is the shelf."""

    name = "revealjs"
    default_translator_class = DeckTranslator

    def init(self) -> None:
        """Leave the configuration as it was: what upstream adds to it would make every paper be read again."""
        config = self.config
        static_path, conf = list(config.revealjs_static_path), config.revealjs_script_conf
        if isinstance(conf, dict):
            config.revealjs_script_conf = dict(conf)
        # a style sheet that an extension asks for in each page lies beside the extension
        beside = [path for path in config.html_static_path if Path(path).is_absolute()]
        config.revealjs_static_path = [*static_path, *(beside if Config.of(config).decks == "slides" else ())]
        super().init()  # type: ignore[no-untyped-call]  # upstream's is not annotated
        config.html_static_path = list(config.revealjs_static_path)
        config.revealjs_static_path, config.revealjs_script_conf = static_path, conf
        self.tags.add("revealjs")  # so that ``only:: revealjs`` means both builders
        self.slides_alone = Config.of(config).decks == "slides"
        self.written: Set[str] = frozenset()
        if self.slides_alone and isinstance(conf, str):
            warn(
                Subtype.CONFIG,
                "revealjs_script_conf is JavaScript, which a deck that starts from a file does not run; "
                "write a dict of reveal.js options",
                location=None,
            )

    @cached_property
    def documents(self) -> dict[str, str]:
        """The document of each page, by its address from the root without a closing slash."""
        return {self.get_target_uri(name).rstrip("/"): name for name in self.env.found_docs}

    @cached_property
    def pages(self) -> frozenset[Path]:
        """The file of each document's page."""
        return frozenset(Path(self.get_outfilename(name)) for name in self.env.found_docs)

    def page_of_cut(self, docname: str, minutes: int) -> Path:
        """Return the file of a shorter talk's page."""
        return Path(address_of_cut(str(self.get_outfilename(docname)), minutes, self.out_suffix))

    def prepare_writing(self, docnames: Set[str]) -> None:
        """Remove the decks that are no more, before anything is written into their places."""
        super().prepare_writing({*docnames})
        there = decks(self.env)
        pages = {Path(self.get_outfilename(name)) for name in there}
        cuts = {self.page_of_cut(name, minutes) for name, deck in there.items() for minutes in deck.lengths}
        texts = {Path(self.outdir, text_of(name)) for name in there}
        remove_old_decks(self, pages | (cuts - self.pages), texts if self.slides_alone else texts | self.pages)

    def get_outdated_docs(self) -> Iterator[str]:
        """Yield what has to be written; what is known to be no deck has not."""
        for docname in super().get_outdated_docs():
            if not self.slides_alone or docname not in self.env.all_docs or docname in decks(self.env):
                yield docname

    def write_documents(self, docnames: Set[str]) -> None:
        """Write decks; with ``-j`` each process makes its own from trees to pages.

        Sphinx would change every tree in the main process, which for a deck is most of the work. What a tree leaves
        behind for the end of the build is the pictures to copy, and nothing for an index of the search.
        """
        self.written = docnames & decks(self.env).keys() if self.slides_alone else docnames
        if not self.written:  # Sphinx does not ask with none, and fails on none with -j
            return
        if not self.parallel_ok:
            super().write_documents(self.written)
            return
        first, *others = sorted(self.written)
        self.parallel_ok = False
        super().write_documents({first})  # with which templates and fonts are loaded for all
        processes = count_processes(self)
        tasks = ParallelTasks(processes)
        for names in make_chunks(others, processes):
            tasks.add_task(self.write_some, names, self.take_over)
        tasks.join()
        self.parallel_ok = True

    def write_some(self, names: Sequence[str]) -> dict[str, str]:
        """Write decks in a process of their own; return the pictures that they show.

        Sphinx's own loop keeps warnings back, beside the process, which does so too: each would be given twice.
        """
        for name in names:
            self.phase = BuildPhase.RESOLVING
            doctree = self.env.get_and_resolve_doctree(name, self, tags=self.tags)
            self.phase = BuildPhase.WRITING
            self.write_doc_serialized(name, doctree)
            self.write_doc(name, doctree)
        return self.images

    def take_over(self, names: Sequence[str], pictures: dict[str, str]) -> None:
        """Note the pictures that another process has met."""
        self.images.update(pictures)

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Write a deck, then those of the shorter talks that it holds."""
        super().write_doc(docname, doctree)
        deck = decks(self.env).get(docname)
        if deck is None:
            return
        for minutes in deck.lengths:
            page = self.page_of_cut(docname, minutes)
            if page in self.pages:
                warn(
                    Subtype.SLIDE,
                    "the talk of %d minutes was left out, for another document has its page, %s; rename that one",
                    minutes,
                    page.name,
                    location=docname,
                )
                continue
            short = cut_document(doctree, deck, minutes)
            send_to_article(short, self, docname)
            super().write_doc(docname, short)

    def post_process_images(self, doctree: nodes.Node) -> None:
        """Collect pictures; on a slide none is a link to its file, which would take the talk's place."""
        self.html_scaled_image_link = next(doctree.findall(slide), None) is None
        super().post_process_images(doctree)

    def gen_indices(self) -> None:
        """Write no index: the article has it."""
        if not self.slides_alone:
            super().gen_indices()

    def gen_pages_from_extensions(self) -> None:
        """Write no page of another extension: the article has it."""
        if not self.slides_alone:
            super().gen_pages_from_extensions()

    def gen_additional_pages(self) -> None:
        """Write the shelf, and no other page that is no deck."""
        if not self.slides_alone:
            super().gen_additional_pages()
            return
        if not decks(self.env):
            warn(
                Subtype.SLIDE,
                'no document has slides; write {slide}, or set paperdeck_decks = "all" in conf.py',
                location=None,
            )
        # a site whose front page is itself a deck keeps it there
        name = "decks" if self.config.root_doc in decks(self.env) else "index"
        if name == "index" or len(decks(self.env)) > 1:
            language = site_language(self.env)
            self.handle_page(
                name,
                {
                    **template_phrases(phrases_in(self.env, language)),
                    "language": language,
                    "direction": direction_of(language),
                    "title": self.config.html_title,
                    "brand": brand.SHEET if brand.has_sheet(self) else "",
                    "shelf": entries(self, name),
                    "icon": icons.svg,
                },
                "paperdeck/shelf.html",
            )

    def copy_html_static_files(self, context: dict[str, Any]) -> None:
        """Write what the layouts say for the style sheet, then what may replace it."""
        if decks(self.env):
            theme = brand.theme_of(self)
            sheet = layouts.style_sheet(theme.type if theme else 1)
            (self.outdir / "_static" / "layouts.css").write_text(sheet, encoding="utf-8")
        super().copy_html_static_files(context)

    def handle_page(
        self, pagename: str, addctx: dict[str, Any], templatename: str = "page.html", **kwargs: Any
    ) -> None:
        """Write a page; a deck with our template."""
        if templatename == "page.html" and pagename in decks(self.env):
            templatename = "paperdeck/deck.html"
            document = kwargs.get("event_arg")
            addctx |= self.deck_context(pagename, document)
            if document is not None and "minutes" in document:
                kwargs["outfilename"] = str(self.page_of_cut(pagename, document["minutes"]))
        super().handle_page(pagename, addctx, templatename, **kwargs)

    def deck_context(self, docname: str, document: nodes.document | None) -> dict[str, Any]:
        """Return what the template of a deck needs: reveal's configuration, plugins, the way to the article."""
        front, phrases = FrontMatter.of(self.env, docname), phrases_of(self.env, docname)
        minutes = document.get("minutes", front.minutes) if document else front.minutes
        language = language_of(self.env, docname)
        direction = direction_of(language)
        chosen = self.config.revealjs_script_conf
        config = {
            "hash": True,
            "width": layouts.SLIDE.width,
            "height": layouts.SLIDE.height,
            "margin": 0,
            "center": False,
            "display": "grid",
            "transition": "none",
            "slideNumber": "c/t",
            **({"rtl": True} if direction == "rtl" else {}),
            "pdfSeparateFragments": False,
            "pdfMaxPagesPerSlide": 1,
            **({"totalTime": minutes * 60} if minutes else {"defaultTiming": 0}),
            **(chosen if isinstance(chosen, dict) else {}),
        }
        for node in find_all(document, revealjs_slide) if document else ():
            config |= self.page_config(docname, node)
        moving = document is not None and any(map(moves, document.findall(nodes.Element)))
        plugins = {
            "PaperdeckNotes": "notes.js",
            "PaperdeckFind": "find.js",
            "RevealZoom": "revealjs/plugin/zoom/zoom.js",
            **({"PaperdeckMotion": "motion.js"} if moving else {}),
        } | {plugin["name"]: plugin["src"] for plugin in self.config.revealjs_script_plugins if plugin.get("name")}
        scripts = (THEME / "static" / name for name in SCRIPTS)
        return {
            **template_phrases(phrases),
            "language": language,
            "direction": direction,
            "scheme": brand.scheme_of(self),
            "brand": brand.SHEET if brand.has_sheet(self) else "",
            "phrases": translate_scripts(scripts, phrases, translate_help(phrases)),
            "reveal_config": json.dumps(config, sort_keys=True),
            "plugins": plugins,
            "left_out": list_scripts_of_extensions(self),  # they miss the frame of an article's page, and fail
            "front": front,
            "article": other_output(self, docname),
        }

    def page_config(self, docname: str, node: nodes.Element) -> dict[str, Any]:
        """Return what ``revealjs-slide`` says, its option and then its body.

        Warns ``paperdeck.config``: a body that is no JSON; sphinx-revealjs checks the option.
        """
        config: dict[str, Any] = {}
        for text in (node.get("conf"), getattr(node, "content", "")):
            try:
                config |= json.loads(text) if text else {}
            except (ValueError, TypeError):
                warn(
                    Subtype.CONFIG,
                    'the body of {revealjs-slide} is no JSON object and was left out; write it as {"loop": true}',
                    location=(docname, node.line or 1),  # docutils knows no line of what stands first
                )
        return config

    def configure_theme(self, ctx: dict[str, Any]) -> None:
        """Add a style theme to what upstream's templates show; a deck of ours has its own."""
        if "reveal_config" not in ctx:
            ctx["css_files"] = [*ctx["css_files"]]  # the list is that of every page
            super().configure_theme(ctx)


def moves(node: nodes.Element) -> bool:
    """Tell whether something in a picture moves from slide to slide, or counts up."""
    return "chart" in node and bool(node["chart"].object or node["chart"].count)


class DirectoryDeckBuilder(DirectoryHTMLBuilder, DeckBuilder):
    """The same, each deck in a folder of its own."""

    name = "dirrevealjs"


def leave_out_reveal(app: Sphinx, config: SphinxConfig) -> None:
    """Keep reveal.js's README, copied below ``_build``, from being read as a document of the project."""
    config.exclude_patterns = [*config.exclude_patterns, "**/_static/revealjs/**"]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Put the builders in the place of sphinx-revealjs's."""
    app.setup_extension("sphinx_revealjs")
    # its directives keep nothing in the environment, so that it may be read in parallel; it says otherwise
    may_read_in_parallel(app, "sphinx_revealjs")
    app.connect("config-inited", leave_out_reveal)
    app.add_builder(DeckBuilder, override=True)
    app.add_builder(DirectoryDeckBuilder, override=True)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
