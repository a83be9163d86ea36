"""Parts of an equation: their names, their meaning, the clicks at which they come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from paperdeck.maths.mathml import to_mathml
from paperdeck.maths.parts import find_steps, strip_parts
from paperdeck.maths.tex import TexError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite

LOSS = r"""%% step 1: balance
%% step 2 focus: ce
\class{ce}{L} + \class{balance active}{\alpha B_{\class{idle}{i}}}"""


def test_a_part_has_its_names_as_classes() -> None:
    """Also one in another, and one with a script; the names are not drawn."""
    drawn = to_mathml(r"\class{a}{x \class{b c}{y}}_i")
    assert '<msub><mrow class="a">' in drawn
    assert '<mrow class="b c"><mi class="variable">y</mi></mrow>' in drawn
    assert "\ue005" not in drawn
    assert "<mtext>" not in drawn


def test_what_a_click_changes_is_said_around_a_part() -> None:
    """Shown by its own step, dimmed while another has the focus; steps are not drawn."""
    steps, mistakes = find_steps(LOSS)
    assert mistakes == []
    drawn = to_mathml(LOSS, display=True, steps=steps)
    assert '<mrow data-dim="2"><mrow data-step="1"><mrow class="balance active">' in drawn
    assert '<mrow class="ce">' in drawn
    assert "step 1" not in drawn


@pytest.mark.parametrize("tex", [r"\class{a}", r"\class{}{x}", r"\class{a;b}{x}", r"\class a b"])
def test_a_part_without_name_or_content_is_told(tex: str) -> None:
    """With how it is written."""
    with pytest.raises(TexError, match="class"):
        to_mathml(tex)


def test_a_step_of_no_part_is_told(small_site: Callable[..., SmallSite]) -> None:
    """At its line; the equation stands there whole."""
    output = small_site("# Page\n\n```{math}\n%% step 1: b\n\\class{a}{x}\n```\n").build("html")
    assert output.warnings == ["index.md:4: WARNING: “b” is no part here; name one with \\class [paperdeck.maths]"]


def test_parts_come_in_their_turn_on_a_slide(small_site: Callable[..., SmallSite]) -> None:
    """After the items before them; the article and LaTeX show the whole."""
    text = f"# Talk\n\n:::{{slide}} Loss\n:incremental:\n- One\n\n$$\n{LOSS}\n$$\n\n:::\n"
    site = small_site(text)
    page = site.deck().page()
    assert [part["data-fragment-index"] for part in page.select("math .fragment")] == ["2", "1", "2"], (
        "the part is dimmed, and so is the part in it"
    )
    assert "fragment" not in str(site.articles().page().select_one("math"))


def test_what_knows_no_parts_reads_plain_tex() -> None:
    """As LaTeX does."""
    assert strip_parts(LOSS).strip() == r"{L} + {\alpha B_{{i}}}"
