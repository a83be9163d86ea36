"""The server, the watcher of files, and the process that builds, put together."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn
from watchfiles import awatch

from paperdeck.live.changes import Need, decide, matters
from paperdeck.live.pages import State, make_server
from paperdeck.live.worker import Report, work
from paperdeck.outputs.making import list_hosted
from paperdeck.outputs.report import Message

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterable, Set
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess
    from types import FrameType

    from watchfiles import Change

SETTLED = 15
"""Milliseconds without a change after which a save is over: an editor removes, writes and renames."""
LONGEST = 200
"""Milliseconds after which a change is told, although others go on, such as those of a build."""


class Server(uvicorn.Server):
    """A server that ends at once: pages that wait for news are sent away."""

    def __init__(self, state: State) -> None:
        super().__init__(
            uvicorn.Config(
                make_server(state), log_level="error", lifespan="off", access_log=False, timeout_graceful_shutdown=1
            )
        )
        self.state = state

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop, and end the streams on which the server would wait."""
        self.should_exit = True
        asyncio.get_running_loop().call_soon_threadsafe(self.state.close)


class Live:
    """The server, the watcher of files, and the process that builds."""

    def __init__(self, source: Path) -> None:
        self.source = source
        self.built = source / "_build"
        self.state = State(source, self.built / "live")
        self.process: SpawnProcess | None = None
        self.connection: Connection | None = None
        self.code: Set[str] = frozenset()
        self.watched: dict[Path, asyncio.Task[None]] = {}
        self.printed: list[Message] = []

    async def serve(self, listening: socket.socket) -> None:
        """Serve what there is, and build."""
        address = "http://{}:{}/".format(*listening.getsockname())
        print(f"Articles: {address}\nDecks:    {address}slides/\nCtrl-C ends it.", flush=True)
        self.state.stamp_files()
        try:
            self.watch([self.source])
            self.start()
            await Server(self.state).serve([listening])
        finally:
            self.stop()

    def start(self) -> None:
        """Start the process that builds, in the place of one that runs."""
        self.stop()
        context = multiprocessing.get_context("spawn")  # a process with nothing of ours in it
        self.connection, other = context.Pipe()
        doctrees = self.built / "live-doctrees"
        self.process = context.Process(
            target=work, args=(other, self.source, list_hosted(self.state.folder), doctrees), name="paperdeck-live"
        )
        self.process.start()
        other.close()
        loop = asyncio.get_running_loop()
        threading.Thread(target=self.listen_to, args=(self.process, self.connection, loop), daemon=True).start()

    def stop(self) -> None:
        """End the process that builds, with those that it has started."""
        if self.process is None:
            return
        self.process.terminate()
        self.process.join(1)
        self.process.kill()
        self.process.join()
        self.process = None

    def listen_to(self, process: SpawnProcess, connection: Connection, loop: asyncio.AbstractEventLoop) -> None:
        """Hand on what a process tells, until it has ended."""
        try:
            while True:
                report = connection.recv()
                loop.call_soon_threadsafe(self.hear, process, report)
        except (EOFError, OSError):
            with contextlib.suppress(RuntimeError):  # the loop has ended before
                loop.call_soon_threadsafe(self.miss, process)

    def hear(self, process: SpawnProcess, report: Report) -> None:
        """Note what the process tells, and wake the pages."""
        if process is not self.process:
            return  # of one that was ended
        self.state.busy = report.stage not in ("done", "failed")
        self.state.failed = report.stage == "failed"
        if report.stage != "building" or report.messages:
            self.state.messages = report.messages
        self.code |= report.code
        self.watch(report.folders)
        if not self.state.busy:
            self.state.stamp_files()  # no sooner, for some may be written by half
            self.print_messages()
        self.state.tell()

    def miss(self, process: SpawnProcess) -> None:
        """Tell of a process that ended without a word."""
        if process is self.process and not self.state.failed:
            process.join()
            message = f"the process that builds has ended ({process.exitcode}); save a file, and it is started again"
            self.hear(process, Report("failed", (Message(message, level="failure"),)))

    def print_messages(self) -> None:
        """Print what is new among the messages, and that nothing is wrong any more."""
        for message in self.state.messages:
            if message not in self.printed:
                print(message, file=sys.stderr, flush=True)
        if self.printed and not self.state.messages:
            print("Nothing is wrong any more.", flush=True)
        self.printed = [*self.state.messages]

    def watch(self, folders: Iterable[Path]) -> None:
        """Watch more folders; those that are watched stay so, or what is saved just then would be missed."""
        for folder in folders:
            if not any(folder.is_relative_to(known) for known in self.watched):
                self.watched[folder] = asyncio.create_task(self.follow(folder))

    async def follow(self, folder: Path) -> None:
        """Have built what changes in a folder, forever."""
        async for changes in awatch(folder, watch_filter=self.filter, debounce=LONGEST, step=SETTLED):
            self.react({Path(path) for _change, path in changes})

    def filter(self, _change: Change, path: str) -> bool:
        """Tell whether a change matters."""
        return matters(Path(path), self.source, [self.built])

    def react(self, paths: Set[Path]) -> None:
        """Do what changed files ask for."""
        need = decide(paths, self.source, self.code)
        ended = self.process is None or not self.process.is_alive() or self.state.failed
        if need is Need.RESTART or ended:
            self.start()
        elif need is Need.BUILD and self.connection:
            with contextlib.suppress(OSError):  # it has just ended, which is told by itself
                self.connection.send(self.state.shows_decks)
