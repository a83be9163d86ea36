"""The Sphinx application of each output of a project: where it reads, where it writes, and what it is told."""

from __future__ import annotations

import gc
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from paperdeck.commands import Refused

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from paperdeck.outputs.report import Collector

USUAL = ("docs", "doc", "source", "docs/source", "doc/source")
"""Where a project that has no ``conf.py`` at its top keeps it."""

NEW_OBJECTS = 50_000
"""How many are made before Python looks for those that nobody needs; after each 700, it takes a tenth of a build."""


@dataclass(frozen=True)
class Output:
    """One output of a project."""

    builder: str
    folder: Path
    conf: Mapping[str, Any] = field(default_factory=dict)
    """What goes before conf.py."""

    @property
    def title(self) -> str:
        """What it is called for people."""
        return {"html": "Articles", "revealjs": "Decks"}[self.builder]


def find_source(folder: Path) -> Path:
    """Return the folder of a project's ``conf.py``.

    Raises Refused: the folder that was named has none.
    """
    if (folder / "conf.py").is_file():
        return folder.resolve()
    if not folder.is_dir():
        raise Refused(f"{folder} is no folder; name the one that holds conf.py")
    found = [folder / name for name in USUAL if (folder / name / "conf.py").is_file()]
    told = f"such as {found[0]}" if found else "or make a project with “python -m paperdeck init FOLDER”"
    raise Refused(f"{folder.resolve()} has no conf.py; name the folder that has one, {told}")


def list_outputs(folder: Path) -> tuple[Output, Output]:
    """Return articles and decks in folders beside each other, as one looks at them on a disk."""
    return Output("html", folder / "html"), Output("revealjs", folder / "revealjs")


def list_hosted(folder: Path, *, pdfs: bool = False) -> tuple[Output, Output]:
    """Return articles at the root and decks below it, as they are hosted.

    :param pdfs: whether the articles link PDFs, which are printed when all is written
    """
    return (
        Output("html", folder, {"paperdeck_deck_url": "slides/", "paperdeck_pdfs": pdfs}),
        Output("revealjs", folder / "slides", {"paperdeck_article_url": "../"}),
    )


@contextmanager
def hold(folder: Path) -> Iterator[None]:
    """Let one build at a time work in a folder: another waits, and says so."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / ".lock").open("w")
    except OSError:  # which the build itself will meet, and tell
        yield
        return
    with lock:
        if sys.platform != "win32":
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                print(f"Another build is at work in {folder}; waiting until it is done.", file=sys.stderr, flush=True)
                fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def open_application(
    source: Path, output: Output, doctrees: Path, collector: Collector, *, parallel: int = 1, strict: bool = False
) -> Sphinx:
    """Return the application of an output, its environment read from the disk.

    :param strict: whether Sphinx itself shall call a build with warnings failed
    """
    app = Sphinx(
        source,
        source,
        output.folder,
        doctrees,
        output.builder,
        # the kind of a warning is read from what is printed
        confoverrides={"show_warning_types": True, **output.conf},
        status=None,
        warning=collector,  # type: ignore[arg-type]  # Sphinx writes and flushes, and asks for nothing else
        warningiserror=strict,
        parallel=parallel,
    )
    if not all(part.parallel_read_safe and part.parallel_write_safe for part in app.extensions.values()):
        app.parallel = 1  # Sphinx would do so, and warn of it
    return app


def collect_seldom(objects: int = NEW_OBJECTS) -> None:
    """Let Python look for objects that nobody needs less often: a build makes millions, and keeps most.

    :param objects: how many are made before it does
    """
    gc.set_threshold(objects)


def set_loaded_apart() -> None:
    """Leave what is loaded by now out of each search for objects that nobody needs.

    A search writes to all that it looks at, of which each process that reads or writes pages would make a copy. Once
    in a process: later, what an earlier build has left would stay for good.
    """
    if not gc.get_freeze_count():
        gc.freeze()


@contextmanager
def sphinx_namespace(source: Path) -> Iterator[None]:
    """Put back what applications register for the whole process."""
    with patch_docutils(source), docutils_namespace():
        yield
