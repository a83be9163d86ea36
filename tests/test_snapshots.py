"""Every example of the guide becomes what it became before, on its way to either output."""

from __future__ import annotations

import pytest

from tests.snapshots import FOLDER, find_examples, take_snapshots

EXAMPLES = find_examples()


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Take the snapshots of all examples from one site."""
    return take_snapshots(EXAMPLES, tmp_path_factory.mktemp("examples"))


@pytest.mark.parametrize("name", EXAMPLES)
def test_example_becomes_what_it_became(taken: dict[str, str], name: str) -> None:
    """A change that is meant is written down: ``python -m tests.snapshots``, and its difference read like code."""
    assert taken[f"{name}.txt"] == (FOLDER / f"{name}.txt").read_text("utf-8")


def test_no_snapshot_is_left_of_an_example_that_is_gone() -> None:
    """And none is missing."""
    assert sorted(path.stem for path in FOLDER.iterdir()) == sorted(EXAMPLES)
