"""Decks and articles taken along: as PDF, handout, poster, one file, PowerPoint, film, made of what was built."""
