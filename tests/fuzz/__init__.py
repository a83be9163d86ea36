"""Hostile input, by the thousand: ``python -m tests.fuzz``, and some hundreds of cases in the suite."""
