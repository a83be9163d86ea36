"""The look: colours that can be read, faces that are what they say, one place for every value."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from paperdeck.site.brand import PAIRS, contrast
from paperdeck.slides.layouts import style_sheet

STATIC = Path(__file__).parents[1] / "paperdeck" / "theme" / "static"
TOKENS = (STATIC / "tokens.css").read_text(encoding="utf-8")
SHEETS = sorted(STATIC.glob("*.css"))
FACES = [
    face for sheet in SHEETS for face in re.findall(r"@font-face \{(.*?)\}", sheet.read_text("utf-8"), flags=re.DOTALL)
]


def values(scheme: int) -> dict[str, str]:
    """Return the custom properties in light (0) or dark (1)."""
    block = TOKENS.split(":root {", 1)[1].split("}", 1)[0]
    given = dict(re.findall(r"--pd-([\w-]+): ([^;]+);", block))
    both = {name: re.fullmatch(r"light-dark\((.+), (.+)\)", value) for name, value in given.items()}
    return {name: found[scheme + 1] if (found := both[name]) else value for name, value in given.items()}


LIGHT = values(0)
DARK = values(1)


def test_contrast_is_what_wcag_says_it_is() -> None:
    """The measure itself: black on white is 21, the darkest grey that fails on white fails here."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") > 4.5 > contrast("#777777", "#ffffff")


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_everything_can_be_read(scheme: dict[str, str]) -> None:
    """Body text has 7 on every ground it lies on, other text 4.5, drawn marks 3."""
    weak = [
        f"{mark} on {ground}: {found:.2f} < {least}"
        for mark, ground, least in PAIRS
        if (found := contrast(scheme[mark], scheme[ground])) < least
    ]
    assert weak == []


def test_dark_replaces_every_colour() -> None:
    """No light colour is left standing on a dark ground."""
    colours = {name for name, value in LIGHT.items() if value.startswith("#")}
    assert [name for name in sorted(colours) if LIGHT[name] == DARK[name]] == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_value_used_is_a_token(sheet: Path) -> None:
    """A stylesheet asks for no property that tokens.css or the table of layouts does not give."""
    given = LIGHT.keys() | set(re.findall(r"--pd-([\w-]+):", style_sheet()))
    assert set(re.findall(r"var\(--pd-([\w-]+)", sheet.read_text(encoding="utf-8"))) <= given


@pytest.mark.parametrize(
    "sheet", [sheet for sheet in SHEETS if sheet.name != "tokens.css"], ids=lambda sheet: sheet.name
)
def test_colours_stand_in_the_tokens_alone(sheet: Path) -> None:
    """One value changed in tokens.css changes it everywhere."""
    assert re.findall(r"#[0-9a-f]{3,8}\b(?! *[,{:.>])|\b(?:rgb|hsl)a?\(", sheet.read_text(encoding="utf-8")) == []


def test_every_face_is_served_and_every_file_is_a_face() -> None:
    """The stylesheets and the folder name the same files."""
    served = {url for face in FACES for url in re.findall(r'url\("([^"]+)"\)', face)}
    assert served == {f"fonts/{file.name}" for file in (STATIC / "fonts").glob("*.woff2")}


@pytest.mark.parametrize("file", sorted((STATIC / "fonts").glob("*.woff2")), ids=lambda file: file.stem)
def test_font_comes_with_its_licence(file: Path) -> None:
    """The licence that a font names stands beside it, with the font's own copyright holder and reserved name."""
    licence = (file.parent / "LICENSE.txt").read_text(encoding="utf-8")
    names = TTFont(file)["name"]
    assert "SIL Open Font License, Version 1.1" in names.getDebugName(13)
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "IBM Corp" in names.getDebugName(0)
    assert 'IBM Corp. with Reserved Font Name "Plex"' in licence
    assert names.getDebugName(1).startswith("IBM Plex")


def test_a_face_of_text_promises_what_its_file_holds() -> None:
    """A character that is promised and missing would come from another font; one that is not asks for no file."""
    promised, held = {}, {}
    for face in FACES:
        if ranges := re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", face):
            file = re.findall(r'url\("fonts/([^"]+)"\)', face)[0]
            promised[file] = {point for low, high in ranges for point in range(int(low, 16), int(high or low, 16) + 1)}
            held[file] = {point for point in TTFont(STATIC / "fonts" / file).getBestCmap() if point >= ord(" ")}
    assert held.keys() == {file.name for file in (STATIC / "fonts").glob("*.woff2")} - {"IBMPlexMath-Regular.woff2"}
    assert [file for file in held if promised[file] - held[file]] == []
    whole = [file for file in held if not file.endswith(("-Latin1.woff2", "-Pi.woff2"))]
    assert len(whole) == 7
    assert [file for file in whole if promised[file] != held[file]] == []
