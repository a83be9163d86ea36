"""A talk and a bibliography that tests begin from."""

from __future__ import annotations

TALK = "# Talk\n\n:::{slide} The point\n- A reason\n:::\n"
BIBLIOGRAPHY = "@misc{doe2024work, author={Doe, Jane}, title={A Work}, year={2024}}\n"
