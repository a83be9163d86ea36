"""Tests of paperdeck/checking."""
