"""Weights rounded to few bits by absmax, from two distributions."""

import numpy as np
from numpy import ndarray

ROWS, COLUMNS = 256, 1024
MAT = np.array([0.3, -0.8, 1.0, 0.1])  # a vector to multiply with


def quantise(w: ndarray, b: int) -> tuple[ndarray, ndarray]:
    """Return the step s of each row, and what is stored for it, q."""
    # {eq}`glm-absmax`
    s = np.abs(w).max(axis=1, keepdims=True) / (2 ** (b - 1) - 1)
    q = np.round(w / s)  # {eq}`glm-absmax`
    return s, q


def size(w: ndarray) -> float:
    """Return how large weights are: the root of their mean square."""
    return float(np.sqrt((w**2).mean()))


def error(w: ndarray, b: int) -> float:
    """Return the error of a weight, in parts of its size."""
    s, q = quantise(w, b)
    return size(s * q - w) / size(w)


def two_rows() -> None:
    """Print the example of the article, in four bits and in eight."""
    for w in ([0.7, -0.3, 0.42, -0.6], [3.5, -0.3, 0.42, -0.6]):
        print("\n  w  ", *(f"{one:6.2f}" for one in w))
        for b in (4, 8):
            s, q = quantise(np.array([w]), b)
            print("  q  ", *(f"{one:6.0f}" for one in q[0]), end="")
            print(f"    {b} bits, s = {s[0, 0]:.3f}")
            back = s[0] * q[0]
            print("  s q", *(f"{one:6.2f}" for one in back), end="")
            print(f"    {back @ MAT:.2f} with mat, for {w @ MAT:.2f}")


def row(name: str, narrow: str, wide: str) -> None:
    """Print a line of a table."""
    print(f"  {name:34} {narrow:>8} {wide:>8}")


def main() -> None:
    """Print what becomes of two matrices with weights of one size."""
    print("Two rows")
    two_rows()

    rng = np.random.default_rng(0)
    narrow = rng.normal(size=(ROWS, COLUMNS))  # the bell curve
    wide = rng.standard_t(df=3, size=(ROWS, COLUMNS))  # some far out
    both = [narrow / size(narrow), wide / size(wide)]
    print(f"\nTwo matrices of {ROWS} x {COLUMNS}")
    row("", "narrow", "wide")
    largest = [np.median(np.abs(w).max(axis=1)) for w in both]
    row("largest of a row (median)", *(f"{one:.1f}" for one in largest))
    for b in (8, 4):
        coded = [quantise(w, b) for w in both]
        steps = [np.median(s) for s, _q in coded]
        zeros = [(q == 0).mean() for _s, q in coded]
        row(f"INT{b}: step (median)", *(f"{s:.3f}" for s in steps))
        row(f"INT{b}: rounded to 0", *(f"{z:.1%}" for z in zeros))

    print("\nError of a weight, in parts of its size")
    row("", "narrow", "wide")
    for b in range(8, 2, -1):
        row(f"{b} bits", *(f"{error(w, b):.4f}" for w in both))


if __name__ == "__main__":
    main()
