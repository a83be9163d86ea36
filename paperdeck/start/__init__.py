"""Where an author begins: a project of one's own, and a paper in it.

What is made lies in ``project/`` and ``paper/`` as it will lie there; of the latter, words with a dollar are filled in.
"""
