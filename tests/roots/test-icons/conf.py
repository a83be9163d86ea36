"""A site that uses icons."""

extensions = ["myst_parser", "paperdeck.pictures.icons"]
