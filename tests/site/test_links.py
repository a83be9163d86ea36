"""Links within links: words in the outer one, on pages of ours alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite

LINK = "[Read {doc}`index` now](https://example.org/read), and {doc}`index`."
BUTTON = """
:::{button-link} https://example.org/press
Press {doc}`index`[^n] now
:::
"""


def test_a_link_within_a_link_is_its_words(small_site: Callable[..., SmallSite]) -> None:
    """The mark of a footnote stands behind the link, and both ways lead on."""
    text = f"# There\n\n{LINK}\n\n::::{{slide}} One\n{LINK}\n{BUTTON}\n::::\n\n[^n]: Said below.\n"
    site = small_site(text, more='extensions += ["sphinx_design"]\n')
    for builder in ("html", "revealjs"):
        page = site.quietly(builder).page()
        read, press = (page.select(f"a[href='https://example.org/{name}']")[-1] for name in ("read", "press"))
        assert [link.text.strip() for link in (read, press)] == ["Read There now", "Press There now"]
        assert not page.select("a a")
        mark = press.find_next_sibling("a")
        assert page.select(f"[id='{mark['href'].removeprefix('#')}'] a[href='#{mark['id']}']")
    assert len(site.articles().page().select("a.internal:not(nav a, .sphinxsidebar a)")) == 2


def test_a_page_of_others_keeps_its_links(small_site: Callable[..., SmallSite]) -> None:
    """As Sphinx writes them."""
    assert 'read">Read <a ' in small_site(f"# There\n\n{LINK}\n").articles().text("index.html")


def test_a_reference_within_a_reference_is_its_words(small_site: Callable[..., SmallSite]) -> None:
    """Sphinx would resolve the outer one and fail."""
    text = "# There\n\n:::::{slide} One\n- :::{button-ref} index\n  Go {ref}`there` now\n  :::\n:::::\n"
    site = small_site(text, more='extensions += ["sphinx_design"]\n')
    for builder in ("html", "revealjs"):
        (button,) = site.quietly(builder).page().select("a.sd-btn")
        assert button.text.strip() == "Go there now"


def test_a_heading_with_a_footnote_leads_to_no_contents(small_site: Callable[..., SmallSite]) -> None:
    """As little as one with a link, to which docutils sees."""
    text = "# T\n\n```{contents}\n:local:\n```\n\n## One\n\n## Two[^n]\n\n:::{slide} S\nx\n:::\n\n[^n]: Said.\n"
    page = small_site(text).articles().page()
    assert [link.text for link in page.select("a.toc-backref")] == ["One"]
    assert page.select_one("h2 > a.footnote-reference")
