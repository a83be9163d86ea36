"""Cards at citations and terms: what they say, and that they follow what they are made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.sites import draw_png

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite

BIBLIOGRAPHY = """\
@inproceedings{doe2024, title={A Work & more}, author={Doe, A. and Doe, B. and Doe, C. and Doe, D.}, eventtitle={CONF},
  year=2024, url={https://example.org/work?a=1&b=2}}
@misc{roe2020, title={Nowhere}, author={Roe, R.}, year=2020}
"""
PAPER = """\
---
paper: doe2024
---
# Talk

Read {cite:p}`doe2024,roe2020`, {cite:t}`doe2024` again, of {term}`experts <expert>` and a {term}`gate`.
"""
GLOSSARY = """\
# Words

```{glossary}
expert
gate
  A <part> with *weights* of its own.

  And more.
```
"""


@pytest.fixture
def site(small_site: Callable[..., SmallSite]) -> SmallSite:
    """Return a paper that cites two works and uses two terms."""
    front = "# Front\n\n```{toctree}\npapers/talk\nwords\n```\n"
    files = {"index.md": front, "papers/talk.md": PAPER, "words.md": GLOSSARY, "refs.bib": BIBLIOGRAPHY}
    return small_site(files, more='bibtex_bibfiles = ["refs.bib"]\n')


@pytest.mark.parametrize(("builder", "page"), [("html", "papers/talk.html"), ("dirhtml", "papers/talk/index.html")])
def test_each_work_and_term_has_one_card(site: SmallSite, builder: str, page: str) -> None:
    """A work tells title, people and place, a term the first paragraph of what it means; the links lead to both."""
    article = site.quietly(builder).page(page)
    cards = {
        card["id"]: "|".join(text.strip() for text in card.find_all(string=True))
        for card in article.select("template[id^=card-]")
    }
    assert cards == {
        "card-reference-doe2024": "A Work & more|A. Doe, B. Doe, C. Doe, and one other|CONF 2024",
        "card-reference-roe2020": "Nowhere|R. Roe|2020",
        "card-term-expert": "expert|A <part> with weights of its own.",
        "card-term-gate": "gate|A <part> with weights of its own.",
    }
    assert article.select_one("#card-reference-doe2024 a")["href"] == "https://example.org/work?a=1&b=2"
    links = [link["href"].partition("#")[2] for link in article.select("a.cite, a:has(> .std-term)")]
    assert {f"card-{anchor}" for anchor in links} == set(cards)


@pytest.mark.parametrize("builder", ["singlehtml", "epub", "revealjs"])
def test_other_outputs_have_no_cards(site: SmallSite, builder: str) -> None:
    """No script of ours would open them."""
    output = site.build(builder, version="1", copyright="nobody", epub_show_urls="no")
    assert b"card-reference" not in b"".join(output.bytes("*.html", "*.xhtml").values())


def test_card_follows_its_glossary(site: SmallSite) -> None:
    """A meaning that is written anew is in the cards of other pages after the next build; nothing is read in vain."""
    site.articles()
    assert "0 added, 0 changed, 0 removed" in site.articles().status
    (site.source / "words.md").write_text(GLOSSARY.replace("A <part>", "One"), "utf-8")
    assert "gate</b>One with weights" in site.articles().text("papers/talk.html")


PICTURED = """\
# Words

````{glossary}
expert
router
  A part.

  :::{chart} strip
  :plain:
  :cells: 4 | experts
  :highlight: lit
  :caption: A caption
  :name: the-strip
  row | lit
  one | 2
  :::

gate
  Another.

  ```{mermaid}
  :zoom:
  :alt: A gate
  flowchart LR
    a --> b
  ```

word
  With a picture.

  ![Red](red.png)
````

See {term}`gate`.
"""


def test_picture_of_an_entry_is_in_its_card(site: SmallSite) -> None:
    """A chart, a diagram or a picture, without caption and names, drawn on each page; it is not read out nor found."""
    words = site.source / "words.md"
    words.write_text(PICTURED, "utf-8")
    (site.source / "red.png").write_bytes(draw_png(2, 2))
    page = site.source / "papers" / "talk.md"
    page.write_text(PAPER + "\nA {term}`word`, a {term}`router`.\n", "utf-8")
    output = site.articles()
    cards = {card["id"]: card for card in output.page("papers/talk.html").select("template[id^=card-term]")}
    assert [name for name, card in cards.items() if card.select_one(".picture[aria-hidden=true]")] == list(cards)
    assert all(cards[f"card-term-{term}"].select_one("figure.chart > svg.narrow") for term in ("expert", "router"))
    gate = cards["card-term-gate"].select_one("figure.diagram > svg")
    assert gate.get("tabindex") is None
    assert cards["card-term-word"].select_one("img")["src"] == "../_images/red.png"
    for card in cards.values():
        assert not card.select("figcaption, figure[id]")
    own = output.page("words.html")
    assert own.select_one("#the-strip figcaption").select_one(".caption-text").get_text() == "A caption"
    assert len(own.select("template#card-term-gate svg")) == 1
    words.write_text(words.read_text("utf-8").replace("one | 2", "two | 3"), "utf-8")
    assert ">two<" in str(site.articles().page("papers/talk.html").select_one("#card-term-expert"))
