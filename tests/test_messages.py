"""Warnings: each kind is explained where it is listed, and some test shows it given."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from paperdeck import messages
from paperdeck.messages import Subtype

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.sites import SmallSite


def explained() -> dict[str, str]:
    """Return the docstring under each member, by its value."""
    (listed,) = (part for part in ast.parse(inspect.getsource(messages)).body if isinstance(part, ast.ClassDef))
    found = {}
    for member, text in zip(listed.body, listed.body[1:], strict=False):
        if isinstance(member, ast.Assign) and isinstance(text, ast.Expr):
            found[ast.literal_eval(member.value)] = ast.literal_eval(text.value)
    return found


@pytest.mark.parametrize("subtype", Subtype)
def test_every_kind_is_explained(subtype: Subtype) -> None:
    """In a sentence under its name, which the guide prints."""
    assert explained()[subtype.value].endswith(".")


def expected_texts() -> Iterator[str]:
    """Yield the texts that the tests compare with: every string in their code but docstrings, and no comment."""
    for path in Path(__file__).parent.rglob("test_*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
                yield node.value


def test_every_kind_is_seen_in_a_test() -> None:
    """Some test expects a warning that ends in it, as Sphinx prints it; a word on it in a comment is no test."""
    texts = list(expected_texts())
    assert [kind.value for kind in Subtype if not any(f"paperdeck.{kind}]" in text for text in texts)] == []


def test_a_kind_is_printed_and_can_be_silenced(small_site: Callable[..., SmallSite]) -> None:
    """Sphinx prints it at the end of the line, and takes it in suppress_warnings."""
    site = small_site("# Page\n\n$\\nonsense$\n", more='myst_enable_extensions = ["dollarmath"]\n')
    (warning,) = site.build("html").warnings
    assert warning.startswith("index.md:3: WARNING: ")
    assert warning.endswith("[paperdeck.maths]")
    site.quietly("html", suppress_warnings=["paperdeck.maths"])


def test_a_block_that_does_not_know_its_line_is_told_at_that_around_it(small_site: Callable[..., SmallSite]) -> None:
    """A term of a glossary knows its file alone."""
    text = "# T\n\n:::{slide} S\n```{glossary}\n54% of all\n  What it is\n```\n{fact}`a`\n:::\n"
    ledger = "a:\n  says: a\n  value: 8\n  known: ours\n"
    (warning,) = small_site({"index.md": text, "facts.yaml": ledger}).build("html").warnings
    assert re.match(r"index\.md:[3-6]: WARNING: '54%' on the slide “S” has no source", warning)
