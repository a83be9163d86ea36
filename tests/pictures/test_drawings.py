"""A drawing is as large as browsers make it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from paperdeck.pictures.drawings import Drawing, read_drawing

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("said", "drawing"),
    [
        ('width="120" height="60px" viewBox="0 0 4 4"', Drawing((120, 60), is_sized=True)),
        ('viewBox="0 0 200 100"', Drawing((200, 100), is_sized=False)),
        ('width="100%" height="100%" viewBox="-5,-5 200,100"', Drawing((200, 100), is_sized=False)),
        ('width="72pt" viewBox="0 0 200 100"', Drawing((96, 48), is_sized=True)),
        ("height='2.54cm' viewBox='0 0 200 100'", Drawing((192, 96), is_sized=True)),
        ('data-width="7" viewBox="0 0 2 1"', Drawing((2, 1), is_sized=False)),
        ('width="1.5e2" viewBox="0 0 .5 1."', Drawing((150, 300), is_sized=True)),
        ('width="auto" viewBox="none"', None),
        ('width="1.2.3" height="." viewBox="0 0 nan inf"', None),
        ('width="1e999" height="9" viewBox="0 0 1 1e-400"', None),
        ('viewBox="0 0 -4 4"', None),
        ("", None),
    ],
)
def test_a_drawing_is_as_large_as_its_root_says(tmp_path: Path, said: str, drawing: Drawing | None) -> None:
    """What a part of it says of its own size is no matter; without a size its box has one."""
    path = tmp_path / "drawn.svg"
    head = '<?xml version="1.0"?>\n<!-- <svg width="5"> -->'
    path.write_text(f'{head}\n<svg xmlns="http://www.w3.org/2000/svg" {said}><rect width="7" height="9"/></svg>')
    assert read_drawing(path) == drawing


def test_what_cannot_be_read_has_no_size(tmp_path: Path) -> None:
    """A file that is not there, and one that is no drawing."""
    assert read_drawing(tmp_path / "gone.svg") is None
    (tmp_path / "text.svg").write_text("no drawing")
    assert read_drawing(tmp_path / "text.svg") is None
