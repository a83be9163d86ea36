"""The server: what was built, each page with a script that shows it anew, and a stream of what happens."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections import Counter
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import FileResponse, HTMLResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from paperdeck.outputs.report import shorten_path

if TYPE_CHECKING:
    import os
    from collections.abc import AsyncIterator, Sequence

    from starlette.requests import Request
    from starlette.types import Scope

    from paperdeck.outputs.report import Message

OURS = Path(__file__).parents[1] / "theme" / "live"
PREFIX = "/-live/"
DECKS = "/slides/"
"""Where the decks lie."""
SHOWN = 40
"""So many messages are shown in a page; the terminal has them all."""
FRESH = {"Cache-Control": "no-cache"}
"""A browser asks before it shows what it has."""


class State:
    """What there is to see: the pages, what is wrong, and whether something is built just now."""

    def __init__(self, source: Path, folder: Path) -> None:
        self.source = source
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.messages: Sequence[Message] = ()
        self.busy = True
        self.failed = False
        self.closed = False
        self.files = ""
        self.contents: dict[Path, tuple[tuple[int, int], bytes]] = {}
        self.changed = asyncio.Event()
        self.followed: Counter[str] = Counter()
        """The addresses of the pages that somebody looks at."""

    @property
    def shows_decks(self) -> bool:
        """Whether all that is looked at are decks."""
        followed = +self.followed
        return bool(followed) and all(address.startswith(DECKS) for address in followed)

    def tell(self) -> None:
        """Wake all who wait for news."""
        self.changed.set()
        self.changed = asyncio.Event()

    def close(self) -> None:
        """End all streams."""
        self.closed = True
        self.tell()

    def stamp_files(self) -> None:
        """Note what lies beside the pages: style sheets, scripts, pictures; many are written as they were."""
        digest = hashlib.sha256()
        for folder in ("_static", "_images", "_downloads"):
            for top in (self.folder, self.folder / "slides"):
                for path in sorted((top / folder).rglob("*")):
                    digest.update(f"{path}".encode() + self.digest_file(path))
        self.files = digest.hexdigest()

    def digest_file(self, path: Path) -> bytes:
        """Return a hash of what a file holds, which is read where it was written since; none of what is no file."""
        status = path.stat()
        written = status.st_mtime_ns, status.st_size
        known, digest = self.contents.get(path, (None, b""))
        if known != written and path.is_file():
            digest = hashlib.sha256(path.read_bytes()).digest()
            self.contents[path] = written, digest
        return digest

    def version(self, address: str) -> str:
        """Return what the page at an address is made of; empty where there is none."""
        path = self.folder / address.lstrip("/")
        path = path / "index.html" if address.endswith("/") else path
        if not path.resolve().is_relative_to(self.folder.resolve()) or not path.is_file():
            return ""
        return hashlib.sha256(path.read_bytes() + self.files.encode()).hexdigest()[:16]

    def describe(self, address: str) -> dict[str, Any]:
        """Return what a page has to know."""
        return {
            "version": self.version(address),
            "busy": self.busy,
            "failed": self.failed,
            "messages": [self.describe_message(message) for message in self.messages[:SHOWN]],
            "more": max(0, len(self.messages) - SHOWN),
        }

    def describe_message(self, message: Message) -> dict[str, Any]:
        """Return a message, its file as an author knows it."""
        return {"file": shorten_path(message.file, self.source), "line": message.line, "text": message.text}

    async def follow(self, address: str) -> AsyncIterator[str]:
        """Yield how it stands, now and whenever it is otherwise, as events of a stream."""
        self.followed[address] += 1
        try:
            while not self.closed:
                changed = self.changed
                yield f"data: {json.dumps(self.describe(address))}\n\n"
                await changed.wait()
        finally:
            self.followed[address] -= 1


class Pages(StaticFiles):
    """What was built; a page comes with our script, which is in no file."""

    def __init__(self, state: State) -> None:
        super().__init__(directory=state.folder, html=True, check_dir=False)
        self.state = state

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file, or a page that waits for the one that is not there yet."""
        try:
            return await super().get_response(path, scope)
        except HTTPException as error:
            if error.status_code != 404 or Path(path).suffix not in ("", ".html"):
                raise
            return HTMLResponse(add_script(self.missing_page(), ""), 404, FRESH)

    def missing_page(self) -> str:
        """Return the page for an address where there is none."""
        title, says = "There is no such page", "It may have been renamed or removed."
        if self.state.busy:
            title, says = "Just a moment", "This page is shown as soon as it is built."
        ways = f'<p><a href="/">The articles</a>, <a href="{DECKS}">the decks</a></p>'
        return f"<!doctype html><html lang=en><head><title>{title}</title></head><h1>{title}</h1><p>{says}</p>{ways}"

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """Return a file; a page with the script."""
        path = Path(full_path)
        if path.suffix != ".html":
            response = super().file_response(full_path, stat_result, scope, status_code)
            response.headers.update(FRESH)
            del response.headers["content-length"]  # a build may write the file while it is sent
            return response
        html = path.read_text("utf-8")
        return HTMLResponse(add_script(html, self.state.version(scope["path"])), status_code, FRESH)


def add_script(html: str, version: str) -> str:
    """Return a page with the script that shows it anew."""
    script = f'<script src="{PREFIX}live.js" data-version="{escape(version)}" defer></script>'
    head, end, rest = html.partition("</head>")
    return f"{head}{script}{end}{rest}" if end else script + html


def make_server(state: State) -> Starlette:
    """Return the application of the server; a page of another site that has its name lead here is refused."""

    async def events(request: Request) -> Response:
        address = request.query_params.get("page", "/")
        return StreamingResponse(state.follow(address), media_type="text/event-stream", headers=FRESH)

    async def script(request: Request) -> Response:
        return FileResponse(OURS / "live.js", headers=FRESH)

    return Starlette(
        routes=[
            Route(f"{PREFIX}events", events),
            Route(f"{PREFIX}live.js", script),
            Mount("/", Pages(state)),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])],
    )
