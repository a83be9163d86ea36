"""The papers of a site as a feed, where its address is known: who follows it hears of a new one."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urljoin
from xml.etree import ElementTree

from sphinx.util import logging

from paperdeck.addresses import other_output, page_of, public_article
from paperdeck.article.metadata import NO_AUTHOR, explains
from paperdeck.deck.shelf import reading_order
from paperdeck.language import site_language
from paperdeck.site.decks import decks
from paperdeck.site.front_matter import FrontMatter
from paperdeck.site.parts import is_ours
from paperdeck.site.titles import read_heading
from paperdeck.site.works import find_work

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

logger = logging.getLogger(__name__)

FEED = "feed.xml"
BUILDERS = ("html", "dirhtml")
ATOM = "http://www.w3.org/2005/Atom"
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Entry(NamedTuple):
    """A paper as a feed tells of it."""

    id: str
    """The first address that it had, which it keeps when it is renamed."""
    title: str
    summary: str
    updated: str
    author: str
    tags: Sequence[str]
    article: str
    deck: str
    paper: str


def write_feed(title: str, author: str, language: str, site: str, entries: Sequence[Entry]) -> bytes:
    """Return a feed as RFC 4287 describes it, the newest entry first."""
    root = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": language})

    def add(above: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
        element = ElementTree.SubElement(above, name, {key: value for key, value in attributes.items() if value})
        element.text = NOT_IN_XML.sub("", text) or None
        return element

    add(root, "id", site)
    add(root, "title", title)
    add(root, "updated", max(entry.updated for entry in entries))
    add(root, "link", rel="self", type="application/atom+xml", href=site + FEED)
    add(root, "link", rel="alternate", type="text/html", href=site)
    add(add(root, "author"), "name", author)
    for entry in sorted(entries, key=lambda entry: entry.updated, reverse=True):
        item = add(root, "entry")
        add(item, "id", entry.id)
        add(item, "title", entry.title)
        add(item, "updated", entry.updated)
        add(item, "link", rel="alternate", type="text/html", href=entry.article)
        for address in filter(None, (entry.deck, entry.paper)):
            add(item, "link", rel="related", href=address)
        if entry.author:
            add(add(item, "author"), "name", entry.author)
        for tag in entry.tags:
            add(item, "category", term=tag)
        add(item, "summary", entry.summary or entry.title)
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def list_dated(env: BuildEnvironment) -> Iterator[tuple[str, str]]:
    """Yield each paper and talk with its day: that of its front matter, else the first on which the work can be.

    The day is empty where neither says a year; what is hidden from the gallery is left out.
    """
    for docname in (name for name in reading_order(env) if explains(env, name)):
        front = FrontMatter.of(env, docname)
        if front.gallery != "hide":
            work = find_work(env, front.paper) if front.paper else None
            published = front.date or (work.published if work else "")
            yield docname, published + "-01" * (2 - published.count("-")) if published else ""


def has_feed(app: Sphinx) -> bool:
    """Tell whether the articles of this site have a feed."""
    return bool(app.config.html_baseurl) and app.builder.name in BUILDERS and any(day for _, day in list_dated(app.env))


def make_entry(app: Sphinx, docname: str, day: str) -> Entry:
    """Return what the feed says of a document."""
    site, front = app.config.html_baseurl.rstrip("/") + "/", FrontMatter.of(app.env, docname)
    article = public_article(app.builder, docname) or ""
    work = find_work(app.env, front.paper) if front.paper else None
    suffix = app.config.html_file_suffix or ".html"
    return Entry(
        id=site + page_of(front.was[0], app.builder.name == "dirhtml", suffix) if front.was else article,
        title=read_heading(app.env.titles[docname]),
        summary=front.summary,
        updated=f"{day}T00:00:00Z",
        author=front.presenter,
        tags=front.tags,
        article=article,
        deck=urljoin(article, other_output(app.builder, docname) or "") if docname in decks(app.env) else "",
        paper=work.url if work else "",
    )


def link_feed(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Name the feed in the head of each page that is ours."""
    if doctree is not None and is_ours(app.env, pagename) and has_feed(app):
        href, title = context["pathto"](FEED, resource=True), escape(app.config.html_title)
        context["metatags"] += f'\n<link rel="alternate" type="application/atom+xml" title="{title}" href="{href}">'


def write_file(app: Sphinx, exception: Exception | None) -> None:
    """Write the feed; a paper without a year is told, for an entry without a day is none."""
    if exception or not has_feed(app):
        return
    dated = list(list_dated(app.env))
    if missing := ", ".join(docname for docname, day in dated if not day):
        logger.info("paperdeck: %s does not have %s, for which no day is known; write “date:” there", FEED, missing)
    config = app.config
    author = config.project if config.author == NO_AUTHOR else config.author
    entries = [make_entry(app, docname, day) for docname, day in dated if day]
    site = config.html_baseurl.rstrip("/") + "/"
    feed = write_feed(config.html_title, author, site_language(app.env), site, entries)
    Path(app.outdir, FEED).write_bytes(feed)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the handlers."""
    app.connect("html-page-context", link_feed)
    app.connect("build-finished", write_file)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
