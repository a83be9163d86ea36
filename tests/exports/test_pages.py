"""Decks and articles are found in what was built, named, and their links settled."""

from __future__ import annotations

from pathlib import Path

import pytest

from paperdeck.__main__ import main
from paperdeck.exports.pages import Page, find_address, find_pages, find_site, name_pages

HEAD = (
    '<html lang="pl"><title>{title} - the site</title><meta property="og:type" content="article">'
    '<meta property="og:title" content="{title}"><meta name="author" content="A. Person">'
    '<link rel="canonical" href="https://example.org/papers/moe/index.html">'
    '<link rel="stylesheet" href="../../_static/a.css">'
)
DECK = (
    HEAD + '<div class="slides"><a href="../../../html/papers/words.html#gate">x</a> <a href="#/slide-two">y</a></div>'
)


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """Write a deck, its article and a page that is neither."""
    for folder, text in (("html", HEAD), ("revealjs", DECK)):
        page = tmp_path / folder / "papers" / "moe" / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text(text.format(title="Experts"), "utf-8")
    (tmp_path / "revealjs" / "index.html").write_text("<title>The shelf</title>", "utf-8")
    return tmp_path


def test_decks_come_first_and_say_what_they_are(built: Path) -> None:
    """A shelf is neither deck nor article."""
    deck, article = find_pages([built / "html", built / "revealjs"])
    assert (deck.is_deck, article.is_deck) == (True, False)
    assert (deck.title, deck.author, deck.language, deck.document) == ("Experts", "A. Person", "pl", "papers/moe/index")


def test_links_lead_where_the_site_is_hosted(built: Path) -> None:
    """A link of the deck to an article, which lies in another place there."""
    deck = find_pages([built / "revealjs"])[0]
    assert deck.links == {
        "../../../html/papers/words.html#gate": "https://example.org/papers/words.html#gate",
        "#/slide-two": "#/slide-two",
    }


@pytest.mark.parametrize(
    ("link", "site", "address"),
    [
        ("https://arxiv.org/abs/1", "", "https://arxiv.org/abs/1"),
        ("mailto:a@example.org", "", "mailto:a@example.org"),
        ("#place", "", "#place"),
        ("other.html", "", None),
        ("other.html#a", "https://example.org/x/", "https://example.org/x/papers/other.html#a"),
        ("b/", "https://example.org/", "https://example.org/papers/b/"),
        ("../../elsewhere.html", "https://example.org/", None),
        ("ä%20b.html", "https://example.org/", "https://example.org/papers/%C3%A4%20b.html"),
    ],
)
def test_a_link_leads_somewhere_or_nowhere(link: str, site: str, address: str | None) -> None:
    """A file of the site has an address from elsewhere only where the site's is known."""
    assert find_address(link, Path("/site/papers/moe.html"), Path("/site"), site) == address


@pytest.mark.parametrize(
    ("own", "canonical", "site"),
    [
        ("papers/moe.html", "https://example.org/en/papers/moe.html", "https://example.org/en/"),
        ("papers/moe/index.html", "https://example.org/papers/moe/", "https://example.org/"),
        ("index.html", "https://example.org/", "https://example.org/"),
        ("papers/moe.html", "", ""),
        ("papers/moe.html", "https://example.org/other.html", ""),
    ],
)
def test_the_site_is_read_off_the_address_of_a_page(own: str, canonical: str, site: str) -> None:
    """Pages in files or in folders."""
    assert find_site(own, canonical) == site


def test_names_are_as_long_as_it_takes() -> None:
    """Two documents of one name are told apart by their folders; a deck has the name of its article."""
    paths = ["a/moe/index.html", "b/moe/index.html", "c/lora.html", "index.html"]
    pages = [Page(Path("/x", path), Path("/x"), True, "", "", "") for path in paths]
    deck = Page(Path("/y/c/lora.html"), Path("/y"), True, "", "", "")
    assert list(name_pages([*pages, deck]).values()) == ["a-moe-index", "b-moe-index", "lora", "index", "lora"]


def test_what_cannot_be_exported_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing built, nothing of ours in it, nothing of the name that was asked for."""
    monkeypatch.chdir(tmp_path)
    assert main(["pdf"]) == 1
    assert capsys.readouterr().err == (
        "there is no folder _build/revealjs; build it first: python -m paperdeck build\n"
    )
    (tmp_path / "index.html").write_text("<title>x</title>", "utf-8")
    assert main(["pdf", "."]) == 1
    assert "holds neither deck nor article" in capsys.readouterr().err
    (tmp_path / "index.html").write_text(HEAD.replace("../../", ""), "utf-8")
    assert main(["pdf", ".", "--only", "other"]) == 1
    assert capsys.readouterr().err == "no deck or article holds 'other' in its path\n"
    (tmp_path / "index.html").write_text(DECK.replace("../../", ""), "utf-8")
    assert main(["poster", "."]) == 1
    assert capsys.readouterr().err == (
        "no slide is marked for a poster; write `:class: poster` on each that it shows, and build again\n"
    )
