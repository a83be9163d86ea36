"""Show articles and decks beside the editor, built again and shown anew on every save.

Listens on this machine alone; what is wrong is shown in the page and here. Ctrl-C ends it.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from paperdeck.commands import Refused, explain_install
from paperdeck.outputs.making import find_source

if TYPE_CHECKING:
    import argparse

HOST = "127.0.0.1"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command is told."""
    parser.add_argument("folder", type=Path, nargs="?", default=Path(), help="the folder of conf.py, else this one")
    parser.add_argument("--port", type=int, default=8000, help="where to listen; 8000 by default")


def run(options: argparse.Namespace) -> int:
    """Serve until Ctrl-C.

    Raises Refused: a package is missing, there is no project, or the port is taken.
    """
    try:
        from paperdeck.live.serving import Live
    except ImportError as error:
        told = f"live needs {error.name}, which is not installed; run: {explain_install('site')}"
        raise Refused(told) from None
    source = find_source(options.folder)
    with listen(options.port) as listening, contextlib.suppress(KeyboardInterrupt):
        asyncio.run(Live(source).serve(listening))
    return 0


def listen(port: int) -> socket.socket:
    """Return a socket on this machine alone.

    Raises Refused: the port is taken, or there is none of this number.
    """
    listening = socket.socket()
    if sys.platform != "win32":  # there it would let two servers share the port
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
        listening.listen()
    except (OSError, OverflowError) as error:
        listening.close()
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            raise Refused(f"port {port} is taken; end what listens there, or name another: --port {port + 1}") from None
        raise Refused(f"port {port} cannot be used ({error}); name another, such as --port 8001") from None
    return listening
