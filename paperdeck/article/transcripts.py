"""What a paper says as plain text, for who hears it and for programs: its article, its talk, and the list of both."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from docutils import nodes
from sphinx.util.nodes import clean_astext

from paperdeck.addresses import PARTNERS, other_root
from paperdeck.deck.shelf import reading_order
from paperdeck.deck.tree import deck_cover, deck_notes
from paperdeck.facts.data import FACTS, get_ledger_folder
from paperdeck.facts.domain import get_fact_domain
from paperdeck.language import phrases_of
from paperdeck.site.decks import decks
from paperdeck.site.front_matter import FrontMatter
from paperdeck.slides.directive import slide_title

if TYPE_CHECKING:
    from collections.abc import Iterator
    from gettext import NullTranslations

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def export_text(document: nodes.document, phrases: NullTranslations) -> str:
    """Return a resolved document as text, deck or article: headings marked with “#”, what is said quoted with “>”."""
    parts = [text for node in document.children for text in collect_text(node, 1, phrases)]
    return "\n\n".join(parts) + "\n"


def fold_text(node: nodes.Node) -> str:
    """Return the text of a node, its white space folded."""
    return " ".join(node.astext().split())


def collect_text(node: nodes.Node, level: int, phrases: NullTranslations) -> Iterator[str]:
    """Yield the blocks of a node as text.

    :param level: how deep its headings are
    """
    if isinstance(node, (nodes.Invisible, nodes.raw, nodes.math_block, nodes.label)) or not isinstance(
        node, nodes.Element
    ):
        return
    if isinstance(node, deck_cover):
        yield "\n\n".join(filter(None, (f"# {node['name']}", node["summary"], node["title"], node["people"])))
    if isinstance(node, deck_notes):
        yield from (f"> {text}" for child in node for text in collect_text(child, level, phrases))
    elif isinstance(node, slide_title):
        number = node.parent["number"]
        counted = phrases.gettext("%s, detail") % number if node.parent["detail"] else number
        yield f"{'#' * max(level, 2)} {counted}. {fold_text(node)}"
    elif isinstance(node, nodes.title):
        yield f"{'#' * level} {fold_text(node)}"
    elif isinstance(node, nodes.literal_block):
        yield "\n".join(f"    {code}" for code in node.astext().splitlines())
    elif isinstance(node, nodes.list_item):
        yield f"- {fold_text(node)}"
    elif isinstance(node, nodes.row):
        yield " | ".join(map(fold_text, node))
    elif isinstance(node, nodes.TextElement):
        if line := fold_text(node):
            yield line
    else:
        deeper = level + isinstance(node, nodes.section)
        for child in node:
            yield from collect_text(child, min(deeper, 6) - isinstance(child, nodes.title), phrases)


def write_transcript(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Write a paper's text beside its page: the article's beside the article, the talk's beside the deck."""
    if doctree is None or "minutes" in doctree:  # a shorter talk says nothing that the whole does not
        return
    if pagename in decks(app.env) and app.builder.name in PARTNERS:
        target = Path(app.outdir, f"{pagename}.txt")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(export_text(doctree, phrases_of(app.env, pagename)), encoding="utf-8")


def write_llms_txt(app: Sphinx, exception: Exception | None) -> None:
    """Write the list of papers with the addresses of their texts (``llms.txt``), where the site's address is known."""
    site = app.config.html_baseurl
    if exception or app.builder.name not in ("html", "dirhtml") or not site or not decks(app.env):
        return
    site = site.rstrip("/") + "/"
    slides = urljoin(site, other_root(app.builder) or "")
    lines = [f"# {app.config.html_title}", ""]
    for docname in (name for name in reading_order(app.env) if name in decks(app.env)):
        front, title = FrontMatter.of(app.env, docname), clean_astext(app.env.titles[docname])
        lines.append(f"- [{title}, the article]({site}{docname}.txt): {front.summary or title}")
        lines.append(f"- [{title}, the talk]({slides}{docname}.txt): {decks(app.env)[docname].count} slides and notes")
        lines += [
            f"- [{title}, its numbers]({site}{(folder / FACTS).as_posix()}): {len(ledger.facts)} facts and their places"
            for ledger in get_fact_domain(app.env).ledgers.values()
            if (folder := get_ledger_folder(ledger)) == PurePosixPath(docname).parent
        ]
    Path(app.outdir, "llms.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the handlers."""
    app.connect("html-page-context", write_transcript)
    app.connect("build-finished", write_llms_txt)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
