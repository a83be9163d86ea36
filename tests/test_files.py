"""Files that an author names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperdeck.files import find_likely, is_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.sites import SmallSite


def test_a_name_that_cannot_be_is_of_no_file(tmp_path: Path) -> None:
    """Too long for one, or with a character that none has; a folder is no file either."""
    (tmp_path / "a").touch()
    assert [is_file(tmp_path / name) for name in ("a", "b", ".", "x" * 5000, "\0")] == [True, *[False] * 4]


def test_a_name_too_long_is_told(small_site: Callable[..., SmallSite]) -> None:
    """On a slide and in HTML, where they stand."""
    name = "x" * 300 + ".png"
    text = f"# T\n\n:::{{slide}} S\n:background-image: {name}\n\n<img src='{name}' alt='a'>\n:::\n"
    lines = [message.partition(": WARNING")[0] for message in small_site(text).build("html").warnings]
    assert lines == ["index.md:3", "index.md:6"]


def test_a_file_of_nearly_the_name_is_found(tmp_path: Path) -> None:
    """Another case, number or ending; a folder and a file of another kind are none."""
    likely = {}
    for name in ("Facts.yaml", "facts.yml", "fact.yaml", "facts.yaml.txt", "facts.json", "artefacts.yaml"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / name).touch()
        likely[name] = find_likely(folder / "facts.yaml")
    assert [name for name, found in likely.items() if found == name] == [*likely][:4]
    assert find_likely(tmp_path / "none" / "facts.yaml") == ""
