"""Two sentences through a small GLM: vectors, mask, layer, loss."""

import numpy as np
from numpy import ndarray

VECTORS = {
    "the": (0.2, 0.1, 0.0, -0.3),
    "cat": (1.0, 0.2, -0.5, 0.3),
    "[M]": (0.0, 0.5, 0.5, 0.0),  # stands for what was cut out
    "mat": (0.3, -0.8, 1.0, 0.1),
    "door": (0.6, 0.4, -0.2, -0.9),
    "[S]": (0.1, 0.4, 0.2, 0.6),  # a span starts
    "sat": (0.9, -0.6, 0.6, 0.5),
    "on": (-0.4, -0.5, 0.9, 0.4),
    "ran": (0.2, 0.9, -0.4, -0.5),
    "to": (-0.6, -0.2, -0.5, 0.7),
    "[E]": (-0.9, 0.3, -0.2, 0.8),  # the span ends
}
WORDS = list(VECTORS)
TABLE = np.array(list(VECTORS.values()))
ONE = "the cat [M] the mat [S] sat on"
TWO = "the cat [M] the door [S] ran to"
SPANS = ["sat on [E]", "ran to [E]"]
READ = np.array([[*map(WORDS.index, t.split())] for t in (ONE, TWO)])
WRITE = np.array([[*map(WORDS.index, s.split())] for s in SPANS])
LEFT = 5  # tokens that remain of a text, three of them up to the gap
ALPHA = 2**0.5  # the root of twice the layers, of which there is one

BOTH = np.tril(np.ones((8, 8), dtype=bool))  # back,
BOTH[:, :LEFT] = True  # and at all that remains of the text
BACK = BOTH.copy()
BACK[LEFT:, 3:LEFT] = False  # a span without what stands behind it


def softmax(z: ndarray) -> ndarray:
    """Return positive numbers that add up to one in each row."""
    e: ndarray = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def attention(x: ndarray, mask: ndarray) -> ndarray:
    """Return how much each token takes of each other one."""
    scores = x @ x.swapaxes(-1, -2) / np.sqrt(x.shape[-1])
    return softmax(np.where(mask, scores, -np.inf))


def layer(x: ndarray, mask: ndarray, alpha: float = ALPHA) -> ndarray:
    """Return DeepNorm of x and of what attention makes of it."""
    f = attention(x, mask) @ x  # {eq}`glm-attention`
    y = alpha * x + f  # {eq}`glm-deepnorm-equation`
    y -= y.mean(axis=-1)[..., None]  # {eq}`glm-deepnorm-equation`
    return y / y.std(axis=-1)[..., None]  # {eq}`glm-deepnorm-equation`


def guess(y: ndarray, leave: ndarray) -> ndarray:
    """Return how probable each word is after [S] and each of a span."""
    return softmax(y[:, LEFT:] @ leave.T)


def right(p: ndarray) -> ndarray:
    """Return the probability of each word that was cut out."""
    return (p * np.eye(len(WORDS))[WRITE]).sum(axis=-1)


def losses(p: ndarray) -> ndarray:
    """Return the loss of each text."""
    return -np.log(right(p)).mean(axis=-1)  # {eq}`glm-loss`


def train(mask: ndarray, steps: int) -> ndarray:
    """Return the table with which words leave, after some steps."""
    leave, y = TABLE.copy(), layer(TABLE[READ], mask)
    for _ in range(steps):
        slope = guess(y, leave) - np.eye(len(WORDS))[WRITE]
        leave -= np.einsum("tsw,tsm->wm", slope, y[:, LEFT:]) / 6
    return leave


def gradient(word: str, mask: ndarray) -> ndarray:
    """Return the slope of the loss by the vector of a word."""
    ends = []
    for step in 1e-6 * np.vstack([np.eye(4), -np.eye(4)]):
        enter = TABLE.copy()
        enter[WORDS.index(word)] += step
        y = layer(enter[READ], mask)
        ends.append(losses(guess(y, TABLE)).mean())
    return np.subtract(ends[:4], ends[4:]) / 2e-6


def show(what: str, numbers: ndarray, *note: str) -> None:
    """Print a few numbers, and perhaps a note on them."""
    print(f"  {what:22}", *(f"{one:6.2f}" for one in numbers), *note)


def main() -> None:
    """Print the way from [S] to its word, and what training does."""
    x = TABLE[READ]
    print("[S] looks at            ", *(f"{w:>6}" for w in ONE.split()))
    show("with the shares", attention(x[0], BOTH)[LEFT])
    show("f(x)", (attention(x[0], BOTH) @ x[0])[LEFT])
    alone = layer(x[0], BOTH, 1e9)[LEFT]  # f(x) counts for nothing
    show("LayerNorm(x)", alone)
    for alpha in (1.0, 140**0.5, ALPHA):
        y = layer(x[0], BOTH, alpha)[LEFT]
        moved = np.abs(y - alone).max()
        show(f"y, alpha = {alpha:.2f}", y, f"  moved by {moved:.2f}")
    e = np.exp(TABLE @ y)
    show("e^(y . sat)", e[[WORDS.index("sat")]], f"  of {e.sum():.2f}")
    show("gradient of x", gradient("[S]", BOTH))
    show("a tenth of it", 0.1 * gradient("[S]", BOTH))
    for name, mask in (("both ways", BOTH), ("back only", BACK)):
        for steps in (0, 3000):
            p = guess(layer(x, mask), train(mask, steps))
            print(f"\nLooking {name}, after {steps} steps of training")
            for i, span in enumerate(SPANS):
                note = f"  loss {losses(p)[i]:.2f}"
                show(f"p of {span}", right(p)[i], note)


if __name__ == "__main__":
    main()
