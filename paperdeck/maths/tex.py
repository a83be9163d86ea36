r"""TeX as people write it, in the TeX that is drawn: other environments, text with maths in it, units, formulas."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from paperdeck.maths.units import write_formula, write_number, write_quantity, write_unit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

CHARACTER_LIMIT = 10_000
GROUP_LIMIT = 100
BRACKET_LIMIT = 10
"""How many brackets may be open at once: math-core's search for their ends doubles with each that has none."""

ENVIRONMENTS = {
    **dict.fromkeys(("equation", "equation*", "math", "displaymath", "subequations")),
    **dict.fromkeys(("align", "align*", "split", "alignat", "alignat*", "flalign", "flalign*"), "aligned"),
    **dict.fromkeys(("alignedat", "eqnarray", "eqnarray*"), "aligned"),
    **dict.fromkeys(("gather", "gather*", "multlined"), "gathered"),
    **{f"{name}*": name for name in ("matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix")},
    "multline": "multline*",
}
"""What math-core reads in the place of an environment, so that it counts nothing; None: what stands in it alone."""

MARKS = {"smash": "\ue000", "widetilde": "\ue001", "widecheck": "\ue002", "smallmatrix": "\ue003", "mathop": "\ue004"}
"""What math-core does not draw is set under a character of no meaning, and drawn where that is found."""

BRACKETS = {
    "p": ("(", ")"),
    "b": ("[", "]"),
    "B": (r"\{", r"\}"),
    "v": (r"\lvert", r"\rvert"),
    "V": (r"\lVert", r"\rVert"),
}
"""What stands around a matrix of a kind."""

MACROS = {
    **{name: rf"\overset{{\text{{{MARKS[name]}}}}}{{#1}}" for name in ("smash", "widetilde", "widecheck")},
    "substack": r"\begin{subarray}{c}#1\end{subarray}",
    **dict.fromkeys(("mathbbm", "mathds"), r"\mathbb{#1}"),
    **dict.fromkeys(("mathnormal", "ensuremath", "mathclap", "mathllap", "mathrlap"), "{#1}"),
    **dict.fromkeys(("pmb", "mathbfit", "symbfit"), r"\boldsymbol{#1}"),
    "mathsfit": r"\mathsf{#1}",
    **dict.fromkeys(("nicefrac", "sfrac"), "{#1}/{#2}"),
    **dict.fromkeys(("allowbreak", "nobreak", "noindent", "xspace"), ""),
    "strut": r"\mathstrut",
    "hdots": r"\ldots",
    "centerdot": r"\cdot",
    "defeq": r"\coloneqq",
}
"""Commands that are written in those that math-core knows."""

REFUSED = {
    "label": "Sphinx numbers equations; write the label after the equation, $$ … $$ (label), or as :label:",
    "tag": "Sphinx numbers equations; give the equation a label, $$ … $$ (label)",
    "ref": "write {eq}`label` outside the maths",
    "eqref": "write {eq}`label` outside the maths",
    **dict.fromkeys(
        ("newcommand", "renewcommand", "providecommand", "def", "edef", "gdef", "xdef", "let", "DeclareMathOperator"),
        "define it for all equations in conf.py, as in paperdeck_tex_macros = {'R': r'\\mathbb{R}'}",
    ),
    **dict.fromkeys(("cite", "citep", "citet"), "write {cite:p}`key` outside the maths"),
    **dict.fromkeys(("url", "href"), "write the link outside the maths"),
    **dict.fromkeys(
        ("tiny", "scriptsize", "footnotesize", "small", "normalsize", "large", "Large", "LARGE", "huge", "Huge"),
        "the page sets the size; leave it out, or write \\displaystyle, \\textstyle or \\scriptstyle",
    ),
    **dict.fromkeys(("intertext", "shortintertext"), "end the equation, write the text, and begin another equation"),
    **dict.fromkeys(("includegraphics", "rule", "hfill"), "leave it out, or draw what it shows outside the maths"),
}
"""Commands of which nothing could come, and what to write instead."""

_ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{([A-Za-z]+\*?)\}(?:\s*\[[tbclr]\])?")
_SMALL = re.compile(r"\\(begin|end)\s*\{([pbvBV]?)smallmatrix\}")
_EDGES = re.compile(r"(\\begin\s*\{array\}\s*\{)((?:[^{}]|\{[^{}]*\})*)(\})")
_COLUMNS = re.compile(r"(\\begin\s*\{(?:alignat\*?|alignedat)\}(?:\s*\[[tbc]\])?)\s*\{\s*\d*\s*\}")
_EQNARRAY = re.compile(r"\\begin\{eqnarray\*?\}(.*?)\\end\{eqnarray\*?\}", re.DOTALL)
_LENGTH = (
    r"[-+]?\s*(?:\d*[.,]?\d+\s*(?:pt|mm|cm|in|ex|em|mu|bp|pc|sp|dd|cc)|[\d.]*\s*\\[A-Za-z]*(?:skip|jot|sep|height))"
)
_ROW_END = re.compile(rf"(\\\\)\*?(?:\s*\[\s*{_LENGTH}\s*\])?")
"""The end of a row, with what LaTeX reads of it beside: a star, and the space that follows."""
_SIGN = re.compile(r"(?<!\\)&((?:[^&\\]|\\[A-Za-z]+|\\[^\\A-Za-z])*?)(?<!\\)&")
_ANGLES = re.compile(r"(\\(?:left|right|middle|[bB]igg?[lrm]?)\s*)([<>])")
_OPERATOR = re.compile(r"(\\operatorname\*?)\s*\{\s*\\(?:mathsf|mathrm|mathbf|mathit|textsf|textrm|text|rm|sf)\b\s*")
_STARRED = re.compile(r"(\\(?!(?:operatorname|tag)\*)[A-Za-z]+)\*")
"""A command and a star that is none of its name: ``\\pi*``."""
_COMMENT = re.compile(r"(?<!\\)%.*")
_COMMAND = re.compile(r"\\([A-Za-z]+|.)", re.DOTALL)
_KINDS = "brace|brack|ang|angle|floor|ceil|vert|Vert|group|moustache|bracket|Brace|paren|corner"
_NESTING = re.compile(
    rf"(?P<open>\\(?:l+|ul)(?:{_KINDS})(?![a-zA-Z])|\\\{{|[(\[])"
    rf"|(?P<close>\\(?:r+|ur|lr)(?:{_KINDS})(?![a-zA-Z])|\\\}}|[)\]])"
    r"|(?P<group>\\(?:begin|left)(?![a-zA-Z])|\{)|(?P<end>\\(?:end|right)(?![a-zA-Z])|\})|\\.",
    re.DOTALL,
)
_TEXT = re.compile(r"\\(text|mbox|hbox|text(?:normal|rm|up|bf|it|sf|tt))(?![A-Za-z])\s*\{")
_PLAIN_TEXT = frozenset({"text", "mbox", "hbox", "textnormal", "textrm", "textup"})
"""Commands whose text is set in the face that it stands in."""
_SIGN_AND_SPACE = re.compile(r"(\\\\)|(\\[%&#_${}])(?=\s)")
"""A sign in a text, behind which math-core leaves the space out that TeX keeps."""
_DASHES_AND_QUOTES = {"---": "—", "--": "–", "``": "“", "''": "”"}
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""What is no character, and nothing that is drawn may hold."""
_UNITS = re.compile(r"\\(SI|qty|si|unit|num|ce)(?![A-Za-z])\s*(?:\[[^\]]*\])?\s*\{")
_DOLLAR = re.compile(r"(?<!\\)\$")


class TexError(ValueError):
    """TeX that cannot be drawn; ``near`` is the text of its line from where it goes wrong."""

    def __init__(self, message: str, near: str) -> None:
        super().__init__(message)
        self.near = near


def refuse_hopeless(tex: str) -> None:
    """Raise ``TexError`` on what math-core would stay silent on, take minutes for, or die of."""
    if len(tex) > CHARACTER_LIMIT:
        message = f"An equation of {len(tex):,} characters; at most {CHARACTER_LIMIT:,} are read: split it"
        raise TexError(message, rest_of_line(tex, 0))
    for found in _COMMAND.finditer(tex):
        if instead := REFUSED.get(found[1]):
            raise TexError(f"“{found[0]}” has no effect here: {instead}", rest_of_line(tex, found.start()))
    groups: list[int] = []
    brackets = 0
    for found in _NESTING.finditer(tex):
        match found.lastgroup:
            case "open":
                brackets += 1
            case "close":
                brackets = max(brackets - 1, groups[-1] if groups else 0)
            case "group":
                groups.append(brackets)
            case "end" if groups:
                brackets = groups.pop()
        if len(groups) > GROUP_LIMIT or brackets > BRACKET_LIMIT:
            message = (
                f"Nested too deeply: at most {BRACKET_LIMIT} brackets and {GROUP_LIMIT} groups may be open at once"
            )
            raise TexError(message, rest_of_line(tex, found.start()))


def is_empty(tex: str) -> bool:
    """Tell whether TeX says nothing, or holds comments alone."""
    return not _COMMENT.sub("", tex).strip()


def rewrite_tex(tex: str, *, display: bool = False) -> str:
    """Return TeX as math-core reads it, with the same meaning."""
    tex = replace_arguments(tex, _UNITS, _write_units, {"SI": 2, "qty": 2})
    tex = replace_arguments(tex, _TEXT, _split_text)
    tex = _EQNARRAY.sub(lambda found: found[0].replace(found[1], _SIGN.sub(r"&\1", found[1])), tex)
    tex = _COLUMNS.sub(r"\1", tex)
    tex = _SMALL.sub(_mark_small, tex)
    tex = _EDGES.sub(lambda found: found[1] + re.sub(r"[@!]\{[^{}]*\}", "", found[2]) + found[3], tex)
    tex = _ENVIRONMENT.sub(_rename_environment, tex)
    tex = _ANGLES.sub(lambda found: found[1] + (r"\langle " if found[2] == "<" else r"\rangle "), tex)
    tex = _ROW_END.sub(r"\1", tex)
    tex = re.sub(r"\\hspace\*", r"\\hspace", tex)
    tex = _STARRED.sub(r"\1 *", tex)
    tex = re.sub(r"\\cr(?![A-Za-z])", r"\\\\", tex)
    limits = "?" if display else ""  # in a line an operator has its limits beside it, unless told otherwise
    tex = re.sub(rf"\\mathop\s*(\{{(?:[^{{}}]|\{{[^{{}}]*\}})*\}})(?:\s*\\limits){limits}", _mark_operator, tex)
    tex = re.sub(r"(\\operatorname)(\s*\{[^{}]*\})\s*\\limits", r"\1*\2", tex)
    return _OPERATOR.sub(_unwrap_operator, tex)


def join_rows(tex: str) -> str:
    r"""Return a display equation with its rows, ended by ``\\`` or a blank line, in one environment."""
    parts = [part for part in re.split(r"\n\s*\n", tex) if part.strip()]
    if len(parts) > 1:
        return "\\begin{aligned}\n" + "\n\\\\\n".join(join_rows(part) for part in parts) + "\n\\end{aligned}"
    depth = 0
    for found in re.finditer(r"\\(?:(begin)|(end))(?![a-zA-Z])|\\(.)|([{}])", tex, re.DOTALL):
        depth += bool(found[1] or found[4] == "{") - bool(found[2] or found[4] == "}")
        if depth == 0 and found[3] == "\\":
            return "\\begin{aligned}\n" + tex + "\n\\end{aligned}"
    return tex


def rest_of_line(tex: str, place: int) -> str:
    """Return the rest of the line at a place; of the last line that says something, where nothing follows."""
    rest = tex[place:].lstrip().partition("\n")[0].strip()
    return rest or tex.rstrip().rpartition("\n")[2].strip()


def _rename_environment(found: re.Match[str]) -> str:
    r"""Return the ``\begin`` or ``\end`` of what is read in the place of an environment."""
    environment = ENVIRONMENTS.get(found[2], found[2])
    return "" if environment is None else rf"\{found[1]}{{{environment}}}"


def _mark_small(found: re.Match[str]) -> str:
    """Return a small matrix as a matrix with our mark; its brackets stand around both."""
    begins, kind = found[1] == "begin", found[2]
    bracket = rf"\{'left' if begins else 'right'}{BRACKETS[kind][0 if begins else 1]}" if kind else ""
    mark = MARKS["smallmatrix"]
    return rf"{bracket}\overset{{\text{{{mark}}}}}{{\begin{{matrix}}" if begins else rf"\end{{matrix}}}}{bracket}"


def _mark_operator(found: re.Match[str]) -> str:
    """Return what is set as an operator with our mark, so that its limits stand over and under it."""
    return rf"\overset{{\text{{{MARKS['mathop']}}}}}{found[1]}"


def _unwrap_operator(found: re.Match[str]) -> str:
    """Return the beginning of an operator's name without the face that it is set in: it has its own."""
    return found[1] + "{"


def replace_arguments(
    tex: str,
    command: re.Pattern[str],
    write: Callable[[str, list[str], str], str],
    counts: Mapping[str, int] = MappingProxyType({}),
) -> str:
    """Replace commands and the arguments that follow them, in braces.

    :param write: given the name of a command, its arguments and the text of both, returns what stands there instead
    :param counts: how many arguments a command has that has not one
    """
    parts: list[str] = []
    at = 0
    while found := command.search(tex, at):
        arguments: list[str] = []
        end = found.end() - 1
        count = counts.get(found[1], 1)
        while len(arguments) < count and tex[end : end + 1] == "{" and (closed := _find_brace(tex, end)):
            arguments.append(tex[end + 1 : closed])
            end = closed + 1
        end = end if arguments else found.end()  # a brace that nothing closes is math-core's to tell
        written = tex[found.start() : end]
        parts += [tex[at : found.start()], write(found[1], arguments, written) if arguments else written]
        at = end
    return "".join([*parts, tex[at:]])


def _find_brace(tex: str, start: int) -> int | None:
    """Return the place of the brace that closes the one at the start."""
    depth = 0
    for found in re.finditer(r"\\.|[{}]", tex[start:], re.DOTALL):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth == 0 and found[0] == "}":
            return start + found.start()
    return None


def _split_text(name: str, arguments: list[str], written: str) -> str:
    r"""Return a text with the maths in it beside it: ``\text{if $x$}``."""
    pieces = _DOLLAR.split(arguments[0])
    if len(pieces) % 2 == 0:  # a dollar without its partner
        return written
    face = "text" if name in _PLAIN_TEXT else name
    parts = [
        f"{{{piece}}}" if number % 2 else rf"\{face}{{{_write_text(piece, face)}}}"
        for number, piece in enumerate(pieces)
        if piece or len(pieces) == 1
    ]
    return "{" + "".join(parts) + "}" if len(pieces) > 1 else parts[0]


def _write_text(text: str, face: str) -> str:
    """Return a text with its spaces, dashes and quotation marks as TeX sets them: the last not in code."""
    text = _SIGN_AND_SPACE.sub(lambda found: found[1] or f"{found[2]}{{}}", text)
    if face == "texttt":
        return text
    return re.sub("|".join(_DASHES_AND_QUOTES), lambda found: _DASHES_AND_QUOTES[found[0]], text)


def _write_units(name: str, arguments: list[str], written: str) -> str:
    """Return a number, a unit or a chemical formula in plain TeX."""
    if name in ("SI", "qty") and len(arguments) == 2:
        return write_quantity(*arguments)
    if name in ("si", "unit"):
        return write_unit(arguments[0])
    if name == "num":
        return write_number(arguments[0])
    return write_formula(arguments[0]) if name == "ce" else written
