r"""Parts of an equation: ``\class{balance active}{…}`` names one, gives it a meaning, and lets it come as a step.

The command is MathJax's, so that the same source is drawn where another renderer is chosen.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from paperdeck.maths.tex import TexError, replace_arguments, rest_of_line
from paperdeck.pictures.steps import STEP_LINE, Step, list_changes, read_steps

if TYPE_CHECKING:
    from collections.abc import Sequence

MEANINGS = ("active", "idle", "data")
"""The names that colour a part, as they do the parts of a diagram."""

MARK = "\ue005"
"""What stands before the names of a part while math-core draws it."""

_CLASS = re.compile(r"\\(class)(?![A-Za-z])\s*\{")
_NAMES = re.compile(r"\s*[A-Za-z][\w-]*(?:\s+[A-Za-z][\w-]*)*\s*", re.ASCII)


def mark_parts(tex: str) -> str:
    r"""Return TeX without its steps, and with a mark in each part in the place of ``\class``."""

    def write(_name: str, arguments: list[str], written: str) -> str:
        if len(arguments) < 2 or not _NAMES.fullmatch(arguments[0]):
            message = r"“\class” takes a name and a part, each in braces, as in \class{active}{p_i}"
            raise TexError(message, rest_of_line(written, 0))
        return rf"{{\text{{{MARK}{arguments[0]}}}{mark_parts(arguments[1])}}}"

    return replace_arguments(STEP_LINE.sub("", tex), _CLASS, write, {"class": 2})


def strip_parts(tex: str) -> str:
    r"""Return TeX without names and steps, for what does not know them."""
    return replace_arguments(
        STEP_LINE.sub("", tex),
        _CLASS,
        lambda _name, arguments, _written: f"{{{strip_parts(arguments[-1])}}}",
        {"class": 2},
    )


def name_parts(root: ET.Element, steps: Sequence[Step]) -> None:
    """Give the parts their names as classes, and say in groups around them what clicks change."""
    parents = {child: parent for parent in root.iter() for child in parent}
    for mark in [element for element in root.iter("mtext") if (element.text or "").startswith(MARK)]:
        part = parents[mark]
        names = (mark.text or "").removeprefix(MARK).split()
        part.remove(mark)
        part.set("class", " ".join(names))
        for change, numbers in list_changes(names, steps).items():
            for number in numbers:
                inner = ET.Element(part.tag, part.attrib)
                inner.extend(list(part))
                part.clear()
                part.tag, part.attrib = "mrow", {f"data-{change}": str(number)}
                part.append(inner)


def find_steps(tex: str) -> tuple[list[Step], list[tuple[int, str]]]:
    """Read the steps of an equation.

    :return: the steps, and what is wrong, each with its offset in the TeX
    """
    steps, mistakes = read_steps(tex)
    names = {name for found in _CLASS.finditer(tex) for name in tex[found.end() : tex.find("}", found.end())].split()}
    unknown = [
        (step.offset, f"“{step.name}” is no part here; name one with \\class")
        for step in steps
        if step.name not in names
    ]
    return steps, [*mistakes, *unknown]
