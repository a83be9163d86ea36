"""The decks and articles in what was built, read without a browser, and where their links lead from elsewhere."""

from __future__ import annotations

import os
import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urljoin, urlsplit

from paperdeck.addresses import name_of
from paperdeck.commands import Refused

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence

BUILT = (Path("_build/html"), Path("_build/revealjs"))
"""What is exported where no folder is named."""


class PageReader(HTMLParser):
    """What a page says of itself, and the addresses of its links and frames."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.language = ""
        self.title = ""
        self.metadata: dict[str, str] = {}
        self.canonical = ""
        self.static = ""
        """The address of ``_static`` with its slash."""
        self.links: dict[str, None] = {}
        self.is_deck = False
        self.in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element says."""
        attributes = {name: value or "" for name, value in attrs}
        match tag:
            case "html":
                self.language = attributes.get("lang", "")
            case "title" if not self.title:
                self.in_title = True
            case "meta":
                self.metadata[attributes.get("name") or attributes.get("property", "")] = attributes.get("content", "")
            case "link" if attributes.get("rel") == "canonical":
                self.canonical = attributes.get("href", "")
            case "link" if attributes.get("rel") == "stylesheet" and not self.static:
                before, found, _ = attributes.get("href", "").partition("_static/")
                self.static = before + found
            case "a" if "href" in attributes:
                self.links[attributes["href"]] = None
            case "iframe" if "src" in attributes:
                self.links[attributes["src"]] = None
            case "div" if attributes.get("class") == "slides":
                self.is_deck = True

    def handle_data(self, data: str) -> None:
        """Keep the title."""
        if self.in_title:
            self.title += data

    def handle_endtag(self, tag: str) -> None:
        """End the title."""
        if tag == "title":
            self.in_title = False


@dataclass(frozen=True)
class Page:
    """A deck or an article."""

    path: Path
    root: Path
    """The folder of the output that it belongs to."""
    is_deck: bool
    title: str
    """What it is called, without the name of the site."""
    author: str
    language: str
    links: Mapping[str, str | None] = field(default_factory=dict, compare=False)
    """The links and frames of the page, and where each leads from elsewhere; None where that is not known."""

    @property
    def document(self) -> str:
        """The name of its document."""
        return self.path.relative_to(self.root).with_suffix("").as_posix()


def read_page(path: Path) -> Page | None:
    """Return the deck or article of a file; None for any other page."""
    reader = PageReader()
    reader.feed(path.read_text("utf-8"))
    reader.close()
    if reader.metadata.get("og:type") != "article":
        return None
    root = Path(os.path.normpath(path.parent / reader.static)).parent if reader.static else path.parent
    whole = path.with_name(re.sub(r"-\d+(?=\.html$)", "", path.name))  # of which this may be a length
    own = whole if reader.is_deck and whole.is_file() else path
    articles = find_articles(own, root) if reader.is_deck else root
    site = find_site(own.relative_to(root).as_posix(), reader.canonical)
    return Page(
        path,
        root,
        reader.is_deck,
        reader.metadata.get("og:title") or reader.title.strip(),
        reader.metadata.get("author", ""),
        reader.language,
        {link: find_address(link, path, articles, site) for link in reader.links},
    )


def find_articles(path: Path, root: Path) -> Path:
    """Return the folder of the articles that a deck belongs to: above its own, or beside it.

    :param root: the folder of the decks
    """
    own = path.relative_to(root)
    beside = (root.parent, root.parent / "html", root.parent / "dirhtml")
    return next((folder for folder in beside if (folder / own).is_file()), root)


def find_site(own: str, canonical: str) -> str:
    """Return the public address of a site.

    :param own: where a page lies in its output
    :param canonical: the public address of its article
    :return: empty where none is known
    """
    for end in (quote(own), quote(own.removesuffix("index.html"))):
        if canonical.endswith("/" + end):
            return canonical.removesuffix(end)
    return ""


def find_address(link: str, path: Path, articles: Path, site: str) -> str | None:
    """Return where a link of a page leads from elsewhere.

    :param articles: the folder of the articles
    :param site: their public address; empty where it is not known
    :return: None where it leads to a file whose public address is not known
    """
    parts = urlsplit(link)
    if parts.scheme or parts.netloc or not parts.path:
        return link
    target = Path(os.path.normpath(path.parent / unquote(parts.path)))
    if not site or not target.is_relative_to(articles):
        return None
    slash = "/" if parts.path.endswith("/") else ""
    anchor = f"#{parts.fragment}" if parts.fragment else ""
    return urljoin(site, quote(target.relative_to(articles).as_posix()) + slash) + anchor


def find_pages(folders: Sequence[Path]) -> list[Page]:
    """Return the decks and articles in folders, decks first.

    Raises Refused: a folder is not there, or there is none in it.
    """
    if missing := [folder for folder in folders if not folder.is_dir()]:
        raise Refused(f"there is no folder {missing[0]}; build it first: python -m paperdeck build")
    paths = [
        path
        for folder in folders
        for path in sorted(folder.rglob("*.html"))
        if not any(part.startswith("_") for part in path.relative_to(folder).parts)
    ]
    found = [page for path in paths if (page := read_page(path))]
    if not found:
        raise Refused(f"{folders[0]} holds neither deck nor article of a paper; name what a builder wrote")
    return sorted(found, key=lambda page: not page.is_deck)


def name_pages(pages: Sequence[Page]) -> dict[Path, str]:
    """Return what the exports of each page are called: with as much of its document's name as tells them apart.

    A deck and its article have one name.
    """
    names = {page.document: name_of(page.document) for page in pages}
    often = Counter(names.values())
    whole = {name: name.replace("/", "-") if often[short] > 1 else short for name, short in names.items()}
    return {page.path: whole[page.document] for page in pages}


def choose_folders(folders: Sequence[Path]) -> list[Path]:
    """Return the folders that were named, else those that a build has written here."""
    return list(folders) or [folder for folder in BUILT if folder.is_dir()] or [BUILT[1]]


def add_folders(parser: argparse.ArgumentParser) -> None:
    """Add what every export is told: what was built, and where to write."""
    parser.add_argument(
        "folders",
        nargs="*",
        type=Path,
        metavar="DIR",
        help="what a builder has written; _build/html and _build/revealjs by default",
    )
    parser.add_argument("--out", type=Path, help="where to write; a folder “exports” beside DIR by default")
    parser.add_argument("--only", default="", help="the decks and articles alone whose path holds this")


def choose_pages(options: argparse.Namespace) -> tuple[list[Page], Path]:
    """Return the pages that are asked for, and the folder to write to.

    Raises Refused: there is none.
    """
    folders = choose_folders(options.folders)
    pages = [page for page in find_pages(folders) if options.only in str(page.path)]
    if not pages:
        raise Refused(f"no deck or article holds {options.only!r} in its path")
    out: Path = options.out or folders[0].resolve().parent / "exports"
    out.mkdir(parents=True, exist_ok=True)
    return pages, out


def choose_decks(options: argparse.Namespace) -> tuple[list[Page], Path]:
    """Return the decks that are asked for, and the folder to write to.

    Raises Refused: there is none.
    """
    pages, out = choose_pages(options)
    if decks := [page for page in pages if page.is_deck]:
        return decks, out
    raise Refused(
        f"there is no deck in {', '.join(map(str, choose_folders(options.folders)))}; name what a deck builder wrote"
    )
