"""What a build says: each warning of Sphinx as a record, for people, as JSON and as SARIF."""

from __future__ import annotations

import errno
import os
import re
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.errors import SphinxError, SphinxParallelError
from sphinx.util.console import strip_colors

from paperdeck import __version__
from paperdeck.files import is_file

if TYPE_CHECKING:
    from collections.abc import Iterable

SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

PRINTED = re.compile(
    r"(?:(?P<place>.+?): )?(?P<level>WARNING|ERROR|CRITICAL): (?P<text>.*?)(?: \[(?P<kind>[\w.-]+)\])?", re.DOTALL
)
"""A warning as Sphinx prints it: “/papers/index.md:3: WARNING: what is wrong [type.subtype]”."""

PLACE = re.compile(r"(?P<file>.*?)(?::docstring of [^:]*)?(?::(?P<line>\d+))?(?::(?P<column>\d+))?:?")

FRAME = re.compile(r'^ *File "(.+?)", line (\d+)', re.MULTILINE)


@dataclass(frozen=True)
class Message:
    """One thing that is wrong."""

    text: str
    kind: str = ""
    """The type and subtype of Sphinx, with which it is silenced: “paperdeck.overfull”; empty where it has none."""
    level: str = "warning"
    """“warning”, “error”, or “failure”, which ended the build."""
    file: str = ""
    """Its absolute path; empty where no file is to blame."""
    line: int | None = None
    column: int | None = None

    @property
    def wrong(self) -> str:
        """What is wrong, and what was done about it."""
        return self.text.rpartition("; ")[0] or self.text if self.is_ours else self.text

    @property
    def write(self) -> str:
        """What to write instead, which is the last part of a message of ours; others do not say it apart."""
        return self.text.rpartition("; ")[2] if self.is_ours and "; " in self.text else ""

    @property
    def is_ours(self) -> bool:
        """Whether it is written as our messages are: what is wrong; what to write instead."""
        return self.kind.partition(".")[0] == "paperdeck"

    @property
    def place(self) -> str:
        """Return file and line as a terminal or an editor makes a link of them."""
        return ":".join(map(str, filter(None, (shorten_path(self.file), self.line, self.line and self.column))))

    def __str__(self) -> str:
        """Write it for people, on a line of its own where it has one."""
        told = self.text + (f" [{self.kind}]" if self.kind else "")
        return f"{self.place}: {told}" if self.place else told


class Collector:
    """The stream that Sphinx writes its warnings to: one at a time, each with its place and kind."""

    def __init__(self) -> None:
        self.messages: list[Message] = []

    def write(self, text: str) -> None:
        """Keep a warning; what else is written here has nothing to say to an author."""
        if (message := read_warning(text)) and message not in self.messages:
            self.messages.append(message)

    def flush(self) -> None:
        """Do nothing, as streams in memory do."""

    def take(self) -> list[Message]:
        """Return what was collected, and begin anew."""
        taken, self.messages = self.messages, []
        return taken


def read_warning(text: str) -> Message | None:
    """Return the warning that Sphinx has printed; None for a text that is none."""
    if not (found := PRINTED.fullmatch(strip_colors(text).strip())):
        return None
    place = PLACE.fullmatch(found["place"] or "")
    file = place["file"] if place and not place["file"].startswith("<") else ""
    line, column = (int(place[name]) if place and place[name] else None for name in ("line", "column"))
    level = "warning" if found["level"] == "WARNING" else "error"
    return Message(found["text"], found["kind"] or "", level, file, line, column)


NO_ROOM = (
    *(errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EPERM, errno.EDQUOT),
    *(errno.ENOTDIR, errno.EEXIST, errno.ENAMETOOLONG),
)
"""What is no fault of the project: a disk that is full, or not ours to write on, or a file where a folder should be."""


def describe_failure(error: Exception, folder: Path, document: str = "") -> Message:
    """Return what ended a build, at the innermost place below the project's folder that had a part in it.

    :param document: the path of the one that was read or written just then
    """
    cause = error.__cause__ or getattr(error, "orig_exc", None) or error
    if isinstance(cause, SyntaxError):
        return Message(cause.msg, "", "failure", cause.filename or "", cause.lineno)
    if isinstance(error, SphinxParallelError):  # of another process, which hands over a text, and not its document
        document = ""
        frames = [(file, int(line)) for file, line in FRAME.findall(error.traceback)]
        text = error.traceback.strip().rpartition("\n")[2]
    else:
        frames = [(frame.filename, frame.lineno or 1) for frame in traceback.extract_tb(cause.__traceback__)]
        text = f"{type(cause).__name__}: {str(cause).strip() or 'it says no more'}"
    if isinstance(cause, OSError) and cause.errno in NO_ROOM:
        name = shorten_path(str(cause.filename or "a file"))
        if is_file(Path(str(cause.filename))) and not os.access(cause.filename, os.R_OK):
            wrong = f"{name} cannot be read: {cause.strerror}; give yourself the right to read it"
            return Message(wrong, "", "failure")
        text = f"{name} cannot be written: {cause.strerror}; mend that, or name another folder with --out"
        return Message(text, "", "failure")
    during = f", while {shorten_path(document)} was read or written" if document else ""
    if own := [frame for frame in frames if is_own(Path(frame[0]), folder)]:
        return Message(text + during, "", "failure", *own[-1])
    if isinstance(error, SphinxError) and not isinstance(error, SphinxParallelError):
        return Message(str(error).strip(), "", "failure")
    raised = f", raised in {frames[-1][0]}:{frames[-1][1]}" if frames else ""
    return Message(text + raised + during, "", "failure", document)


def is_own(path: Path, folder: Path) -> bool:
    """Tell whether a file is the project's own, and no package that happens to be installed below it."""
    return path.is_relative_to(folder) and not {"site-packages", "dist-packages"} & {*path.parts}


def shorten_path(file: str, folder: Path | None = None) -> str:
    """Return a path as seen from a folder, or from here; as it is where it does not lie below."""
    path, folder = Path(file), folder or Path.cwd()
    return str(path.relative_to(folder)) if file and path.is_relative_to(folder) else file


def to_json(message: Message) -> dict[str, Any]:
    """Return a message for programs: what is not known is None."""
    return {
        "file": shorten_path(message.file) or None,
        "line": message.line,
        "column": message.column,
        "level": message.level,
        "kind": message.kind or None,
        "wrong": message.wrong,
        "write": message.write or None,
    }


def to_sarif(messages: Iterable[Message]) -> dict[str, Any]:
    """Return the messages as a log of SARIF 2.1.0, which code hosts show beside the lines."""
    messages = list(messages)
    return {
        "$schema": SARIF_SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "paperdeck",
                        "version": __version__,
                        "rules": [{"id": kind} for kind in sorted({name_rule(message) for message in messages})],
                    }
                },
                "results": [to_result(message) for message in messages],
            }
        ],
    }


def name_rule(message: Message) -> str:
    """Return what SARIF calls the kind of a message, which may not be nothing."""
    return message.kind or "sphinx"


def to_result(message: Message) -> dict[str, Any]:
    """Return one message as SARIF has it."""
    result: dict[str, Any] = {
        "ruleId": name_rule(message),
        "level": "warning" if message.level == "warning" else "error",
        "message": {"text": message.text},
    }
    if message.file:
        place: dict[str, Any] = {"artifactLocation": {"uri": to_uri(message.file)}}
        if message.line:
            column = {"startColumn": message.column} if message.column else {}
            place["region"] = {"startLine": message.line, **column}
        result["locations"] = [{"physicalLocation": place}]
    return result


def to_uri(file: str) -> str:
    """Return the address of a file: relative where it lies below the folder that we are in."""
    path = Path(file)
    if not path.is_absolute():
        return path.as_posix()
    if path.is_relative_to(Path.cwd()):
        # quoted as an address, without the folder
        return path.as_uri().removeprefix(Path.cwd().as_uri() + "/")
    return path.as_uri()
