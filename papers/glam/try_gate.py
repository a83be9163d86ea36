# ruff: noqa: N803, N806 (the symbols are the paper's)
"""A gate that picks two experts, and the loss that balances it."""

import numpy as np
from numpy import ndarray

E = 8  # experts in the layer
M = 16  # numbers in the vector of a token
S = 1024  # tokens in a batch


def softmax(z: ndarray) -> ndarray:
    """Turn scores into probabilities, along the last axis."""
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    p: ndarray = e / e.sum(axis=-1, keepdims=True)
    return p


def best_two(p: ndarray) -> ndarray:
    """Return the two most probable experts, the first choice first."""
    return np.argsort(-p, axis=-1, kind="stable")[..., :2]


def mixture(p: ndarray, outputs: ndarray) -> ndarray:
    """Average what the chosen experts return, weighted by p."""
    T = best_two(p)
    y: ndarray = p[T] / p[T].sum() @ outputs[T]
    return y


def auxiliary_loss(X: ndarray, W: ndarray) -> tuple[float, ndarray]:
    """Return the balancing loss of a batch, and its slope along W.

    The loss is 1/E times the sum over the experts e of c_e/S times m_e.
    c_e tokens have e as their first choice; m_e is the probability of e
    on average. A count has no slope, so c_e is taken as a constant.
    """
    p = softmax(X @ W.T)
    c = np.bincount(best_two(p)[:, 0], minlength=E) / S
    m = p.mean(axis=0)
    slope_of_scores = p * (c - p @ c[:, None]) / (E * S)
    return float((c * m).mean()), slope_of_scores.T @ X


def use(X: ndarray, W: ndarray) -> ndarray:
    """Return the share of the tokens that reach each expert."""
    chosen = best_two(softmax(X @ W.T))
    return np.bincount(chosen.ravel(), minlength=E) / S


def one_token() -> None:
    """Print the example of the article: four experts, two chosen."""
    p = softmax(np.array([2.0, 0.0, 1.0, -1.0]))
    never = [9.0, 9.0]  # what experts 2 and 4 would return
    outputs = np.array([[1.0, 0.0], never, [0.0, 2.0], never])
    y = mixture(p, outputs)
    print("One token")
    print("  p =", *(f"{share:.3f}" for share in p))
    print("  T =", *(best_two(p) + 1))
    print("  y =", *(f"{number:.3f}" for number in y))


def a_batch() -> None:
    """Print how a batch spreads, before and after the loss acts."""
    rng = np.random.default_rng(0)
    # what all tokens have in common gives some experts a head start
    X = rng.normal(size=(S, M)) + 1
    W = rng.normal(size=(E, M)) / 4
    before = use(X, W)
    print(f"\nA batch of {S} tokens\n  step   loss")
    for step in range(41):
        loss, slope = auxiliary_loss(X, W)
        if step in (0, 5, 10, 20, 40):
            print(f"  {step:4}   {loss:.4f}")
        W -= 5 * slope
    print(f"  even   {1 / E**2:.4f}")
    after = use(X, W)
    print("\n  expert   before   after")
    for e in range(E):
        print(f"  {e + 1:6}   {before[e]:6.1%}   {after[e]:5.1%}")


if __name__ == "__main__":
    one_token()
    a_batch()
