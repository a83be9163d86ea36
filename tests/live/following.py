"""``python -m paperdeck live`` in a process of its own, followed by the stream of its events."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from tests.conftest import TOP

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LONGEST = 60
"""Seconds after which a server that says nothing has failed; no test waits for them."""


class Following:
    """A server that runs."""

    def __init__(self, process: subprocess.Popen[str], port: int) -> None:
        self.process, self.port = process, port

    @property
    def url(self) -> str:
        """The address of the articles."""
        return f"http://127.0.0.1:{self.port}"

    def get(self, address: str, **headers: str) -> tuple[int, str]:
        """Return the status and the text of an address."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=LONGEST)) as connection:
            connection.request("GET", address, headers=headers)
            response = connection.getresponse()
            return response.status, response.read().decode("utf-8", "replace")

    def wait(self, address: str, holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Return the first state of a page for which something holds."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=LONGEST)) as connection:
            connection.request("GET", f"/-live/events?page={quote(address)}")
            for line in connection.getresponse():
                if line.startswith(b"data: ") and holds(state := json.loads(line[6:])):
                    return state
        raise AssertionError("the stream has ended")

    def settle(self) -> dict[str, Any]:
        """Return the state when all is built."""
        return self.wait("/index.html", lambda state: not state["busy"])

    def end(self) -> int:
        """End it as Ctrl-C does, which all processes of a terminal hear; return its exit status.

        What it prints has an end when none of its processes is left.
        """
        os.killpg(self.process.pid, signal.SIGINT)
        self.process.communicate(timeout=LONGEST)
        return self.process.returncode


@contextmanager
def follow(source: Path, errors: Path) -> Iterator[Following]:
    """Start the command for a project, on a port that is free; what it tells goes to a file."""
    command = [sys.executable, "-m", "paperdeck", "live", str(source), "--port", "0"]
    with (
        errors.open("w") as told,
        subprocess.Popen(
            command,
            cwd=TOP,
            stdout=subprocess.PIPE,
            stderr=told,
            text=True,
            start_new_session=True,
        ) as process,
    ):
        try:
            assert process.stdout
            port = re.search(r"http://127\.0\.0\.1:(\d+)/", process.stdout.readline())
            assert port, errors.read_text("utf-8")
            yield Following(process, int(port[1]))
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
