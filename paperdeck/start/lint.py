"""Look at ledgers, diagrams and front matter as they are written, in a second and without a build.

Of a project it looks at every facts.yaml, .mmd and .md file, or at those that are named. What needs all documents, such
as whether a fact or a label is there, the build tells.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from paperdeck.commands import Refused, count, explain_install
from paperdeck.diagrams.kinds import find_refused_kind
from paperdeck.diagrams.source import (
    MermaidError,
    find_line_and_column,
    find_refused_parts,
    insert_facts,
    read_steps,
    unify_lines,
)
from paperdeck.ledger.reading import Problem, read_ledger
from paperdeck.ledger.resolving import resolve_ledgers, sort_problems
from paperdeck.site.front_matter import PAPER_LINE, SLIDE_LINE, find_unknown_keys, read_head
from paperdeck.slides.fences import OPTION, read_fence
from paperdeck.start.remove import find_sources

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Sequence

    from paperdeck.diagrams.source import Mistake

LEDGER = "facts.yaml"
DIAGRAM = ".mmd"
DOCUMENT = ".md"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command is told."""
    parser.add_argument(
        "files", nargs="*", type=Path, help="files or folders; without them, the project in this folder"
    )
    parser.add_argument(
        "--units", default="", help="counting units beside ours, as paperdeck_units has them, with commas"
    )


def run(options: argparse.Namespace) -> int:
    """Print what is wrong, a line for each; return 1 where something is.

    Raises Refused, OSError: a file cannot be read.
    """
    files = list(find_files(options.files)) if options.files else list(find_sources(Path()))
    units = tuple(filter(None, options.units.split(",")))
    problems = list(look_at_ledgers([path for path in files if path.name == LEDGER], units))
    for path in files:
        if path.suffix == DIAGRAM:
            problems += look_at_diagram(path, read(path), 1)
        elif path.suffix == DOCUMENT:
            problems += look_at_document(path, read(path))
    for problem in sort_problems(problems):
        print(problem)
    if problems:
        print(f"{count(len(problems), 'problem')} in {count(len({problem.path for problem in problems}), 'file')}.")
    return int(bool(problems))


def find_files(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield the files that are named, and those in folders.

    Raises Refused: there is no such file.
    """
    for path in paths:
        if path.is_dir():
            yield from (each for each in sorted(path.rglob("*")) if each.is_file())
        elif path.exists():
            yield path
        else:
            raise Refused(f"there is no {path}; name files or folders, or nothing for the whole project")


def read(path: Path) -> str:
    """Return the text of a file.

    Raises Refused: it is not UTF-8.
    """
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(f"{path} is not UTF-8; save it as that") from None


def look_at_ledgers(paths: Sequence[Path], units: tuple[str, ...]) -> Iterator[Problem]:
    """Yield what is wrong in ledgers; those in the folders beside theirs are at hand, for what is computed of them."""
    named = {str(path) for path in paths}
    beside = {path for named in paths for path in named.absolute().parent.parent.glob(f"*/{LEDGER}")}
    known = {path.absolute() for path in paths}
    ledgers = []
    for path in (*paths, *sorted(beside - known)):
        ledger, wrong = read_ledger(read(path), str(path), path.absolute().parent.name, units)
        ledgers.append(ledger)
        yield from (problem for problem in wrong if problem.path in named)
    yield from (problem for problem in resolve_ledgers(ledgers, units)[1] if problem.path in named)


def look_at_document(path: Path, text: str) -> Iterator[Problem]:
    """Yield what is wrong in the front matter of a paper or talk, and in the diagrams of a document."""
    if PAPER_LINE.search(text) or SLIDE_LINE.search(text):
        head = read_head(text)
        for line, message in (*head.problems, *find_unknown_keys(head, shared=True)):  # conf.py is not read
            yield Problem(str(path), line, 1, f"front matter: {message}")
    for line, source in find_diagrams(text):
        yield from look_at_diagram(path, source, line)


def find_diagrams(text: str) -> Iterator[tuple[int, str]]:
    """Yield the diagrams that are written in a document, each with the line at which it begins.

    What stands in code is an example, and one that names a file is looked at there.
    """
    lines, marks, start = text.splitlines(), "", 0
    for number, line in enumerate(lines):
        fence = read_fence(line)
        if (
            fence
            and not marks
            and (fence.name == "mermaid" or (fence.marks[0] == "`" and fence.info and not fence.name))
        ):
            marks, start = fence.marks, number + 1 if fence.info.replace(" ", "") == "{mermaid}" else 0
        elif fence and marks and fence.closes(marks):
            while start and start < number and (OPTION.match(lines[start]) or not lines[start].strip()):
                start += 1
            if start:
                yield start + 1, "\n".join(lines[start:number])
            marks = ""


def look_at_diagram(path: Path, text: str, line: int) -> Iterator[Problem]:
    """Yield why a diagram cannot be drawn.

    :param line: the line of the file at which it begins
    """
    written = unify_lines(text)
    for mistake in find_mistakes(written):
        place = find_line_and_column(written, mistake.offset)
        yield Problem(str(path), line + place.line - 1, place.column, f"diagram: {mistake.message}")


def find_mistakes(written: str) -> Iterable[Mistake]:
    """Return what is wrong with the source of a diagram; a fact in it is drawn as its key or its own words."""
    if find_spec("merman") is None:
        raise Refused(f"diagrams are drawn by merman; install it: {explain_install('diagrams')}")
    from paperdeck.diagrams.transforms import draw_to_json  # slow to load

    if found := [*find_refused_kind(written), *find_refused_parts(written)]:
        return found
    filled, _ = insert_facts(written, lambda key, words: words or key)
    try:
        draw_to_json(filled.text, "diagram", steps=read_steps(filled.text))
    except MermaidError as wrong:
        return [mistake._replace(offset=filled.origin(mistake.offset)) for mistake in wrong.mistakes]
    return []
