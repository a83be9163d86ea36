"""Who follows a site hears of each of its papers, once."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from paperdeck.addresses import public_article
from tests.article.samples import BIB, WORKS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import Output, SmallSite

ADDRESS = "https://example.org/en"
FRONT = "# Front\n\n```{toctree}\nold\nnew\nundated\nhidden\n```\n"
SLIDE = "\n:::{slide} The point\n- A line\n:::\n"
OLD = "---\npaper: a2020b\nsummary: What it <finds>\nwas: older, middle\ntags: x, y\n---\n# Old & \x07good\n"
SITE = {
    "index.md": FRONT,
    "old.md": OLD + SLIDE,
    "new.md": f"---\ndate: 2026-01-31\npresenter: Bo Best\n---\n# New\n{SLIDE}",
    "undated.md": f"# Undated\n{SLIDE}",
    "hidden.md": f"---\ndate: 2026-01-31\ngallery: hide\n---\n# Hidden\n{SLIDE}",
    "works.bib": WORKS,
}


def feed_of(output: Output) -> ElementTree.Element:
    """Return a feed that holds what RFC 4287 asks of one: ids, titles, instants, authors, addresses."""
    root = ElementTree.fromstring(output.text("feed.xml"))
    assert root.tag == "{http://www.w3.org/2005/Atom}feed"
    entries = root.findall("{*}entry")
    for each in (root, *entries):
        for name in ("id", "title", "updated"):
            [element] = each.findall(f"{{*}}{name}")
            assert element.text
        assert datetime.fromisoformat(each.findtext("{*}updated", "")).tzinfo
        assert each.findtext("{*}id", "").startswith("https://")
        assert len(each.findall("{*}link[@rel='alternate']")) == 1
        assert all("://" in link.attrib["href"] for link in each.findall("{*}link"))
    assert root.findtext("{*}author/{*}name")
    assert len({entry.findtext("{*}id") for entry in entries}) == len(entries)
    assert root.findtext("{*}updated") == max(entry.findtext("{*}updated", "") for entry in entries)
    return root


@pytest.mark.parametrize(("builder", "end"), [("html", ".html"), ("dirhtml", "/")])
def test_a_feed_tells_of_each_paper_by_its_day(small_site: Callable[..., SmallSite], builder: str, end: str) -> None:
    """The newest first; a renamed paper keeps its id; hidden talks and those without a day are not in it."""
    output = small_site(SITE, more=BIB).quietly(builder, html_baseurl=ADDRESS)
    new, old = feed_of(output).findall("{*}entry")
    assert (new.findtext("{*}title"), new.findtext("{*}updated")) == ("New", "2026-01-31T00:00:00Z")
    assert new.findtext("{*}author/{*}name") == "Bo Best"
    assert (old.findtext("{*}title"), old.findtext("{*}updated")) == ("Old & good", "2020-01-01T00:00:00Z")
    assert old.findtext("{*}summary") == "What it <finds>"
    assert old.findtext("{*}id") == f"{ADDRESS}/older{end}"
    links = [(link.attrib["rel"], link.attrib["href"]) for link in old.findall("{*}link")]
    deck = "revealjs" if builder == "html" else "dirrevealjs"
    assert links == [
        ("alternate", f"{ADDRESS}/old{end}"),
        ("related", f"https://example.org/{deck}/old{end}"),
        ("related", "https://arxiv.org/abs/2001.00001"),
    ]
    assert [tag.attrib["term"] for tag in old.findall("{*}category")] == ["x", "y"]
    assert "feed.xml does not have undated, for which no day is known" in output.status


def test_pages_of_papers_name_the_feed(small_site: Callable[..., SmallSite]) -> None:
    """A page that uses nothing of ours does not, and without an address of the site there is none."""
    site = small_site(SITE, more=BIB)
    output = site.articles(html_baseurl=ADDRESS)
    [link] = output.page("old.html").select("link[type='application/atom+xml']")
    assert (link["rel"], link["href"]) == (["alternate"], "feed.xml")
    assert "feed.xml" not in output.text("index.html")
    output = site.articles()
    assert "feed.xml" not in output.text("old.html")
    assert not site.deck(html_baseurl=ADDRESS).bytes("feed.xml")


def test_an_article_is_not_found_at_its_deck(small_site: Callable[..., SmallSite]) -> None:
    """Where the decks are hosted elsewhere, their address is not that of the articles."""
    with small_site(SITE, more=BIB).app("html", html_baseurl=ADDRESS, paperdeck_deck_url="https://slides.org/") as app:
        assert public_article(app.builder, "old") == f"{ADDRESS}/old.html"
