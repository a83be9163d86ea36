"""Decks and articles taken along: as PDF, as a handout, as one file, as PowerPoint, made of what was built."""
