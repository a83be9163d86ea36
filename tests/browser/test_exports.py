"""A small talk, taken along in every form, and opened again."""

from __future__ import annotations

import json
import os
import struct
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from pptx import Presentation
from pypdf import PdfReader

from paperdeck.__main__ import main
from paperdeck.exports import film, pptx, printing
from tests.exports.test_film import STAND_IN, put_ffmpeg
from tests.sites import CONF, SmallSite

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

CONFIGURED = CONF + 'author = "A. Person"\nhtml_baseurl = "https://example.org/"\nlanguage = "en"\n'
TALK = """\
# Experts

Said at the cover.

## One

:::{slide} A point
:name: point
:class: poster
:incremental:
- A reason, see [the other](#other)
- Another
:::

Said at the point, with *stress* and $x^2$.

:::{slide} A detail
:detail:
Small print
:::

:::{slide} The other
:name: other
:class: poster
:at: 1:05
Words of [elsewhere](https://example.com/x), ``code`` and $x^2$

| a | b |
| --- | ---: |
| c | **4** |
:::

- Said in a list

:::{slide} In numbers
:layout: figure
```{chart} bar
:alt: Ours is ahead.
:highlight: ours
:plain:
model | score
ours | 54.1
other | 46.2
```
:::

:::{slide} Drawn
- A root, $\\sqrt{y}$, in words
  - and below it

$$\\sqrt{x}$$

```{chart} dot
:alt: One dot.
:plain:
model | score
ours | 54.1
```
:::
"""


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Path:
    """Build the talk, and export it to everything with one browser."""

    @contextmanager
    def lend() -> Iterator[Browser]:
        yield browser

    top = tmp_path_factory.mktemp("exports")
    (top / "source").mkdir()
    (top / "source" / "conf.py").write_text(CONFIGURED, "utf-8")
    (top / "source" / "talk.md").write_text(TALK, "utf-8")
    (top / "source" / "index.md").write_text("# Talks\n\n```{toctree}\ntalk\n```\n", "utf-8")
    site = SmallSite(top / "source", top / "builds")
    folders = [str(site.quietly(builder).folder) for builder in ("html", "revealjs")]
    out = top / "exports"
    with pytest.MonkeyPatch.context() as patch:
        for module in (printing, pptx, film):
            patch.setattr(module, "open_chromium", lend)
        assert main(["pdf", *folders]) == 0
        assert main(["offline", *folders]) == 0
        assert main(["handout", *folders]) == 0
        assert main(["pptx", *folders]) == 0
        assert main(["pptx", *folders, "--editable"]) == 0
        assert main(["poster", *folders]) == 0
        (top / "talk.wav").write_bytes(b"sound")
        ffmpeg = put_ffmpeg(top, STAND_IN.format(python=sys.executable, notes=str(top / "notes")))
        patch.setenv("PATH", os.pathsep.join([str(ffmpeg), os.environ["PATH"]]))
        assert main(["film", *folders, "--recording", str(top / "talk.wav")]) == 0
        assert main(["pdf", folders[1], "--steps", "--out", str(out / "steps")]) == 0
    return top / "builds" / "exports"


def find_links(reader: PdfReader) -> set[str]:
    """Return where the links of a PDF lead; “inside” for a place of its own."""
    notes = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    return {str(note["/A"]["/URI"]) if "/A" in note and "/URI" in note["/A"] else "inside" for note in notes}


def test_a_deck_is_a_pdf_with_a_page_for_each_slide(exported: Path) -> None:
    """Real text, every step on it, links that lead somewhere, bookmarks, names of pages, tags."""
    reader = PdfReader(exported / "talk-slides.pdf")
    assert reader.page_labels[:4] == ["cover", "1", "1a", "2"]
    assert [line.title for line in reader.outline if not isinstance(line, list)][:3] == [
        "Experts",
        "1. A point",
        "2. The other",
    ]
    text = reader.pages[1].extract_text()
    assert [word for word in ("A reason", "Another") if word not in text] == []
    assert "Said" not in "".join(page.extract_text() for page in reader.pages)
    assert {"inside", "https://example.com/x", "https://example.org/talk.html#one"} <= find_links(reader)
    assert not any(link.startswith("file:") for link in find_links(reader))
    assert (reader.metadata.title, reader.metadata.author) == ("Experts", "A. Person")
    assert reader.root_object["/Lang"] == "en"
    assert "/StructTreeRoot" in reader.root_object


def test_a_page_for_each_step(exported: Path) -> None:
    """What has not come yet is not there."""
    reader = PdfReader(exported.parent.parent / "exports" / "steps" / "talk-slides.pdf")
    assert reader.page_labels[:5] == ["cover", "1", "1.1", "1.2", "1a"]


def test_an_article_is_a_pdf(exported: Path) -> None:
    """Its headings are the bookmarks, and its links lead somewhere."""
    reader = PdfReader(exported / "talk.pdf")
    assert reader.outline[0].title == "Experts"
    assert "Said at the point" in "".join(page.extract_text() for page in reader.pages)
    assert not any(link.startswith("file:") for link in find_links(reader))


def test_a_deck_in_one_file_works(exported: Path, page: Page, tmp_path: Path) -> None:
    """Alone in a folder it asks for nothing, and opens its speaker's view; a link to another page is public."""
    alone = tmp_path / "talk.html"
    alone.write_bytes((exported / "talk-slides.html").read_bytes())
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url.split("?")[0]))
    page.goto(alone.as_uri())
    page.locator(".reveal.ready").wait_for()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#point")).to_be_visible()
    assert page.locator("#point footer a").first.get_attribute("href") == "https://example.org/talk.html#one"
    with page.expect_popup() as opened:
        page.keyboard.press("s")
    expect(opened.value.locator(".notes .value")).to_contain_text("Said at the point")
    assert {url for url in asked if not url.startswith("data:")} <= {alone.as_uri(), "about:blank"}


def test_an_article_in_one_file_works(exported: Path, page: Page) -> None:
    """Its links lead into itself or to public addresses."""
    page.goto((exported / "talk.html").as_uri())
    links = [link.get_attribute("href") or "" for link in page.locator("a[href]").all()]
    assert [link for link in links if link and not link.startswith(("#", "http", "javascript:"))] == []


def test_a_handout_has_two_slides_a_page(exported: Path) -> None:
    """Each above what is said about it."""
    reader = PdfReader(exported / "talk-handout.pdf")
    width, height = reader.pages[0].mediabox[2:]
    assert width > height
    first = reader.pages[0].extract_text()
    assert "Said at the cover" in first
    assert "Said at the point, with stress" in first
    assert "Said in a list" in reader.pages[1].extract_text()
    assert reader.metadata.title == "Experts"


def test_a_deck_is_a_presentation(exported: Path) -> None:
    """With a picture of 1920 x 1080, the title and the note of each slide."""
    presentation = Presentation(exported / "talk.pptx")
    titles = [slide.shapes.title.text for slide in presentation.slides]
    assert titles[:4] == ["Experts", "A point", "A detail", "The other"]
    point = presentation.slides[1]
    assert point.shapes[-1].image.size == (1920, 1080)
    assert "A reason" in point.shapes[-1]._element.nvPicPr.cNvPr.get("descr")
    assert point.notes_slide.notes_text_frame.text == "Said at the point, with stress and x2."
    assert presentation.slides[3].notes_slide.notes_text_frame.text == "• Said in a list"


def test_a_presentation_can_be_changed(exported: Path) -> None:
    """Titles, texts, a table and a chart are PowerPoint's own; what it has not is a picture with its words."""
    slides = Presentation(exported / "talk-editable.pptx").slides
    assert [slide.shapes.title.text for slide in slides][:4] == ["Experts", "A point", "A detail", "The other"]
    point, other, numbers, drawn = slides[1], slides[3], slides[4], slides[5]
    assert [line.text for line in point.placeholders[1].text_frame.paragraphs] == ["A reason, see the other", "Another"]
    assert point.notes_slide.notes_text_frame.text == "Said at the point, with stress and x2."
    runs = other.placeholders[1].text_frame.paragraphs[0].runs
    assert [run.text for run in runs] == ["Words of ", "elsewhere", ", ", "code", " and ", "x", "2"]
    assert runs[1].hyperlink.address == "https://example.com/x"
    table = next(shape.table for shape in other.shapes if shape.has_table)
    assert [cell.text for row in table.rows for cell in row.cells] == ["a", "b", "c", "4"]
    chart = next(shape for shape in numbers.shapes if shape.has_chart)
    assert chart._element._nvXxPr.cNvPr.get("descr") == "Ours is ahead."
    assert tuple(chart.chart.plots[0].series[0].values) == (54.1, 46.2)
    told = [shape._element._nvXxPr.cNvPr.get("descr") for shape in drawn.shapes if shape.shape_type == 13]
    assert "One dot." in told
    assert [words for words in told if words.startswith("A root, ")]
    assert drawn.placeholders[1].text_frame.text == "and below it"
    assert len(told) == 4  # words with a formula, a formula, the chart, an icon


def test_a_film_has_a_picture_for_each_step(exported: Path) -> None:
    """Numbered, 1920 x 1080, each with its time; ffmpeg is told where they are."""
    folder = exported / "talk-film"
    told = json.loads((folder / "timing.json").read_text("utf-8"))
    assert [cue["slide"] for cue in told[:6]] == ["cover", "point", "point", "point", "slide-a-detail", "other"]
    assert [cue["picture"] for cue in told] == sorted(path.name for path in folder.glob("*.png"))
    assert struct.unpack(">II", (folder / "001.png").read_bytes()[16:24]) == (1920, 1080)
    assert told[1]["note"] == ["Said at the point, with stress and x2."]
    assert told[5]["start"] == 65
    assert "1:05 The other" in (folder / "chapters.txt").read_text("utf-8")
    assert str(folder / "pictures.ffconcat") in (exported.parent.parent / "notes").read_text("utf-8").splitlines()
    assert (exported / "talk.mp4").is_file()


def test_a_poster_is_one_page_of_a0(exported: Path) -> None:
    """Title and authors, each marked slide once, no other; real text."""
    reader = PdfReader(exported / "talk-poster.pdf")
    (page,) = reader.pages
    assert [round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] == [841, 1189]
    text = page.extract_text()
    assert [text.count(words) for words in ("Experts", "A point", "The other", "A detail")] == [1, 1, 1, 0]
    assert "A reason" in text
    assert "Said" not in text
    assert text.count("Read the article") == 1  # below the code
    assert reader.metadata.title == "Experts"


def test_nothing_leaves_a_slide_that_can_be_changed(exported: Path) -> None:
    """Each shape lies where the deck shows it."""
    presentation = Presentation(exported / "talk-editable.pptx")
    for slide in presentation.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= presentation.slide_width
            assert shape.top + shape.height <= presentation.slide_height
