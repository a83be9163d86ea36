"""Ids of slides and of what else has a title: made of its letters, and free."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Set


def make_slug(title: str) -> str:
    """Return a title as the end of an id: lower case, letters, marks and digits of any script, hyphens between."""
    text = unicodedata.normalize("NFC", title.lower())
    kept = "".join(letter if unicodedata.category(letter)[0] in "LMN" else "-" for letter in text)
    # a mark without its letter is what is left of an emoji
    return re.sub("[-\ufe0e\ufe0f\u20e3]+", "-", kept).strip("-")


def make_slide_id(title: str, taken: Set[str]) -> str:
    """Return the first of ``slide-<slug>``, ``slide-<slug>-2``, … that is not taken."""
    return first_free_id("-".join(filter(None, ("slide", make_slug(title)))), taken)


def first_free_id(base: str, taken: Set[str]) -> str:
    """Return the first of ``<base>``, ``<base>-2``, … that is not taken."""
    wanted, count = base, 1
    while wanted in taken:
        count += 1
        wanted = f"{base}-{count}"
    return wanted
