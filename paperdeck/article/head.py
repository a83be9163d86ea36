"""The article around a paper's prose: its head, and what of its slides it does not show."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from paperdeck.addresses import DECK_BUILDERS, other_output, pdf_of
from paperdeck.article.style import loads_our_files
from paperdeck.config import Config
from paperdeck.deck.shelf import list_lengths, minutes_of
from paperdeck.facts.checked import count_checked, describe_count
from paperdeck.facts.domain import find_own_ledger
from paperdeck.facts.tables import departure, explain_dots, fact_cards
from paperdeck.language import direction_of, language_of, phrases_of, template_phrases
from paperdeck.pictures import icons
from paperdeck.site.decks import decks
from paperdeck.site.front_matter import FrontMatter
from paperdeck.site.parts import is_ours
from paperdeck.site.works import find_work
from paperdeck.slides.node import slide, title_of
from paperdeck.slides.notes import count_words_in
from paperdeck.trees import document_title, find_all
from paperdeck.upstream import builder_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata
    from sphinx.writers.html5 import HTML5Translator

WORDS_PER_MINUTE_READ = 220
"""How fast prose is read in silence; a round figure, for “9 min to read” alone."""


class paper_head(nodes.Element):  # noqa: N801 (visitors are found by this name)
    """What stands between a paper's title and its prose: the work, and the doors to it and to the deck."""


def prose_words(part: nodes.Element) -> int:
    """Return how many words of prose a document or a part of it has: what a reader may pass over left out.

    That is slides, tables, and the notes on what is often told otherwise.
    """

    def is_prose(node: nodes.Node) -> bool:
        above = node.parent
        while above is not None:
            if isinstance(above, (slide, nodes.entry, departure)):
                return False
            above = above.parent
        return True

    return sum(count_words_in(said.astext()) for said in find_all(part, nodes.paragraph) if is_prose(said))


class ArticleShown(SphinxPostTransform):
    """The article's tree: a head under the title, and no slide that says ``:article: hide``."""

    default_priority = 900  # where SlidesAlone makes the deck's tree

    def is_supported(self) -> bool:
        """Tell whether this is an article: everything is but a deck and the texts to translate, which take all."""
        return builder_of(self.env).name not in (*DECK_BUILDERS, "gettext")

    def run(self, **kwargs: Any) -> None:
        """Take hidden slides away, but for the anchors of those with a name; add the head where there is one."""
        for node in find_all(self.document, slide):
            if node["hidden"] and title_of(node)["names"]:  # where a link still has to lead
                node.replace_self(nodes.target("", "", ids=node["ids"]))
            elif node["hidden"]:
                node.parent.remove(node)
        docname = self.env.docname
        if is_ours(self.env, docname):
            for wrapper in find_all(self.document, nodes.container):
                if "table-wrapper" in wrapper["classes"]:  # furo's, which has its table's ids a second time
                    wrapper["ids"] = []
        deck = decks(self.env).get(docname)
        front = FrontMatter.of(self.env, docname)
        if front.recording:
            for node in find_all(self.document, slide):
                node["recording"] = front.recording
        builder, title = builder_of(self.env), document_title(self.document)
        if builder.format != "html" or title is None or not (deck or front.paper):
            return
        work = find_work(self.env, front.paper) if front.paper else None
        deck_page = other_output(builder, docname) if deck else None
        has_pdfs = Config.of(self.env.config).pdfs
        ledger = find_own_ledger(self.env, docname)
        count = count_checked(self.env, ledger) if ledger else None
        title.parent.insert(
            title.parent.index(title) + 1,
            paper_head(
                "",
                front=front,
                work=work,
                deck=deck_page,
                pdf=pdf_of("", docname, is_deck=False) if has_pdfs else "",
                deck_pdf=pdf_of(deck_page, docname, is_deck=True) if has_pdfs and deck_page else "",
                slides=deck.count if deck else 0,
                minutes=minutes_of(self.env, docname) if deck else 0,
                lengths=list_lengths(builder, docname) if deck else [],
                checked=describe_count(self.env, count, docname) if count else [],
                texts=count.texts if count else (),
                hint=explain_dots(self.env) if any(self.document.findall(fact_cards)) else "",
                reading=max(1, round(prose_words(self.document) / WORDS_PER_MINUTE_READ)),
            ),
        )


def escape_bibtex(entry: str) -> str:
    """Return an entry as HTML, its commands behind character references: TeX in a page's source is left by mistake."""
    return re.sub(r"\\(?=[A-Za-z])", "&#92;", html.escape(entry))


def visit_paper_head(self: HTML5Translator, node: paper_head) -> None:
    """Write the head."""
    phrases = phrases_of(self.builder.env, self.builder.current_docname)
    bibtex = escape_bibtex(node["work"].bibtex) if node["work"] else ""
    context = {**node.attributes, **template_phrases(phrases), "icon": icons.svg, "bibtex": bibtex}
    self.body.append(self.builder.templates.render("paperdeck/head.html", context))
    raise nodes.SkipNode


def set_language(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Name the language that a document of ours says it is in, and set from the right what is written so."""
    if doctree is None or not loads_our_files(app, doctree):
        return
    language = language_of(app.env, pagename)
    if FrontMatter.of(app.env, pagename).lang:
        context["language"] = language
    if direction_of(language) == "rtl":
        context["body"] = f'<div lang="{html.escape(language)}" dir="rtl">\n{context["body"]}</div>\n'


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the head and the transform."""
    app.add_node(paper_head, html=(visit_paper_head, None))
    app.add_post_transform(ArticleShown)
    app.connect("html-page-context", set_language)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
