"""The pages of an output as they are written: their HTML, ids and links, read without a browser."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

from paperdeck.checking.findings import Finding, Kind
from paperdeck.commands import Refused, explain_install

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

ADDRESSES = {
    "a": ("href",),
    "area": ("href",),
    "link": ("href",),
    "img": ("src",),
    "script": ("src",),
    "iframe": ("src",),
    "video": ("src", "poster"),
    "audio": ("src",),
    "source": ("src",),
    "track": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "image": ("href", "xlink:href"),
    "use": ("href", "xlink:href"),
}
"""Which attributes of which elements are addresses."""
FOLLOWED = ("a", "area")
"""What a reader follows; all else the page asks for by itself."""
ASKING_LINKS = {"stylesheet", "icon", "preload", "modulepreload", "prefetch", "preconnect", "dns-prefetch", "manifest"}
"""The kinds of ``link`` for which a browser asks."""
MOST_ERRORS = 20
"""The most faults of its markup that are told of one page: later ones follow from them."""


class Link(NamedTuple):
    """An address on a page."""

    address: str
    words: str
    """Of what a reader follows, or the name of the element that asks."""
    asks: bool
    """Whether the page asks for it by itself."""


@dataclass(frozen=True)
class Page:
    """What is written on a page."""

    path: Path
    is_deck: bool
    ids: Counter[str]
    links: tuple[Link, ...]
    errors: tuple[tuple[int, str], ...]
    """Line and what is wrong with the HTML there."""


def find_pages(folder: Path) -> list[Path]:
    """Return the pages below a folder; what lies in a folder with an underscore is no page of the site."""
    pages = (path for path in folder.rglob("*.html") if path.is_file())
    return sorted(path for path in pages if not any(part.startswith("_") for part in path.relative_to(folder).parts))


@cache
def read_page(path: Path) -> Page:
    """Return what is written on a page.

    Raises Refused: the parser is missing.
    """
    try:
        import html5lib
    except ModuleNotFoundError:
        raise Refused(f"reading the pages needs html5lib; install it: {explain_install('check')}") from None
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(path.read_bytes(), override_encoding="utf-8")
    errors = tuple((line, html5lib.constants.E[code] % values) for (line, _column), code, values in parser.errors)
    ids: Counter[str] = Counter()
    links: list[Link] = []
    is_deck = False
    for element in tree.iter():
        if not isinstance(element.tag, str):  # a comment
            continue
        if name := element.get("id"):
            ids[name] += 1
        if element.tag == "a" and (anchor := element.get("name")):
            ids.setdefault(anchor, 1)
        classes = (element.get("class") or "").split()
        is_deck = is_deck or ("slides" in classes and any(child.tag == "section" for child in element))
        links += _links_of(element)
    return Page(path, is_deck, ids, tuple(links), errors)


def _links_of(element: Element) -> Iterator[Link]:
    tag = element.tag.rpartition("}")[2]
    kinds = set((element.get("rel") or "").lower().split())
    if tag == "link" and kinds.isdisjoint(ASKING_LINKS):
        return
    for name in ADDRESSES.get(tag, ()):
        address = element.get(name) or element.get(f"{{http://www.w3.org/1999/xlink}}{name.rpartition(':')[2]}")
        if address and (address := address.strip()):
            followed = tag in FOLLOWED
            words = " ".join("".join(element.itertext()).split()) if followed else ""
            yield Link(address, words or f"<{tag}>", not followed)
            return


def check_page(path: Path, root: Path) -> Iterator[Finding]:
    """Yield what is wrong with a page as it is written.

    :param root: the output that it belongs to
    """
    page = read_page(path)
    lines = path.read_text("utf-8", "replace").splitlines() if page.errors else []
    # the first of each line: the others follow from it
    for line, message in [*dict(reversed(page.errors)).items()][: -MOST_ERRORS - 1 : -1]:
        written = lines[line - 1].strip()[:60] if 0 < line <= len(lines) else ""
        yield Finding(Kind.MARKUP, str(path), f"is no valid HTML (line {line}): {message}", written)
    for name, count in page.ids.items():
        if count > 1:
            yield Finding(Kind.DUPLICATE_ID, str(path), f"is the id of {count} elements", name, id=name)
    for link in page.links:
        yield from _check_link(page, link, root)


def _check_link(page: Page, link: Link, root: Path) -> Iterator[Finding]:
    try:
        parts = urlsplit(link.address)
    except ValueError:
        yield Finding(Kind.DEAD_LINK, str(page.path), "is no address", link.address, near=link.words)
        return
    if parts.scheme in ("http", "https") or parts.netloc:
        if link.asks:
            yield Finding(Kind.REQUEST, str(page.path), "is asked of another machine", link.address)
        return
    if parts.scheme or parts.path.startswith("/"):  # mail, data, a script; what a host has at its root
        return
    target = page.path
    if parts.path:
        target = Path(os.path.normpath(page.path.parent / unquote(parts.path)))
        if parts.path.endswith("/") or target.is_dir():
            target /= "index.html"
    near = "" if link.asks else link.words
    if not target.exists():
        if missing := _find_missing_output(target, root):
            message = "is not there, and links lead to pages in it; build it too, or check it with this one"
            yield Finding(Kind.DEAD_LINK, str(page.path), message, str(missing))
        else:
            yield Finding(Kind.DEAD_LINK, str(page.path), "leads to a file that is not there", link.address, near=near)
    elif parts.fragment and target.suffix == ".html" and not _has_place(read_page(target), parts.fragment):
        message = "leads to a page that has no such place"
        yield Finding(Kind.DEAD_LINK, str(page.path), message, link.address, near=near)


def _find_missing_output(target: Path, root: Path) -> Path | None:
    """Return the folder outside of an output that is missing as a whole."""
    if target.is_relative_to(root):
        return None
    missing = target
    while not missing.parent.exists():
        missing = missing.parent
    return missing if missing != target else None


def _has_place(page: Page, fragment: str) -> bool:
    """Tell whether a page has what a fragment names: an id, or a slide of a deck by its name or number."""
    name = unquote(fragment).partition(":~:")[0]
    if page.is_deck and name.startswith("/"):
        name = name.removeprefix("/").partition("/")[0]
        if name.isdigit():
            return True
    return name in ("", "top") or name in page.ids
