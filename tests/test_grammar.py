"""What a language model is given with an outline: the grammar, whole and short."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperdeck.charts.data import MARKS
from paperdeck.charts.directive import ChartDirective
from paperdeck.ledger.reading import FIELDS
from paperdeck.site.front_matter import KNOWN
from paperdeck.slides.directive import SlideDirective
from paperdeck.slides.layouts import CHOICES
from tests.test_docs import registered

if TYPE_CHECKING:
    from tests.conftest import Site


def test_the_grammar_holds_everything_in_few_words(site: Site) -> None:
    """Each directive, role, option, key, field and mark, in a file beside the articles."""
    text = (site.html / "grammar.md").read_text("utf-8")
    assert len(text.split()) < 3000
    assert [name for name in registered("directive") if f"### `:::{{{name}}}`" not in text] == []
    assert [name for name in registered("role") if f"### `` {{{name}}}`…` ``" not in text] == []
    options = {*ChartDirective.option_spec, *SlideDirective.option_spec} - {"x", "y"}
    plain = {name for name in options if not name.startswith(("data-", "auto", "background", "state", "transition"))}
    assert [name for name in plain if f"`:{name}:`" not in text] == []
    told = {name for line in re.findall(r"^- (`.*?`):", text, re.MULTILINE) for name in re.findall(r"`([^`]+)`", line)}
    assert {*KNOWN, *FIELDS, *MARKS, *CHOICES, "active", "idle", "data"} - told == set()
