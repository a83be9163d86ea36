"""Whether a picture says all that its source says: the words that merman read, held against the words that it drew."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

from paperdeck.diagrams.characters import show_hidden_characters
from paperdeck.pictures.text_width import BREAK

if TYPE_CHECKING:
    from collections.abc import Iterator

_LABELS = {
    "flowchart": {"label", "title"},
    "sequence": {"description", "message"},
    "class": {"label", "displayText", "text", "title"},
    "state": {"label"},
    "er": {"label", "type", "name", "comment", "roleA"},
    "requirement": {"name", "text", "requirementId"},
    "block": {"label"},
    "mindmap": {"label"},
}
"""The parts of merman's reading of each kind that hold an author's words."""
_WORDLESS = frozenset({"stateStart", "stateEnd", "forkJoin", "choice", "divider", "noteGroup"})
"""Shapes of states that merman names itself, and draws without a word."""
_COLOUR_OF_SEQUENCE = 22
"""The type of “message” that is the colour of a rectangle."""
_WORD = re.compile(r"[^\W_]+")


def find_lost_word(kind: str, model: Any, drawn: str) -> str | None:
    """Return the first word of a source's labels that is not in a picture's text; None if all are there."""
    shown = "".join(_WORD.findall(drawn))
    parts = [part for part in model.values() if not isinstance(part, str)]
    for label in _find_labels(parts, _LABELS.get(kind, set())):
        for word in _WORD.findall(BREAK.sub(" ", show_hidden_characters(unescape(label)).replace(r"\n", " "))):
            if word not in shown:
                return str(word)
    return None


def _find_labels(part: Any, keys: set[str]) -> Iterator[str]:
    if isinstance(part, dict):
        if part.get("shape") in _WORDLESS or part.get("type") == _COLOUR_OF_SEQUENCE:
            return
        for key, value in part.items():
            if key == "label":  # an entity may have another name; a node without a label has its id there
                value = part.get("alias") or value
                if value == part.get("id"):
                    continue
            if isinstance(value, str) and key in keys:
                yield value
            else:
                yield from _find_labels(value, keys)
    elif isinstance(part, list):
        for item in part:
            yield from _find_labels(item, keys)
