"""Spelling of the prose, British, with the field's own words: ``python -m tests.spelling``, a part of ``make lint``."""

from __future__ import annotations

import re
import sys
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from spylls.hunspell import Dictionary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TOP = Path(__file__).parent.parent
PROSE = (
    "*.md",
    "papers/**/*.md",
    "guide/**/*.md",
    "paperdeck/start/**/*.md",
    "papers/*/facts.yaml",
    "diagrams/**/*.mmd",
)
"""What is looked at; of ledgers and diagrams, the texts."""
WORDS = TOP / "tests" / "words.txt"
"""Names and terms that the dictionary lacks, one a line; in small letters, it may stand in any."""

TEXTS = {
    ".yaml": re.compile(r"^  (?:says|text|differs): (.*)$", re.M),
    ".mmd": re.compile(r'^ *acc(?:Title|Descr): (.*)$|"([^"\n]*)"', re.M),
}
CODE = re.compile(r"^( *`{3,})(?!\{(?:chart|glossary)\}).*?^\1 *$", re.M | re.S)  # and directives without prose
ROLE = re.compile(r"(?:\{([\w:-]+)\})?(`+)(.+?)\2(?!`)")
SPOKEN = ("fact", "term", "ref", "doc", "plain")
"""Roles with words of their own, as in ``{term}`the words <target>` ``."""
MARKS = re.compile(
    r"^(?:paper|code|podcast): .*?$|^\([\w-]+\)=$"  # front matter, labels
    r"|^:(?!(?:alt|caption|unit|x|y):)[\w-]+:.*?$|^[:`]+\{[\w-]+\}"  # options and heads of directives
    r"|\$\$.*?\$\$|\$[^$\n]+\$|\]\([^)\n]*\)|https?://\S+|<[^>\n]*>",  # maths, targets of links, HTML
    re.M | re.S,
)
WORD = re.compile(r"(?<!\w)[^\W\d_²³]+(?:['’][^\W\d_²³]+)*(?!\w)")


@cache
def dictionary() -> Dictionary:
    """Return the English dictionary that comes with spylls, an American one."""
    return Dictionary.from_files("en_US")


@cache
def british() -> dict[str, str]:
    """Return what is written here in place of an American spelling, from the table that comes with codespell."""
    table = files("codespell_lib") / "data" / "dictionary_en-GB_to_en-US.txt"
    pairs = (line.split("->") for line in table.read_text(encoding="utf-8").splitlines())
    return {american.split(",")[0]: ours for ours, american in pairs}


def blank(match: re.Match[str]) -> str:
    """Return as many lines as there were."""
    return "\n" * match[0].count("\n") or " "


def spoken(match: re.Match[str]) -> str:
    """Return the words of a role; code, citations and keys have none."""
    role, _ticks, body = match.groups()
    words, target, _rest = body.partition("<")
    return words if role in SPOKEN and (target or role in ("term", "plain")) else " "


def words_of(text: str, kind: str = ".md") -> Iterator[tuple[int, str]]:
    """Yield line and word of the prose in a file of a kind: ``.md``, ``.yaml`` or ``.mmd``."""
    if kind in TEXTS:
        lines = [""] * (text.count("\n") + 1)
        for match in TEXTS[kind].finditer(text):
            lines[text.count("\n", 0, match.start())] += " ".join(filter(None, match.groups())) + " "
        text = "\n".join(lines)
    text = MARKS.sub(blank, ROLE.sub(spoken, CODE.sub(blank, text)))
    for number, line in enumerate(text.splitlines(), 1):
        yield from ((number, re.sub(r"['’]s?$", "", word).replace("’", "'")) for word in WORD.findall(line))


def mistakes(words: Iterable[tuple[int, str]], known: set[str]) -> Iterator[tuple[int, str]]:
    """Yield line and message for each word that is neither British English nor known."""
    for number, word in words:
        small = word.lower()
        if len(word) == 1 or word in known or small in known or small in british().values():
            continue
        ours = british().get(small, small.replace("iz", "is"))
        if small in british() or (ours != small and ours in known):
            yield number, f"{word!r} is American; write {ours!r}"
        elif not dictionary().lookup(word):
            yield number, f"{word!r} is not in the dictionary; mend it, or add it to {WORDS.relative_to(TOP)}"


def main() -> int:
    """Look at all prose, print each mistake, and return how the command ends."""
    known = set(WORDS.read_text(encoding="utf-8").split())
    told, met = [], set()
    for path in sorted({path for pattern in PROSE for path in TOP.glob(pattern)}):
        words = list(words_of(path.read_text(encoding="utf-8"), path.suffix))
        met |= {form for _line, word in words for form in (word, word.lower())}
        told += [f"{path.relative_to(TOP)}:{line}: {message}" for line, message in mistakes(words, known)]
    told += [f"{WORDS.relative_to(TOP)}: no prose has {word!r}; take it out" for word in sorted(known - met)]
    print(*told, sep="\n", end="\n" if told else "")
    return min(len(told), 1)


if __name__ == "__main__":
    sys.exit(main())
