"""Equations and the lines of code that compute them lead to each other, in articles; a wrong name is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite

MATHS = 'myst_enable_extensions = ["colon_fence", "dollarmath"]\n'
FRONT = "# Front\n\n```{toctree}\npaper\ntry\n```\n"
PAPER = r"""
# Paper

$$
y = \sum_i g_i E_i(x)
$$ (layer)

$$
z = 2
$$ (alone)

:::{slide} The layer
$$
x = 1
$$ (start)

```python
x = 1  # {eq}`start`
```
:::
"""
TRY = """
# Try it

```{literalinclude} program.py
:lines: 2-
:emphasize-lines: 2
:caption: The program
```
"""
PROGRAM = """\"\"\"A layer.\"\"\"
g = "<&>"  # {eq}`layer`
# {eq}`layer`, weighted
y = g @ E
"""


@pytest.fixture
def site(small_site: Callable[..., SmallSite]) -> SmallSite:
    """Return a paper with equations and the page of its program."""
    return small_site({"index.md": FRONT, "paper.md": PAPER, "try.md": TRY, "program.py": PROGRAM}, more=MATHS)


@pytest.mark.parametrize(
    ("builder", "paper", "tried"), [("html", "paper.html", "try.html"), ("dirhtml", "../paper/", "../try/")]
)
def test_equation_and_code_lead_to_each_other(site: SmallSite, builder: str, paper: str, tried: str) -> None:
    """Under the equation stand its lines; in their comments its number leads back, and says what it is."""
    output = site.quietly(builder)
    page, code = (
        output.page(f"{name}.html" if builder == "html" else f"{name}/index.html") for name in ("paper", "try")
    )
    assert {
        said.find_previous(class_="equation")["id"]: [(link["href"], link.get_text()) for link in said.select("a")]
        for said in page.select(".equation-code")
    } == {
        "equation-layer": [(f"{tried}#code-layer", 'g = "<&>"'), (f"{tried}#code-layer-2", "y = g @ E")],
        "equation-start": [("#code-start", "x = 1")],
    }
    assert page.select_one(".slide pre").get_text() == "x = 1  # (3)\n"
    (listing,) = code.select("pre")
    assert listing.get_text() == 'g = "<&>"  # (1)\n# (1), weighted\ny = g @ E\n'
    assert [(link["href"], link["aria-label"]) for link in listing.select("a")] == [
        (f"{paper}#equation-layer", "Equation (1)")
    ] * 2
    html = output.text("try.html" if builder == "html" else "try/index.html")
    assert '<span class="code-line" id="code-layer-2"></span><span class="n">y</span>' in html
    assert "_static/maths.css" in html


def test_deck_and_print_show_the_number_alone(site: SmallSite) -> None:
    """A slide's code stays code, with nothing to go to."""
    (deck,) = site.deck().page("paper.html").select("#slide-the-layer")
    assert deck.select_one("pre").get_text() == "x = 1  # (3)\n"
    assert not deck.select("pre a, .code-line, .equation-code")
    assert "y = g @ E" in (text := site.quietly("text").text("try.txt"))
    assert "# (1), weighted" in text


def test_unknown_equation_is_told_at_its_line(small_site: Callable[..., SmallSite]) -> None:
    """In the program that is shown, or in the document; the comment stays as it is."""
    page = "# Try\n\n```{literalinclude} program.py\n```\n\n```python\na = 1\nb = 2  # {eq}`gone`\n```\n"
    output = small_site({"index.md": page, "program.py": PROGRAM}, more=MATHS).build("html")
    assert [warning.partition(": no equation")[0] for warning in output.warnings] == [
        "program.py:2: WARNING",
        "program.py:2: WARNING",
        "index.md:8: WARNING",
    ]
    assert output.warnings[2].endswith("(gone) [paperdeck.unknown_equation]")
    assert "# {eq}`gone`" in output.page("index.html").get_text()


def test_code_that_is_written_for_others_stays(small_site: Callable[..., SmallSite]) -> None:
    """An example of MyST, a page of a project that leaves maths to Sphinx."""
    example = "# Page\n\n```md\n# See {eq}`loss`\n```\n"
    assert "# See {eq}`loss`" in small_site(example).articles().page("index.html").get_text()
    code = "# Page\n\n```python\ny = 1  # {eq}`loss`\n```\n"
    output = small_site(code, more="paperdeck_maths = None\n").articles()
    assert "y = 1  # {eq}`loss`" in output.page("index.html").get_text()


def test_equation_follows_its_code(site: SmallSite) -> None:
    """A line that is marked later, or no longer, is so on the page of its equation after the next build."""
    site.articles()
    (site.source / "program.py").write_text(PROGRAM + "z = 2  # {eq}`alone`\n", "utf-8")
    assert "#code-alone" in site.articles().text("paper.html")
    (site.source / "program.py").write_text(PROGRAM, "utf-8")
    assert "#code-alone" not in site.articles().text("paper.html")
