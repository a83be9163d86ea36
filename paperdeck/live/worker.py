"""The process that builds: told what has changed, it tells when pages are new and what is wrong."""

from __future__ import annotations

import gc
import signal
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperdeck.live.builds import Builds
from paperdeck.outputs.making import collect_seldom, sphinx_namespace
from paperdeck.outputs.report import Collector, Message, describe_failure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from multiprocessing.connection import Connection
    from pathlib import Path
    from types import FrameType

    from paperdeck.outputs.making import Output

OBJECTS_OF_A_SAVE = 500_000
"""What is built after a save makes fewer: those that nobody needs are looked for when nobody waits."""


@dataclass(frozen=True)
class Report:
    """How it stands with the builds."""

    stage: str
    """“building”, what ``Builds.update`` yields, or “failed”, after which the process ends."""
    messages: tuple[Message, ...] = ()
    code: frozenset[str] = frozenset()
    """The modules that were loaded and may be edited; empty where nothing is new."""
    folders: frozenset[Path] = frozenset()
    """Where files lie that pages are made of, beside the folder of the project."""


def work(connection: Connection, source: Path, outputs: Sequence[Output], doctrees: Path) -> None:
    """Build, and build again whenever something comes through the connection, until it is closed.

    What comes says whether decks are to be shown first.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server ends us, and shows nothing of it
    signal.signal(signal.SIGTERM, end)
    collector = Collector()
    builds = None
    try:
        with sphinx_namespace(source):
            connection.send(Report("building"))
            collect_seldom(OBJECTS_OF_A_SAVE)
            builds = Builds(source, outputs, doctrees, collector)
            while True:
                for report in report_stages(builds):
                    connection.send(report)
                    if connection.poll():
                        break  # what is left is done with what comes
                is_first = not gc.get_freeze_count()
                if is_first or not connection.poll():
                    gc.collect()
                if is_first:
                    gc.freeze()  # what the first build has left stays, and is not looked at after each save
                builds.decks_first = connection.recv()
                connection.send(Report("building", (*builds.told,)))
    except (EOFError, BrokenPipeError):
        return
    except Exception as error:  # whatever an extension raises
        document = str(builds.env.doc2path(builds.document)) if builds and builds.document else ""
        failure = describe_failure(error, source, document)
        connection.send(Report("failed", (failure, *collector.take()), list_code(), frozenset()))


def report_stages(builds: Builds) -> Iterator[Report]:
    """Build what has changed, and tell of each stage."""
    for stage in builds.update():
        done = stage == "done"
        folders = builds.list_folders() if done else frozenset()
        yield Report(stage, (*builds.told,), list_code() if done else frozenset(), folders)


def list_code() -> frozenset[str]:
    """Return the modules that somebody may edit: those that no package manager has put where they are."""
    files = (getattr(module, "__file__", None) for module in [*sys.modules.values()])
    installed = tuple({sys.prefix, sys.base_prefix, sys.exec_prefix})
    return frozenset(file for file in files if file and not file.startswith(installed))


def end(_signal: int, _frame: FrameType | None) -> None:
    """End the process, and those that read and write for it."""
    raise SystemExit
