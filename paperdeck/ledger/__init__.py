"""The ledgers, without Sphinx: what stands in facts.yaml, what it comes to, and what words say of it."""
