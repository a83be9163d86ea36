"""A ledger held against the paper's own text: what is read of it, where a number stands, and what is kept of that.

No part of this room knows Sphinx; the texts of papers are read here and are written nowhere.
"""
