"""Settings: each has a help, a check and a default that passes it; a bad one is told and replaced."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import pytest

from paperdeck.config import Config, budget, folder_url, footer_line, macros, one_of, whole_number

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sites import SmallSite

TALK = "# Talk\n\n:::{slide} The point\n- A reason\n:::\n"


@pytest.mark.parametrize("item", dataclasses.fields(Config), ids=lambda item: item.name)
def test_every_setting_explains_itself(item: dataclasses.Field[Any]) -> None:
    """Its help is a sentence, and its default passes its own check."""
    assert item.metadata["help"].rstrip().endswith(".")
    assert item.metadata["check"](item.default) is None


@pytest.mark.parametrize(
    ("check", "good", "bad"),
    [
        (one_of("a", None), ["a", None], ["b", "", 0]),
        (whole_number(1, 9), [1, 9], [0, 10, True, 5.0, "5", None]),
        (
            folder_url,
            [None, "../html/", "/", "https://example.org/", "/a:b/"],
            ["", "../html", 3, ["../html/"], "javascript:alert(1)/", "a b/", "http://[/", "\ud800/"],
        ),
        (footer_line, [None, "An event, 2026"], ["", " ", 3, "a\x07", "\ud800", "x" * 41]),
        (macros, [None, {"norm": "x"}], [{"norm": "\ud800"}, {"a b": "x"}, {1: "x"}, ["x"]]),
        (budget, [None, (100, 12), [1, 1]], [(), (100,), (0, 12), (100, 12, 1), 100, "100", (True, 12)]),
    ],
    ids=["one_of", "whole_number", "folder_url", "footer_line", "macros", "budget"],
)
def test_a_check_says_what_to_write_instead(
    check: Callable[[Any], str | None], good: list[Any], bad: list[Any]
) -> None:
    """It is silent about what can be, and says “write …” of what cannot."""
    assert [check(value) for value in good] == [None] * len(good)
    assert all((check(value) or "").startswith("write ") for value in bad)


def test_a_bad_value_is_told_and_replaced(small_site: Callable[..., SmallSite]) -> None:
    """Each gives one warning that names it, what was taken and what to write; the build goes on with the default."""
    more = 'paperdeck_decks = "some"\npaperdeck_words_per_minute = "fast"\npaperdeck_article_url = "../html"\n'
    output = small_site(TALK, more=more).build("revealjs")
    assert output.warnings == [
        "WARNING: paperdeck_decks = 'some' in conf.py was ignored, 'slides' is used; "
        "write one of 'slides', 'all' [paperdeck.config]",
        "WARNING: paperdeck_article_url = '../html' in conf.py was ignored, None is used; "
        "write an address that ends in “/”, such as '../html/' or 'https://example.org/' [paperdeck.config]",
        "WARNING: paperdeck_words_per_minute = 'fast' in conf.py was ignored, 130 is used; "
        "write a whole number from 40 to 400 [paperdeck.config]",
    ]
    assert output.page().select_one("section[data-slide]")


def test_a_warning_can_be_silenced(small_site: Callable[..., SmallSite]) -> None:
    """Each has a type and a subtype for suppress_warnings."""
    more = 'paperdeck_decks = "some"\nsuppress_warnings = ["paperdeck.config"]\n'
    small_site(TALK, more=more).deck()


def test_javascript_as_reveal_s_configuration_is_told(small_site: Callable[..., SmallSite]) -> None:
    """sphinx-revealjs takes it; a deck that starts from a file of ours cannot run it."""
    output = small_site(TALK, more='revealjs_script_conf = "{controls: false}"\n').build("revealjs")
    assert output.warnings == [
        "WARNING: revealjs_script_conf is JavaScript, which a deck that starts from a file does not run; "
        "write a dict of reveal.js options [paperdeck.config]"
    ]


def test_nothing_but_the_extension_has_to_be_set(small_site: Callable[..., SmallSite]) -> None:
    """What the guide writes is read whatever myst_enable_extensions says; what is set there stays."""
    site = small_site(TALK + "\nTerm\n: Definition\n", more='myst_enable_extensions = ["deflist"]\n')
    page = site.articles().page()
    assert page.select_one("aside.slide .slide-title").text == "The point"
    assert page.select_one("dl dd").text.strip() == "Definition"
