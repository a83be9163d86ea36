"""Layouts in a real Chromium: what the table says is free is free."""

from __future__ import annotations

from functools import partial
from itertools import count
from typing import TYPE_CHECKING

import pytest

from paperdeck.diagrams.svg import draw_diagram
from paperdeck.diagrams.transforms import LABEL_SIZES, choose_label_size
from paperdeck.slides.layouts import ABOVE_PICTURE, CHOICES, LAYOUTS, Room

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.sites import SmallSite

MEASURE = """slide => {
    const box = element => {
        const {left, top, right, bottom} = element.getBoundingClientRect();
        return [left, top, right, bottom];
    };
    return {
        id: slide.id,
        content: box(slide.querySelector('.paperdeck-content')),
        shown: [...slide.querySelectorAll('figure svg, figure svg text, figure img, figcaption')].map(box),
        scales: [...slide.querySelectorAll('figure svg')].map(picture => picture.getScreenCTM().a),
    }
}"""


def chain(direction: str, boxes: int, more: int) -> str:
    """Return a flowchart of boxes in a row, the last of which has so many letters, or lines, more."""
    names = [f'n{number}["box {number}"]' for number in range(boxes - 1)]
    last = "m" * (1 + more) if direction == "LR" else "m" + "<br/>m" * more
    return f"flowchart {direction}\n  " + " --> ".join([*names, f'last["{last}"]']) + "\n"


def fits(source: str, room: Room) -> bool:
    """Tell whether a diagram with its smallest labels is no larger than a room."""
    return choose_label_size(draw_diagram(source, "x", alt="x"), room) is not None


def largest(direction: str, room: Room) -> str:
    """Return the largest chain that fits a room: first in boxes, then in the last of them."""
    boxes = next(number for number in count(2) if not fits(chain(direction, number, 0), room)) - 1
    more = next(number for number in count(1) if not fits(chain(direction, boxes, number), room)) - 1
    return chain(direction, boxes, more)


def slide(layout: str, name: str, picture: str, items: int = 0) -> str:
    """Return a slide with a picture, below items of a list or beside one; compare shows it in a side."""
    text = "".join(f"- Item {number}\n" for number in range(items or layout == "split"))
    if layout == "compare":
        picture = f"::::{{side}} A\n{picture}::::\n\n::::{{side}} B\n- Words\n::::\n"
    return f":::::{{slide}} {layout} {name}\n:layout: {layout}\n{text}\n{picture}:::::\n\n"


def show_largest(layout: str, direction: str, items: int = 0) -> str:
    """Return a slide with the largest diagram that its layout takes below so many items of a list."""
    room = LAYOUTS[layout].diagram
    if LAYOUTS[layout].text_above:
        body = LAYOUTS[layout].body
        taken = items * body.line + (items - 1) * body.between + ABOVE_PICTURE if items else 0
        room = Room(room.width, LAYOUTS[layout].text.height - taken)
    drawn = largest(direction, room)
    return slide(layout, f"{direction} {items}", f"```{{mermaid}}\n:alt: Boxes.\n\n{drawn}```\n", items)


@pytest.fixture
def site(small_site: Callable[..., SmallSite]) -> SmallSite:
    """Return a site that shows the largest pictures in every layout."""
    slides = [show_largest(layout, direction) for layout in CHOICES for direction in ("LR", "TB")]
    slides += [
        show_largest(layout, direction, items=2)
        for layout in CHOICES
        for direction in ("LR", "TB")
        if LAYOUTS[layout].text_above
    ]
    slides += [
        slide(layout, name, f"```{{figure}} {name}.svg\n:alt: A picture.\n\nA caption.\n```\n")
        for layout in CHOICES
        for name in ("wide", "tall")
    ]
    pictures = {
        f"{name}.svg": f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"/>'
        for name, width, height in (("wide", 3200, 900), ("tall", 600, 2400))
    }
    return small_site({"index.md": "# Layouts\n\n" + "".join(slides), **pictures})


def test_the_largest_picture_that_is_accepted_fits(site: SmallSite, page: Page) -> None:
    """In every layout nothing leaves the content, and labels have one of the three sizes."""
    output = site.build("revealjs")
    assert output.warnings == []
    page.goto((output.folder / "index.html").as_uri())
    page.wait_for_function("window.Reveal?.isReady() && document.fonts.status === 'loaded'")
    wrong = []
    for number in range(1, 1 + page.locator("section[data-slide]").count()):
        page.evaluate("number => Reveal.slide(number)", number)
        found = page.locator(f"section.present[data-slide='{number}']").evaluate(MEASURE)
        left, top, right, bottom = found["content"]
        outside = [
            box
            for box in found["shown"]
            if box[0] < left - 1 or box[1] < top - 1 or box[2] > right + 1 or box[3] > bottom + 1
        ]
        scales = [size / LABEL_SIZES[-1] for size in LABEL_SIZES]
        odd = [scale for scale in found["scales"] if scale not in map(partial(pytest.approx, rel=0.001), scales)]
        if outside or odd:
            wrong.append((found["id"], odd, found["content"], outside))
    assert wrong == []
