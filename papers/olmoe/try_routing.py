# ruff: noqa: N806 (the symbols are the paper's)
"""A router for eight of 64 experts, with and without its losses."""

from collections.abc import Iterable

import numpy as np
from numpy import ndarray

N_E = 64  # experts in the layer
K = 8  # of them for a token
M = 8  # numbers in the vector of a token
B = 256  # tokens in a batch
KINDS = 64  # kinds of tokens
STEPS = 300
RUNS = {  # weights of the two losses, alpha and beta
    "both losses": (0.01, 0.001),
    "no balancing": (0, 0.001),
    "no z-loss": (0.01, 0),
}
MEASURED = ("squared error", "balance", "z", "largest score")


def softmax(x: ndarray) -> ndarray:
    """Turn scores into shares, along the last axis."""
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    p: ndarray = e / e.sum(axis=-1, keepdims=True)
    return p


def top(p: ndarray) -> ndarray:
    """Return a one for the K largest shares of a token, else zeros."""
    T = np.argsort(-p, axis=1, kind="stable")[:, :K]
    chosen = np.zeros_like(p)
    np.put_along_axis(chosen, T, 1.0, axis=1)
    return chosen


def balancing(p: ndarray, chosen: ndarray) -> tuple[float, ndarray]:
    """Return N_E times the sum of f_i P_i, and its slope along p.

    f_i is a count and has no slope.
    """
    f, P = chosen.mean(axis=0), p.mean(axis=0)
    return float(N_E * f @ P), N_E * f / len(p)


def router_z(s: ndarray) -> tuple[float, ndarray]:
    """Return the mean of (log sum of e^s_j) squared, and its slope."""
    log_sum = np.log(np.exp(s).sum(axis=1, keepdims=True))
    slope = 2 * log_sum * softmax(s) / len(s)
    return float((log_sum**2).mean()), slope


def train(alpha: float, beta: float) -> tuple[ndarray, ndarray]:
    """Train router and experts together.

    A token's kind has a place in space, and a matrix to be learned; an
    expert is one matrix. Return, as means of the last 50 steps, the
    load of each expert, and the numbers that MEASURED names; the losses
    in them are without their weights.
    """
    rng = np.random.default_rng(0)
    W = rng.normal(size=(N_E, M)) / 2 / np.sqrt(M)
    experts = rng.normal(size=(N_E, M, M)) / 10 / np.sqrt(M)
    places = rng.normal(size=(KINDS, M))
    matrices = rng.normal(size=(KINDS, M, M)) / np.sqrt(M)
    use, numbers = [], []
    for step in range(STEPS):
        kind = rng.integers(KINDS, size=B)
        X = places[kind] + rng.normal(size=(B, M)) / 10
        wanted = (matrices[kind] @ X[:, :, None])[:, :, 0]
        s = X @ W.T
        p = softmax(s)
        chosen = top(p)
        weights = chosen * p
        outputs = X @ experts.reshape(N_E * M, M).T
        outputs = outputs.reshape(B, N_E, M)
        error = (weights[:, None] @ outputs)[:, 0] - wanted
        balance, along_p = balancing(p, chosen)
        z, along_s = router_z(s)
        if step >= STEPS - 50:
            largest = s.max(axis=1).mean()
            use.append(chosen.mean(axis=0))
            numbers.append([(error**2).mean(), balance, z, largest])

        dy = 2 * error / (B * M)
        dp = chosen * (outputs @ dy[:, :, None])[:, :, 0]
        dp = dp + alpha * along_p
        ds = p * (dp - (dp * p).sum(axis=1, keepdims=True))
        ds = ds + beta * along_s
        d_experts = weights[:, :, None] * dy[:, None]
        d_experts = d_experts.reshape(B, N_E * M).T @ X
        W -= 10 * ds.T @ X
        experts -= 32 * d_experts.reshape(N_E, M, M)
    return np.mean(use, axis=0), np.mean(numbers, axis=0)


def row(name: str, cells: Iterable[str]) -> None:
    """Print a line of a table."""
    print(f"{name:17}", *(f"{cell:>14}" for cell in cells))


def main() -> None:
    """Print three runs that differ in their losses alone."""
    results = [train(alpha, beta) for alpha, beta in RUNS.values()]
    uses = [use for use, _numbers in results]
    row("", RUNS)
    for i, what in enumerate(MEASURED):
        row(what, [f"{numbers[i]:.3f}" for _use, numbers in results])
    row("experts below 1%", [f"{(use < 0.01).sum()}" for use in uses])
    row("busiest expert", [f"{use.max():.1%}" for use in uses])
    print(f"\n{N_E} used evenly: {K / N_E:.1%}, balance {K:.3f}")
    print(f"all scores 0: z {np.log(N_E) ** 2:.3f}")

    print("\nload of the expert of rank …")
    for rank in range(1, N_E + 1, 4):
        row(f"{rank:4}", [f"{np.sort(u)[-rank]:.1%}" for u in uses])


if __name__ == "__main__":
    main()
