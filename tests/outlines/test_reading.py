"""Outlines, read in whatever form they have."""

from __future__ import annotations

from pathlib import Path

import pytest

from paperdeck.commands import Refused
from paperdeck.outlines.model import Kind, Outline
from paperdeck.outlines.reading import LARGEST, load_outline, read_outline

SAMPLES = sorted((Path(__file__).parent / "samples").iterdir())
"""Outlines as people and language models write them, those of our own papers among them."""


def name_paper(slug: str, key: str = "", title: str = "") -> dict[str, str]:
    """Return what ``new`` knows of a paper before it reads the outline."""
    return {"slug": slug, "paper": key or slug, "short": slug, "title": title}


def read(text: str, name: str = "outline.md") -> Outline:
    """Read an outline from its text."""
    return read_outline(text.encode(), name)


def shown(outline: Outline) -> list[tuple[str, list[str]]]:
    """Return each title with what stands below it, nested points indented."""
    return [(slide.title, ["  " * block.depth + block.text for block in slide.shown]) for slide in outline.slides]


def kinds(outline: Outline, kind: Kind) -> list[tuple[int, str]]:
    """Return line and text of all blocks of one kind."""
    found = [*outline.opening, *(block for slide in outline.slides for block in slide.blocks)]
    return [(block.line, block.text) for block in found if block.kind is kind]


@pytest.mark.parametrize(
    ("name", "title", "slides", "points"),
    [
        ("glam.md", "GLaM: Generalist Language Model", 10, 73),
        ("olmoe.md", "OLMoE: Open Mixture of Experts Language Models", 11, 63),
        ("glm-130b.md", "GLM-130B: An Open Bilingual Pre-Trained Model", 11, 51),
    ],
)
def test_prompts_are_read_whole(name: str, title: str, slides: int, points: int) -> None:
    """Every slide and every point of the three prompts that our papers began with: 187, two questions among them."""
    outline = load_outline(SAMPLES[0].with_name(name))
    assert outline.title.startswith(title)
    assert (len(outline.slides), sum(len(slide.shown) for slide in outline.slides)) == (slides, points)


@pytest.mark.parametrize(
    ("begin", "title", "language"),
    [
        ("## Slide 1: A title", "A title", ""),
        ("### **Slide 1 – A title**", "A title", ""),
        ("**Slide 1/9: A title**", "A title", ""),
        ("Slide 1. A title", "A title", ""),
        ("[Slide 1] A title", "A title", ""),
        ("##Slide #1: A title", "A title", ""),
        ("- Slide 1: A title", "A title", ""),
        ("## Folie 1: Ein Titel", "Ein Titel", "de"),
        ("Slajd 1: Tytuł", "Tytuł", "pl"),
        ("## Diapositive n° 1 – Un titre", "Un titre", "fr"),
        ("## Diapositiva 1: Un título", "Un título", "es"),
        ("## スライド1：題", "題", "ja"),
        ("## 幻灯片 1：标题", "标题", "zh"),
        ("第1张幻灯片：标题", "标题", "zh"),
        ("## 슬라이드 1: 제목", "제목", "ko"),
        ("## Слайд 1. Заголовок", "Заголовок", "ru"),
        ("## Slide: A title", "A title", ""),
        ("## Slide 1\n**Title:** A title", "A title", ""),
        ("## 🎯 Slide 1 — A title", "A title", ""),
        ("**🗂️ Slide 1: A title**", "A title", ""),
        ("## Slide 1 – Title Slide: **A title**", "A title", ""),
        ("Slide 1\nA title", "A title", ""),
    ],
)
def test_a_slide_begins_as_people_write_it(begin: str, title: str, language: str) -> None:
    """Whatever the language, the marks around it, the number."""
    outline = read(f"{begin}\n- one\n\n{begin.replace('1', '2')}\n- two\n")
    assert shown(outline) == [(title, ["one"]), (title, ["two"])]
    assert outline.language == language


def test_every_mark_of_a_list_is_one() -> None:
    """Bullets of all kinds, numbers, letters and boxes; nesting by spaces and tabs."""
    marks = ["-", "*", "+", "•", "–", "—", "▪", "◦", "‣", "➢", "→", "1.", "2)", "(3)", "a)", "- [x]", "①"]
    text = "## Slide 1: T\n" + "".join(f"{mark} point\n" for mark in marks)
    assert shown(read(text)) == [("T", ["point"] * len(marks))]
    nested = "## Slide 1: T\n- a\n  - b\n\t\t- c\n - d\n1. e\n   - f\n"
    assert shown(read(nested)) == [("T", ["a", "  b", "    c", "d", "e", "  f"])]


def test_a_point_goes_on_in_the_next_line() -> None:
    """Indented or not; a paragraph of its own is none of it."""
    text = "## Slide 1: T\n- one\n  more\nand more\n\n  still\n\nText below.\n"
    assert shown(read(text)) == [("T", ["one more and more still", "Text below."])]


@pytest.mark.parametrize("text", ["\ufeff## Slide 1: T\r\n- a\r\n", "## Slide 1: T\r- a\r", "## Slide 1: T\n- a"])
def test_any_end_of_line_will_do(text: str) -> None:
    """A mark of the byte order too."""
    assert shown(read(text)) == [("T", ["a"])]


def test_utf_16_is_read() -> None:
    """As some editors save."""
    assert shown(read_outline("## Slide 1: Ä\n- a\n".encode("utf-16"), "x.txt")) == [("Ä", ["a"])]


@pytest.mark.parametrize("end", ["```\nShall I go on?\n", ""], ids=["closed", "open"])
def test_an_answer_may_stand_in_a_fence(end: str) -> None:
    """As language models give Markdown to be copied, closed or not, with code of its own or not."""
    code = "```python\nx = 1\n```\n"
    text = f"Here it is:\n\n```markdown\n# T\n\n## Slide 1: A\n- a\n\n{code}\n## Slide 2: B\n- b\n{end}"
    outline = read_outline(text.encode(), "outline.md")
    assert [slide.title for slide in outline.slides] == ["A", "B"]


def test_what_nobody_sees_is_left_out() -> None:
    """Spaces of no width and soft hyphens come with what is copied from pages and programs."""
    outline = read_outline("## \u200bSlide\u200b 1: A ti\u00adtle\n- \u2060a\n".encode(), "outline.md")
    assert [slide.title for slide in outline.slides] == ["A title"]


def test_labels_say_what_follows() -> None:
    """Content, display, notes in some languages; what is for who draws is told."""
    text = """\
    ## Slide 1: T
    **Key points:**
    - a
    **Speaker notes:** Say this.
    - b
    **Visual:** a chart

    ## Folie 2: U
    Inhalt:
    - c
    Sprechernotizen:
    Und das.
    - auch

    ## Slide 3: V
    Display only:
    Just this.
    """
    outline = read("\n".join(line.strip() for line in text.splitlines()))
    assert shown(outline) == [("T", ["a", "b"]), ("U", ["c"]), ("V", ["Just this."])]
    assert kinds(outline, Kind.NOTE) == [(4, "Say this."), (12, "Und das."), (13, "- auch")]
    assert kinds(outline, Kind.UNREAD) == [(6, "Visual: a chart")]
    assert [slide.question for slide in outline.slides] == [False, False, True]


def test_a_word_of_a_label_may_begin_a_point() -> None:
    """“Time:” is of who draws only where it is set off."""
    assert shown(read("## Slide 1: T\n- Time: 3 hours\n- Note: no\n")) == [("T", ["Time: 3 hours", "Note: no"])]


def test_what_a_language_model_sets_around_its_slides_is_none_of_them() -> None:
    """Pictograms before labels, cues in brackets, and the offer below the last slide."""
    text = "### Slide 1: T\n- a\n**[Diagram: W and BA]**\n*(Transition: on we go)*\n🗣️ **Speaker notes:** Say this.\n"
    offer = "Would you like me to:\n- add sources?\n"
    outline = read(f"{text}\n### Slide 2: U\n- b\n\n---\n\n{offer}")
    assert shown(outline) == [("T", ["a"]), ("U", ["b"])]
    assert kinds(outline, Kind.NOTE) == [(5, "Say this.")]
    assert [line for line, _text in kinds(outline, Kind.UNREAD)] == [3, 4, 12, 13]
    assert shown(read("## Slide 1: T\nDisplay only:\nWould you like to know?\n")) == [
        ("T", ["Would you like to know?"])
    ]


@pytest.mark.parametrize(
    ("begin", "title", "timing"),
    [
        ("## Slide 3: The router (2 min)", "The router", "(2 min)"),
        ("## Slide 3: The router [~2-3 minutes]", "The router", "[~2-3 minutes]"),
        ("**Slide 3: The router (1:30)**", "The router", "(1:30)"),
        ("## **Slide 3: The router** (90 sec.)", "The router", "(90 sec.)"),
        ("## Folie 3: Der Router (ca. 2 Minuten)", "Der Router", "(ca. 2 Minuten)"),
        ("## 幻灯片 3：路由器（2分钟）", "路由器", "（2分钟）"),
        ("## Slide 3: Wide screens (16:9)", "Wide screens (16:9)", ""),
        ("## Slide 3: The scale (2 trillion)", "The scale (2 trillion)", ""),
    ],
)
def test_how_long_a_slide_takes_is_none_of_its_title(begin: str, title: str, timing: str) -> None:
    """It is kept as a comment; another thing in brackets is part of the title."""
    outline = read(f"# Talk\n\n{begin}\n- a\n")
    assert shown(outline) == [(title, ["a"])]
    assert [text for _line, text in kinds(outline, Kind.COMMENT)] == ([timing] if timing else [])


def test_bold_items_below_one_title_are_slides() -> None:
    """Where items stand below them; else a list below a title is one slide."""
    text = "# T\n\n1. **One**\n   - a\n2. **Two**\n   - b\n"
    assert (read(text).title, shown(read(text))) == ("T", [("One", ["a"]), ("Two", ["b"])])
    assert shown(read(text.replace("**", ""))) == [("T", ["One", "  a", "Two", "  b"])]


def test_code_tables_maths_and_pictures_are_kept() -> None:
    """As they are; a block that is not closed ends with the outline."""
    text = (
        "## Slide 1: T\n```python\n- no point\n```\n| a | b |\n|--|--|\n| 1 | 2 |\n$$\nx\n\ny\n$$\n"
        "![alt](a.png)\n\\begin{equation}\nz\n\\end{equation}\n~~~\nopen\n## Slide 2: no\n"
    )
    assert [block.text for block in read(text).slides[0].shown] == [
        "```python\n- no point\n```",
        "| a | b |\n|--|--|\n| 1 | 2 |",
        "$$\nx\ny\n$$",
        "![alt](a.png)",
        "$$\nz\n$$",
        "```text\nopen\n## Slide 2: no\n```",
    ]


@pytest.mark.parametrize(
    ("name", "titles", "notes", "unread"),
    [
        ("marp.md", ["Why", "How", "Thanks!"], ["Tell the joke about the 3 engineers here."], 6),
        ("slidev.md", ["Why", "The end"], ["Welcome", "Notes here, multiple lines, 5 of them."], 4),
        ("quarto.qmd", ["Why", "How", "Done"], ["Say hello."], 4),
        ("talk.org", ["Why", "How"], ["Say that it took 3 weeks."], 0),
        ("talk.tex", ["Why fine-tuning hurts", "The update", "Table"], ["Mention that 25\\% is saved."], 4),
        ("plain.txt", ["Introduction", "Method", "Results", "Conclusion"], [], 0),
        ("numbers.md", ["What is it?", "Why twice?", "Why twice?"], [], 0),
        ("unnumbered.md", ["One thing", "Another thing with 5 parts"], [], 2),
    ],
)
def test_other_forms_are_read(name: str, titles: list[str], notes: list[str], unread: int) -> None:
    """Rules between slides, headings, frames, and lists with a title each."""
    outline = load_outline(SAMPLES[0].with_name(name))
    assert [slide.title for slide in outline.slides] == titles
    assert [text.replace("25%", "25\\%") for _, text in kinds(outline, Kind.NOTE)] == notes
    assert len(kinds(outline, Kind.UNREAD)) == unread


def test_a_heading_above_those_of_the_slides_is_a_slide_where_it_holds_something() -> None:
    """Else what stands below it would be the end of the slide before it, and its title lost."""
    text = "# T\n\nOpening.\n\n## A\n\n- a\n\n## B\n\n### B1\n- b\n### B2\n- c\n### B3\n- d\n\n## C\n\nText.\n\n## D\n"
    slides = [("A", ["a"]), ("B1", ["b"]), ("B2", ["c"]), ("B3", ["d"]), ("C", ["Text."])]
    outline = read(text)
    assert (outline.title, shown(outline)) == ("T", slides)
    assert [block for _, block in kinds(outline, Kind.UNREAD)] == ["B", "D"]


def test_paragraphs_of_a_quotation_stay_apart() -> None:
    """A line of its mark alone is the blank line between them, and no text."""
    assert shown(read("## S\n> **One**: a\n>\n> **Two**: b\n> c\n")) == [("S", ["**One**: a", "**Two**: b c"])]


def test_a_paragraph_is_no_title() -> None:
    """Of a slide without a heading: nor are tags alone."""
    long = "It goes on and on, as a paragraph does that says something in more words than any title would ever have."
    outline = read(f'# T\n\n---\n\n{long}\n\n---\n\n<img src="a.png" /><br>\n\n- a\n\n---\n\n- b\n')
    assert shown(outline) == [("Slide 1", [long]), ("Slide 2", ["a"]), ("Slide 3", ["b"])]


def test_beamer_is_read_as_markdown() -> None:
    """Lists in lists, commands in words, maths as it is, a table by its rules; a drawing is told."""
    why, update, table = (slide for slide in load_outline(SAMPLES[0].with_name("talk.tex")).slides)
    assert [("  " * block.depth) + block.text for block in why.shown] == [
        "GPT-3 has **175B** parameters",
        "Memory: 1.2 TB $\\to$ 350 GB",
        "  with Adam (kingma2014)",
    ]
    assert "h &= W_0 x + BAx \\\\" in update.shown[2].text
    assert table.shown[0].text.splitlines()[1:3] == ["|---|---|", "| LoRA | 73.4 |"]
    assert [block.line for block in table.blocks if block.kind is Kind.UNREAD] == [45, 46, 47]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_nothing_of_a_sample_is_lost(path: Path) -> None:
    """Each word of some length that stands in the file stands in the outline too, settings of the form apart."""
    outline = load_outline(path)
    blocks = [*outline.opening, *(block for slide in outline.slides for block in slide.blocks)]
    held = " ".join([outline.title, *(slide.title for slide in outline.slides), *(block.text for block in blocks)])
    words = {word for line in path.read_text("utf-8-sig").splitlines() for word in line.split() if word.isalpha()}
    lost = {word for word in words if len(word) > 3 and word not in held}
    assert lost <= {"NotebookLM", "Prompt", "Generate", "Slides", "Slide", "based", "Content", "include", "Display"} | {
        *("Here", "outline", "your", "presentation", "marp", "theme", "seriph", "default", "true", "about", "podcast"),
        *("notes", "Folie", "Slajd", "incremental", "slides", "Title", "revealjs"),
    }


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"\x89PNG\r\n\x1a\n\xff\x00", "is no text"),
        (b"PK\x03\x04\x00\x00", "is no text"),
        (b"x" * (LARGEST + 1), "is larger than"),
        (b"Only a paragraph.", "no slide that can be found"),
        (b"## Slide 1: T\n" * 301, "has 301 slides"),
    ],
    ids=["empty", "blank", "picture", "archive", "huge", "prose", "many"],
)
def test_what_is_no_outline_is_told(data: bytes, told: str) -> None:
    """In a sentence that says what to do."""
    with pytest.raises(Refused, match=told):
        read_outline(data, "outline.md")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """So is a folder."""
    with pytest.raises(Refused, match="cannot be read: No such file"):
        load_outline(tmp_path / "none.md")
    with pytest.raises(Refused, match="cannot be read"):
        load_outline(tmp_path)


def test_a_large_file_is_not_read_whole(tmp_path: Path) -> None:
    """Fifty megabytes are refused after the first of them."""
    huge = tmp_path / "huge.md"
    with huge.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    with pytest.raises(Refused, match="is larger than"):
        load_outline(huge)
