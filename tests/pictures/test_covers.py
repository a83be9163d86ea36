"""Covers as pictures: everything fits, in any length and script, and is there as text."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperdeck.pictures import covers
from paperdeck.pictures.covers import BANNER_NAME, CARD_NAME, Cover, Type, balanced, banner, card, fitted
from paperdeck.pictures.text_width import break_anywhere

SVG = "{http://www.w3.org/2000/svg}"
LONG = "A very long name of a paper that has no short one and goes on and on for more lines than a cover may take"
WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
EAST = "混合专家模型的专门化研究以及其在大规模语言模型中的应用"
COVERS = [
    Cover("GLaM", "A trillion parameters, of which each token uses eight in a hundred.", "ICML 2022"),
    Cover("Mixture-of-Experts", "", ""),
    Cover(LONG, f"{LONG} {LONG} {LONG}", LONG),
    Cover(WORD, WORD * 4, WORD),
]


def lines_of(svg: str) -> list[tuple[str, Type, float, float]]:
    """Return the lines of text in a picture: the words, how they are set, and where each begins."""
    found = []
    for text in ElementTree.fromstring(svg).iter(f"{SVG}text"):
        size, face = float(text.get("font-size", 0)), "SemiBold" if text.get("font-weight") == "600" else "Regular"
        kind = Type(size, 0, 1, float(text.get("letter-spacing", 0)) / size, face)
        found.append((text.text or "", kind, float(text.get("x", 0)), float(text.get("y", 0))))
    return found


@pytest.mark.parametrize("cover", [*COVERS, Cover(EAST, "", EAST)])
@pytest.mark.parametrize("draw", [card, banner])
def test_nothing_leaves_the_picture_or_meets(draw: object, cover: Cover) -> None:
    """Every line ends before the right margin, and stands below the one above it."""
    svg = card(cover) if draw is card else banner(cover)
    if svg is None:
        return
    width, height = (float(size) for size in re.findall(r'viewBox="0 0 (\d+) (\d+)"', svg)[0])
    lines = lines_of(svg)
    bottoms = [y + 0.25 * kind.size for _, kind, _, y in lines]
    tops = [y - 0.75 * kind.size for _, kind, _, y in lines]
    assert all(x + kind.width(text) <= width * 0.94 for text, kind, x, _ in lines)
    assert all(above <= below for above, below in zip(bottoms, tops[1:], strict=False))
    assert tops[0] > 0
    assert bottoms[-1] < height


def test_long_texts_get_smaller_before_they_are_cut() -> None:
    """A short name is as large as it can be, a long one smaller and in several lines; only what is left over goes."""
    assert fitted("GLaM", BANNER_NAME, 1040) == (BANNER_NAME[0], ["GLaM"])
    kind, lines = fitted("Mixture-of-Experts", CARD_NAME, 272)
    assert (kind, lines) == (CARD_NAME[1], ["Mixture-", "of-Experts"])
    kind, lines = fitted(f"{LONG} {LONG}", CARD_NAME, 272)
    assert kind is CARD_NAME[-1]
    assert len(lines) == kind.most
    assert lines[-1].endswith("…")


def test_a_character_of_another_script_counts_as_a_square() -> None:
    """Chinese breaks anywhere, and as late as a reader's own font allows."""
    kind = Type(20, 20, 9)
    assert kind.width("专家") == 40
    assert break_anywhere(EAST, 100, kind.width) == [EAST[at : at + 5] for at in range(0, len(EAST), 5)]


def test_lines_are_about_equally_long() -> None:
    """No word stands alone on the last line where it need not."""
    kind = Type(20, 20, 9)
    text, room = "one two three four five six seven", kind.width("one two three four five six")
    assert break_anywhere(text, room, kind.width) == ["one two three four five six", "seven"]
    assert balanced(text, kind, room) == ["one two three", "four five six seven"]


@given(st.text(st.characters(exclude_categories=["C"]), max_size=80))
def test_any_text_can_be_drawn(text: str) -> None:
    """Whatever a name holds, the picture is well-formed, and lines hold the words in their order."""
    kind = Type(20, 20, 99)
    assert "".join("".join(break_anywhere(text, 60, kind.width)).split()) == "".join(text.split())
    ElementTree.fromstring(card(Cover(text, text, text)))


def test_colours_are_the_tokens() -> None:
    """No colour of its own, so that dark and light are the page's."""
    for svg in filter(None, (card(COVERS[0]), banner(COVERS[0]))):
        fills = re.findall(r'fill="([^"]+)"', svg)
        assert fills
        assert all(re.fullmatch(r"var\(--pd-[a-z]+\)", fill) for fill in fills)


def test_what_the_family_lacks_has_no_finished_picture() -> None:
    """In a page a reader's own font stands in; in a finished picture there would be empty boxes."""
    assert card(Cover(EAST, "", ""))
    assert banner(Cover("GLaM", EAST, "")) is None
    assert covers.CARD == (320, 180)


def test_control_characters_are_left_out() -> None:
    """XML cannot hold them, and nobody sees them."""
    assert "ab</text>" in card(Cover("a\x00\x07b", "", ""))
