"""A style sheet with all that it asks for in it: what it imports, its pictures, and the faces that are needed."""

from __future__ import annotations

import base64
import mimetypes
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping, Set

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_IMPORT = re.compile(r"""@import\s+(?:url\(\s*)?["']?([^"')\s;]+)["']?\s*\)?\s*(layer\(([-\w.]+)\))?\s*([^;]*);""")
_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
_URL = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s]*))\s*\)""")
_RANGE = re.compile(r"U\+([0-9A-F?]+)(?:-([0-9A-F]+))?", re.IGNORECASE)
MEDIA_TYPES = {".woff2": "font/woff2", ".woff": "font/woff", ".svg": "image/svg+xml", ".js": "text/javascript"}


def as_data(path: Path) -> str:
    """Return a file as an address that holds it."""
    kind = MEDIA_TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"


def find_file(address: str, folder: Path) -> Path | None:
    """Return the file that an address means, as written in a file of ``folder``; None for what is elsewhere."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not parts.path:
        return None
    path = folder / unquote(parts.path)
    return path if path.is_file() else None


def flatten(path: Path) -> str:
    """Return a style sheet with what it imports in the place of its imports, and its files in it but for faces."""
    text = _COMMENT.sub("", path.read_text("utf-8"))

    def put_in(match: re.Match[str]) -> str:
        address, layered, layer, condition = match.groups()
        imported = find_file(address, path.parent)
        if imported is None:
            return match[0]
        inner = flatten(imported)
        inner = f"@layer {layer} {{\n{inner}\n}}" if layered else inner
        return f"@media {condition} {{\n{inner}\n}}" if condition else inner

    parts = [place_face(face, path.parent) for face in _FACE.findall(text)]
    text, end = _FACE.sub("", text), 0
    for match in _IMPORT.finditer(text):
        parts += [put_files_in(text[end : match.start()], path.parent), put_in(match)]
        end = match.end()
    return "\n".join([*parts, put_files_in(text[end:], path.parent)])


def place_face(rule: str, folder: Path) -> str:
    """Return the rule of a face with whole paths, so that it can be moved."""
    return _URL.sub(lambda match: f'url("{file}")' if (file := find_file(_address(match), folder)) else match[0], rule)


def put_files_in(text: str, folder: Path) -> str:
    """Return rules with the files in them that they name."""
    return _URL.sub(
        lambda match: f"url({as_data(file)})" if (file := find_file(_address(match), folder)) else match[0], text
    )


def _address(match: re.Match[str]) -> str:
    return match[1] or match[2] or match[3] or ""


def take_faces(sheet: str) -> tuple[str, list[str]]:
    """Return a flat style sheet without its faces, and these."""
    return _FACE.sub("", sheet), _FACE.findall(sheet)


def choose_faces(faces: list[str], used: Mapping[str, Set[str]]) -> list[str]:
    """Return the faces that have something to draw, their files in them.

    :param faces: rules with whole paths; of two for one character the later draws it
    :param used: the characters in use: ``upright``, ``italic`` and ``mono``
    """
    chosen: list[str] = []
    drawn: dict[tuple[str, ...], set[str]] = {}
    for rule in reversed(faces):
        style = tuple(_value(rule, name) for name in ("font-family", "font-weight", "font-style"))
        kind = "mono" if "mono" in style[0].lower() else "italic" if style[2] == "italic" else "upright"
        done = drawn.setdefault(style, set())
        if mine := {character for character in used[kind] - done if _holds(rule, character)}:
            done |= mine
            chosen.append(_URL.sub(lambda match: f"url({_face_data(_address(match))})", rule))
    return chosen[::-1]


def _value(rule: str, name: str) -> str:
    found = re.search(rf"{name}:\s*([^;}}]+)", rule)
    return found[1].strip() if found else ""


def _face_data(address: str) -> str:
    return as_data(path) if (path := Path(address)).is_file() else address


def _holds(rule: str, character: str) -> bool:
    """Tell whether a face draws a character."""
    if ranges := _value(rule, "unicode-range"):
        return any(
            int(low, 16) <= ord(character) <= int(high or low, 16)
            for low, high in _RANGE.findall(ranges.replace("?", "0"))
        )
    addresses = [_address(match) for match in _URL.finditer(rule)]
    return not addresses or any(ord(character) in read_characters(address) for address in addresses)


@cache
def read_characters(file: str) -> frozenset[int]:
    """Return the characters that a face holds."""
    from fontTools.ttLib import TTFont

    with TTFont(file) as font:
        return frozenset(font.getBestCmap())
