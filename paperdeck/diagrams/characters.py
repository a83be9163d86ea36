"""Characters that Mermaid would take for markup: hidden from it while it draws, shown again in what it drew."""

from __future__ import annotations

import re
from html import unescape

HIDDEN = 0xE000
"""Where the private use area of Unicode begins; there, in their order, printable characters of ASCII hide."""

_CODE = re.compile(r"[#&](#?x[0-9a-f]{1,6}|#?\d{1,7}|[a-z]{2,30}\d{0,2});", re.IGNORECASE)
_OPENING = re.compile(r"(?<!<)<(?=/?[a-z!])(?!br\s*/?>)", re.IGNORECASE)
_LESS = re.compile(r"<(?=[\s\d]|=[^=>])")
_STEREOTYPE = re.compile(r"<<[a-z][^<>\n]*>>", re.IGNORECASE)
_CLOSING = re.compile(r"(?<![-=.])>")
_MARKS = re.compile(rf'({_OPENING.pattern})|({_LESS.pattern})|({_CLOSING.pattern})|["\n]', re.IGNORECASE)
_SHOWN = {HIDDEN + ord(char): char for char in map(chr, range(0x20, 0x7F))}


def find_hidden_characters(text: str) -> list[tuple[int, int, str]]:
    """Return what is to be hidden in a source, in order: start, end, and what to write instead.

    A code such as ``#59;`` is the character it stands for, as Mermaid has it; of what looks like a tag, such as
    ``List<int>``, the brackets are characters too. ``<br>`` stays, as does what no code and no tag is.
    """
    return sorted([*_find_codes(text), *_find_brackets(text), *_find_stereotypes(text)])


def _find_codes(text: str) -> list[tuple[int, int, str]]:
    codes = []
    for found in _CODE.finditer(text):
        code = found[1].removeprefix("#")
        char = unescape(f"&#{code};" if code[0] in "xX0123456789" else f"&{code};")
        if len(char) == 1 and (char.isprintable() or char == "\u00a0") and char != "\ufffd":
            codes.append((*found.span(), _hide(char)))
    return codes


def _find_brackets(text: str) -> list[tuple[int, int, str]]:
    brackets = []
    opened = 0
    for found in _MARKS.finditer(text):
        opening, less, closing = found.groups()
        if opening or (closing and opened):
            opened += 1 if opening else -1
        elif not less:
            opened = opened if closing else 0  # a tag ends with its label
            continue
        brackets.append((*found.span(), _hide(found[0])))
    return brackets


def _find_stereotypes(text: str) -> list[tuple[int, int, str]]:
    """Find ``<<uses>>`` in the label of an edge; elsewhere it says what a class is, and is Mermaid's."""
    marks = []
    start = 0
    for line in text.splitlines(keepends=True):
        edge, colon, label = line.partition(":")
        if colon and ("--" in edge or ".." in edge):
            for found in _STEREOTYPE.finditer(label):
                first = start + len(edge) + 1 + found.start()
                last = first + len(found[0])
                marks += [(at, at + 1, _hide(text[at])) for at in (first, first + 1, last - 2, last - 1)]
        start += len(line)
    return marks


def _hide(char: str) -> str:
    return chr(HIDDEN + ord(char)) if char.isascii() else char


def show_hidden_characters(text: str) -> str:
    """Return a text with what was hidden in it."""
    return text.translate(_SHOWN)
