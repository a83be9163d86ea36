"""What each click on a slide brings, and that its note says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite


def test_incremental_lists_appear_item_by_item(small_site: Callable[..., SmallSite]) -> None:
    """Nested items too, in reading order; blocks where there is no list; nothing in the note or the article."""
    site = small_site("""\
        # Talk

        ::::{slide} Lists
        :incremental:
        - a
          - b
        - c

        1. d

        :::{speaker-notes}
        - said
        :::
        ::::

        :::{slide} Blocks
        :incremental:
        One.

        Two.
        :::

        :::{slide} Plain
        - a
        :::
        """)
    page = site.deck().page()

    def clicks(name: str) -> list[tuple[str, str]]:
        return [
            (part["data-fragment-index"], part.p.text if part.p else part.text)
            for part in page.select(f"#{name} .fragment")
        ]

    assert clicks("slide-lists") == [("0", "a"), ("1", "b"), ("2", "c"), ("3", "d")]
    assert clicks("slide-blocks") == [("0", "One."), ("1", "Two.")]
    assert clicks("slide-plain") == []
    assert site.articles().page().select(".fragment") == []


STEPS = """\
    # Talk

    ::::{slide} Rows
    {.steps}
    | model | score |
    | :-- | --: |
    | first | a |
    | second | b |

    {.steps-focus}
    | model | score |
    | :-- | --: |
    | third | c |

    ::::

    Said of the rows.

    :::::{slide} Together
    :layout: split
    :steps: together
    - One item of more words than name it
    - Two

    ::::{chart} bar
    :plain:
    model | score
    a | 1
    b | 2
    %% step 1: b
    %% step 2 focus: a
    ::::
    :::::

    :::::{slide} Equation
    :steps: together
    - One
    - Two

    ```{math}
    \\class{left}{a} = \\class{right}{b}
    %% step 1: left
    %% step 2: right
    ```

    {.steps}
    | model |
    | :-- |
    | row |
    :::::
    """


def test_rows_and_pictures_step_with_the_items(small_site: Callable[..., SmallSite]) -> None:
    """Rows of a table are clicks of their own, or come with the items of the list, as steps of pictures do."""
    page = small_site(STEPS).deck().page()

    def clicks(name: str) -> list[tuple[str, str]]:
        found = page.select(f"#{name} [data-fragment-index]")
        return [(part["data-fragment-index"], part.name) for part in found]

    assert clicks("slide-rows") == [("0", "tr"), ("1", "tr"), ("2", "tr")]
    assert page.select_one("#slide-rows tr.only.custom.fragment").td.text == "third"
    assert {index for index, _tag in clicks("slide-together")} == {"0", "1"}
    assert {tag for index, tag in clicks("slide-together") if index == "0"} == {"li", "g"}
    assert {tag for index, tag in clicks("slide-equation") if index == "0"} == {"li", "mrow", "tr"}


def test_note_says_what_each_click_brings(small_site: Callable[..., SmallSite]) -> None:
    """At its head: rows and items by their first words, marks by their names; nothing where nothing steps."""
    site = small_site(STEPS)
    page = site.deck().page()
    said = [line.text.replace("\u00a0", " ") for line in page.select("aside.notes > .clicks:first-child")]
    assert said == [
        "▸ 1 first ▸ 2 second ▸ 3 third",
        "▸ 1 One item of more… + b ▸ 2 Two + only a",
        "▸ 1 One + Equation + row ▸ 2 Two + Equation",
    ]
    assert "▸" not in site.articles().page().text
