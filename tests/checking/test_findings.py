"""What is wrong is told once, wherever it is seen."""

from __future__ import annotations

from dataclasses import replace

from paperdeck.checking.findings import Finding, Kind, View, merge_findings

WIDE, NARROW, DARK = View("1440 px", 1440, 900), View("390 px", 390, 844), View("390 px", 390, 844, dark=True)
FOUND = Finding(Kind.CONTRAST, "a.html", "has a contrast of 2.0", "few", near="few words", views=(WIDE,))


def test_a_fault_in_several_views_is_one() -> None:
    """With the words of the first, and all views."""
    other = replace(FOUND, message="has a contrast of 3.0", views=(NARROW,))
    assert merge_findings([FOUND, other]) == [replace(FOUND, views=(WIDE, NARROW))]


def test_a_fault_of_every_page_is_one() -> None:
    """What the theme puts there is told with the first page, and the others are counted."""
    found = [replace(FOUND, page=page) for page in ("a.html", "b.html", "c.html")]
    (merged,) = merge_findings(found)
    assert merged.pages == ("b.html", "c.html")
    assert merged.describe() == "“few” has a contrast of 2.0 (1440 px; on 2 more pages)"


def test_faults_of_two_slides_are_two() -> None:
    """The same words on another slide have another line."""
    found = [replace(FOUND, slide=slide) for slide in ("one", "two")]
    assert merge_findings(found) == found


def test_two_rules_of_axe_at_one_place_are_two() -> None:
    """They are told apart by what they say."""
    found = [replace(FOUND, kind=Kind.AXE, message=message) for message in ("one rule", "another rule")]
    assert merge_findings(found) == found


def test_many_views_are_counted() -> None:
    """A sentence names the first of them."""
    views = (WIDE, NARROW, DARK, View("phone", 390, 844))
    assert replace(FOUND, views=views).describe().endswith("(1440 px and 3 other views)")
    assert str(DARK) == "390 px, dark"
