"""What the commands of ``python -m paperdeck`` share: how one says that it cannot do what was asked."""

from __future__ import annotations


class Refused(ValueError):  # noqa: N818 (what is refused)
    """What was asked for cannot be done; says why, and what to do instead."""
