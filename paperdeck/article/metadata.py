"""What machines read of a paper: metadata for scholars and for links."""

from __future__ import annotations

import hashlib
import json
import shutil
from functools import partial
from html import escape
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sphinx.util import logging

from paperdeck.addresses import DECK_BUILDERS, PARTNERS, public_article
from paperdeck.deck.shelf import cover_of
from paperdeck.pictures.covers import BANNER, banner
from paperdeck.pictures.standalone import CONVERTER, can_convert, convert_to_png, write_out_styles
from paperdeck.site.cache import kept
from paperdeck.site.decks import decks
from paperdeck.site.front_matter import FrontMatter
from paperdeck.site.titles import read_heading
from paperdeck.site.works import find_work

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

    from paperdeck.site.works import Work

logger = logging.getLogger(__name__)

COVERS = "_images/covers"
"""Where the pictures of covers lie, and nothing else, from the root of the articles."""
NO_AUTHOR = "Author name not set"
"""What Sphinx calls the author of a project that names none."""


def list_citation_tags(work: Work) -> Iterator[tuple[str, str]]:
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


def list_sharing_tags(
    title: str, summary: str, author: str, address: str | None, picture: str | None, says: str
) -> Iterator[tuple[str, str]]:
    """Yield who made a page, and the Open Graph and Twitter names that a link to it is shown with.

    :param picture: where the picture lies; None where there is none
    :param says: what stands in the picture
    """
    if author:
        yield "author", author
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


def describe_page(title: str, front: FrontMatter, work: Work | None, address: str | None) -> dict[str, Any]:
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


def write_meta(name: str, content: str) -> str:
    """Return one element of a page's head."""
    kind = "property" if name.startswith("og:") else "name"
    return f'<meta {kind}="{escape(name)}" content="{escape(content)}">'


def explains(env: BuildEnvironment, docname: str) -> bool:
    """Tell whether a document is about a paper, or is a talk."""
    return bool(FrontMatter.of(env, docname).paper) or docname in decks(env)


def locate_picture(docname: str) -> str:
    """Return where the picture of a document's cover lies, from the root of the articles."""
    return f"{COVERS}/{docname}.png"


def find_picture_address(app: Sphinx, docname: str) -> str | None:
    """Return the public address of the picture of a document's cover.

    None where the site's address is not known, no picture can be written here, or the cover holds what the served
    family cannot write.
    """
    site: str = app.config.html_baseurl
    if not site or not can_convert() or banner(cover_of(app.env, docname)) is None:
        return None
    return f"{site.rstrip('/')}/{quote(locate_picture(docname))}"


def add_metadata(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Put a paper's metadata into the head of its article; into its deck's what a link to that is shown with."""
    if doctree is None or app.builder.name not in PARTNERS or not explains(app.env, pagename):
        return
    front, cover = FrontMatter.of(app.env, pagename), cover_of(app.env, pagename)
    title = read_heading(app.env.titles[pagename])
    work = find_work(app.env, front.paper) if front.paper else None
    author = front.presenter or ("" if app.config.author == NO_AUTHOR else app.config.author)
    address = public_article(app.builder, pagename)
    picture = find_picture_address(app, pagename)
    if app.builder.name in DECK_BUILDERS:  # what scholars and search engines want is the article
        canonical = f'<link rel="canonical" href="{escape(address)}">' if address else ""
        tags = list_sharing_tags(title, front.summary, author, None, picture, cover.text)
        context["metatags"] += "\n".join(("", *(write_meta(name, content) for name, content in tags), canonical))
        return
    tags = chain(
        list_sharing_tags(title, front.summary, author, address, picture, cover.text),
        list_citation_tags(work) if work else (),
    )
    # "<" would end the script in which the data stands
    data = json.dumps(describe_page(title, front, work, address), ensure_ascii=False).replace("<", "\\u003c")
    context["metatags"] += "\n".join(
        (
            "",
            *(write_meta(name, content) for name, content in tags),
            f'<script type="application/ld+json">{data}</script>',
        )
    )


def write_covers(app: Sphinx, exception: Exception | None) -> None:
    """Write the pictures that links to articles and decks are shown with, where the site's address is known."""
    if exception or app.builder.name not in ("html", "dirhtml") or not app.config.html_baseurl:
        return
    if not can_convert():
        logger.info("paperdeck: links to these pages show no picture without %s", CONVERTER)
        return
    written = set()
    for docname in sorted(name for name in app.env.found_docs if explains(app.env, name)):
        if svg := banner(cover_of(app.env, docname)):
            key = hashlib.sha256(write_out_styles(svg, "cover").encode()).hexdigest()[:16]
            file = kept(app.env, f"cover-{key}.png", partial(convert_to_png, svg, "cover", scale=1))
            target = Path(app.outdir, locate_picture(docname))
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
            written.add(target)
    for picture in {*Path(app.outdir, COVERS).rglob("*.png")} - written:  # of documents that are no more
        picture.unlink()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the handlers."""
    app.connect("html-page-context", add_metadata)
    app.connect("build-finished", write_covers)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
