"""Print the Content-Security-Policy under which the pages of an output work.

Nothing but the site's own files is loaded; a script that stands in a page is allowed by its hash. Fails where a page
has what no policy of this kind allows.
"""

from __future__ import annotations

import base64
import hashlib
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from paperdeck.commands import Refused

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

DIRECTIVES = {
    "default-src": ("'none'",),
    "script-src": ("'self'",),
    "style-src": ("'self'", "'unsafe-inline'"),  # MathML, SVG and tables carry styles of their own
    "img-src": ("'self'", "data:"),
    "font-src": ("'self'",),
    "media-src": ("'self'",),
    "connect-src": ("'self'",),
    "frame-src": ("'self'",),  # the speaker's view shows the deck in frames
    "form-action": ("'self'",),  # the search
    "base-uri": ("'none'",),
}
"""What a page may load, and from where."""
PROGRAMS = frozenset({"", "module", "text/javascript", "application/javascript"})
"""The types of a script that runs; another holds data."""


class Scripts(HTMLParser):
    """The scripts and sounds of one page: where they come from, what stands in it, and what no policy lets run."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.hosts: set[str] = set()
        self.sounds: set[str] = set()
        """The hosts of what is heard or shown."""
        self.hashes: set[str] = set()
        self.refused: list[tuple[int, str]] = []
        self.inside: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a script, and attributes that would run."""
        attributes = {name: value or "" for name, value in attrs}
        for name, value in attributes.items():
            if name.startswith("on") or value.strip().lower().startswith("javascript:"):
                self.refused.append((self.getpos()[0], f"<{tag} {name}={value!r}>"[:80]))
        if tag in ("audio", "video", "source") and (address := urlsplit(attributes.get("src", ""))).netloc:
            self.sounds.add(f"{address.scheme or 'https'}://{address.netloc}")
        if tag == "script" and attributes.get("type", "").lower() in PROGRAMS:
            address = urlsplit(attributes.get("src", ""))
            if address.netloc:
                self.hosts.add(f"{address.scheme or 'https'}://{address.netloc}")
            elif "src" not in attributes:
                self.inside = []

    def handle_data(self, data: str) -> None:
        """Keep what stands in a script."""
        if self.inside is not None:
            self.inside.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Take the hash of a script that ends."""
        if tag == "script" and self.inside is not None:
            self.hashes.add(hash_script("".join(self.inside)))
            self.inside = None


def hash_script(text: str) -> str:
    """Return how a policy names a script that stands in a page."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def list_pages(folder: Path) -> list[Path]:
    """Return the pages of an output; below ``_static`` lie files of other packages, which no page of ours opens."""
    return [path for path in sorted(folder.rglob("*.html")) if "_static" not in path.relative_to(folder).parts]


def read_page(html: str) -> Scripts:
    """Return the scripts of a page."""
    page = Scripts()
    page.feed(html)
    page.close()
    return page


def write_policy(pages: Iterable[Scripts]) -> str:
    """Return the policy under which pages work."""
    read = list(pages)
    more = sorted({source for page in read for source in page.hosts | page.hashes})
    heard = sorted({host for page in read for host in page.sounds})
    directives = {
        **DIRECTIVES,
        "script-src": (*DIRECTIVES["script-src"], *more),
        "media-src": (*DIRECTIVES["media-src"], *heard),
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command is told."""
    default = Path("_build") / "site"
    parser.add_argument("folder", type=Path, nargs="?", default=default, help="what was built; _build/site by default")


def run(options: argparse.Namespace) -> int:
    """Print it; return 1 where a page has what it would not let run.

    Raises Refused: there is no page.
    """
    names = list_pages(options.folder)
    if not names:
        raise Refused(f"{options.folder} has no page; build first, or name the folder of what was built")
    pages = {name: read_page(name.read_text("utf-8")) for name in names}
    refused = [(name, line, what) for name, page in pages.items() for line, what in page.refused]
    for name, line, what in refused:
        print(f"{name}:{line}: {what} would not run under this policy", file=sys.stderr)
    print(write_policy(pages.values()))
    return 1 if refused else 0
