"""The text of a paper in HTML or Markdown, with the headings, captions and tables that the file marks."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from paperdeck.evidence.cleaning import clean_formulas, clean_maths, clean_text
from paperdeck.evidence.places import Kind, Piece, Place, read_caption

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bs4 import Tag

FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
NO_TEXT = "script, style, nav, header, footer, template, annotation, annotation-xml, head, .ltx_tag_equation"
TABLES = {".ltx_tabular": "table", ".ltx_tr": "tr", ".ltx_td, .ltx_th": "td"}
"""What LaTeXML, and so arXiv, calls the parts of a table that stands within a line."""
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = ("p", "li", "dd", "dt", "pre", "blockquote", "address", "summary")
HOLDERS = ("div", "section", "article", "main", "body", "html", "figure", "ul", "ol", "dl", "details", "center", "span")
PARTS = frozenset((*HEADINGS, *BLOCKS, *HOLDERS, "table", "figcaption", "caption"))
"""What begins a piece of its own; anything else is a part of the running text."""


def read_markdown(text: str) -> list[Piece]:
    """Return the pieces of a paper in Markdown, HTML tables and formulas between dollars among them."""
    from markdown_it import MarkdownIt

    text = FRONT_MATTER.sub("", text.replace("\r\n", "\n"))
    # an escaped formula, or its underscores would be emphasis and its “<” a tag
    parts = re.split(r"(<table.*?</table>)", clean_formulas(text), flags=re.DOTALL | re.IGNORECASE)
    text = "".join(part if part[:6].lower() == "<table" else part.replace("_", "\\_") for part in parts)
    return read_html(MarkdownIt("commonmark", {"html": True}).enable("table").render(text))


def read_html(text: str) -> list[Piece]:
    """Return the pieces of a paper in HTML."""
    from bs4 import BeautifulSoup

    page = BeautifulSoup(text, "html.parser")
    for element in page.select(NO_TEXT):
        element.decompose()
    for details in page.select("img + details, p:has(> img) + details"):
        details.decompose()  # what a converter believes to see in a figure, and no text of the paper
    for selector, name in TABLES.items():
        for element in page.select(f"span:is({selector})"):
            element.name = name
    for maths in page.select("math"):
        maths.replace_with(f" {clean_maths(str(maths.get('alttext') or maths.get_text(' ')))} ")
    for lowered in page.select("sub"):
        if lowered.previous_sibling and lowered.previous_sibling.get_text()[-1:].isdigit():
            lowered.insert(0, "_")  # or a number would go on in what stands below it
    for end in page.select("br"):
        end.replace_with("\n")
    for raised in page.select("sup"):
        raised.replace_with(f"^{raised.get_text()}")
    return list(_read(page))


def _read(element: Tag, place: Place | None = None) -> Iterator[Piece]:
    """Yield the pieces of an element.

    :param place: the table or figure that it stands in
    """
    from bs4 import Tag

    loose: list[str] = []
    for child in element.children:
        name = child.name if isinstance(child, Tag) else ""
        if name not in PARTS:
            loose.append(child.get_text())
            continue
        yield from _prose(loose, place)
        if not isinstance(child, Tag):
            continue
        if name in HEADINGS:
            yield Piece(Kind.HEADING, _text(child), level=int(name[1]))
        elif name == "table" and not child.find("math") and "eqn" not in " ".join(child.get("class") or []):
            yield from _read_table(child, place)
        elif name in ("figcaption", "caption"):
            yield Piece(Kind.CAPTION, _text(child), float=place)
        elif name in BLOCKS:
            if child.find(BLOCKS) or child.find("table"):
                yield from _read(child, place)
            else:
                yield from _prose([child.get_text()], place)
        else:
            captions = child.find_all(["figcaption", "caption"]) if name == "figure" else []
            caption = next((found for found in captions if found.find_parent("figure") is child), None)
            yield from _read(child, (caption and read_caption(_text(caption))) or place)
    yield from _prose(loose, place)


def _read_table(table: Tag, place: Place | None) -> Iterator[Piece]:
    """Yield the caption and the cells of a table, a row a line."""
    caption = table.find("caption")
    if caption:
        place = read_caption(_text(caption)) or place
        yield Piece(Kind.CAPTION, _text(caption), float=place)
    rows = [" | ".join(_text(cell) for cell in row.find_all(["td", "th"])) for row in table.find_all("tr")]
    yield Piece(Kind.TABLE, "\n".join(rows), float=place)


def _text(element: Tag) -> str:
    return re.sub(r"\s+", " ", clean_text(clean_formulas(html.unescape(element.get_text()))))


def _prose(loose: list[str], place: Place | None) -> Iterator[Piece]:
    text = clean_text(clean_formulas("".join(loose)))
    loose.clear()
    if text:
        yield Piece(Kind.PROSE, re.sub(r"\s+", " ", text), float=place)
