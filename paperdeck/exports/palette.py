"""The colours and faces of a deck as the theme of a presentation, so that a change of theme changes them all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from paperdeck.exports.placed import Look

SLOTS = {
    "paper": "BACKGROUND_1",
    "ink": "TEXT_1",
    "surface": "BACKGROUND_2",
    "head": "TEXT_2",
    "accent": "ACCENT_1",
    "series-1": "ACCENT_2",
    "series-3": "ACCENT_3",
    "series-4": "ACCENT_4",
    "series-context": "ACCENT_5",
    "muted": "ACCENT_6",
    "link": "HYPERLINK",
}
"""What each token is called in python-pptx."""
NAMES = ("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink")
"""And in the file, in the same order."""


def write_theme(xml: bytes, look: Look) -> bytes:
    """Return the theme of a presentation with the colours and faces of a deck in it."""
    text = xml.decode("utf-8")
    for token, name in zip(SLOTS, NAMES, strict=True):
        colour = f'<a:{name}><a:srgbClr val="{look.colours[token]}"/></a:{name}>'
        text = re.sub(rf"<a:{name}>.*?</a:{name}>", colour, text, flags=re.DOTALL)
    return re.sub(r'(<a:m(?:ajor|inor)Font>\s*<a:latin typeface=")[^"]*', rf"\g<1>{look.sans}", text).encode("utf-8")


def paint(colour_format: Any, colour: str, look: Look) -> None:
    """Set a colour of six digits: that of the theme where it has it."""
    from pptx.dml.color import RGBColor
    from pptx.enum.dml import MSO_THEME_COLOR

    tokens = [token for token in SLOTS if look.colours.get(token) == colour]
    if tokens:
        colour_format.theme_color = getattr(MSO_THEME_COLOR, SLOTS[tokens[0]])
    else:
        make: Any = RGBColor  # which has no types
        colour_format.rgb = make.from_string(colour)
