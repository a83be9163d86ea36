"""The brand of a project: colours, a theme, a logo and a line; told where they cannot be, absent where not set."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from paperdeck.site.brand import THEMES, list_tokens, list_weak, merge_colours, read_theme, suggest
from paperdeck.slides.layouts import LAYOUTS, layouts_at, style_sheet

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.sites import SmallSite

    MakeSite = Callable[..., SmallSite]

TALK = "# Talk\n\n:::{slide} The point\n- A reason that holds\n:::\n"
SHEET = "_static/paperdeck-brand.css"


def test_every_colour_of_the_style_sheet_can_be_set() -> None:
    """The names are those of tokens.css."""
    assert {"paper", "ink", "accent", "series-4", "code-comment"} <= list_tokens().keys()
    assert list_tokens()["paper"].light == "#ffffff"


def test_a_wrong_name_is_answered_with_the_right_one() -> None:
    """What is near is named first, and the others after it."""
    assert suggest("acent", ["accent", "ink"]) == "did you mean 'accent'? Write one of accent, ink"
    assert suggest("zzz", ["accent", "ink"]) == "write one of accent, ink"


def test_only_what_was_set_is_told_to_be_weak() -> None:
    """A pair that nobody touched is ours, and is tested with our colours."""
    colours = {name: both.light for name, both in list_tokens().items()} | {"on-accent": "#c2410c"}
    assert list_weak(colours, ["on-accent"]) == ["on-accent on accent has 1.0:1 and needs 4.5:1"]
    assert list_weak(colours, ["ink"]) == []


@pytest.mark.parametrize("file", sorted(THEMES.glob("*.toml")), ids=lambda file: file.stem)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_theme_of_ours_can_be_read(file: Path, scheme: str) -> None:
    """It keeps to the same contrasts as our own colours, and says nothing that is told of."""
    theme = read_theme(file.stem, file.parent)
    assert theme
    colours = {name: getattr(both, scheme) for name, both in (list_tokens() | merge_colours(theme, {})).items()}
    assert list_weak(colours, colours) == []


def test_larger_type_is_measured_as_it_is_set() -> None:
    """The table and the style sheet grow alike; what is large already, and what the deck makes, stay."""
    large = layouts_at(1.15)
    assert (large["bullets"].body.size, large["bullets"].title.size) == (32, 46)
    assert "--size: 32px; --line: 46px" in style_sheet(1.15)
    assert large["statement"].title == LAYOUTS["statement"].title
    assert all(large[name] == layout for name, layout in LAYOUTS.items() if layout.made)
    for name, layout in large.items():
        assert layout.title_height == LAYOUTS[name].title_height
        assert layout.below_title(1).text.height == LAYOUTS[name].below_title(1).text.height
    assert layouts_at(1) is LAYOUTS


@pytest.mark.static_files
def test_a_brand_is_seen_on_every_page(small_site: MakeSite) -> None:
    """Colours in both outputs, theme, logo and line on decks; the project's own style sheets come last."""
    more = """
paperdeck_theme = "stage"
paperdeck_tokens = {"accent": ("#7a1fa2", "#d7a6f0"), "accent-text": ("#7a1fa2", "#d7a6f0")}
paperdeck_logo = ("day.svg", "night.svg")
paperdeck_footer = "ICML 2026"
html_css_files = ["own.css"]
revealjs_css_files = ["own.css"]
html_logo = "other.svg"
"""
    svg = '<svg xmlns="http://www.w3.org/2000/svg"/>'
    files = {"index.md": TALK, "day.svg": svg, "night.svg": svg, "other.svg": svg}
    site = small_site(files, more=more)
    deck = site.deck()
    page = deck.page()
    assert page.html["data-theme"] == "dark"
    assert [(logo["src"], logo["class"][1]) for logo in page.select("#cover .paperdeck-logo")] == [
        ("_static/day.svg", "only-light"),
        ("_static/night.svg", "only-dark"),
    ]
    assert (deck.folder / "_static" / "night.svg").is_file()
    assert page.select_one("#slide-the-point .paperdeck-place").text == "ICML 2026"
    sheets = [link["href"].split("?")[0] for link in page.select("link[rel=stylesheet]")]
    assert [sheets[index] for index in (0, 1, -1)] == ["_static/deck.css", SHEET, "_static/own.css"]
    written = deck.text(SHEET)
    assert "--pd-accent: light-dark(#7a1fa2, #d7a6f0)" in written
    assert "--pd-paper: light-dark(#ffffff, #0b0b0d)" in written
    assert (THEMES / "stage.css").read_text("utf-8") in written
    assert deck.text("_static/layouts.css") == style_sheet(1.15)
    articles = site.articles()
    sheets = [link["href"].split("?")[0] for link in articles.page().select("link[rel=stylesheet]")]
    assert sheets.index("_static/parts.css") < sheets.index(SHEET) < sheets.index("_static/own.css")
    assert "--pd-paper" not in articles.text(SHEET)


@pytest.mark.static_files
def test_nothing_is_written_where_nothing_is_set(small_site: MakeSite) -> None:
    """No style sheet, no logo, no line, and the sizes that we have."""
    deck = small_site(TALK).deck()
    assert not (deck.folder / SHEET).exists()
    assert "paperdeck-brand" not in deck.text("index.html")
    assert not deck.page().select(".paperdeck-logo")
    assert deck.text("_static/layouts.css") == style_sheet()


def test_the_logo_of_the_articles_stands_on_decks(small_site: MakeSite) -> None:
    """``html_logo``, unless ``paperdeck_logo`` is empty; an address is none, for a deck fetches nothing."""
    site = small_site(
        {"index.md": TALK, "a.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>'}, more='html_logo = "a.svg"'
    )
    assert site.deck().page().select_one("#cover .paperdeck-logo")["src"] == "_static/a.svg"
    assert not site.deck(paperdeck_logo="").page().select(".paperdeck-logo")
    assert not site.deck(html_logo="https://example.org/a.svg").page().select(".paperdeck-logo")


def test_a_brand_that_cannot_be_is_told(small_site: MakeSite) -> None:
    """Names, values, contrasts, files: each with what to write."""
    more = """
paperdeck_theme = "hall.toml"
paperdeck_tokens = {"acent": "#123456", "ink": "blak", "muted": "#999999"}
paperdeck_logo = "nowhere.svg"
paperdeck_footer = 7
"""
    hall = 'scheme = "night"\ntype = 3\nsize = 2\nlight = 4\n[dark]\nlink = "#101010"\npapr = "#000000"\n'
    output = small_site({"index.md": TALK, "hall.toml": hall}, more=more).build("revealjs")
    told = [line.removeprefix("WARNING: ").partition(";")[0] for line in output.warnings]
    assert told == [
        "paperdeck_footer = 7 in conf.py was ignored, None is used",
        "hall.toml:3: WARNING: 'size' is nothing that a theme says and was ignored",
        "hall.toml:1: WARNING: scheme = 'night' was ignored",
        "hall.toml:2: WARNING: type = 3 was ignored",
        "hall.toml:4: WARNING: light = 4 was ignored",
        "hall.toml:7: WARNING: 'papr' is no colour of ours and was ignored",
        "paperdeck_tokens in conf.py: 'acent' is no colour of ours and was ignored",
        "paperdeck_tokens in conf.py: 'ink' is 'blak', which is no colour, and was ignored",
        "paperdeck_tokens in conf.py: in the light scheme muted on sunk has 2.4:1 and needs 4.5:1, "
        "muted on accent-tint has 2.5:1 and needs 4.5:1, muted on surface has 2.6:1 and needs 4.5:1, "
        "muted on paper has 2.8:1 and needs 4.5:1",
        "paperdeck_theme = 'hall.toml': in the dark scheme link on paper has 1.1:1 and needs 4.5:1, "
        "link on surface has 1.2:1 and needs 4.5:1, link on accent-tint has 1.3:1 and needs 4.5:1, "
        "link on sunk has 1.5:1 and needs 4.5:1",
        "paperdeck_logo = 'nowhere.svg' in conf.py is no file and was ignored",
    ]


def test_a_theme_that_is_none_is_told(small_site: MakeSite) -> None:
    """A name is answered with the nearest, a file with what is wrong in it."""
    site = small_site({"index.md": TALK, "bad.toml": "scheme ="})
    (unknown,) = site.build("revealjs", paperdeck_theme="stag").warnings
    assert "paperdeck_theme = 'stag' in conf.py names no theme and was ignored; did you mean 'stage'?" in unknown
    long = "x" * 5000
    assert len(site.build("revealjs", paperdeck_theme=long, paperdeck_logo=long).warnings) == 2
    (broken,) = site.build("revealjs", paperdeck_theme="bad.toml").warnings
    assert broken.startswith("bad.toml:1: WARNING: the theme was ignored, for it is no TOML: ")


def test_pages_are_written_again_when_the_file_of_a_theme_has_changed(small_site: MakeSite) -> None:
    """What it says is part of the settings."""
    site = small_site({"index.md": TALK, "hall.toml": 'scheme = "dark"\n'}, more='paperdeck_theme = "hall.toml"')
    assert site.deck().page().html["data-theme"] == "dark"
    (site.source / "hall.toml").write_text('scheme = "auto"\n', "utf-8")
    assert site.deck().page().html["data-theme"] == "auto"
