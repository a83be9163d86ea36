"""How outlines are read, made into papers, written again, and held against a paper."""
