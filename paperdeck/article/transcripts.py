"""Each page of ours as Markdown beside it, article and talk, and ``llms.txt``, which lists them for programs."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urljoin

from paperdeck.addresses import DECK_BUILDERS, PARTNERS, TEXT_END, other_root, text_of
from paperdeck.article.markdown import MarkdownWriter
from paperdeck.deck.shelf import reading_order
from paperdeck.facts.data import FACTS, get_ledger_folder
from paperdeck.facts.domain import get_fact_domain
from paperdeck.site.decks import decks
from paperdeck.site.front_matter import FrontMatter
from paperdeck.site.parts import is_ours
from paperdeck.site.titles import read_heading

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.util.typing import ExtensionMetadata


def write_transcript(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Write a page of ours as Markdown beside it, the talk's beside the deck, and name that in the page's head."""
    builder: Any = app.builder
    if doctree is None or "minutes" in doctree or builder.name not in PARTNERS:
        return  # a shorter talk says nothing that the whole does not
    if pagename in decks(app.env) if builder.name in DECK_BUILDERS else is_ours(app.env, pagename):
        target = Path(app.outdir, text_of(pagename))
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(MarkdownWriter(builder, pagename).write(doctree), encoding="utf-8")
        address = context["pathto"](quote(text_of(pagename)), resource=True)
        context["metatags"] += f'\n<link rel="alternate" type="text/markdown" href="{address}">'


def leave_out_outputs(app: Sphinx, config: Config) -> None:
    """Keep the Markdown of outputs that lie in the folder of the project from being read as its documents."""
    config.exclude_patterns = [*config.exclude_patterns, f"**{TEXT_END}"]


def write_llms_txt(app: Sphinx, exception: Exception | None) -> None:
    """Write the list of papers with the addresses of their texts (``llms.txt``), where the site's address is known."""
    site = app.config.html_baseurl
    if exception or app.builder.name not in ("html", "dirhtml") or not site or not decks(app.env):
        return
    site = site.rstrip("/") + "/"
    slides = urljoin(site, other_root(app.builder) or "")
    lines = [f"# {app.config.html_title}", "", "## Papers", ""]
    order = [name for name in reading_order(app.env) if is_ours(app.env, name)]
    for docname in (name for name in order if name in decks(app.env)):
        front, title = FrontMatter.of(app.env, docname), read_heading(app.env.titles[docname])
        text = quote(text_of(docname))
        lines.append(f"- [{title}, the article]({site}{text}): {front.summary or title}")
        lines.append(f"- [{title}, the talk]({slides}{text}): {decks(app.env)[docname].count} slides and notes")
        lines += [
            f"- [{title}, its numbers]({site}{quote(f'{folder / FACTS}')}): {len(ledger.facts)} facts and their places"
            for ledger in get_fact_domain(app.env).ledgers.values()
            if (folder := get_ledger_folder(ledger)) == PurePosixPath(docname).parent
        ]
    if others := [name for name in order if name not in decks(app.env)]:
        titles = {name: read_heading(app.env.titles[name]) for name in others}
        lines += ["", "## Other pages", "", *(f"- [{titles[name]}]({site}{quote(text_of(name))})" for name in others)]
    Path(app.outdir, "llms.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the handlers."""
    app.connect("config-inited", leave_out_outputs)
    app.connect("html-page-context", write_transcript)
    app.connect("build-finished", write_llms_txt)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
