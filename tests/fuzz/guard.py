"""What is watched while a case runs: the time it takes, and the files that it touches."""

from __future__ import annotations

import os
import re
import signal
import sys
import sysconfig
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.conftest import TOP

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS = 2.0
"""Of the processor, that one case may take: a busy machine is no fault."""

READABLE = tuple(
    str(Path(path).expanduser().resolve())
    for path in (
        TOP,
        sys.prefix,
        sys.base_prefix,
        sysconfig.get_path("stdlib"),
        "/proc",
        "/dev",
        "/etc/mime.types",
        "/etc/docutils.conf",
        "~/.docutils",
    )
)
"""Where Python, what it imports, and paperdeck itself lie."""
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
CHANGES = ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.symlink", "os.link", "os.truncate", "shutil.rmtree")
FORBIDDEN = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "socket.connect", "socket.getaddrinfo")


class TooLong(BaseException):
    """A case has taken its time; nothing but us catches it."""


@contextmanager
def limit_time(seconds: float) -> Iterator[None]:
    """Raise ``TooLong`` in the block when this process has worked so long."""

    def stop(*_: Any) -> None:
        raise TooLong

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


class _Watch:
    """The one hook, which Python keeps to its end, and what it is to look at."""

    def __init__(self) -> None:
        self.top = ""
        self.found: list[str] = []
        self.hooked = False

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.top:
            return
        if event in FORBIDDEN:
            self.found.append(f"{event}: {arguments!r:.200}")
        elif event == "open":
            path, mode, flags = arguments
            writes = bool(flags & WRITING) or bool(set(mode or "") & set("wax+"))
            self.look(path, writes=writes)
        elif event in CHANGES and not any(isinstance(part, int) and part >= 0 for part in arguments[1:]):
            for path in arguments[:2]:  # a path below a folder that is open was looked at when it was opened
                self.look(path, writes=True)

    def look(self, path: Any, *, writes: bool) -> None:
        """Note a path outside of the project."""
        if not isinstance(path, (str, bytes, os.PathLike)):
            return  # a file that is open already
        top, self.top = self.top, ""  # what we do here is not watched
        name = os.path.realpath(os.fsdecode(path))
        inside = Path(name).is_relative_to(top) or "__pycache__" in name or name == os.devnull
        readable = not writes and any(Path(name).is_relative_to(place) for place in READABLE)
        temporary = re.match(r"(?:tmp|paperdeck-)[^/]*", os.path.relpath(name, tempfile.gettempdir()))
        if not (inside or readable or temporary):
            self.found.append(f"{'written' if writes else 'read'} outside of the project: {name}")
        self.top = top


_watch = _Watch()


@contextmanager
def watch_files(top: Path) -> Iterator[list[str]]:
    """Give a list that fills with what the block does outside of ``top``: files, processes, connections."""
    if not _watch.hooked:
        sys.addaudithook(_watch)
        _watch.hooked = True
    _watch.top, _watch.found = os.path.realpath(top), []
    try:
        yield _watch.found
    finally:
        _watch.top = ""
