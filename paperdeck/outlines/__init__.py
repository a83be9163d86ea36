"""Outlines: read in whatever form they have, made into a paper, written again, and held against a paper."""
