"""Both outputs of a project built in one process, and what Sphinx says of it told to people and to programs."""
