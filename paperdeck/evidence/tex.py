r"""The text of a paper from its LaTeX source: a file, a folder or an archive as arXiv gives it out.

Sections, tables and figures are counted as LaTeX counts them; what a fragment says is read by pylatexenc.
"""

from __future__ import annotations

import gzip
import re
import tarfile
import zlib
from typing import TYPE_CHECKING

from paperdeck.evidence.cleaning import COLOURS, DECIMAL_COMMA, clean_formulas, clean_text
from paperdeck.evidence.pdf import UnreadablePaper
from paperdeck.evidence.places import Kind, Piece, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

LARGEST = 20_000_000
"""Characters of TeX in all."""
COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%.*")
HIDDEN = re.compile(
    r"\\begin\{comment\}.*?\\end\{comment\}"
    r"|\\iffalse(?![A-Za-z])(?:(?!\\fi(?![A-Za-z])|\\else(?![A-Za-z])).)*"
    r"(?:\\else(?![A-Za-z])(?P<shown>.*?))?\\fi(?![A-Za-z])",
    re.DOTALL,
)
INPUT = re.compile(
    r"\\(?:(?:input|include|subfile)\s*\{(?P<file>[^{}]+)\}|input\s+(?P<bare>[^\s{}\\]+)"
    r"|(?:sub)?(?:import|inputfrom|includefrom)\*?\s*\{(?P<folder>[^{}]*)\}\s*\{(?P<inner>[^{}]+)\})"
)
MACRO = re.compile(
    r"\\(?:(?:re)?newcommand|providecommand)\*?\s*\{?\\(?P<new>[A-Za-z]+)\}?"
    r"\s*(?:\[(?P<arguments>\d)\]\s*)?\{"
    r"|\\def\s*\\(?P<defined>[A-Za-z]+)\s*\{"
)
COMMAND = re.compile(r"\\([A-Za-z]+)")
OPENED = re.compile(r"\s*\{")
QUANTITY = re.compile(r"\\(?:SI|qty)\s*(?:\[[^\]]*\])?\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
UNITS = {
    **{"kilo": "k", "mega": "M", "giga": "G", "tera": "T", "peta": "P", "milli": "m", "micro": "µ", "nano": "n"},
    **{"byte": "B", "bit": "bit", "watt": "W", "hour": "h", "second": "s", "gram": "g", "tonne": "t", "percent": "%"},
}
"""What siunitx calls its units."""
PART = re.compile(
    r"\\(?P<section>section|subsection|subsubsection|paragraph)(?P<star>\*?)\s*(?:\[[^\]]*\])?\s*\{"
    r"|\\(?P<appendix>appendix)(?![A-Za-z])|\\begin\{(?P<appendices>appendices)\}"
    r"|\\begin\{(?P<abstract>abstract)\}"
    r"|\\begin\{(?P<float>(?:sideways|wrap)?(?:table|figure)\*?|algorithm\*?|longtable)\}"
    r"|\\captionof\s*\{(?P<captionof>table|figure|algorithm)\}\s*(?:\[[^\]]*\])?\s*\{"
    r"|\\(?:bibliography|printbibliography)(?P<references>)(?![A-Za-z])|\\begin\{(?P<thebibliography>thebibliography)\}"
)
CAPTION = re.compile(r"\\caption(?:of\{\w+\})?\s*(?:\[[^\]]*\])?\s*\{")
SUBFLOAT = re.compile(r"\\begin\{sub(figure|table)\}.*?\\end\{sub\1\}", re.DOTALL)
TABULAR = re.compile(r"\\begin\{(tabular[x*y]?|array|longtable|tabu)\}")
WITH_WIDTH = ("tabular*", "tabularx", "tabulary")
RULES = re.compile(
    r"\\(?:hline|toprule|midrule|bottomrule|addlinespace|cline\{[^}]*\}|cmidrule(?:\([^)]*\))?\{[^}]*\})"
)
LEVELS = {"section": 1, "subsection": 2, "subsubsection": 3}


def read_tex(path: Path) -> list[Piece]:
    """Return the pieces of a paper's LaTeX source.

    Raises UnreadablePaper: nothing in it is a document.
    """
    files = _read_files(path)
    mains = [name for name, text in files.items() if "\\begin{document}" in COMMENT.sub("", text)]
    if not mains:
        raise UnreadablePaper(
            "no file of it has \\begin{document}; name the folder or archive that holds the paper's main file"
        )
    main = max(mains, key=lambda name: len(_include(files[name], files)))
    text = _expand(HIDDEN.sub(lambda match: match["shown"] or "", _include(files[main], files)))
    return list(_read_parts(text.partition("\\begin{document}")[2].partition("\\end{document}")[0]))


def _read_files(path: Path) -> dict[str, str]:
    """Return the TeX files of a file, folder or archive by name; nothing is unpacked."""
    if path.is_dir():
        found = {str(file.relative_to(path)): file.read_bytes() for file in sorted(path.rglob("*.tex"))}
    elif path.suffix == ".tex":
        found = {path.name: path.read_bytes()}
    else:
        found = dict(_read_archive(path))
    if sum(map(len, found.values())) > LARGEST:
        raise UnreadablePaper(f"it holds more than {LARGEST // 1_000_000} MB of TeX; name the paper's own file")
    return {name: content.decode("utf-8", "replace") for name, content in found.items()}


def _read_archive(path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        with tarfile.open(path) as archive:
            for member in archive:
                file = archive.extractfile(member) if member.isfile() and member.name.endswith(".tex") else None
                if file and member.size < LARGEST:
                    yield member.name.removeprefix("./"), file.read()
    except (tarfile.TarError, EOFError, OSError, zlib.error):
        yield "main.tex", _read_packed(path)


def _read_packed(path: Path) -> bytes:
    """Return the one file that was packed by itself, as arXiv does with a paper of one file."""
    try:
        with gzip.open(path) as file:
            content = file.read(LARGEST + 1)
    except (EOFError, OSError, zlib.error):
        content = b"\0"
    if b"\0" in content:  # a broken archive, or a picture
        raise UnreadablePaper("this is no archive that can be read; fetch it anew, or unpack it yourself")
    return content


def _include(text: str, files: Mapping[str, str], depth: int = 0) -> str:
    """Return a text without comments, with the files that it takes in."""

    def take_in(match: re.Match[str]) -> str:
        name = match["file"] or match["bare"] or f"{match['folder'].rstrip('/')}/{match['inner']}"
        found = _find_file(name.strip().removeprefix("./").lstrip("/"), files)
        return _include(found, files, depth + 1) if depth < 8 else ""

    return INPUT.sub(take_in, COMMENT.sub(r"\1", text))


def _find_file(name: str, files: Mapping[str, str]) -> str:
    """Return a file by the name that another calls it, which may lie in a folder of its own."""
    names = (name, f"{name}.tex")
    inner = (key for key in sorted(files, key=len) if key.endswith((f"/{name}", f"/{name}.tex")))
    return next((files[key] for key in (*names, *inner) if key in files), "")


def _expand(text: str) -> str:
    """Return a text with the macros written out that stand for a text, as those for a model's name or number do."""
    macros: dict[str, tuple[int, str]] = {}
    for match in MACRO.finditer(text):
        body, _end = _braced(text, match.end() - 1)
        if len(body) < 200:
            macros[match["new"] or match["defined"]] = (int(match["arguments"] or 0), body)
    for _round in range(3):  # a macro may stand for another
        if len(text) < LARGEST:
            text = "".join(_write_out(text, macros))
    return re.sub(r"\\xspace(?![A-Za-z])", "{}", text)


def _write_out(text: str, macros: Mapping[str, tuple[int, str]]) -> Iterator[str]:
    """Yield a text with each macro as what it stands for, its arguments put in."""
    position = 0
    for match in COMMAND.finditer(text):
        if match.start() < position or match[1] not in macros:
            continue
        count, body = macros[match[1]]
        arguments, end = _read_arguments(text, match.end(), count)
        if len(arguments) < count:
            continue
        yield text[position : match.start()]
        yield _put_in(arguments, body)
        position = end + 2 if not count and text.startswith("{}", end) else end
    yield text[position:]


def _put_in(arguments: Sequence[str], body: str) -> str:
    return re.sub(r"#([1-9])", lambda used: "".join(arguments[int(used[1]) - 1 : int(used[1])]), body)


def _read_arguments(text: str, start: int, count: int) -> tuple[list[str], int]:
    """Return up to so many arguments in braces from ``start`` on, and where they end."""
    arguments: list[str] = []
    while len(arguments) < count and (opened := OPENED.match(text, start)):
        argument, start = _braced(text, opened.end() - 1)
        arguments.append(argument)
    return arguments, start


def _braced(text: str, start: int) -> tuple[str, int]:
    """Return what stands between the brace at ``start`` and its partner, and where that ends."""
    depth = 0
    for index in range(start, len(text)):
        if text[index] in "{}" and (index == 0 or text[index - 1] != "\\"):
            depth += 1 if text[index] == "{" else -1
            if not depth:
                return text[start + 1 : index], index + 1
    return text[start + 1 :], len(text)


def _environment(text: str, name: str, start: int) -> tuple[str, int]:
    """Return the content of an environment that begins at ``start``, and where it ends."""
    end = text.find(f"\\end{{{name}}}", start)
    return (text[start:end], end + len(name) + 6) if end >= 0 else (text[start:], len(text))


def _read_parts(text: str) -> Iterator[Piece]:
    """Yield the pieces of a document's body."""
    sections = [0, 0, 0]
    in_appendix = False
    floats = {"table": 0, "figure": 0, "algorithm": 0}
    position = 0
    for match in PART.finditer(text):
        if match.start() < position:
            continue
        yield from _paragraphs(text[position : match.start()])
        position = match.end()
        if match["section"]:
            title, position = _braced(text, match.end() - 1)
            level = LEVELS.get(match["section"], 0)
            if not level or match["star"]:
                yield Piece(Kind.HEADING if level else Kind.PROSE, _plain(title), unnumbered=level == 1)
                continue
            sections[level - 1] += 1
            sections[level:] = [0] * (3 - level)
            numbers = [chr(64 + sections[0]) if in_appendix else str(sections[0]), *map(str, sections[1:level])]
            said = "Appendix " if in_appendix and level == 1 else ""
            yield Piece(Kind.HEADING, f"{said}{'.'.join(numbers)} {_plain(title)}", level=level)
        elif match["appendix"] or match["appendices"]:
            in_appendix, sections = True, [0, 0, 0]
        elif match["abstract"]:
            content, position = _environment(text, "abstract", match.end())
            yield Piece(Kind.HEADING, "Abstract")
            yield from _paragraphs(content)
        elif match["float"]:
            content, position = _environment(text, match["float"], match.end())
            yield from _read_float(content, match["float"], floats)
        elif match["captionof"]:
            title, position = _braced(text, match.end() - 1)
            floats[match["captionof"]] += 1
            place = Place(match["captionof"], str(floats[match["captionof"]]))
            yield Piece(Kind.CAPTION, f"{place}: {_plain(title)}", float=place)
        else:
            yield Piece(Kind.HEADING, "References")
            if match["thebibliography"]:
                _references, position = _environment(text, "thebibliography", match.end())
    yield from _paragraphs(text[position:])


def _read_float(content: str, name: str, floats: dict[str, int]) -> Iterator[Piece]:
    """Yield the captions and cells of a float; each of its captions counts."""
    kind = "figure" if "figure" in name else "algorithm" if "algorithm" in name else "table"
    parts = [match.span() for match in SUBFLOAT.finditer(content)]
    found = list(CAPTION.finditer(content))
    captions = [match for match in found if not any(start < match.start() < end for start, end in parts)]
    place: Place | None = None
    for caption in captions:
        floats[kind] += 1
        place = Place(kind, str(floats[kind]))
        title, _end = _braced(content, caption.end() - 1)
        yield Piece(Kind.CAPTION, f"{place}: {_plain(title)}", float=place)
    for caption in found:
        if caption not in captions:  # of a part, which has a letter and no number
            yield Piece(Kind.CAPTION, _plain(_braced(content, caption.end() - 1)[0]), float=place)
    if len(captions) <= 1:
        yield from _read_tabulars(content, place)
        return
    # several tables side by side: each tabular belongs to the caption that is nearest to it
    for match in TABULAR.finditer(content):
        nearest = min(range(len(captions)), key=lambda index: abs(captions[index].start() - match.start()))
        own = Place(kind, str(floats[kind] - len(captions) + nearest + 1))
        body, _end = _environment(content, match[1], match.end())
        yield Piece(Kind.TABLE, _rows(body, match[1]), float=own)


def _read_tabulars(content: str, place: Place | None) -> Iterator[Piece]:
    found = False
    for match in TABULAR.finditer(content):
        body, _end = _environment(content, match[1], match.end())
        found = True
        yield Piece(Kind.TABLE, _rows(body, match[1]), float=place)
    if not found and "&" in content:
        yield Piece(Kind.TABLE, _rows(content), float=place)


def _rows(body: str, name: str = "") -> str:
    """Return the cells of a table, a row a line, without what its environment is told of width and columns."""
    body = re.sub(r"^\s*\[[^\]]*\]", "", RULES.sub("", body)).lstrip()
    for _argument in range(2 if name in WITH_WIDTH else 1):
        body = body[_braced(body, 0)[1] :].lstrip() if body.startswith("{") else body
    rows = re.split(r"\\\\(?:\[[^\]]*\])?|\\tabularnewline", body)
    cells = ([_plain(cell) for cell in re.split(r"(?<!\\)&", row)] for row in rows)
    return "\n".join(" | ".join(row) for row in cells if any(row))


def _paragraphs(text: str) -> Iterator[Piece]:
    for match in re.split(r"\n\s*\n", text):
        # a table that floats nowhere is read as one
        start = 0
        for table in TABULAR.finditer(match):
            if table[1] != "array" and table.start() >= start:
                if said := _plain(match[start : table.start()]):
                    yield Piece(Kind.PROSE, said)
                body, start = _environment(match, table[1], table.end())
                yield Piece(Kind.TABLE, _rows(body, table[1]))
        if said := _plain(match[start:]):
            yield Piece(Kind.PROSE, said)


def _write_quantity(match: re.Match[str]) -> str:
    unit = re.sub(r"\\([A-Za-z]+)", lambda name: UNITS.get(name[1], ""), match[2])
    return f"{match[1]} {unit}".replace("%", "\\%")


def _plain(tex: str) -> str:
    """Return what a fragment says, formulas with their numbers and signs alone."""
    from pylatexenc.latex2text import LatexNodes2Text

    tex = QUANTITY.sub(_write_quantity, tex)
    tex = COLOURS.sub("", DECIMAL_COMMA.sub(".", tex)).replace("{,}", ",").replace("\\,", "\u2009")
    for name in ("multicolumn", "multirow"):  # the last of three arguments is what is shown
        tex = re.sub(rf"\\{name}\*?\s*(?:\[[^\]]*\])?\s*\{{[^{{}}]*\}}\s*(?:\[[^\]]*\])?\s*\{{[^{{}}]*\}}", "", tex)
    try:
        text = LatexNodes2Text(math_mode="verbatim", keep_comments=False).latex_to_text(tex)
    except Exception:  # pylatexenc raises what its parser meets; the words are there all the same
        text = re.sub(r"\\[A-Za-z]+|[{}]", " ", tex)
    return re.sub(r"\s+", " ", clean_text(clean_formulas(text)))
