"""Text of an outline as MyST reads it: what it shows is kept, and nothing in it means more than was meant."""

from __future__ import annotations

import re
from typing import NamedTuple

from paperdeck.maths.mathml import to_mathml
from paperdeck.maths.tex import TexError

TOKEN = re.compile(
    r"""
      (?P<tex>\\\((?P<bracketed>.+?)\\\)|\$(?P<dollared>(?=\S)(?:[^$\\]|\\.)+?(?<=\S))\$(?!\d))
    | (?P<escaped>\\[!-/:-@\[-`{-~])
    | (?P<code>(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`))
    | (?P<link><(?:https?://|mailto:)[^<>\s]+>)
    | (?P<picture>!?)\[(?P<words>[^\[\]]*)\]\((?P<address>[^()\s]+)(?:[ ]+"[^"]*")?\)
    | (?P<attributes>(?<=[\])`])\{[.\#:%][^{}`]*\})
    | (?P<tag></?(?:br|sub|sup|kbd)[ ]?/?>)
    | </?(?P<kept>b|strong|i|em|u|mark|del|ins|small|code)>
    | </?(?P<layout>div|section|span|p|center|font|figure|figcaption|h[1-6])(?:[ ][^<>]*)?>
    """,
    re.X,
)
PRICE = re.compile(r"\d[^\\^_=]*[ ][^\\^_=]*")
ROLE_OR_TOKEN = re.compile(rf"(?P<role>\{{[\w:+-]+\}}`[^`]+`)|{TOKEN.pattern}", re.X)
STARTS = re.compile(
    r"(?P<number>\d{1,9}(?=[.)](?:\s|$)))|(?=#{1,6}(?:\s|$)|[-+*](?:\s|$)|[-*_=](?:\s*[-*_=]){2,}\s*$|\+\+\+|[>:%]"
    r"|`{3}|~{3}|\(\S*\)=|\[[^\]]*\]:)"
)
STAND_IN = "\ufffc"
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
EMPHASIS = re.compile(r"(?<!\w)([*_])\1{0,2}(?=\S)|(?<=\S)([*_])\2{0,2}(?!\w)")


class Visible(NamedTuple):
    """What a text shows, letter by letter, and where each letter stands in the source."""

    text: str
    places: tuple[int, ...]


def write_inline(text: str, *, roles: bool = False) -> str:
    """Return text with emphasis, code, maths and links as they are, and all else that MyST would act on escaped.

    What this function has written it leaves as it is.

    :param roles: keep roles and links within the project, for the text is MyST of the author's own
    """
    parts, position = [], 0
    for token in (ROLE_OR_TOKEN if roles else TOKEN).finditer(text):
        kept = roles and (token["role"] or token["address"])
        parts += [_escape(text[position : token.start()]), token[0] if kept else _write_token(token)]
        position = token.end()
    parts.append(_escape(text[position:]))
    return re.sub(r"\s+", " ", "".join(parts)).strip()


def write_block_text(text: str, *, roles: bool = False) -> str:
    """Return inline text that may begin a line: a first sign that would make a heading or a list is escaped."""
    written = write_inline(text, roles=roles)
    if begins := STARTS.match(written):
        return written[: begins.end()] + "\\" + written[begins.end() :]
    return written


def _write_token(token: re.Match[str]) -> str:
    if tex := token["bracketed"] or token["dollared"]:
        return _write_tex(token, tex.strip())
    if token["address"]:
        words, address = _escape(token["words"]), token["address"]
        if not token["picture"] and re.match(r"https?://|mailto:", address):
            return f"[{words}]({address})"
        return " ".join(filter(None, (words, f"(`{address}`)" if "`" not in address else "")))
    if name := token["kept"] or token["layout"]:
        if len(re.findall(rf"<{name}\b", token.string)) != token.string.count(f"</{name}>"):
            return _escape(token[0])  # without a partner a tag is a word
        return token[0] if token["kept"] else ""
    return "" if token["attributes"] else token[0]


def _write_tex(token: re.Match[str], tex: str) -> str:
    if token["dollared"] and PRICE.fullmatch(tex):
        return re.sub(r"(?<!\\)\$", r"\\$", token[0])
    if not can_draw(tex):
        return f"`{tex}`" if "`" not in tex else _escape(token[0])
    return f"${tex}$"


def can_draw(tex: str, *, display: bool = False) -> bool:
    """Tell whether maths can be drawn."""
    try:
        to_mathml(tex, display=display)
    except TexError:
        return False
    return True


def _escape(text: str) -> str:
    r"""Return text without what MyST reads as a role, a footnote, maths, an attribute or a tag."""
    return re.sub(r"[{}$]|\[(?=\^)|!(?=\[)|<(?=[A-Za-z/!?])|`|\](?=[(\[])|\\(?=[(\[])", r"\\\g<0>", text)


def show(text: str) -> Visible:
    """Return what a written text shows; code, maths and addresses are one stand-in each."""
    letters: list[str] = []
    places: list[int] = []

    def add(piece: str, start: int, step: int = 1) -> None:
        for number, letter in enumerate(piece):
            letters.append(letter)
            places.append(start + step * number)

    def add_plain(start: int, end: int) -> None:
        hidden = {at for mark in EMPHASIS.finditer(text, start, end) for at in range(mark.start(), mark.end())}
        for at in range(start, end):
            if at not in hidden:
                add(text[at], at)

    position = 0
    for token in TOKEN.finditer(text):
        add_plain(position, token.start())
        position = token.end()
        if token["escaped"]:
            add(token[0][1], token.start() + 1)
        elif token["address"]:
            add_plain(token.start("words"), token.end("words"))
        elif token["tag"]:
            add(" ", token.start())
        else:
            add(STAND_IN, token.start(), 0)
    add_plain(position, len(text))
    return Visible("".join(letters), tuple(places))


def plain(text: str) -> str:
    """Return the words of a written text, code and maths as they are typed."""
    shown = TOKEN.sub(_plain_token, text)
    return re.sub(r"\s+", " ", EMPHASIS.sub("", shown).replace("\0", "*")).strip()


def _plain_token(token: re.Match[str]) -> str:
    if token["escaped"]:
        return token[0][1].replace("*", "\0")
    if token["code"]:
        return token["code"].strip("`").replace("*", "\0")
    if token["address"]:
        return token["words"]
    return "" if token["attributes"] or token["tag"] else token[0].strip("$<>").replace("*", "\0")
