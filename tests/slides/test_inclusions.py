"""A file that takes itself in: told at its line, and read once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite

SLIDE = ":::{slide} One\n- a\n:::\n\n"
CIRCLES = {
    "itself": ({"index.md": f"# T\n\n{SLIDE}```{{include}} index.md\n```\n"}, "index.md:7"),
    "a part": (
        {
            "index.md": "# T\n\n```{include} a.md\n```\n",
            "a.md": f"{SLIDE}:::{{include}} a.md\n:heading-offset: 1\n:::\n",
        },
        "a.md:5",
    ),
    "by way of another": (
        {
            "index.md": "# T\n\n```{include} sub/a.txt\n```\n",
            "sub/a.txt": f"{SLIDE}```{{include}} sub/b.txt\n```\n",
            "sub/b.txt": "Text.\n\n> ```{include} /sub/a.txt\n> ```\n",
        },
        "sub/a.txt:5",
    ),
}


@pytest.mark.parametrize("name", list(CIRCLES))
def test_a_circle_of_files_is_told_once(name: str, small_site: Callable[..., SmallSite]) -> None:
    """Where MyST would read on until Python stops it."""
    files, place = CIRCLES[name]
    output = small_site(files, more='exclude_patterns = ["a.md"]\n').build("revealjs")
    told = "this file takes itself in, and was read once; take this {include} away [paperdeck.markup]"
    assert output.warnings == [f"{place}: WARNING: {told}"]
    assert [slide.h2.text for slide in output.page().select("section[data-slide]")] == ["One"]


def test_files_may_be_taken_in_twice_and_in_part(small_site: Callable[..., SmallSite]) -> None:
    """Neither goes round in a circle, nor does a document that shows its own source."""
    shown = "````{include} index.md\n:literal:\n````\n\n```{include} index.md\n:start-after: the end\n```\n"
    part = "```{include} a.txt\n```\n\n"
    files = {"index.md": f"# T\n\n{SLIDE}{part * 2}{shown}\nthe end\n\nLast.\n", "a.txt": "Part.\n"}
    output = small_site(files).build("html")
    assert output.warnings == []
    assert [paragraph.text for paragraph in output.page().select("p")].count("Part.") == 2
