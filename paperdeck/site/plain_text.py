"""MyST's inline markup as plain text, for pictures and front matter, which have letters alone."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.myst_role import myst_role_plugin

from paperdeck.site.tex import ABOVE, BELOW, COMMAND, FORMATS, FRACTION, SYMBOLS, read_formula, write_script

if TYPE_CHECKING:
    from markdown_it.token import Token

SCRIPTS = {"sub": BELOW, "subscript": BELOW, "sup": ABOVE, "superscript": ABOVE}
FUNCTIONS = frozenset({"arg", "cos", "exp", "frac", "lim", "ln", "log", "max", "min", "sin", "sqrt", "tan"})
"""Commands of maths that are called as they are written, or that a line has room for."""
FACT = "{fact}`"
"""How a fact begins, which is left to who knows the ledgers."""


@functools.cache
def _make_parser() -> MarkdownIt:
    """Return a parser of what has an end within a line; HTML and addresses in angle brackets are no markup of it."""
    parser = MarkdownIt("zero").enable(["backticks", "emphasis", "entity", "escape", "image", "link"])
    prices = {"allow_space": False, "allow_digits": False}  # “$5 to $10” is no formula
    return parser.use(myst_role_plugin).use(dollarmath_plugin, **prices, double_inline=True)


def read_inline(text: str) -> str:
    """Return what a text shows: emphasis, code and links as their words, formulas in Unicode; facts as they are typed.

    :raises ValueError: it has what letters cannot show; says what to write instead
    """
    if not {*text} & {*r"*_`$[\&"}:
        return text
    return "".join(_write_token(token) for token in _make_parser().parseInline(text)[0].children or ())


def _write_token(token: Token) -> str:
    if token.type.startswith("math_inline"):
        return _write_formula(token.content)
    if token.type == "myst_role":
        return _write_role(token.meta["name"], token.content)
    return token.content


def _write_formula(tex: str) -> str:
    known = all(command["name"] in FORMATS | FUNCTIONS | SYMBOLS.keys() for command in COMMAND.finditer(tex))
    known = known and r"\frac" not in FRACTION.sub("", tex)  # one within another, or with braces in it
    formula = re.sub("[{}]", "", read_formula(tex))
    if not known or {*formula} & {*"\\&"}:
        raise ValueError(f"the formula “${tex}$” is no line of letters; say it in words, and write it into the text")
    return formula


def _write_role(name: str, content: str) -> str:
    if name == "fact":
        return f"{FACT}{content}`"
    if name == "plain":
        return content
    if name == "math":
        return _write_formula(content)
    if name in SCRIPTS:
        return write_script(content, SCRIPTS[name])
    raise ValueError(f"“{{{name}}}`{content}`” is not read here, where letters stand alone; write its words")
