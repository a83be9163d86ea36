"""What a PDF says of itself: bookmarks, the names of its pages, metadata."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader, PdfWriter

from paperdeck.commands import Refused
from paperdeck.exports import documents
from paperdeck.exports.documents import Bookmark, describe_pdf, list_bookmarks, name_slides, require_pypdf
from paperdeck.exports.printing import Slide


def show(name: str, number: str = "", *, detail: bool = False, step: bool = False) -> Slide:
    """Return a page of a deck."""
    return Slide(name, f"About {name}", number, detail, step, "", ())


DECK = [
    show("cover"),
    show("one", "1"),
    show("one", "1", step=True),
    show("one", "1", step=True),
    show("more", "1", detail=True),
    show("most", "1", detail=True),
    show("most", "1", detail=True, step=True),
    show("two", "2"),
    show("sources"),
]


def test_a_page_is_called_what_its_slide_shows() -> None:
    """Numbers, letters for details, decimals for steps; what has no number is called by its id."""
    assert name_slides(DECK) == ["cover", "1", "1.1", "1.2", "1a", "1b", "1b.1", "2", "sources"]


def test_each_slide_has_one_bookmark() -> None:
    """Details stand below their slide, steps have none."""
    assert list_bookmarks(DECK) == [
        Bookmark("About cover", 0),
        Bookmark("1. About one", 1),
        Bookmark("About more", 4, True),
        Bookmark("About most", 5, True),
        Bookmark("2. About two", 7),
        Bookmark("About sources", 8),
    ]


def blank(pages: int) -> bytes:
    """Return a PDF with a bookmark for each of its empty pages."""
    writer = PdfWriter()
    for page in range(pages):
        writer.add_blank_page(10, 10)
        writer.add_outline_item(title=f"TwiceTwice {page}", page_number=page)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def test_a_pdf_says_what_it_is() -> None:
    """Title, author, language, names of pages; the same again gives the same bytes."""
    told = ("Experts", "A. Person", "pl")
    data, count = describe_pdf(blank(2), *told, names=["cover", "1"], headings=["Once", "Again"])
    assert describe_pdf(blank(2), *told, names=["cover", "1"], headings=["Once", "Again"])[0] == data
    reader = PdfReader(io.BytesIO(data))
    assert count == 2
    assert reader.metadata == {"/Title": "Experts", "/Author": "A. Person", "/Producer": "paperdeck"}
    assert reader.root_object["/Lang"] == "pl"
    assert reader.page_labels == ["cover", "1"]
    assert [line.title for line in reader.outline] == ["Once", "Again"]


def test_bookmarks_stay_where_the_headings_are_others() -> None:
    """Rather what Chromium wrote than a wrong name."""
    reader = PdfReader(io.BytesIO(describe_pdf(blank(2), "x", headings=["One"])[0]))
    assert [line.title for line in reader.outline] == ["TwiceTwice 0", "TwiceTwice 1"]


def test_without_pypdf_the_command_that_installs_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is an extra, which most projects do without."""
    monkeypatch.setattr(documents, "find_spec", lambda name: None)
    with pytest.raises(Refused, match=r"install it: .*pip install .*\[exports\]"):
        require_pypdf()
