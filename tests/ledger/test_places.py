"""How places in a paper are written."""

from __future__ import annotations

import pytest

from paperdeck.ledger import places as paper_places


@pytest.mark.parametrize(
    ("places", "short"),
    [
        (["Table 4", "§5.2", "Table 4"], ["Table 4", "§5.2"]),
        (["Table 4", "§2", "Table 10"], ["Tables 4 and 10", "§2"]),
        (["Figure 1", "Figure 2", "Figure 30"], ["Figures 1, 2 and 30"]),
        (["§4 Model Architecture", "§4"], ["§4"]),
        (["Appendix A.1", "Abstract"], ["Appendix A.1", "Abstract"]),
        ([], []),
    ],
)
def test_places_are_merged_and_short(places: list[str], short: list[str]) -> None:
    """Each place once, tables with tables, sections without their titles."""
    assert paper_places.shorten_places(places) == short
