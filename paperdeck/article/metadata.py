"""What machines read of a paper: metadata for scholars and for links, and transcripts as plain text."""

from __future__ import annotations

import hashlib
import json
import shutil
from functools import partial
from html import escape
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urljoin

from docutils import nodes
from sphinx.util.nodes import clean_astext

from paperdeck.addresses import DECK_BUILDERS, PARTNERS, other_root, public_article
from paperdeck.deck.shelf import cover_of, reading_order
from paperdeck.deck.tree import deck_cover, deck_notes
from paperdeck.pictures.covers import BANNER, banner
from paperdeck.pictures.standalone import as_png, standalone
from paperdeck.site.cache import kept
from paperdeck.site.decks import decks
from paperdeck.site.works import FrontMatter, work_of
from paperdeck.slides.directive import slide_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

    from paperdeck.site.works import Work


def citation_tags(work: Work) -> Iterator[tuple[str, str]]:
    """Yield the ``citation_`` names that Zotero and Google Scholar read, for the work that a page explains."""
    yield "citation_title", work.title
    for author in work.authors:
        if author != "others":
            yield "citation_author", author
    if work.year:
        yield "citation_publication_date", work.year
    if work.venue:
        yield "citation_conference_title", work.venue
    if work.url:
        yield "citation_public_url", work.url


def sharing_tags(
    title: str, summary: str, address: str | None, picture: str | None, says: str
) -> Iterator[tuple[str, str]]:
    """Yield the Open Graph and Twitter names that a link to a page is shown with.

    :param picture: where the picture lies; None where there is none
    :param says: what stands in the picture
    """
    yield "og:type", "article"
    yield "og:title", title
    if summary:
        yield "og:description", summary
    if address:
        yield "og:url", address
    if picture:
        width, height = BANNER
        yield "og:image", picture
        yield "og:image:width", str(width)
        yield "og:image:height", str(height)
        yield "og:image:alt", says
        yield "twitter:image", picture
        yield "twitter:image:alt", says
    yield "twitter:card", "summary_large_image" if picture else "summary"


def linked_data(title: str, front: FrontMatter, work: Work | None, address: str | None) -> dict[str, Any]:
    """Return what a page is, in schema.org's words: an article about a scholarly article."""
    data: dict[str, Any] = {"@context": "https://schema.org", "@type": "TechArticle", "headline": title}
    if front.summary:
        data["description"] = front.summary
    if address:
        data["url"] = address
    if work:
        data["about"] = {
            "@type": "ScholarlyArticle",
            "name": work.title,
            "author": [{"@type": "Person", "name": name} for name in work.authors if name != "others"],
            "datePublished": work.year,
            **({"sameAs": work.url} if work.url else {}),
        }
    return data


def meta(name: str, content: str) -> str:
    """Return one element of a page's head."""
    kind = "property" if name.startswith("og:") else "name"
    return f'<meta {kind}="{escape(name)}" content="{escape(content)}">'


def explains(env: BuildEnvironment, docname: str) -> bool:
    """Tell whether a document is about a paper, or is a talk."""
    return bool(FrontMatter.of(env, docname).paper) or docname in decks(env)


def picture_file(docname: str) -> str:
    """Return where the picture of a document's cover lies, from the root of the articles."""
    return f"_images/covers/{docname}.png"


def picture_address(app: Sphinx, docname: str) -> str | None:
    """Return the public address of the picture of a document's cover.

    None where the site's address is not known, or the cover holds what the served family cannot write.
    """
    site: str = app.config.html_baseurl
    if not site or banner(cover_of(app.env, docname)) is None:
        return None
    return f"{site.rstrip('/')}/{quote(picture_file(docname))}"


def add_metadata(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Put a paper's metadata into the head of its article; into its deck's what a link to that is shown with."""
    if doctree is None or app.builder.name not in PARTNERS or not explains(app.env, pagename):
        return
    front, cover = FrontMatter.of(app.env, pagename), cover_of(app.env, pagename)
    title = clean_astext(app.env.titles[pagename])
    work = work_of(app.env, front.paper) if front.paper else None
    address = public_article(app.builder, pagename)
    picture = picture_address(app, pagename)
    if app.builder.name in DECK_BUILDERS:  # what scholars and search engines want is the article
        canonical = f'<link rel="canonical" href="{escape(address)}">' if address else ""
        tags = sharing_tags(title, front.summary, None, picture, cover.text)
        context["metatags"] += "\n".join(("", *(meta(name, content) for name, content in tags), canonical))
        return
    tags = chain(sharing_tags(title, front.summary, address, picture, cover.text), citation_tags(work) if work else ())
    # "<" would end the script in which the data stands
    data = json.dumps(linked_data(title, front, work, address), ensure_ascii=False).replace("<", "\\u003c")
    context["metatags"] += "\n".join(
        ("", *(meta(name, content) for name, content in tags), f'<script type="application/ld+json">{data}</script>')
    )


def write_covers(app: Sphinx, exception: Exception | None) -> None:
    """Write the pictures that links to articles and decks are shown with, where the site's address is known."""
    if exception or app.builder.name not in ("html", "dirhtml") or not app.config.html_baseurl:
        return
    for docname in sorted(name for name in app.env.found_docs if explains(app.env, name)):
        if svg := banner(cover_of(app.env, docname)):
            key = hashlib.sha256(standalone(svg, "cover").encode()).hexdigest()[:16]
            file = kept(app.env, f"cover-{key}.png", partial(as_png, svg, "cover", scale=1))
            target = Path(app.outdir, picture_file(docname))
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)


def plain_text(document: nodes.document) -> str:
    """Return a resolved document as text, deck or article: headings marked with “#”, what is said quoted with “>”."""
    parts = [text for node in document.children for text in text_of(node, 1)]
    return "\n\n".join(parts) + "\n"


def one_line(node: nodes.Node) -> str:
    """Return the text of a node, its white space folded."""
    return " ".join(node.astext().split())


def text_of(node: nodes.Node, level: int) -> Iterator[str]:
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
        yield from (f"> {text}" for child in node for text in text_of(child, level))
    elif isinstance(node, slide_title):
        detail = ", detail" if node.parent["detail"] else ""
        yield f"{'#' * max(level, 2)} {node.parent['number']}{detail}. {one_line(node)}"
    elif isinstance(node, nodes.title):
        yield f"{'#' * level} {one_line(node)}"
    elif isinstance(node, nodes.literal_block):
        yield "\n".join(f"    {code}" for code in node.astext().splitlines())
    elif isinstance(node, nodes.list_item):
        yield f"- {one_line(node)}"
    elif isinstance(node, nodes.row):
        yield " | ".join(map(one_line, node))
    elif isinstance(node, nodes.TextElement):
        if line := one_line(node):
            yield line
    else:
        deeper = level + isinstance(node, nodes.section)
        for child in node:
            yield from text_of(child, min(deeper, 6) - isinstance(child, nodes.title))


def write_transcript(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Write a paper's text beside its page: the article's beside the article, the talk's beside the deck."""
    if doctree is not None and pagename in decks(app.env) and app.builder.name in PARTNERS:
        target = Path(app.outdir, f"{pagename}.txt")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(plain_text(doctree), encoding="utf-8")


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
    Path(app.outdir, "llms.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the handlers."""
    app.connect("html-page-context", add_metadata)
    app.connect("html-page-context", write_transcript)
    app.connect("build-finished", write_llms_txt)
    app.connect("build-finished", write_covers)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
