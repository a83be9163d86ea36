"""A page as one file: style sheets, scripts, faces and pictures in it."""

from __future__ import annotations

import html
import re
import string
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from paperdeck.exports.styles import as_data, choose_faces, find_file, flatten, put_files_in, take_faces

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
MONO = frozenset(("code", "pre", "kbd", "samp", "tt"))
ITALIC = frozenset(("em", "i", "cite", "dfn", "var", "mi"))
FILES = ("src", "poster", "data-src", "data-background-image", "data-background-video", "href", "xlink:href")
"""The attributes that name a file of a page."""
LEFT_OUT = frozenset(
    ("index", "search", "next", "prev", "prefetch", "preload", "author", "help", "copyright", "alternate")
)
"""The kinds of ``link`` that lead to other files."""
SPEAKER = "paperdeck-speaker"
"""The id of the speaker's view within a deck."""
ALONE = (
    ".sidebar-drawer, .related-pages, .mobile-header .nav-overlay-icon, .open-slide:not([href]), "
    ".paperdeck-actions > a:not([href]) { display: none !important; }"
)
"""What leads to other pages alone is not shown."""


class SinglePage(HTMLParser):
    """A page that is written again, word for word but for what it asks for."""

    def __init__(self, path: Path, addresses: Mapping[str, str | None]) -> None:
        super().__init__(convert_charrefs=False)
        self.path = path
        self.addresses = addresses
        self.written: list[str] = []
        self.faces: list[str] = []
        self.later: list[str] = []
        """Scripts that are to run when all is read."""
        self.open: list[str] = []
        self.used: dict[str, set[str]] = {
            "upright": set(string.printable.rstrip(string.whitespace)) | {" "},
            "italic": set(),
            "mono": set(),
        }
        self.lacks: list[str] = []
        self.skipping = False

    def handle_decl(self, decl: str) -> None:
        """Keep the type of the document."""
        self.written.append(f"<!{decl}>")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write an element, and what it asks for."""
        attributes = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)
        if tag == "link":
            self.write_link(attributes)
        elif tag == "script" and attributes.get("src"):
            self.write_script(attributes)
        elif tag == "iframe" and attributes.get("src"):
            self.write_frame(attributes)
        else:
            self.written.append(self.settle(tag, attributes))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write an element without content."""
        if tag == "link":
            self.write_link(dict(attrs))
        else:
            self.written.append(self.settle(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Write its end; that of the body comes after what is to run last."""
        while tag in self.open and self.open.pop() != tag:
            pass
        if tag in ("script", "iframe") and self.skipping:
            self.skipping = False
            return
        if tag == "body":
            self.written += self.later
        self.written.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Write text, and note its characters."""
        if not self.skipping:
            self.written.append(data)
        if not self.open or self.open[-1] not in ("script", "style"):
            self.note(data)

    def handle_entityref(self, name: str) -> None:
        """Write a character that has a name."""
        self.written.append(f"&{name};")
        self.note(html.unescape(f"&{name};"))

    def handle_charref(self, name: str) -> None:
        """Write a character that has a number."""
        self.written.append(f"&#{name};")
        self.note(html.unescape(f"&#{name};"))

    def note(self, text: str) -> None:
        """Note which characters are drawn in which type."""
        kind = "mono" if MONO & {*self.open} else "italic" if ITALIC & {*self.open} else "upright"
        self.used[kind] |= {character for character in text if character.isprintable()}

    def write_link(self, attributes: Mapping[str, str | None]) -> None:
        """Write a style sheet as what it says; leave out what leads to other files."""
        kinds = set((attributes.get("rel") or "").lower().split())
        file = find_file(attributes.get("href") or "", self.path.parent)
        if "stylesheet" in kinds and file:
            sheet, faces = take_faces(flatten(file))
            self.faces += faces
            media = attributes.get("media")
            self.written.append(f"<style{f' media={html.escape(media)!r}' if media else ''}>{sheet}</style>")
        elif not kinds & LEFT_OUT:
            self.written.append(self.settle("link", attributes))

    def write_script(self, attributes: Mapping[str, str | None]) -> None:
        """Write a script as what it says."""
        file = find_file(attributes["src"] or "", self.path.parent)
        if file is None:
            self.written.append(self.settle("script", attributes))
            return
        kept = {name: value for name, value in attributes.items() if name not in ("src", "defer", "async")}
        text = file.read_text("utf-8").replace("</script", "<\\/script").replace("<!--", "<\\!--")
        whole = f"{write_tag('script', kept)}{text}</script>"
        (self.later if "defer" in attributes or "async" in attributes else self.written).append(whole)
        self.skipping = True

    def write_frame(self, attributes: Mapping[str, str | None]) -> None:
        """Write a link in the place of another page, where that has a public address; else nothing."""
        source = attributes["src"] or ""
        address = self.addresses.get(source, source)
        self.lacks.append(source)
        if address and urlsplit(address).scheme in ("http", "https"):
            words = html.escape(attributes.get("title") or address)
            self.written.append(f"<p>{write_tag('a', {'href': address})}{words}</a></p>")
        self.skipping = True

    def settle(self, tag: str, attributes: Mapping[str, str | None]) -> str:
        """Return the start of an element with its files in it, and its link leading where it leads from elsewhere."""
        settled = dict(attributes)
        for name in FILES:
            address = attributes.get(name)
            if not address:
                continue
            if tag == "a":
                settled[name] = self.addresses.get(address, address)
                if settled[name] is None:
                    del settled[name]
            elif tag in ("embed", "object") or (tag == "script" and "//" in address):
                self.lacks.append(address)
            elif file := find_file(address, self.path.parent):
                settled[name] = as_data(file)
        if style := attributes.get("style"):
            settled["style"] = put_files_in(style, self.path.parent)
        settled.pop("srcset", None)
        return self.get_starttag_text() or "" if settled == attributes else write_tag(tag, settled)


def write_tag(tag: str, attributes: Mapping[str, str | None]) -> str:
    """Return the start of an element."""
    written = (name if value is None else f'{name}="{html.escape(value)}"' for name, value in attributes.items())
    return f"<{' '.join((tag, *written))}>"


def write_single(path: Path, addresses: Mapping[str, str | None], *, own_faces: bool = True) -> tuple[str, list[str]]:
    """Return a page as one file, and what is not in it.

    :param addresses: where its links lead from elsewhere
    :param own_faces: whether it has faces of its own
    """
    page = SinglePage(path, addresses)
    page.feed(path.read_text("utf-8"))
    page.close()
    text = "".join(page.written)
    faces = "\n".join(choose_faces(page.faces, page.used)) if own_faces else ""
    styles = f'<style id="paperdeck-faces">{faces}</style><style>{ALONE}</style>' if own_faces else ""
    return text.replace("</head>", f"{styles}</head>", 1), page.lacks


def write_single_deck(path: Path, root: Path, addresses: Mapping[str, str | None]) -> tuple[str, list[str]]:
    """Return a deck as one file, its speaker's view in it, and what is not in it.

    :param root: the folder of the output that it belongs to
    """
    text, lacks = write_single(path, addresses)
    view = root / "_static" / "speaker.html"
    if not view.is_file():
        return text, lacks
    speaker, _ = write_single(view, {}, own_faces=False)
    inert = re.sub(r"</(script)", r"<\\/\1", speaker)
    # before the scripts, which look for it
    return text.replace("<main", f'<script type="text/plain" id="{SPEAKER}">{inert}</script>\n<main', 1), lacks
