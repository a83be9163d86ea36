"""What the server sends."""

from __future__ import annotations

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from paperdeck.live.pages import Pages, State

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("later", ["a { color: red }", ""])
def test_a_file_may_change_while_it_is_served(tmp_path: Path, later: str) -> None:
    """A build that writes it just then makes it longer or shorter than it was when its answer began."""
    state = State(tmp_path, tmp_path / "live")
    file = state.folder / "own.css"
    file.write_text("a {}")
    scope = {"type": "http", "method": "GET", "path": "/own.css", "headers": []}
    sent: list[dict[str, Any]] = []

    async def serve() -> None:
        async def receive() -> dict[str, Any]:
            return await asyncio.Future()

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        response = await Pages(state).get_response("own.css", scope)
        file.write_text(later)
        await response(scope, receive, send)

    with ThreadPoolExecutor() as threads:  # in this one a browser's loop may run
        threads.submit(asyncio.run, serve()).result()
    start, *parts = sent
    body = b"".join(part["body"] for part in parts)
    assert body == later.encode()
    assert int(dict(start["headers"]).get(b"content-length", len(body))) == len(body)


def test_a_page_is_another_when_what_lies_beside_it_is(tmp_path: Path) -> None:
    """A style sheet with other rules, or one more; not one that was written again as it was."""
    state = State(tmp_path, tmp_path / "live")
    (state.folder / "index.html").write_text("<h1>x</h1>")
    static = state.folder / "_static"
    static.mkdir()

    def write(name: str, text: str) -> str:
        (static / name).write_text(text)
        later = (static / name).stat().st_mtime_ns + 1_000_000_000
        os.utime(static / name, ns=(later, later))
        state.stamp_files()
        return state.version("/index.html")

    first = write("own.css", "a {}")
    assert write("own.css", "a {}") == first
    assert len({first, write("own.css", "b {}"), write("more.css", "")}) == 3


def test_decks_come_first_where_decks_alone_are_looked_at(tmp_path: Path) -> None:
    """As long as an article is open beside them, or nothing is, they do not."""
    state = State(tmp_path, tmp_path / "live")

    async def open_and_leave() -> list[bool]:
        shows = [state.shows_decks]
        deck, article = state.follow("/slides/index.html"), state.follow("/index.html")
        for page in (deck, article):
            await anext(page)
            shows.append(state.shows_decks)
        for page in (article, deck):
            await page.aclose()
            shows.append(state.shows_decks)
        return shows

    with ThreadPoolExecutor() as threads:
        shows = threads.submit(asyncio.run, open_and_leave()).result()
    assert shows == [False, True, False, True, False]
