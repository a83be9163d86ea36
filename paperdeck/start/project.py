"""``init`` and ``new``, without the command line: what is made is made whole, or not at all."""

from __future__ import annotations

import ast
import os
import re
import shutil
import tempfile
from contextlib import contextmanager
from fnmatch import fnmatch
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, NamedTuple

from paperdeck.commands import Refused
from paperdeck.outlines.drafting import write_heading
from paperdeck.site.bibliography import decode, inherit, read_bibliography
from paperdeck.site.works import read_work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

HERE = Path(__file__).parent
PROJECT, PAPER = HERE / "project", HERE / "paper"
"""What ``init`` copies, and what ``new`` fills in."""
PAPERS = "papers"

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
PLAIN_KEY = re.compile(r"[A-Za-z][\w:./+-]*(?<!:)", re.A)
PLAIN_NAME = re.compile(r"[A-Za-z][\w+.-]*(?: [\w+.-]+)*", re.A)
LONGEST_NAME = 24
"""How many letters of a title may stand before its colon to be a name."""
NO_TEXTS = ("true", "false", "null", "yes", "no", "on", "off")
"""What YAML takes for something else when it is not quoted."""
TOCTREE = re.compile(
    r"^(?P<fence>`{3,}|:{3,})\{toctree\}[^\n]*\n(?P<lines>(?:.*\n)*?)(?P<end>(?P=fence)[`:]*[ \t\r]*)$", re.M
)
ENTRY = re.compile(r"(?:[^<\n]*<)?/?([^<>\s]+?)(?:\.md)?>?\s*")
NO_TITLE = "The title of the paper"
PLACEHOLDER = """\
@misc{{{key},
  title  = {{{title}}},
  author = {{Family, Given and Family, Given}},
  note   = {{Replace this entry by that of the paper}},
}}
"""


class Plan(NamedTuple):
    """What ``new`` will write."""

    folder: Path
    key: str
    """Of the paper's entry in the bibliography."""
    bibliography: Path
    files: Mapping[str, bytes]
    """What lies in the folder, by name."""
    texts: Mapping[Path, str]
    """The files that change with it."""


def make_project(folder: Path) -> None:
    """Make a project in a folder that is not there yet, or is empty."""
    if os.path.lexists(folder):
        if not folder.is_dir():
            raise Refused(f"{folder} is a file; name a folder that is not there yet")
        if any(folder.iterdir()):
            raise Refused(f"{folder} is not empty; name a folder that is not there yet, or an empty one")
    elif not folder.absolute().parent.is_dir():
        raise Refused(f"there is no folder {folder.parent}; make it first, or name another")
    there = folder.is_dir()
    with _make_scratch(folder if there else folder.absolute().parent) as near:
        made = near / "project"
        shutil.copytree(PROJECT, made, ignore=shutil.ignore_patterns("__pycache__"))
        moves = {path: folder / path.name for path in made.iterdir()} if there else {made: folder}
        _move(moves)


def plan_paper(
    top: Path, slug: str, entry: bytes | None, fill: Callable[[Mapping[str, str]], Mapping[str, bytes]]
) -> Plan:
    """Return how a paper is added to a project: its folder, its entry in the bibliography, its line in the list.

    :param top: the folder that holds conf.py
    :param entry: a BibTeX file of one entry; None makes one to be filled in
    :param fill: makes the files of the folder from the ``slug``, the ``key``, the ``paper`` that names it in YAML,
        the ``short`` name as YAML has it, and the ``title``, empty where the entry is yet to be filled in
    """
    if not SLUG.fullmatch(slug):
        raise Refused(f"{slug!r} is no name for a paper; write lower-case letters, digits and hyphens, such as lora")
    index, folder = top / "index.md", top / PAPERS / slug
    bibliography = _find_bibliography(top / "conf.py")
    if os.path.lexists(folder):
        raise Refused(f"{folder} is there already; choose another name, or write on there")
    works = _read(bibliography) if bibliography.exists() else ""
    contents = _read(index)
    key, more = _read_entry(entry, slug, works, bibliography)
    texts = {}
    if (listed := add_line(contents, f"{PAPERS}/{slug}/index", index)) != contents:
        texts[index] = listed
    if more:
        end = _find_end(works)
        before = f"{works.rstrip()}{end}{end}" if works.strip() else ""
        texts[bibliography] = before + more.replace("\n", end)
    title = _read_title(f"{works}\n{more}", key)
    words = {
        "slug": slug,
        "key": key,
        "paper": _quote(key, PLAIN_KEY),
        "short": _quote(shorten_title(title, slug), PLAIN_NAME),
        "title": write_heading(re.sub(r"[*`\\]", r"\\\g<0>", title)),
    }
    return Plan(folder, key, bibliography, fill(words), texts)


def _quote(text: str, plain: re.Pattern[str]) -> str:
    """Return a text as YAML has it, in quotes where it would be something else."""
    return text if plain.fullmatch(text) and text.lower() not in NO_TEXTS else "'" + text.replace("'", "''") + "'"


def _read_title(bibliography: str, key: str) -> str:
    """Return the title of a work; nothing where its entry is yet to be filled in."""
    found = read_bibliography({"": bibliography.encode()})
    entry = found.data.entries.get(key)
    title = read_work(entry, inherit(entry, found.data), "").title if entry else ""
    return "" if title == NO_TITLE else title


def shorten_title(title: str, slug: str) -> str:
    """Return what a paper is called in short: what stands before the colon of its title, or the slug as it is there."""
    name, colon, _rest = title.partition(":")
    if colon and len(name.strip()) <= LONGEST_NAME:
        return name.strip()
    words = (word for word in re.findall(r"[\w-]+", title) if word.lower() == slug)
    return next(words, slug)


def fill_paper(words: Mapping[str, str]) -> dict[str, bytes]:
    """Return the files of a paper that is yet to be written."""
    words = {**words, "title": words["title"] or f"{words['slug']}: what the paper shows, in one line"}
    templates = {template.name: Template(template.read_text("utf-8")) for template in sorted(PAPER.iterdir())}
    return {name: template.substitute(words).encode() for name, template in templates.items()}


def add_line(text: str, document: str, path: Path) -> str:
    """Return a document with another one named in its list of papers: the first toctree that names one, or the first.

    Where a pattern of the list names it already, nothing is added.
    """
    lists = list(TOCTREE.finditer(text))
    if not lists:
        raise Refused(f"{path} has no list of papers; write a {{toctree}} there first")
    found = next((each for each in lists if f"{PAPERS}/" in each["lines"]), lists[0])
    lines = found["lines"].splitlines(keepends=True)
    names = [match[1] if (match := ENTRY.fullmatch(line)) else "" for line in lines]
    if any(fnmatch(document, name) for name in names):
        return text
    papers = [number for number, name in enumerate(names, 1) if name.startswith(f"{PAPERS}/")]
    place = papers[-1] if papers else len(lines)
    end = _find_end(text)
    blank = [] if papers or not lines or not lines[-1].startswith(":") else [end]
    inside = "".join([*lines[:place], *blank, document + end, *lines[place:]])
    return text[: found.start("lines")] + inside + text[found.end("lines") :]


def _find_end(text: str) -> str:
    """Return what the lines of a text end with."""
    return "\r\n" if "\r\n" in text else "\n"


def list_bibliographies(conf: Path) -> list[Path]:
    """Return the files of ``bibtex_bibfiles`` in a ``conf.py``, which is read and not run."""
    if not conf.is_file():
        raise Refused(f"there is no {conf}; go to the folder of your project, or make one with “init”")
    try:
        tree = ast.parse(_read(conf))
    except (SyntaxError, ValueError):
        raise Refused(f"{conf} cannot be read as Python; mend it first") from None
    for node in tree.body:
        match node:
            case ast.Assign(targets=targets, value=value):
                pass
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                targets = [target]
            case _:
                continue
        if any(ast.unparse(name) == "bibtex_bibfiles" for name in targets):
            names = [each.value for each in ast.walk(value) if isinstance(each, ast.Constant)]
            return [(conf.parent / name).resolve() for name in names if isinstance(name, str)]
    return []


def _find_bibliography(conf: Path) -> Path:
    """Return the first file of the bibliography."""
    for path in list_bibliographies(conf):
        return path
    raise Refused(f'{conf} names no bibliography; write bibtex_bibfiles = ["papers/references.bib"] there')


def _read(path: Path) -> str:
    """Return the text of a file, ends of lines as they are."""
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise Refused(f"there is no {path}; write it first") from None
    except UnicodeDecodeError:
        raise Refused(f"{path} is not UTF-8; save it as that") from None


def _read_entry(entry: bytes | None, slug: str, works: str, path: Path) -> tuple[str, str]:
    """Return the key of the paper, and what to add to the bibliography for it; nothing where it is there already."""
    known = read_bibliography({str(path): works.encode()})
    if entry is None:
        return slug, "" if slug in known.sources else PLACEHOLDER.format(key=slug, title=NO_TITLE)
    text, wrong = decode(entry, "utf-8-sig", "the entry")
    text = text.replace("\r\n", "\n").strip() + "\n"
    found = read_bibliography({"the entry": text.encode()})
    if problems := [*wrong, *found.problems]:
        raise Refused(str(problems[0]))
    if len(found.sources) != 1:
        keys = f"holds {len(found.sources)} entries ({', '.join(list(found.sources)[:3])}…)" if found.sources else ""
        raise Refused(f"what was given {keys or 'holds no entry of BibTeX'}; give that of the paper alone")
    ((key, source),) = found.sources.items()
    twin = next((each for each in known.sources if each.lower() == key.lower()), None)
    if twin is None:
        return key, text
    if known.sources[twin].split() != source.split():
        raise Refused(
            f"{path} has another entry {twin}; give the new one another key, or leave --bib out of “new {twin}”"
        )
    return twin, ""


def write_paper(plan: Plan) -> None:
    """Write the folder of a paper and the files that change with it: all of them, or none."""
    folder, texts = plan.folder, plan.texts
    if refused := next((path for path in texts if path.exists() and not os.access(path, os.W_OK)), None):
        raise Refused(f"{refused} may not be written; allow it first")
    folder.parent.mkdir(exist_ok=True)
    with _make_scratch(folder.parent) as near:
        made = near / folder.name
        made.mkdir()
        for name, content in plan.files.items():
            (made / name).parent.mkdir(parents=True, exist_ok=True)
            (made / name).write_bytes(content)
        moves = {made: folder}
        for number, (path, text) in enumerate(texts.items()):
            moves[near / str(number)] = path
            (near / str(number)).write_bytes(text.encode())
            if path.exists():
                shutil.copymode(path, near / str(number))
        _move(moves)


@contextmanager
def _make_scratch(parent: Path) -> Iterator[Path]:
    """Give a folder that is removed again, on the disk where what is made in it is to be moved to."""
    near = Path(tempfile.mkdtemp(dir=parent, prefix=".paperdeck-"))
    try:
        yield near
    finally:
        shutil.rmtree(near, ignore_errors=True)


def _move(moves: Mapping[Path, Path]) -> None:
    """Move each to its place; where one cannot be, put back what was there."""
    undo: dict[Path, bytes | None] = {}
    try:
        for made, place in moves.items():
            before = place.read_bytes() if place.is_file() else None
            made.replace(place)
            undo[place] = before
    except OSError:
        for place, before in undo.items():
            if before is not None:
                place.write_bytes(before)
            elif place.is_dir():
                shutil.rmtree(place)
            else:
                place.unlink()
        raise
