"""Diagrams in a site: drawn in every output, kept, told of at their own place, stepped on the deck."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import html5lib
import pytest

from paperdeck.pictures import standalone
from paperdeck.site import cache
from paperdeck.slides.layouts import LAYOUTS
from tests.conftest import TOP

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.sites import SmallSite

BOX = """\
flowchart LR
  accTitle: A box
  accDescr: A token goes into a box.
  T["token"] --> B["Box"]
"""
EVERY_OPTION = """\
# Title

```{mermaid} box.mmd
:name: fig-box
:caption: A box, and *what* goes in
:align: left
:zoom:
```

See {numref}`fig-box`.

```{mermaid}
:name: bare
:alt: Two letters.
:title: "A: title"
:config: '{"flowchart": {"minNodeWidth": 300}}'

flowchart LR
  A --> B
```

```{autoclasstree} paperdeck.diagrams.source.MermaidError
:alt: An error and what it comes from.
```
"""
UNEXPECTED = '; outside labels stand arrows, and ids of letters and digits: a["$1"] --> b'
MISTAKES = """\
# Title

```{mermaid} broken.mmd
```

```{mermaid}
flowchart LR
  A["日"] --> B["<b>bold</b>"]
```

:::{slide} Nested
- point

```{mermaid}
:alt: Nested.
:config: '{"theme": "dark"}'

flowchart LR
  A --> B
```
:::

> ```{mermaid}
> :alt: In a quote.
>
> flowchart LR
>   A --> B]
> ```

```{mermaid}
:alt: Broken steps.

flowchart LR
  A --> B
  %% step 1: C
```

```{mermaid}
:config: no

flowchart LR
  A
```

```{mermaid} nowhere.mmd
```
"""
WARNINGS = """\
# Title

```{mermaid}
flowchart LR
  A["日本"] --> B
  style A fill:#f00
```

:::{slide} Split
:layout: split
- point

```{mermaid}
:alt: Wide.

flowchart LR
  A["A box of words"] --> B["A box of words"] --> C["A box of words more"]
```
:::

:::{slide} Whole
:layout: figure

```{mermaid}
:alt: The same.

flowchart LR
  A["A box of words"] --> B["A box of words"] --> C["A box of words too"]
```
:::
"""
STEPS = """\
# Title

:::{slide} Steps
:incremental:
- first

```{mermaid}
:alt: Steps.

flowchart LR
  A --> B --> C
  %% step 1: B
  %% step 2: C
```

- last
:::
"""


@pytest.fixture
def boxes(small_site: Callable[..., SmallSite]) -> SmallSite:
    """Return a site that uses every option of the directives."""
    return small_site({"index.md": EVERY_OPTION, "box.mmd": BOX}, more="numfig = True")


def test_diagram_is_a_figure_with_finished_svg(boxes: SmallSite) -> None:
    """Caption, number, name, place, title and size reach the page; what was Mermaid is gone."""
    page = boxes.articles().page()
    captioned, bare, classes = page.select("figure.diagram")
    assert captioned["id"] == "fig-box"
    assert {"align-left", "zoom"} <= {*captioned["class"]}
    assert captioned.figcaption.get_text().strip("\n¶#") == "Fig. 1 A box, and what goes in"
    assert page.select_one("a.reference[href='#fig-box']").get_text() == "Fig. 1"
    assert captioned.svg["tabindex"] == "0"
    assert captioned.svg.title.get_text() == "A box"
    assert bare["id"] == "bare"
    assert bare.svg.title.get_text() == "A: title"
    assert bare.svg.desc.get_text() == "Two letters."
    assert float(bare.svg["width"]) > 600
    assert "MermaidError" in classes.svg.get_text()
    assert page.select(".mermaid, pre, object") == []


@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml", "epub", "revealjs"])
def test_no_page_loads_mermaid(boxes: SmallSite, builder: str) -> None:
    """The script of sphinxcontrib-mermaid is on no page of any output, search and index included."""
    output = boxes.build(builder, paperdeck_decks="all")
    pages = output.bytes("*.html", "*.xhtml")
    assert pages
    assert not [name for name, page in pages.items() if re.search(rb"mermaid[^<>]*\.m?js|import mermaid", page)]
    assert any(b"<svg" in page and b"Two letters." in page for page in pages.values())


def test_ids_are_unique_in_a_page(small_site: Callable[..., SmallSite]) -> None:
    """The same diagram twice on a page, and once more on another that is joined to it, shares no id."""
    twice = "```{mermaid} box.mmd\n```\n\n```{mermaid} box.mmd\n```\n"
    index = f"# Title\n\n{twice}\n```{{toctree}}\nother\n```\n"
    site = small_site({"index.md": index, "other.md": f"# Other\n\n{twice}", "box.mmd": BOX})
    page = site.quietly("singlehtml").page()
    ids = [element["id"] for element in page.select("[id]")]
    assert len(page.select("figure.diagram svg")) == 4
    assert len(ids) == len({*ids})
    used = re.findall(r"url\(#([^)]+)\)", str(page))
    assert {*used} <= {*ids}
    assert len({*used}) == 4


def test_a_wide_flowchart_has_a_drawing_for_phones(small_site: Callable[..., SmallSite]) -> None:
    """Of ids of its own, in articles alone; a small one serves as it is, and what is wrong is told once."""
    wide = " --> ".join(f'{letter}["Step {letter}"]' for letter in "ABCDE")
    source = "# T\n\n:::{slide} S\n- a\n:::\n"
    for flow in (wide, "A --> B", f"{wide} --> F]"):
        source += f"\n```{{mermaid}}\n:alt: Steps.\n\nflowchart LR\n  {flow}\n```\n"
    site = small_site(source)
    output = site.build("html")
    assert len(output.warnings) == 1
    drawn = [[svg["class"][0] for svg in one.select("svg")] for one in output.page().select(".diagram")]
    assert drawn == [["wide", "narrow"], ["flowchart"], []]
    both = output.page().select_one(".diagram").select("svg")
    assert not {part["id"] for part in both[0].select("[id]")} & {part["id"] for part in both[1].select("[id]")}
    assert both[0]["role"] == both[1]["role"] == "img"
    assert not site.build("revealjs").page().select(".narrow")


def test_language_has_its_own_file(small_site: Callable[..., SmallSite]) -> None:
    """A file beside the named one, with the language in its name, is drawn in that language."""
    files = {
        "index.md": "# Title\n\n```{mermaid} box.mmd\n```\n",
        "box.mmd": BOX,
        "box.de.mmd": BOX.replace("Box", "Kiste"),
    }
    site = small_site(files)
    assert "Kiste" in site.build("html", language="de").page().select_one("figure.diagram svg").get_text()


def test_labels_are_found_by_the_search(boxes: SmallSite) -> None:
    """What a diagram says is in the search index."""
    index = boxes.articles().text("searchindex.js")
    assert "token" in index
    assert "mermaiderror" in index


def test_every_mistake_is_told_at_its_place(small_site: Callable[..., SmallSite]) -> None:
    """Each stands at its line, in its own file with the column, and the page says the same."""
    site = small_site({"index.md": MISTAKES, "broken.mmd": "flowchart LR\n  A --> B\n  C[Token --> D\n"})
    output = site.build("html")
    assert [re.sub(r"JSON.*|write its.*", "…", warning) for warning in output.warnings] == [
        "index.md:38: ERROR: “config” takes a …",
        "index.md:45: ERROR: diagram: it names 'nowhere.mmd', which is no file; …",
        "broken.mmd:3:4: ERROR: diagram: Unterminated node label (missing `]`) [paperdeck.diagram]",
        "index.md:8: ERROR: diagram: “<b>” is refused: HTML is not drawn; "
        "write plain text, or in a flowchart “`**bold** and *slanted*`” in quotes [paperdeck.diagram]",
        "index.md:18: ERROR: diagram: “theme” is the same for all diagrams; "
        "take it out of “config”, or of mermaid_config in conf.py [paperdeck.diagram]",
        f"index.md:27: ERROR: diagram: Unexpected character{UNEXPECTED} [paperdeck.diagram]",
        "index.md:35: ERROR: diagram: “C” is no node, edge or subgraph of this diagram [paperdeck.diagram]",
    ]
    said = [message.get_text() for message in output.page().select("figure.diagram .system-message")]
    assert len(said) == 5
    assert "Here a diagram is missing: nowhere.mmd" in output.page().get_text()
    assert "broken.mmd, line 3" in said[0]
    assert "Unterminated node label" in said[0]


MERMAIDS_OWN = """\
# Title

```{mermaid}
---
title: Two boxes
config:
  flowchart:
    curve: linear
    nodeSpacing: 90
---
flowchart TB
  accDescr: A box and two below it.
  A --> B & C
```

```{mermaid}
---
config:
  theme: forest
---
flowchart LR
  A --> B
```
"""


def test_front_matter_of_mermaids_own_is_read_as_such(small_site: Callable[..., SmallSite]) -> None:
    """MyST takes it for options, one line each; its settings count, and the look of all is told at the diagram."""
    same = MERMAIDS_OWN.replace(
        "config:\n  flowchart:\n    curve: linear\n    nodeSpacing: 90",
        'config: \'{"flowchart": {"curve": "linear", "nodeSpacing": 90}}\'',
    )
    site = small_site({"index.md": MERMAIDS_OWN, "same.md": same.partition("\n\n```{mermaid}\n---\nconfig:")[0]})
    output = site.build("html")
    assert [warning for warning in output.warnings if "toc" not in warning] == [
        "index.md:21: ERROR: diagram: “theme” is the same for all diagrams; "
        "take it out of “config”, or of mermaid_config in conf.py [paperdeck.diagram]",
    ]
    drawn = [output.page(name).select_one("figure.diagram svg") for name in ("index.html", "same.html")]
    assert len({str(svg and svg["viewBox"]) for svg in drawn}) == 1
    assert drawn[0] is not None


def test_page_that_tells_several_mistakes_is_sound(small_site: Callable[..., SmallSite]) -> None:
    """Of one diagram, without a caption and with: docutils takes what follows the first part of a figure for one."""
    block = '```{mermaid}\n%s\nflowchart LR\n  A["{fact}`x`"] --> B["{fact}`y`"]\n```\n\n'
    output = small_site("# T\n\n" + block % ":alt: a\n" + block % ":caption: c\n").build("html")
    html5lib.HTMLParser(strict=True).parse(output.text("index.html"))
    assert [len(figure.select(".system-message")) for figure in output.page().select("figure.diagram")] == [2, 2]


def test_file_that_is_no_utf8_is_told_of(small_site: Callable[..., SmallSite]) -> None:
    """A source in another encoding, or no text at all, is an error at the file; nothing else is."""
    site = small_site({"index.md": "# Title\n\n```{mermaid} x.mmd\n```\n"})
    for content in ("flowchart LR\n A[é] --> B".encode("latin-1"), bytes(range(256))):
        (site.source / "x.mmd").write_bytes(content)
        output = site.build("html")
        assert output.warnings == [
            "x.mmd:1: ERROR: diagram: the file is not UTF-8; save it as that [paperdeck.diagram]"
        ]
        assert "Here a diagram is missing: x.mmd" in output.page().get_text()


def test_source_that_is_missing_is_told(small_site: Callable[..., SmallSite]) -> None:
    """An empty directive, an empty file, two sources; the name of a file may have spaces."""
    blocks = ["\n", " empty.mmd\n", " a b.mmd\nflowchart LR\n", " a b.mmd\n:alt: a\n"]
    text = "# T\n\n" + "\n".join(f"```{{mermaid}}{block}```\n" for block in blocks)
    files = {"index.md": text, "empty.mmd": "\n", "a b.mmd": "flowchart LR\n  A --> B\n"}
    output = small_site(files).build("html")
    empty = "ERROR: diagram: the diagram is empty; write what it shows, such as “A --> B” [paperdeck.diagram]"
    assert output.warnings == [
        f"index.md:3: {empty}",
        f"index.md:6: {empty}",
        "index.md:9: ERROR: diagram: it names 'a b.mmd', and holds a source of its own; leave one of them out "
        "[paperdeck.diagram]",
    ]
    assert len(output.page().select("figure.diagram svg, .diagram svg")) > 0


def test_class_that_is_not_there_is_told_at_its_line(small_site: Callable[..., SmallSite]) -> None:
    """A tree of classes that cannot be imported ends no build."""
    (warning,) = small_site("# Title\n\nText.\n\n```{autoclasstree} no.such.Thing\n```\n").build("html").warnings
    assert warning.startswith("index.md:5: ERROR: the tree of no.such.Thing cannot be drawn: Could not import")


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_any_system_may_have_written_a_source(small_site: Callable[..., SmallSite], ending: str) -> None:
    """Ends of lines and a mark of order before the first line change neither the picture nor a mistake's place."""
    site = small_site({"index.md": "# Title\n\n```{mermaid} x.mmd\n:alt: x\n```\n"})
    (site.source / "x.mmd").write_bytes("\ufeffflowchart LR\n  A --> B\n".replace("\n", ending).encode())
    assert len(site.quietly("html").page().select("figure.diagram svg")) == 1
    (site.source / "x.mmd").write_bytes("\ufeffflowchart LR\n  A --> B]\n".replace("\n", ending).encode())
    assert site.build("html").warnings == [
        f"x.mmd:2:10: ERROR: diagram: Unexpected character{UNEXPECTED} [paperdeck.diagram]"
    ]


def test_fault_of_the_drawer_is_the_mistake_of_one_diagram(
    small_site: Callable[..., SmallSite], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever goes wrong while a picture is drawn is told at its line, and the rest of the page is written."""
    monkeypatch.setattr("paperdeck.diagrams.cleaning.flatten", lambda *_: [][0])
    output = small_site("# Title\n\n```{mermaid}\nflowchart LR\n  A\n```\n\nThe end.\n").build("html")
    (warning,) = output.warnings
    assert warning.startswith(
        "index.md:4: ERROR: diagram: the diagram cannot be drawn, for a reason that is not in its"
    )
    assert "(IndexError: list index out of range)" in warning
    assert "The end." in output.page().get_text()


def test_what_should_not_stay_is_warned_of(small_site: Callable[..., SmallSite]) -> None:
    """Colours, strange characters, missing descriptions and pictures that are too large are drawn and told of."""
    output = small_site(WARNINGS).build("html")
    free = "576 × 432 px are free there"
    advice = "break its long labels with <br/>, or turn it to TB, or split it, or give its slide the layout “figure”"
    assert output.warnings == [
        "index.md:6: WARNING: diagram: the colour “#f00” is left out; "
        "give the part a class: active, idle or data [paperdeck.literal_colour]",
        "index.md:5: WARNING: diagram: the font has no “日” (U+65E5), “本” (U+672C); labels with them may not fit "
        "their boxes [paperdeck.missing_glyph]",
        "index.md:4: WARNING: diagram: nothing says what this diagram shows; "
        "write “accDescr: …” in it, or give the directive an “alt” [paperdeck.no_alt]",
        "index.md:16: WARNING: diagram: the diagram is too large for its slide: "
        f"with labels of 20 px, the smallest, it is 662 × 46 px, and {free}; {advice} [paperdeck.diagram_too_large]",
    ]
    assert len(output.page().select("figure.diagram svg:not(.narrow)")) == 3


@pytest.mark.parametrize(
    "layout", [name for name, layout in LAYOUTS.items() if layout.needs != "nothing" and not layout.made]
)
def test_chain_that_is_too_high_is_told_in_every_layout(small_site: Callable[..., SmallSite], layout: str) -> None:
    """Seven boxes below one another fit no slide, whatever the layout."""
    chain = "```{mermaid}\n:alt: x\nflowchart TB\n  a-->b-->c-->d-->e-->f-->g\n```\n"
    beside = (
        f"::::{{side}} One\n{chain}::::\n\n::::{{side}} Two\nwords\n::::\n"
        if layout == "compare"
        else f"- a point\n\n{chain}"
    )
    output = small_site(f"# T\n\n## S\n\n:::::{{slide}} Chain\n:layout: {layout}\n\n{beside}:::::\n").build("revealjs")
    assert [warning for warning in output.warnings if "[paperdeck.diagram_too_large]" in warning]


def test_diagram_that_starts_empty_is_told(small_site: Callable[..., SmallSite]) -> None:
    """On a slide an empty panel looks as if its picture had not loaded; an article has no steps."""
    source = "```{mermaid}\n:alt: x\nflowchart LR\n  a --> b\n%% step 1: a, b\n```\n"
    output = small_site(f"# T\n\n{source}\n::::{{slide}} S\n:layout: figure\n{source}::::\n").build("html")
    (warning,) = output.warnings
    assert warning.startswith("index.md:16: WARNING: diagram: all of it waits for a click; leave a part out")
    assert warning.endswith("[paperdeck.empty_start]")


def test_steps_together_pair_the_list_with_the_picture(small_site: Callable[..., SmallSite]) -> None:
    """The first click shows the first item of the list and the first step of the picture."""
    source = "```{mermaid}\n:alt: x\nflowchart LR\n  a --> b --> c\n%% step 1: b\n%% step 2: c\n```\n"
    site = small_site(f"# T\n\n::::{{slide}} S\n:layout: split\n:steps: together\n- one\n- two\n\n{source}::::\n")
    found = site.deck().page().select("section[data-slide='1'] .fragment")
    clicks = {(part.name, part["data-fragment-index"]) for part in found}
    assert clicks == {("li", "0"), ("li", "1"), ("g", "0"), ("g", "1")}


def test_mistake_in_restructuredtext_is_told_at_its_line(small_site: Callable[..., SmallSite]) -> None:
    """Lines are counted the way docutils counts them where MyST is not the reader."""
    rst = "Title\n=====\n\n.. mermaid::\n   :alt: Broken.\n\n   flowchart LR\n     A --> B]\n"
    assert small_site({"index.rst": rst}).build("html").warnings == [
        f"index.rst:8: ERROR: diagram: Unexpected character{UNEXPECTED} [paperdeck.diagram]"
    ]


def test_steps_take_their_clicks_in_order_with_the_others(small_site: Callable[..., SmallSite]) -> None:
    """On the deck each step is a fragment between those before and after it; the article shows the whole."""
    site = small_site(STEPS)
    section = site.deck().page().select_one("section[data-slide='1']")
    found = [(part.name, part["data-fragment-index"]) for part in section.select(".fragment")]
    assert found == [("li", "0"), ("g", "1"), ("g", "2"), ("g", "1"), ("g", "2"), ("li", "3")]
    assert site.articles().page().select("svg .fragment, svg [data-fragment-index]") == []


LEDGER = """\
experts:
  says: experts in each layer
  value: 64
  unit: expert
  source: du2022glam, Table 4
"""
WITH_FACTS = """\
# Title

:::{slide} Experts
- a point

```{mermaid} gate.mmd
```
:::
"""


@pytest.fixture
def with_facts(small_site: Callable[..., SmallSite]) -> Callable[[str], SmallSite]:
    """Return a function that makes a site of one paper, whose diagram has the given label."""

    def make(label: str) -> SmallSite:
        source = f'flowchart LR\n  accDescr: One of {{fact}}`experts`.\n  A --> B["{label}"]\n'
        references = TOP / "papers" / "references.bib"
        files = {
            "index.md": "# Site\n\n```{toctree}\nglam/index\n```\n",
            "glam/index.md": f"---\npaper: du2022glam\n---\n{WITH_FACTS}",
            "glam/gate.mmd": source,
            "glam/facts.yaml": LEDGER,
            "references.bib": references.read_text("utf-8"),
        }
        return small_site(files, more="bibtex_bibfiles = ['references.bib']")

    return make


def test_fact_is_drawn(with_facts: Callable[[str], SmallSite]) -> None:
    """A label and the description say what the ledger says."""
    section = with_facts("{fact}`experts` experts, {fact}`over 60 <experts>`").deck().page("glam/index.html")
    slide = section.select_one("section[data-slide='1']")
    assert "64 experts, over 60" in slide.svg.get_text()
    assert slide.svg.desc is None
    assert slide.svg.title.get_text() == "One of 64."


@pytest.mark.parametrize("mermaid", ["merman", "browser"])
def test_wrong_fact_is_told_in_the_source_of_the_diagram(with_facts: Callable[[str], SmallSite], mermaid: str) -> None:
    """A key that the ledger lacks, and words that say something else, are errors at their line and column."""
    warnings = with_facts("{fact}`expert` and {fact}`32 <experts>`").build("html", paperdeck_mermaid=mermaid).warnings
    told = [warning.partition(" ERROR: diagram: ") for warning in warnings if "diagram:" in warning]
    assert [place for place, _, _ in told] == ["glam/gate.mmd:3:12:", "glam/gate.mmd:3:31:"]
    assert "did you mean experts?" in told[0][2]


def test_corrected_fact_is_drawn_anew(with_facts: Callable[[str], SmallSite]) -> None:
    """A change in the ledger alone reaches the picture."""
    site = with_facts("{fact}`experts` experts")
    assert "64 experts" in site.articles().page("glam/index.html").select_one("figure.diagram svg").get_text()
    (site.source / "glam" / "facts.yaml").write_text(LEDGER.replace("64", "32"), "utf-8")
    assert "32 experts" in site.articles().page("glam/index.html").select_one("figure.diagram svg").get_text()


def drawings(site: SmallSite) -> dict[str, int]:
    """Return the drawings that a site keeps, with the time each was written."""
    return {file.name: file.stat().st_mtime_ns for file in site.builds.rglob("paperdeck-drawn/diagram-*")}


def test_drawing_is_kept_for_both_outputs(boxes: SmallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the articles drew, the decks do not draw again."""
    boxes.articles()
    kept = drawings(boxes)
    assert len(kept) == 4  # one of them is drawn for phones too
    monkeypatch.setattr("paperdeck.diagrams.svg.draw_diagram", None)
    assert len(boxes.deck(paperdeck_decks="all").page().select("figure.diagram svg")) == 3
    assert drawings(boxes) == kept


def test_drawing_is_made_while_documents_are_read(boxes: SmallSite) -> None:
    """Which several processes do at once, unlike the changing of trees."""
    with boxes.app("html") as app:
        app.builder.read()
    assert len(drawings(boxes)) == 3


def test_id_is_made_from_what_the_author_wrote(boxes: SmallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another version of ours draws all anew, and every id in the pages stays."""
    ids = [svg["id"] for svg in boxes.articles().page().select("figure.diagram svg:not(.narrow)")]
    kept = drawings(boxes)
    monkeypatch.setattr("paperdeck.diagrams.transforms.describe_drawers", lambda: "somebody else")
    page = boxes.deck(paperdeck_decks="all").page()
    assert [svg["id"] for svg in page.select("figure.diagram svg")] == ids
    assert len(drawings(boxes)) == len(kept) + len(ids)


def test_half_a_file_is_never_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that ends while it writes leaves no drawing under its name."""
    monkeypatch.setattr("pathlib.Path.replace", lambda self, target: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        cache.keep(tmp_path / "x.json", b"{}")
    assert not (tmp_path / "x.json").exists()


def test_browser_draws_where_it_is_asked_to(small_site: Callable[..., SmallSite]) -> None:
    """With ``browser`` the page is, byte for byte, that of sphinxcontrib-mermaid alone."""
    index = "# Title\n\n```{mermaid}\n:title: x\n\nflowchart LR\n  A --> B\n```\n"
    conf = 'extensions = ["myst_parser", "sphinx_revealjs", "sphinxcontrib.mermaid"]\n'
    alone = small_site(index, conf=conf).articles()
    parts = "def setup(app):\n    from paperdeck import config, diagrams\n    config.setup(app), diagrams.setup(app)\n"
    ours = small_site(index, conf=f'{conf}paperdeck_mermaid = "browser"\n{parts}').articles()
    assert "mermaid.esm.min.mjs" in alone.text("index.html")
    assert ours.bytes("*.html") == alone.bytes("*.html")


def test_mmdc_draws_where_it_is_asked_to(small_site: Callable[..., SmallSite]) -> None:
    """With ``mmdc`` sphinxcontrib-mermaid calls its command; where there is none, it says so."""
    site = small_site("# Title\n\n```{mermaid}\nflowchart LR\n  A\n```\n", more="paperdeck_mermaid = 'mmdc'")
    (warning,) = site.build("html", mermaid_cmd="no-such-program").warnings
    assert "'no-such-program' cannot be run" in warning


def test_browser_takes_over_where_merman_has_no_wheel(
    small_site: Callable[..., SmallSite], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The build says so and warns of nothing; labels are asked for as text."""
    monkeypatch.setattr("paperdeck.diagrams.directive.find_spec", lambda name: None)
    diagram = "```{mermaid}\nflowchart LR\n  A\n```\n"
    output = small_site(f"# Title\n\n{diagram}\n{diagram}").build("html")
    assert output.warnings == []
    assert "without merman (pip install 'paperdeck[diagrams]') the reader's browser draws" in output.status
    page = output.page()
    assert len(page.select("pre.mermaid")) == 2
    assert '"htmlLabels": false' in page.select_one("script[type=module]").string


def test_latex_gets_a_picture(boxes: SmallSite) -> None:
    """Each diagram is a PDF with its text in it, named in the document, and with its caption."""
    output = boxes.quietly("latex")
    (tex,) = output.folder.glob("*.tex")
    pictures = re.findall(r"\\sphinxincludegraphics\[[^]]*\]\{\{(diagram-\w+)\}\.pdf\}", tex.read_text("utf-8"))
    assert len(pictures) == 3
    for name in pictures:
        content = (output.folder / f"{name}.pdf").read_bytes()
        assert content.startswith(b"%PDF")
        assert b"IBMPlexSans" in content
    assert r"\caption{A box, and \sphinxstyleemphasis{what} goes in}" in tex.read_text("utf-8")


def test_printed_picture_has_its_colours_in_it() -> None:
    """The style sheet's rules stand in the picture in a form that its converter reads, in light colours."""
    style = standalone.write_out_styles("<svg><path/></svg>").partition("<style>")[2].partition("</style>")[0]
    assert ".active .label-container{ fill: #fdeee6; stroke: #c2410c;" in style
    assert not re.findall(r"var\(|:is\(|:focus|--", style)


def test_plain_text_says_that_there_is_a_diagram(boxes: SmallSite) -> None:
    """An output without pictures gives the alternative text."""
    assert "[graph: Two letters.]" in boxes.quietly("text").text("index.txt")
