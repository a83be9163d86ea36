"""Blanks cut out of a sentence: positions, and who may look where."""

from typing import NamedTuple

import numpy as np
from numpy import ndarray

SENTENCE = "the cat sat on the mat and slept all day"
TEXT = SENTENCE.split()
Spans = list[tuple[int, int]]  # first word, and the word behind
SHORT = [(2, 4), (5, 6), (8, 10)]
LONG = [(4, 10)]


class Input(NamedTuple):
    """A sentence with blanks, as the model reads it."""

    tokens: list[str]  # the remaining text, then the spans cut out
    p1: list[int]  # the place in the remaining text; or of its mask
    p2: list[int]  # the place in the span; 0 in the remaining text
    targets: list[str]  # what is to be written after each token
    left: int  # how many tokens remain


def cut(spans: Spans, order: list[int], mask: str) -> Input:
    """Cut spans out of the text, and append them in an order."""
    remaining: list[str] = []
    places, done = [], 0
    for first, behind in spans:
        remaining += [*TEXT[done:first], mask]
        places.append(len(remaining))
        done = behind
    remaining += TEXT[done:]
    left = len(remaining)

    tokens, targets = list(remaining), [""] * left
    p1, p2 = list(range(1, left + 1)), [0] * left
    for i in order:
        span = TEXT[slice(*spans[i])]
        tokens += ["[sop]", *span]  # start of piece
        targets += [*span, "[eop]"]  # end of piece
        p1 += [places[i]] * (len(span) + 1)
        p2 += range(1, len(span) + 2)
    return Input(tokens, p1, p2, targets, left)


def attention_mask(length: int, left: int) -> ndarray:
    """Return whether a row's token may look at a column's."""
    mask = np.tril(np.ones((length, length), dtype=bool))  # back,
    mask[:, :left] = True  # and at all that remains of the text
    return mask


def attend(v: ndarray, mask: ndarray) -> ndarray:
    """Return what one head of attention makes of vectors v."""
    scores = np.where(mask, v @ v.T / np.sqrt(v.shape[1]), -np.inf)
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    result: ndarray = e / e.sum(axis=1, keepdims=True) @ v
    return result


def changed(mask: ndarray, exchanged: int) -> ndarray:
    """Exchange a token; return whose result is another one then."""
    rng = np.random.default_rng(0)
    v = rng.normal(size=(len(mask), 8))
    before = attend(v, mask)
    v[exchanged - 1] = rng.normal(size=8)
    difference = np.abs(attend(v, mask) - before).max(axis=1)
    return np.flatnonzero(difference > 1e-12) + 1


def show(one: Input) -> None:
    """Print a line for each token."""
    print("      reads     p1  p2   writes    looks at")
    mask = attention_mask(len(one.tokens), one.left)
    for i, token in enumerate(one.tokens):
        looks = "".join("x" if may else "." for may in mask[i])
        places = f"{one.p1[i]:2}  {one.p2[i]:2}"
        tokens = f"{token:8}  {places}   {one.targets[i]:8}"
        print(f"  {i + 1:2}  {tokens}  {looks}")


def main() -> None:
    """Print three short blanks, what may leak, and one long blank."""
    rng = np.random.default_rng(0)
    order = [int(i) for i in rng.permutation(len(SHORT))]
    short = cut(SHORT, order, "[MASK]")
    print("Three short blanks, written in a random order")
    show(short)

    print("\nExchange a token, and see whose result changes")
    mask = attention_mask(len(short.tokens), short.left)
    for token in (len(mask), short.left + 1, 1):
        print(f"  {token:2}:", *changed(mask, token))

    print("\nOne long blank at the end")
    show(cut(LONG, [0], "[gMASK]"))


if __name__ == "__main__":
    main()
