"""Pictures that are none: what an author puts as a picture and a browser shows as a broken one."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from docutils import nodes

from paperdeck.files import is_folder
from paperdeck.messages import Subtype, warn

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

DRAWINGS = frozenset({".ai", ".eps", ".heic", ".pdf", ".ps", ".tif", ".tiff"})
"""What the name of a drawing ends in that no browser shows."""
FILMS = frozenset({".avi", ".flv", ".mkv", ".mpeg", ".mpg", ".wmv"})
"""What the name of a clip ends in that no browser plays."""
PAGES = frozenset({".htm", ".html", ".ipynb", ".md", ".rst", ".tex", ".txt", ".xhtml"})
PAPERS = frozenset({".csv", ".doc", ".docx", ".json", ".key", ".odp", ".odt", ".ppt", ".pptx", ".xls", ".xlsx", ".zip"})
"""What the name of a document of another program ends in."""
_SITES = re.compile(
    r"(?:(?:www\.|m\.)?(?:youtube(?:-nocookie)?\.com|youtu\.be|bilibili\.com|dailymotion\.com|loom\.com|ted\.com"
    r"|slideshare\.net|speakerdeck\.com|x\.com|twitter\.com)|(?:player\.)?vimeo\.com|colab\.research\.google\.com)/"
    r"|(?:www\.)?(?:arxiv\.org/(?:abs|pdf)|openreview\.net/forum|(?:unsplash|flickr)\.com/photos)\b"
    r"|arxiv\.org/html/(?!.*\.(?:gif|jpe?g|png|svg|webp)\?)"  # the pictures of a paper lie beside its page
    r"|docs\.google\.com/(?:document|presentation|spreadsheets)/(?!.*(?:/export/|\bformat=image))"
    r"|drive\.google\.com/(?:file|drive)/"
    r"|(?:[a-z-]+\.wikipedia|commons\.wikimedia)\.org/wiki/(?!Special:)"
    r"|huggingface\.co/(?:spaces/(?!.*/resolve/)|[^/]+/[^/]+/blob/)"
    r"|imgur\.com/[^.?]*\?|github\.com/[^/?]+/[^/?]+/?\?|github\.com/[^?]*/(?:blob|tree|issues|pull)/(?!.*[?&]raw=)",
    re.IGNORECASE,
)
"""Addresses of pages, also where they end as a picture does: a file shown by its host, a film with its player."""


def explain_no_picture(uri: str) -> str:
    """Return why an address is that of no picture, and what to write instead; nothing where it may be one."""
    parts = urlsplit(uri)
    remote = parts.scheme in ("http", "https")
    path = PurePosixPath(unquote(parts.path))
    end = path.suffix.lower()
    if end == ".mmd":
        return f"“{path.name}” is a diagram; write ```{{mermaid}} {path}``` in the place of this picture"
    if end in FILMS:
        return f"no browser plays “{path.name}”; make an MP4 of it, and name that"
    site = f"{parts.netloc}{parts.path}?{parts.query}"
    is_home = parts.path in ("", "/") and not parts.query  # what draws pictures may be asked at its root
    if remote and (is_home or end in PAGES or _SITES.match(site)):
        return f"“{uri}” is a page, and no picture; write a link, [words]({uri}), or show a file of the project"
    if end in PAGES | PAPERS:
        return f"“{path.name}” is no picture; make an SVG or a PNG of what it shows, or write a link, [words]({uri})"
    if end in DRAWINGS:
        return f"no browser shows “{path.name}” as a picture; make an SVG or a PNG of it, and name that"
    return ""


def _explain_file(uri: str, path: Path) -> str:
    """Return why a file of the project shows nothing."""
    if not uri.strip():
        return "a picture has no file; write its name, ![what it shows](picture.svg), or take it away"
    if is_folder(path):
        return f"“{uri}” is a folder, and no picture; name a file in it"
    return ""


def replace_no_picture(picture: nodes.image, env: BuildEnvironment) -> None:
    """Put a link or words in the place of a picture that is none.

    Warns ``paperdeck.markup``: what it is, and what to write instead.
    """
    uri = picture["uri"]
    wrong = explain_no_picture(uri)
    if not wrong and "://" not in uri:
        wrong = _explain_file(uri, Path(env.relfn2path(uri, env.docname)[1]))
    if not wrong:
        return
    warn(Subtype.MARKUP, "%s", wrong, location=picture)
    if PurePosixPath(uri).suffix.lower() in DRAWINGS:
        return  # which other outputs may show
    words = picture.get("alt", "").strip() or uri
    linked = "://" in uri and not isinstance(picture.parent, nodes.reference)
    shown = nodes.reference("", words, refuri=uri) if linked else nodes.inline("", words)
    inside = isinstance(picture.parent, nodes.TextElement)
    picture.replace_self(shown if inside else nodes.paragraph("", "", shown))
