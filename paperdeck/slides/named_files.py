"""Files that HTML in the text names: those of the project come with the page, and one that is not there is told."""

from __future__ import annotations

import re
from html import escape, unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, unquote, urlsplit

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.osutil import relative_uri

from paperdeck.files import is_file
from paperdeck.messages import Subtype, warn
from paperdeck.slides.markup import is_ours, read_tags
from paperdeck.trees import find_all
from paperdeck.upstream import builder_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

SHOWN = frozenset({"audio", "embed", "iframe", "img", "input", "object", "source", "track", "video"})
"""The elements that show a file; the other that names one is a link."""
MADE = ("_static", "_images", "_downloads", "_sources")
"""Folders of the output that no author fills by hand."""
PAGES = frozenset({"", ".htm", ".html"})
"""How a link to a page of the site may end, which is in the output alone."""

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""\s(?P<name>src|href|poster|data)\s*=\s*(?P<value>"[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE
)


class Named(NamedTuple):
    """A file that an element names."""

    element: str
    written: str
    """The attribute's value, with its quotes, as it stands in the text."""
    path: str
    """Without what follows a question mark or a number sign."""
    rest: str


def find_names(html: str) -> Iterator[Named]:
    """Yield what the elements of HTML name that is no address."""
    for tag in read_tags(html):
        if tag.is_end or (tag.name not in SHOWN and tag.name != "a"):
            continue
        for attribute in _ATTRIBUTE.finditer(tag.text):
            value = unescape(attribute["value"].strip("\"'")).strip()
            parts = urlsplit("" if _ADDRESS.match(value) else value)
            if parts.path and (attribute["name"].lower() == "href") == (tag.name == "a"):
                yield Named(tag.name, attribute["value"], unquote(parts.path), value[len(parts.path) :])


class NamedFiles(SphinxTransform):
    """HTML whose files are noted, in documents of ours; ``files`` of a node has them by their names in it.

    Warns ``paperdeck.markup``: a file that is not there.
    """

    default_priority = 770  # after WholeMarkup (760), which shows as text what is no HTML

    def apply(self, **kwargs: Any) -> None:
        """Look at each piece of HTML."""
        if not is_ours(self.document, self.env):
            return
        for node in find_all(self.document, nodes.raw):
            if "html" not in node["format"].split():
                continue
            files: dict[str, tuple[str, str]] = {}
            for named in find_names(node.astext()):
                relative, path = self.env.relfn2path(named.path, self.env.docname)
                if is_file(Path(path)) and not relative.startswith(".."):
                    self.env.note_dependency(relative)
                    files[named.written] = (str(self.env.dlfiles.add_file(self.env.docname, relative)), named.rest)
                elif self.is_missing(named, relative):
                    warn(
                        Subtype.MARKUP,
                        "<%s> names the file %r, which is not there; write its path from this document, "
                        "or from the source directory with a leading “/”",
                        named.element,
                        named.path,
                        location=node,
                    )
            if files:
                node["files"] = files

    def is_missing(self, named: Named, relative: str) -> bool:
        """Tell whether a file that the project does not have is in no output either."""
        if named.path.startswith("/") or relative.partition("/")[0] in MADE:
            return False
        if named.element == "a" and Path(named.path).suffix.lower() in PAGES:
            return False
        extra = (Path(self.env.srcdir, folder) for folder in self.config.html_extra_path)
        return not any(is_file(folder / relative) for folder in extra)


class PicturesByName(SphinxTransform):
    """Pictures that are called as their files are: MyST leaves spaces in escapes, and docutils leaves them out."""

    default_priority = 10  # before whatever looks at pictures

    def apply(self, **kwargs: Any) -> None:
        """Write the name of each whose file is not found otherwise."""
        if not is_ours(self.document, self.env):
            return
        for picture in find_all(self.document, nodes.image):
            if "://" not in picture["uri"] and not is_file(path := self.find_path(picture["uri"])):
                picture["uri"] = self.find_name(picture["uri"], path.parent)

    def find_name(self, name: str, folder: Path) -> str:
        """Return the name of the file of a folder that was meant; the name itself where there is none."""
        if is_file(self.find_path(written := unquote(name))):
            return written
        before, slash, last = name.rpartition("/")
        alike = [file.name for file in folder.glob("* *") if "".join(file.name.split()) == last]
        return f"{before}{slash}{alike[0]}" if len(alike) == 1 else name

    def find_path(self, name: str) -> Path:
        """Return where a file of a name lies."""
        return Path(self.env.relfn2path(name, self.env.docname)[1])


class FilesBesidePages(SphinxPostTransform):
    """HTML that names the copies of its files in the output."""

    formats = ("html",)
    default_priority = 90  # before pictures are collected (100)

    def run(self, **kwargs: Any) -> None:
        """Write the addresses from this page."""
        builder = builder_of(self.env)
        if builder.name == "epub":  # which copies no downloads
            return
        folder = relative_uri(builder.get_target_uri(self.env.docname), "_downloads")
        for node in find_all(self.document, nodes.raw):
            files: dict[str, tuple[str, str]] = node.get("files", {})
            text = node.astext()
            for written, (copy, rest) in files.items():
                text = text.replace(f"={written}", f'="{escape(f"{folder}/{quote(copy)}{rest}")}"')
            if files:
                node.children = [nodes.Text(text)]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the transforms."""
    app.add_transform(PicturesByName)
    app.add_transform(NamedFiles)
    app.add_post_transform(FilesBesidePages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
