"""MathML as math-core writes it, made fit for browsers: faces, primes, arrows, lines over and under, small print."""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from math_core import LatexError, LatexToMathML

from paperdeck.maths.parts import mark_parts, name_parts
from paperdeck.maths.tex import CONTROL, MACROS, MARKS, TexError, join_rows, refuse_hopeless, rest_of_line, rewrite_tex

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from paperdeck.pictures.steps import Step

NAMESPACE = "http://www.w3.org/1998/Math/MathML"
LIMITS = {"msub": "munder", "msup": "mover", "msubsup": "munderover"}
"""What scripts are that stand over and under."""
WIDE_SPACES = ("1em", "2em")
"""Of ``\\quad`` and ``\\qquad``."""
RELATIONS = frozenset("=≠≈≃≅≡∼∝<>≤≥≪≫→⇒⇔")
PRIMES = "′″‴⁗"
ARROWS = {
    "→": "to-right", "←": "to-left", "↔": "to-right to-left", "↦": "to-right from-bar",
    "⇒": "double to-right", "⇐": "double to-left", "⇔": "double to-right to-left",
}  # fmt: skip
"""Arrows that are drawn as long as what stands over them, and the classes that say how."""
LOW_LINE = "\u0332"
WIDE = {MARKS["widetilde"]: ("˜", "wide-tilde"), MARKS["widecheck"]: ("ˇ", "wide-check")}
PAIRED = frozenset("εϵθϑφϕρϱπϖκϰ")
"""Greek letters with a variant: the text face has not both, so the maths face draws either."""
FACES = {
    "BOLD ITALIC": "variable bold", "SANS-SERIF BOLD ITALIC": "variable bold", "SANS-SERIF ITALIC": "variable",
    "SANS-SERIF BOLD": "name bold", "BOLD": "name bold", "ITALIC": "variable", "SANS-SERIF": "name",
    "MONOSPACE": "name mono",
}  # fmt: skip
"""Letters of these kinds are drawn in the text face, like the plain ones; script, Fraktur and blackboard are not."""
TEXT_FACES = {"b": "bold", "i": "italic", "code": "mono", "span": ""}

_KIND = re.compile(r"MATHEMATICAL ((?:SANS-SERIF )?(?:BOLD )?(?:ITALIC )?|MONOSPACE )(?:SMALL|CAPITAL|DIGIT)")
_LETTERS = "A-Za-zÀ-ÖØ-öø-ſ"
_VARIABLE = re.compile("[A-Za-zα-ω]")
_NAME = re.compile(f"[{_LETTERS}Α-Ωα-ω]+(?:[ -\u200a\u202f][{_LETTERS}]+)*")
_ENTITIES = {"&ApplyFunction;": "\u2061", "&InvisibleTimes;": "\u2062", "\ufe00": "", "\ufe01": ""}


def to_mathml(
    tex: str, *, display: bool = False, macros: Mapping[str, str] | None = None, steps: Sequence[Step] = ()
) -> str:
    r"""Return TeX as one ``<math>`` element, fit for HTML and XHTML.

    :param tex: what stands between the dollars, or an environment of amsmath with its ``\begin``
    :param display: on a line of its own, large
    :param macros: the definition of each command, without its backslash
    :param steps: what clicks do to its parts
    :raises TexError: nothing can be drawn; its text says what to write
    """
    return _write(_convert(tex, display, tuple((macros or {}).items()), tuple(steps)))


def divide_equation(
    tex: str, *, macros: Mapping[str, str] | None = None, steps: Sequence[Step] = ()
) -> list[list[str]]:
    r"""Return an equation as several ``<math>`` elements, each of which may begin a line: no browser breaks maths.

    :return: what stands apart by ``\quad`` or ``\qquad``, each as what is before its first relation, and each relation
        with what follows
    :raises TexError: as ``to_mathml``
    """
    root = _convert(tex, True, tuple((macros or {}).items()), tuple(steps))
    divided = [[ET.Element("math", root.attrib)]]
    for child in root:
        if child.tag == "mspace" and child.get("width") in WIDE_SPACES:
            divided.append([ET.Element("math", root.attrib)])
            continue
        if child.tag == "mo" and child.text in RELATIONS:
            divided[-1].append(ET.Element("math", root.attrib))
        divided[-1][-1].append(child)
    return [[_write(part) for part in parts if len(part)] for parts in divided]


@functools.lru_cache(maxsize=4096)  # symbols stand in many places, and an equation in article, deck and its measuring
def _convert(tex: str, display: bool, macros: tuple[tuple[str, str], ...], steps: tuple[Step, ...]) -> ET.Element:
    refuse_hopeless(tex)
    marked = mark_parts(CONTROL.sub(" ", tex))
    source = rewrite_tex(join_rows(marked) if display else marked, display=display)
    try:
        mathml: str = make_converter(**dict(macros)).convert_with_local_state(source, displaystyle=display)
    except LatexError as error:
        message, place = explain_error(error)
        raise TexError(message, "" if place is None else _find_near(tex, source, place)) from None
    for entity, text in _ENTITIES.items():
        mathml = mathml.replace(entity, text)
    try:
        root = ET.fromstring(mathml)
    except ET.ParseError:  # as of \operatorname<
        raise TexError("An argument is not what its command takes; write it in braces", rest_of_line(tex, 0)) from None
    for element in list(root.iter()):
        element.tag = element.tag.rpartition("}")[2]
    name_parts(root, steps)
    mend_mathml(root)
    left_over = set(root.itertext())
    for command, mark in MARKS.items():
        if mark in left_over:
            message = f"“\\{command}” has no argument; write one in braces, as in \\{command}{{x}}"
            raise TexError(message, rest_of_line(tex, max(tex.find(rf"\{command}"), 0)))
    root.set("xmlns", NAMESPACE)
    return root


def _write(root: ET.Element) -> str:
    return ET.tostring(root, "unicode").replace(" />", "/>")


def make_converter(**macros: str) -> LatexToMathML:
    """Return math-core's converter for these macros and ours; it is made once."""
    return _make_converter(tuple({**MACROS, **{name: rewrite_tex(tex) for name, tex in macros.items()}}.items()))


@functools.cache
def _make_converter(macros: tuple[tuple[str, str], ...]) -> LatexToMathML:
    return LatexToMathML(macros=dict(macros), fancy_error=False, xml_namespace=True)


def explain_error(error: LatexError) -> tuple[str, int | None]:
    """Return what math-core says, with what to do, and at which character; None where that is in a macro."""
    where, _colon, message = str(error).partition(": ")
    message = message.rstrip(".")
    for said, advice in ADVICE.items():
        if message.startswith(said):
            message = f"{message}; {advice}"
    return message, int(where) if where.isdecimal() else None


ADVICE = {
    "Unknown command": "write it otherwise (the guide lists what is drawn), or define it in paperdeck_tex_macros",
    "Unknown environment": "write aligned, gathered, cases, array or a matrix (the guide lists what is drawn)",
    "Not valid in math mode": r"a command of text stands here; take it out, or write it outside the maths",
    "Not valid in text mode": r"in \text a “_” is written \_, and maths stands between dollars",
    "Math mode within text mode": r"a “$” in \text has no partner; write \$ for the sign",
}
"""What to do about a message of math-core."""


def _find_near(tex: str, source: str, place: int) -> str:
    """Return the text of the author's line that goes wrong at a place in the TeX made of it."""
    near = rest_of_line(source, place)
    if near not in tex and (command := re.match(r"\\[A-Za-z]+", near)) and command[0] in tex:
        return rest_of_line(tex, tex.index(command[0]))
    return near


def mend_mathml(root: ET.Element) -> None:
    """Change what browsers draw wrongly, and say which letters come from which face."""
    for parent in reversed(list(root.iter())):  # what is inside first, for it may be put into another element
        if parent.tag in LIMITS and parent[0].tag == "mover" and parent[0][1].text == MARKS["mathop"]:
            parent.tag = LIMITS[parent.tag]
        for number, child in enumerate(list(parent)):
            if replacement := _redraw(child):
                replacement.tail = child.tail
                parent[number] = replacement
    for element in list(root.iter()):
        if element.tag in ("msup", "msubsup"):
            _lower_primes(element[-1])
        elif element.tag == "mi":
            _choose_face(element)
        elif element.tag == "mo" and _NAME.fullmatch(element.text or ""):  # in a row of an environment
            element.attrib = {"class": "name", **element.attrib}
        elif element.tag == "mtext":
            _flatten_text(element)
        if "scriptlevel" in element.attrib:  # no attribute of MathML Core's elements in HTML's own grammar
            _add_style(element, f"math-depth:{element.attrib.pop('scriptlevel')}")


def _redraw(element: ET.Element) -> ET.Element | None:
    """Return what stands in the place of an element with an arrow, a line or a mark of ours."""
    if element.tag not in ("mover", "munder", "munderover") or len(element) < 2:
        return None
    base, mark = element[0], "".join(element[1].itertext())
    if element[1].tag == "mtext" and mark in MARKS.values():
        return _redraw_marked(base, mark)
    if element[1].tag == "mo" and mark == LOW_LINE:
        line = "over" if element.tag == "mover" else "under"
        return _wrap("mrow", base, classes=f"line-{line}")
    if element[1].tag == "mo" and mark in ARROWS:
        element[1] = _draw_arrow(mark)
    elif base.tag == "mo" and base.text in ARROWS and _has_least_width(element):
        element[0] = _draw_arrow(base.text)
    return None


def _has_least_width(element: ET.Element) -> bool:
    """Tell whether an arrow is one that grows: math-core puts a space of the least length over its label."""
    return any(label.tag in ("mover", "munder") and label[-1].tag == "mspace" for label in element[1:])


def _redraw_marked(base: ET.Element, mark: str) -> ET.Element:
    if mark == MARKS["mathop"]:
        return _wrap("mrow", base)
    if mark == MARKS["smash"]:
        return _wrap("mpadded", base, height="0", depth="0")
    if mark == MARKS["smallmatrix"]:
        for table in base.iter("mtable"):
            table.set("scriptlevel", "1")
        return _wrap("mrow", base, classes="small")
    sign, classes = WIDE[mark]
    accented = ET.Element("mover", {"accent": "true"})
    wide = ET.Element("mpadded", {"class": f"grown {classes}"})
    ET.SubElement(wide, "mo", {"stretchy": "false"}).text = sign
    accented.extend([base, wide])
    return accented


def _draw_arrow(arrow: str) -> ET.Element:
    """Return an arrow as long as what it stands under or over; the sign itself is there for who hears it."""
    drawn = ET.Element("mpadded", {"class": f"grown arrow {ARROWS[arrow]}"})
    ET.SubElement(drawn, "mo", {"stretchy": "false", "lspace": "0", "rspace": "0"}).text = arrow
    return drawn


def _lower_primes(script: ET.Element) -> None:
    """Set primes as in print: they are high and small already, and no script of a script."""
    for element in list(script) if script.tag == "mrow" else [script]:
        if element.tag == "mo" and element.text and element.text in PRIMES:
            prime = ET.SubElement(element, "mo", {"lspace": "0", "rspace": "0"})
            prime.text, element.text = element.text, None
            element.tag, element.attrib = "mpadded", {"class": "prime", "voffset": "-0.47em", "height": "0.25em"}


def _choose_face(identifier: ET.Element) -> None:
    """Say which letters come from the text face: ``variable`` slanted, ``name`` upright; script letters do not."""
    text = identifier.text or ""
    if kind := _KIND.match(unicodedata.name(text[:1], "")):
        plain = unicodedata.normalize("NFKC", text)
        if (_NAME.fullmatch(plain) and plain.isascii()) or plain.isdigit():
            identifier.text = plain
            identifier.attrib = {"class": FACES[kind[1].strip()], "mathvariant": "normal"}
            return
    upright = identifier.get("mathvariant") == "normal"
    if not upright and _VARIABLE.fullmatch(text) and text not in PAIRED:
        identifier.attrib = {"class": "variable", **identifier.attrib}
    elif (upright or len(text) > 1) and _NAME.fullmatch(text):
        identifier.attrib = {"class": "name", **identifier.attrib}


def _flatten_text(text: ET.Element) -> None:
    """Say with a class which face a text has: an element of HTML has no place in MathML."""
    if len(text) == 1 and text[0].tag in TEXT_FACES:
        if face := TEXT_FACES[text[0].tag]:
            text.set("class", face)
        text.text = (text.text or "") + "".join(text[0].itertext()) + (text[0].tail or "")
        text.remove(text[0])


def _wrap(tag: str, element: ET.Element, *, classes: str = "", **attributes: str) -> ET.Element:
    wrapped = ET.Element(tag, {"class": classes, **attributes} if classes else attributes)
    wrapped.append(element)
    return wrapped


def _add_style(element: ET.Element, rule: str) -> None:
    style = element.get("style", "").rstrip(";")
    element.set("style", f"{style};{rule}" if style else rule)
