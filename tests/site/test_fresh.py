"""Pages follow the files they rest on, in both outputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite


def test_second_output_follows_a_file_that_the_first_has_read_again(small_site: Callable[..., SmallSite]) -> None:
    """An included file changes the page of every builder, not of the one that comes first alone."""
    document = "# T\n\n:::{slide} P\n```{literalinclude} code.txt\n```\n:::\n"
    site = small_site({"index.md": document, "code.txt": "old\n"})
    site.articles()
    site.deck()
    (site.source / "code.txt").write_text("new\n", "utf-8")
    assert "new" in site.articles().page().select_one("pre").text
    deck = site.deck()
    assert "new" in deck.page().select_one("pre").text
    assert "0 added, 0 changed, 0 removed" in deck.status
