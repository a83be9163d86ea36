"""What each layout of a slide gives to text, pictures, diagrams and charts: the one home of these numbers.

Directive, deck, diagrams, charts and the reference page read the table; the style sheet has it as custom properties.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from paperdeck.pictures import text_width

if TYPE_CHECKING:
    from collections.abc import Mapping


class Room(NamedTuple):
    """A rectangle that something may fill, in px of a slide."""

    width: int
    height: int

    def without_caption(self, caption: str) -> Room:
        """Return what is left above a caption; all of it where there is none."""
        if not caption:
            return self
        lines = text_width.break_lines(caption, CAPTION.size, "Medium", limit=self.width)
        return Room(self.width, self.height - CAPTION.between - CAPTION.line * len(lines))


class Type(NamedTuple):
    """How text is set, in px."""

    size: int
    line: int
    between: int = 16
    """Between two items or paragraphs."""
    indent: int = 32
    """Of a list."""


SLIDE = Room(1280, 720)
MARGIN, TOP, BOTTOM = 80, 48, 32
"""The margins of a slide, the first at the left and the right."""
TITLE_HEIGHT, GAP, FOOTER_HEIGHT = 88, 24, 32
"""From the upper edge of a title of one line to the content's; from the content to the footer; the footer."""
GUTTER = 32
"""Between two columns, and the padding of a panel."""
CONTENT = Room(SLIDE.width - 2 * MARGIN, SLIDE.height - TOP - TITLE_HEIGHT - GAP - FOOTER_HEIGHT - BOTTOM)
"""What stands between a title of one line and the footer."""
NOTHING = Room(0, 0)
BAR = 32
"""What the bar beside a quotation or a note, and the space behind it, take of its width."""
PHONE_WIDTH = 350
"""What a phone leaves to a picture, where slides are read from top to bottom and in the article."""

TITLE = Type(40, 48, between=40)
"""What is between a title and the content holds for titles of more lines too, which push the content down."""
STATEMENT_HEIGHT = 128
"""From the upper edge of a slide to what is said large, in place of a title of one line."""
LARGE = Room(CONTENT.width, CONTENT.height - STATEMENT_HEIGHT + TITLE_HEIGHT)
"""What stands below it."""
BODY = Type(28, 40)
LIGHT = Type(34, 48, between=24, indent=40)
DENSE = Type(26, 36, between=12)
NESTED = Type(22, 32, between=4)
"""A list in a list."""
ABOVE_PICTURE = 24
"""Between text and a picture below it."""
KICKER = Type(22, 32)
"""A few words above the title."""
CAPTION = Type(22, 32, between=24)
LIGHT_BESIDE = Type(30, 42, between=24, indent=32)
"""Few words beside a picture."""
LIGHT_WORDS, LIGHT_ITEMS, DENSE_WORDS = 40, 3, 75
"""At most so many words and list items are light, more than so many words dense; the guide tells authors."""
LIGHT_LETTERS = 160
"""At most so many letters are light beside a picture, where a column is narrow."""


@dataclass(frozen=True, kw_only=True)
class Layout:
    """What a slide of one layout has room for, how its text is set, and what must stand on it."""

    purpose: str
    """What it is for, in the words of the guide; of one that is made and not written, what it shows."""
    text: Room
    """The widest a line of a list is, and how high all of it may be; of ``compare``, one side."""
    picture: Room = CONTENT
    """For an image, a table, code or a chart, with its caption."""
    ground: Room = NOTHING
    """What of the picture's room goes to the ground that a diagram lies on."""
    text_above: bool = False
    """Whether text stands above the picture, so that one without text has the content whole."""
    chart_type: int = 20
    """The size of a chart's labels."""
    chart_row: int = 72
    """The most that one row of a chart's bars or dots takes."""
    title: Type = TITLE
    title_width: int = 1024
    title_height: int = TITLE_HEIGHT
    """From the title's upper edge to the content's, if the title has one line."""
    body: Type = BODY
    nested: Type = NESTED
    kicker: Type = KICKER
    light: Type | None = None
    """How few words are set, where they may be larger."""
    dense: Type | None = None
    """How many words are set, where they may be smaller."""
    dense_letters: int = 0
    """More letters than this are dense, where letters are counted and not words."""
    footer: bool = True
    needs: Literal["content", "picture", "sides", "view", "nothing"] = "content"
    """What must stand under its title; a view is a picture wherever it stands, or what no text is."""
    made: bool = False
    """Whether the deck makes it, so that no author chooses it."""

    @property
    def diagram(self) -> Room:
        """For a diagram, with its caption."""
        return Room(self.picture.width - self.ground.width, self.picture.height - self.ground.height)

    @property
    def chart(self) -> Room:
        """For a chart, with its caption."""
        return self.picture

    def below_title(self, lines: int, *, kicker: bool = False) -> Layout:
        """Return what the layout has room for below a title of so many lines, perhaps with words above it.

        A title that is set large takes nothing.
        """
        if self.title_height != TITLE_HEIGHT:
            return self
        above = self.kicker.line if kicker else 0
        lower = max(0, above + lines * self.title.line + self.title.between - self.title_height)
        text, picture = self.text, self.picture
        return replace(
            self,
            text=Room(text.width, text.height - lower),
            picture=Room(picture.width, picture.height - lower),
        )


BELOW_TEXT = Room(CONTENT.width, 344)
"""What a few lines of text leave to a picture that is drawn for its place."""
SIDE = Room(528, 413)
"""One of two columns, below its title."""

LAYOUTS = {
    "bullets": Layout(
        purpose="three to six lines; the default",
        text=Room(928, CONTENT.height),
        picture=BELOW_TEXT,
        text_above=True,
        light=LIGHT,
        dense=DENSE,
    ),
    "split": Layout(
        purpose="text beside the first picture, table, equation or code; what is written first stands at the left",
        text=Room(448, CONTENT.height),
        picture=Room(CONTENT.width - 448 - 3 * GUTTER, CONTENT.height - 2 * GUTTER),
        chart_type=18,
        body=Type(26, 36, between=20, indent=28),
        light=LIGHT_BESIDE,
        needs="picture",
    ),
    "figure": Layout(
        purpose="a picture that needs the whole width",
        text=CONTENT,
        ground=Room(64, 48),
        chart_row=104,
        needs="view",
    ),
    "compare": Layout(
        purpose="a column for each of two or more `{side}` directives; `:point:` marks the one the talk is about",
        text=SIDE,
        picture=SIDE,
        body=Type(26, 36),
        needs="sides",
    ),
    "statement": Layout(
        purpose="one sentence; the title may be all",
        text=Room(928, 264),
        picture=Room(CONTENT.width, 264),
        title=Type(60, 72, between=16),
        title_width=1056,
        title_height=STATEMENT_HEIGHT,
        light=LIGHT,
        dense=DENSE,
        needs="nothing",
    ),
    "question": Layout(
        purpose="one question for the audience, which may be the title alone; neither number nor footer",
        text=Room(1088, LARGE.height),
        picture=Room(1088, 304),
        text_above=True,
        title=BODY,
        title_height=STATEMENT_HEIGHT,
        body=Type(56, 72, between=32),
        dense=Type(40, 56, between=24),
        dense_letters=140,
        footer=False,
        needs="nothing",
    ),
    "cover": Layout(
        purpose="what the paper is called, by whom and where",
        text=Room(928, 424),
        title=Type(176, 176),
        title_width=CONTENT.width,
        body=Type(36, 48),
        footer=False,
        made=True,
    ),
    "closing": Layout(
        purpose="what the talk leaves: a sentence, up to three numbers, the address",
        text=Room(CONTENT.width, 424),
        title=Type(56, 64, between=48),
        title_width=1056,
        body=Type(22, 32),
        footer=False,
        made=True,
    ),
    "sources": Layout(
        purpose="where the numbers and claims of the deck stand",
        text=Room(832, CONTENT.height),
        body=Type(22, 32, between=12),
        made=True,
    ),
}

CHOICES = tuple(name for name, layout in LAYOUTS.items() if not layout.made)
"""The names that an author can give."""
MADE = frozenset(LAYOUTS).difference(CHOICES)
"""Those of the slides that the deck makes, which have them as ids too."""


SET_LARGE = 40
"""Type that is larger stays as it is where a theme enlarges the rest."""


@cache
def layouts_at(scale: float) -> Mapping[str, Layout]:
    """Return the layouts with their text so many times as large; those that the deck makes stay as they are."""
    if scale == 1:
        return LAYOUTS
    return {name: layout if layout.made else _enlarge(layout, scale) for name, layout in LAYOUTS.items()}


def _enlarge(layout: Layout, scale: float) -> Layout:
    def larger(text: Type) -> Type:
        if text.size > SET_LARGE:
            return text
        return text._replace(size=round(text.size * scale), line=2 * round(text.line * scale / 2))

    def wider(width: int) -> int:
        return min(CONTENT.width, 8 * round(width * scale / 8))

    title = larger(layout.title)
    if layout.title == TITLE:  # the content begins where it did
        title = title._replace(between=TITLE_HEIGHT - title.line)
    # as wide as it was in letters; of two columns of text each keeps its half
    text = layout.text if layout.needs == "sides" else layout.text._replace(width=wider(layout.text.width))
    beside = text.width - layout.text.width if layout.needs == "picture" else 0
    return replace(
        layout,
        text=text,
        picture=layout.picture._replace(width=layout.picture.width - beside),
        chart_type=round(layout.chart_type * scale),
        title=title,
        title_width=wider(layout.title_width),
        body=larger(layout.body),
        nested=larger(layout.nested),
        kicker=larger(layout.kicker),
        light=layout.light and larger(layout.light) if not beside else None,
        dense=layout.dense and larger(layout.dense),
    )


def style_sheet(scale: float = 1) -> str:
    """Return the table as custom properties, for the style sheet of decks whose text is so many times as large."""
    table = layouts_at(scale)
    usual = table["figure"]
    slide = {
        "pd-slide-width": SLIDE.width,
        "pd-slide-height": SLIDE.height,
        "pd-margin": MARGIN,
        "pd-top": TOP,
        "pd-bottom": BOTTOM,
        "pd-gutter": GUTTER,
        "pd-gap": GAP,
        "pd-footer-height": FOOTER_HEIGHT,
        "pd-content-width": CONTENT.width,
        "pd-content-height": CONTENT.height,
        "pd-above-picture": ABOVE_PICTURE,
        "pd-kicker": usual.kicker.size,
        "pd-kicker-line": usual.kicker.line,
        "pd-caption": CAPTION.size,
        "pd-caption-line": CAPTION.line,
        "pd-nested": usual.nested.size,
        "pd-nested-line": usual.nested.line,
        "pd-nested-between": usual.nested.between,
    }
    page = f"@page {{ size: {SLIDE.width}px {SLIDE.height}px; margin: 0; }}"
    rules = [_rule(":root", slide | _properties(usual.body)), page]
    for name, layout in table.items():
        selector = f'.reveal .slides section[data-layout="{name}"]'
        widths = {"text-width": layout.text.width, "title-width": layout.title_width}
        title = {
            "title-size": layout.title.size,
            "title-line": layout.title.line,
            "title-between": layout.title.between,
            "title-height": layout.title_height,
        }
        rules.append(_rule(selector, widths | title | _properties(layout.body)))
        for fill, text in (("light", layout.light), ("dense", layout.dense)):
            if text:
                rules.append(_rule(f'{selector}[data-fill="{fill}"]', _properties(text)))
    return "\n".join(rules) + "\n"


def _properties(text: Type) -> dict[str, int]:
    return {"size": text.size, "line": text.line, "between": text.between, "indent": text.indent}


def _rule(selector: str, properties: dict[str, int]) -> str:
    return f"{selector} {{ {' '.join(f'--{name}: {value}px;' for name, value in properties.items())} }}"
