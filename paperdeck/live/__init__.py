"""Articles and decks beside the editor: built again on every save, shown by a server on this machine alone."""
