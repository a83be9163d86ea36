"""Files that HTML in the text names: copied into both outputs, or told at their line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from paperdeck.slides.named_files import find_names
from tests.sites import draw_png

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite

BODY = """\
<img src="my%20field.png" alt="A field">

<video controls poster='my field.png'><source src="/media/clip.mp4#t=3"></video>

Read <a href="paper.pdf?a=1&amp;b=2">the paper</a> or <a href=other.html>more</a>.
"""
FILES = {
    "talks/my field.png": draw_png(3, 2),
    "media/clip.mp4": b"clip",
    "talks/paper.pdf": b"paper",
    "talks/frame.html": "<p>frame</p>",
}


@pytest.mark.parametrize(
    ("html", "paths"),
    [
        ('<img src="a.png">', ["a.png"]),
        ("<a href='a.pdf'>a</a><a href=#b>b</a><a name=x>c</a>", ["a.pdf"]),
        ("<source src=a%20b.mp4#t=3><iframe src='../a/?b'></iframe>", ["a b.mp4", "../a/"]),
        ('<img src="https://example.org/a.png"><img src="//a/b.png"><img src="data:image/png,a">', []),
        ('<a href="mailto:a@example.org">a</a><a href="javascript:a">b</a><a href="?a">c</a>', []),
        ("<!-- <img src=a.png> --> &lt;img src=a.png> <b src=a.png></b>", []),
        ('<img data-src="a.png" alt="src=b.png">', []),
    ],
)
def test_what_names_a_file_is_found(html: str, paths: list[str]) -> None:
    """By the attribute that its element has for it, decoded, and no address among them."""
    assert [named.path for named in find_names(html)] == paths


@pytest.mark.parametrize("builder", ["html", "dirhtml", "revealjs", "dirrevealjs"])
def test_files_come_with_the_page(small_site: Callable[..., SmallSite], builder: str) -> None:
    """Whatever shows or links them, on a slide and beside it, from a folder of the project."""
    talk = f"# Talk\n\n::::{{slide}} A\n{BODY}\n<iframe src='frame.html'></iframe>\n::::\n\n{BODY}"
    output = small_site(
        {"index.md": "# Home\n\n```{toctree}\ntalks/talk\n```\n", "talks/talk.md": talk} | FILES
    ).quietly(builder)
    page = next(name for name in ("talks/talk.html", "talks/talk/index.html") if (output.folder / name).is_file())
    holder = output.page(page).select_one("[data-slide] .paperdeck-content")
    assert holder
    named = [part.get("src") or part.get("href") for part in holder.select("img, source, iframe, a[href*=paper]")]
    named.append(holder.select("video")[0]["poster"])
    files = [
        (output.folder / page).parent / str(name).partition("#")[0].partition("?")[0].replace("%20", " ")
        for name in named
    ]
    assert len(files) == 5
    assert all(file.is_file() for file in files)
    assert {str(name).partition("#")[2] for name in named} == {"", "t=3"}
    assert holder.select_one("a[href='other.html']")


def test_a_file_that_is_not_there_is_told_at_its_line(small_site: Callable[..., SmallSite]) -> None:
    """In a block and in a line; not one of the output, of another page or of the server."""
    body = (
        '<img src="none.png" alt="">\n\nSee <a href="none.pdf">it</a>.\n\n'
        '<a href="page.html">b</a> <a href="/a.pdf">c</a>\n'
        '<img src="_static/a.png" alt=""> <img src="extra.png" alt="">'
    )
    site = small_site(
        {"index.md": f"# Talk\n\n:::{{slide}} A\n{body}\n:::\n", "more/extra.png": draw_png(1, 1)},
        more='html_extra_path = ["more"]\nexclude_patterns = ["more"]\n',
    )
    write = "write its path from this document, or from the source directory with a leading “/” [paperdeck.markup]"
    assert site.build("revealjs").warnings == [
        f"index.md:4: WARNING: <img> names the file 'none.png', which is not there; {write}",
        f"index.md:6: WARNING: <a> names the file 'none.pdf', which is not there; {write}",
    ]


def test_a_page_that_uses_nothing_of_ours_stays(small_site: Callable[..., SmallSite]) -> None:
    """Its HTML is its author's."""
    output = small_site({"index.md": '# Page\n\n<img src="a.png"> <img src="none.png">\n', "a.png": b"a"}).articles()
    assert [part["src"] for part in output.page().select("img")] == ["a.png", "none.png"]


def test_a_picture_is_found_by_a_name_with_spaces(small_site: Callable[..., SmallSite]) -> None:
    """In Markdown as in a directive, with letters of any script; one that is nowhere is told as it is written."""
    names = ["![a](<my field.png>)", "![a](%C3%BC.png)", "```{figure} my field.png\n:alt: a\n```", "![a](<no one.png>)"]
    text = "# T\n\n:::{slide} A\n- a\n:::\n\n" + "\n\n".join(names) + "\n"
    site = small_site({"index.md": text, "my field.png": draw_png(3, 2), "ü.png": draw_png(3, 2)})
    output = site.build("html")
    assert output.warnings == ["index.md:15: WARNING: image file not readable: no%20one.png [image.not_readable]"]
    found = [picture["src"] for picture in output.page().select("img")][:3]
    assert found == ["_images/my%20field.png", "_images/%C3%BC.png", "_images/my%20field.png"]
