"""A paper's own text, whatever file it comes in: its blocks with their places, and what tells one text from another."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperdeck.commands import explain_install
from paperdeck.evidence.cleaning import clean_formulas, clean_text
from paperdeck.evidence.markup import read_html, read_markdown
from paperdeck.evidence.pdf import UnreadablePaper, read_pdf
from paperdeck.evidence.places import Block, Kind, Piece, find_headings, lay_out
from paperdeck.evidence.tex import read_tex

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 200_000_000
"""Bytes of a file."""


@dataclass(frozen=True)
class Paper:
    """The text of one paper."""

    kind: str
    """PDF, LaTeX, HTML, Markdown or text."""
    sha256: str
    pages: int
    """0 where the text has none."""
    blocks: tuple[Block, ...]


def read_paper(path: Path) -> Paper:
    """Return the text of a file, folder or archive.

    Raises UnreadablePaper: there is none, or it holds no text; the message says what to do.
    """
    if not path.exists():
        raise UnreadablePaper("there is no such file; name the PDF, the TeX source, the HTML or the text of the paper")
    if path.is_file() and path.stat().st_size > LARGEST:
        raise UnreadablePaper(f"the file is larger than {LARGEST // 1_000_000} MB; name the paper alone")
    kind = _tell_kind(path)
    try:
        pieces = _read_pieces(path, kind)
    except ModuleNotFoundError as error:
        message = f"reading {kind} needs the package {error.name}; install it: {explain_install('verify')}"
        raise UnreadablePaper(message) from None
    except RecursionError:
        raise UnreadablePaper("its parts lie too deep in one another; name the paper in another form") from None
    if not any(piece.text for piece in pieces):
        raise UnreadablePaper("it holds no text; name the PDF, the TeX source, the HTML or the text of the paper")
    pages = max((piece.page for piece in pieces), default=0)
    return Paper(kind, _digest(path), pages, tuple(lay_out(pieces)))


def _tell_kind(path: Path) -> str:
    if path.is_dir() or path.name.endswith((".tex", ".tar", ".tar.gz", ".tgz")):
        return "LaTeX"
    with path.open("rb") as file:
        start = file.read(1024)
    if start.startswith(b"%PDF"):
        return "PDF"
    if start.startswith(b"\x1f\x8b"):  # arXiv gives archives without a suffix
        return "LaTeX"
    if path.suffix.lower() in (".html", ".htm", ".xhtml") or re.match(
        rb"\s*<(?:!doctype html|html)", start, re.IGNORECASE
    ):
        return "HTML"
    return "Markdown" if path.suffix.lower() in (".md", ".markdown") else "text"


def _read_pieces(path: Path, kind: str) -> list[Piece]:
    if kind == "PDF":
        return read_pdf(path)
    if kind == "LaTeX":
        return read_tex(path)
    content = path.read_bytes()
    if b"\0" in content:
        raise UnreadablePaper("it is no text; name the PDF, the TeX source, the HTML or the text of the paper")
    text = content.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    if kind == "HTML":
        return read_html(text)
    return read_markdown(text) if kind == "Markdown" else read_plain(text)


def read_plain(text: str) -> list[Piece]:
    """Return the pieces of a plain text: paragraphs between empty lines, pages between form feeds."""
    pages = text.split("\f")
    pieces = [
        Piece(
            Kind.TABLE if is_table(paragraph) else Kind.PROSE,
            cleaned,
            number if len(pages) > 1 else 0,
        )
        for number, page in enumerate(pages, 1)
        for paragraph in re.split(r"\n\s*\n", page)
        if (cleaned := clean_text(clean_formulas(paragraph)))
    ]
    return list(find_headings(pieces))


def is_table(paragraph: str) -> bool:
    """Tell whether the lines of a plain text have columns: gaps of several spaces, tabs or bars."""
    lines = [line.strip() for line in paragraph.strip().splitlines()]
    return len(lines) > 0 and sum(bool(re.search(r"\S(?: {2,}|\t| \| )\S", line)) for line in lines) > len(lines) / 2


def _digest(path: Path) -> str:
    """Return the SHA-256 of a file; of a folder, that of its TeX files by name."""
    if path.is_file():
        return hashlib.sha256(path.read_bytes()).hexdigest()
    whole = hashlib.sha256()
    for file in sorted(path.rglob("*.tex")):
        whole.update(f"{file.relative_to(path)}\0".encode() + file.read_bytes())
    return whole.hexdigest()
