# ruff: noqa: N803, N806 (the symbols are the paper's)
"""A gate that picks two experts, and the loss that balances it."""

import numpy as np
from numpy import ndarray

# the example of the article: five tokens, vectors of two numbers
TOKENS = ["The", "capital", "of", "France", "is"]
x = np.array([[-2, 0], [1.5, 0.5], [0.5, 1], [1, 1.5], [1, 1]])
GATE = np.array([[1.0, 1], [1, -1], [0, 1], [-1, 0]])  # row by expert
A = np.array([[[0.5, 0.5], [1, -1]], [[1, 0], [0, -1]],
              [[1, -1], [1, 1]], [[-1, 0], [0, 1]]])  # fmt: skip
WORDS = {"Paris": [1, 1], "London": [1, 0], "big": [0, 0.5]}
PLACES = 3  # of each expert: ten choices by four, rounded up

N, M, S = 8, 16, 1024  # a_batch: experts, numbers a token, tokens


def softmax(z: ndarray) -> ndarray:
    """Turn scores into probabilities, along the last axis."""
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def best_two(p: ndarray) -> ndarray:
    """Return the two most probable experts, the first choice first."""
    return np.argsort(-p, axis=-1, kind="stable")[..., :2]


def mixture(x: ndarray, W: ndarray, outputs: ndarray) -> ndarray:
    """Average what the chosen experts return, weighted by p."""
    p = softmax(W @ x)  # {eq}`glam-mixture-layer`
    T = best_two(p)
    g = p[T] / p[T].sum()  # {eq}`glam-mixture-layer`
    return g @ outputs[T]  # {eq}`glam-mixture-layer`


def auxiliary_loss(X: ndarray, W: ndarray) -> tuple[float, ndarray]:
    """Return the balancing loss of a batch, and its slope along W.

    The loss is 1/N times the sum over the experts i of c_i/S times m_i.
    c_i counts first choices, as a constant; m_i is p_i on average.
    """
    p = softmax(X @ W.T)
    c, S = np.bincount(best_two(p)[:, 0], minlength=len(W)), len(X)
    m = p.mean(axis=0)
    loss = float((c / S * m).mean())  # {eq}`glam-balance-loss`
    slope_of_scores = p * (c - p @ c[:, None]) / (S * p.size)
    return loss, slope_of_scores.T @ X


def use(X: ndarray, W: ndarray) -> ndarray:
    """Return the share of the tokens that reach each expert."""
    chosen = best_two(softmax(X @ W.T))
    return np.bincount(chosen.ravel(), minlength=len(W)) / len(X)


def admitted(p: ndarray, places: int) -> ndarray:
    """Tell which choices find a place: first choices go first."""
    T, taken = best_two(p), np.zeros(p.shape[1], dtype=int)
    inside = np.zeros(T.shape, dtype=bool)
    for choice in (0, 1):
        for token, expert in enumerate(T[:, choice]):
            inside[token, choice] = taken[expert] < places
            taken[expert] += inside[token, choice]
    return inside


def show(what: str, *numbers: float) -> None:
    """Print a line of numbers with three decimals."""
    print(f"  {what:8}", *(f"{number:6.3f}" for number in numbers))


def the_sentence() -> None:
    """Print the example of the article: four experts, two chosen."""
    p, outputs = softmax(x @ GATE.T), np.maximum(A @ x[-1], 0)
    T, y = best_two(p), mixture(x[-1], GATE, outputs)
    print("The sentence: p, and the two experts chosen")
    for token, row, two in zip(TOKENS, p, T + 1, strict=True):
        print(f"  {token:8}", *(f"{p_i:.3f}" for p_i in row), "", *two)
    print("\nOne token: is")
    show("g", *(p[-1, T[-1]] / p[-1, T[-1]].sum()))
    show("y", *y)
    show("x + y", *x[-1] + y)
    print("\nThe next word:", *WORDS, "and the loss if it is Paris")
    alone = {"x + E_1": outputs[0], "x + E_3": outputs[2], "x": y * 0}
    for what, part in {"x + y": y, **alone}.items():
        q = softmax(np.array(list(WORDS.values())) @ (x[-1] + part))
        show(what, *q, -np.log(q[0]))
    print("\nThe load: first choices, p on average, and the loss")
    show("c/S", *np.bincount(T[:, 0], minlength=4) / len(x))
    show("m", *p.mean(axis=0))
    show("loss", auxiliary_loss(x, GATE)[0])
    print(f"  turned away twice, with {PLACES} places each:", end=" ")
    print(*np.array(TOKENS)[~admitted(p, PLACES).any(axis=1)])


def a_batch() -> None:
    """Print how a batch spreads, before and after the loss acts."""
    rng = np.random.default_rng(0)
    # what all tokens have in common gives some experts a head start
    X = rng.normal(size=(S, M)) + 1
    W = rng.normal(size=(N, M)) / 4
    before = use(X, W)
    print(f"\nA batch of {S} tokens\n  step   loss")
    for step in range(41):
        loss, slope = auxiliary_loss(X, W)
        if step in (0, 5, 10, 20, 40):
            print(f"  {step:4}   {loss:.4f}")
        W -= 5 * slope
    print(f"  even   {1 / N**2:.4f}")
    after = use(X, W)
    print("\n  expert   before   after")
    for i in range(N):
        print(f"  {i + 1:6}   {before[i]:6.1%}   {after[i]:5.1%}")


if __name__ == "__main__":
    the_sentence()
    a_batch()
