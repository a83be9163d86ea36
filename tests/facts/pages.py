"""What the tests of this room read off a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag


def rows(table: Tag) -> list[list[str]]:
    """Return the texts of a table's cells."""
    return [
        [re.sub(" (?=[,;])", "", cell.get_text(" ", strip=True)) for cell in row.select("th, td")]
        for row in table.select("tr")
    ]


def texts(card: Tag) -> list[str]:
    """Return the texts of a template, which is no part of the page's own."""
    return [text for text in card.find_all(string=True) if text.strip()]


def headings(page: BeautifulSoup) -> list[str]:
    """Return the headings of an article."""
    return [heading.contents[0].strip() for heading in page.select("h2") if isinstance(heading.contents[0], str)]
