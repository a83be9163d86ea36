"""Where a page lies in the other output: article to deck, deck to article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from paperdeck.config import Config

if TYPE_CHECKING:
    from sphinx.builders import Builder

DECK_BUILDERS = ("revealjs", "dirrevealjs")

TEXT_END = ".html.md"
"""How the names of pages end as Markdown."""

PARTNERS = {
    "html": "revealjs",
    "singlehtml": "revealjs",
    "dirhtml": "dirrevealjs",
    "revealjs": "html",
    "dirrevealjs": "dirhtml",
}
"""The builder of the other output, whose folder lies beside ours unless conf.py says otherwise."""


def page_of(docname: str, folders: bool, suffix: str = ".html") -> str:
    """Return the address of a document's page from the root of an output: a file, or a folder as dirhtml makes it."""
    if not folders:
        return quote(docname + suffix)
    if docname == "index":
        return ""
    return quote(docname.removesuffix("/index") + "/")


def text_of(docname: str) -> str:
    """Return the address of a page as Markdown: that of its file with ``.md`` at the end, as llmstxt.org proposes."""
    return docname + TEXT_END


def name_of(docname: str) -> str:
    """Return what the files are called that are made of a document: the last part of its name that tells anything.

    A length of a deck has its minutes at the end.
    """
    return re.sub(r"/index(?=-\d+$|$)", "", docname).rpartition("/")[2]


def pdf_of(page: str, docname: str, is_deck: bool) -> str:
    """Return the address of the PDF that lies beside a page.

    :param page: the address of the page of ``docname``, as a deck or as an article
    """
    return page[: page.rfind("/") + 1] + quote(name_of(docname)) + ("-slides.pdf" if is_deck else ".pdf")


def other_root(builder: Builder) -> str | None:
    """Return the address of the other output's root from our own; None for a builder that has no other output."""
    partner = PARTNERS.get(builder.name)
    if partner is None:
        return None
    values = Config.of(builder.config)
    chosen = values.article_url if builder.name in DECK_BUILDERS else values.deck_url
    return chosen or f"../{partner}/"


def root_from(builder: Builder, docname: str) -> str | None:
    """Return the address of the other output's root as written on a document's page."""
    root = other_root(builder)
    if root is None or "://" in root or root.startswith("/"):
        return root
    return "../" * builder.get_target_uri(docname).split("#")[0].count("/") + root


def other_output(builder: Builder, docname: str, anchor: str = "", *, page: str | None = None) -> str | None:
    """Return the address of a document in the other output, as written on its own page or on ``page``.

    :param page: the document on whose page the link stands, where it is not ``docname`` itself
    :return: an address, or None for a builder that has no other output
    """
    root = root_from(builder, page or docname)
    if root is None:
        return None
    suffix = builder.config.html_file_suffix or ".html"
    target = page_of(docname, PARTNERS[builder.name].startswith("dir"), suffix)
    return root + target + (f"#{anchor}" if anchor else "")


def address_of_cut(address: str, minutes: int, suffix: str = ".html") -> str:
    """Return where the deck of a shorter talk lies: beside the whole, as ``index-5.html``."""
    folder, slash, name = address.rpartition("/")
    return f"{folder}{slash}{(name or 'index').removesuffix(suffix)}-{minutes}{suffix}"


def public_article(builder: Builder, docname: str) -> str | None:
    """Return the address under which an article is read from anywhere; None where the site's is not known."""
    own = other_output(builder, docname) if builder.name in DECK_BUILDERS else None
    if own and "://" in own:
        return own
    site: str = builder.config.html_baseurl
    if not site:
        return None
    folders = PARTNERS.get(builder.name, builder.name).startswith("dir")
    return f"{site.rstrip('/')}/{page_of(docname, folders, builder.config.html_file_suffix or '.html')}"
