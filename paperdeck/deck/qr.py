"""QR codes as inline SVG: the way from a screen in the room to the article."""

from __future__ import annotations


def svg(address: str) -> str:
    """Return the code of an address; its name is read out, its colour is the style sheet's."""
    import segno  # here, because only a site whose address is known has codes

    return segno.make(address, micro=False).svg_inline(
        border=0, omitsize=True, svgclass=None, lineclass=None, title=address
    )
