# ruff: noqa: N803, N806 (the symbols are the paper's)
"""Four tokens through one layer of four experts, two a token."""

import numpy as np
from numpy import ndarray

K = 2  # experts for a token
ALPHA, BETA = 0.01, 0.001  # weights of the two losses
X = {  # the vector with which each token enters the layer
    "The": [0.2, 1.0],
    "capital": [1.0, 0.5],
    "of": [0.5, 1.0],
    "France": [1.5, 0.5],
}
W = np.array([[1, 1], [0, 1], [-1, 1], [1, 0]])  # the router
EXPERTS = np.array(  # each is one small matrix here
    [
        [[1, 0], [0, 0]],  # keeps the first number
        [[0, 1], [0, 0]],  # puts the second in the first place
        [[0, 0], [1, 0]],  # puts the first in the second place
        [[0, 0], [0, 2]],  # doubles the second number
    ]
)
N_E = len(EXPERTS)


def softmax(s: ndarray) -> ndarray:
    """Turn scores into shares that add up to one."""
    e = np.exp(s)
    p: ndarray = e / e.sum()
    return p


def mixture(x: ndarray) -> tuple[ndarray, ndarray, ndarray]:
    """Return a token's shares, its experts, and what the layer adds."""
    s = W @ x
    p = softmax(s)  # {eq}`olmoe-router-equation`
    T = np.argsort(-p, kind="stable")[:K]
    # {eq}`olmoe-router-equation`
    y = np.sum([p[i] * (EXPERTS[i] @ x) for i in T], axis=0)
    return p, T, y


def balancing(f: ndarray, P: ndarray) -> float:
    """Return N_E times the sum of f_i P_i."""
    balance = N_E * f @ P  # {eq}`olmoe-loss-equation`
    return float(balance)


def router_z(scores: ndarray) -> float:
    """Return the mean of (log sum of e^s_j) squared over tokens."""
    # {eq}`olmoe-loss-equation`
    z = (np.log(np.exp(scores).sum(axis=-1)) ** 2).mean()
    return float(z)


def told(numbers: ndarray, digits: int = 3) -> str:
    """Write a vector."""
    return "(" + ", ".join(f"{n:.{digits}f}" for n in numbers) + ")"


def main() -> None:
    """Print what happens to each token, then both losses."""
    shares, use, dropped = [], np.zeros(N_E, dtype=int), []
    room = len(X) * K // N_E  # for each expert, with a factor of 1
    for token, vector in X.items():
        x = np.array(vector)
        p, T, y = mixture(x)
        dropped += [f"{token} at {i + 1}" for i in T if use[i] >= room]
        use[T] += 1
        shares.append(p)
        print(f"{token}: x = {told(x, 1)}")
        print(f"  scores  {told(W @ x, 1)}")
        print(f"  shares  {told(p)}")
        for i in T:
            print(f"  expert {i + 1} gives {told(EXPERTS[i] @ x, 1)}")
        print(f"  y       {told(y)}")
        print(f"  x + y   {told(x + y)}")

    f, P = use / len(X), np.mean(shares, axis=0)
    even = np.full(N_E, K / N_E)
    scores = np.array(list(X.values())) @ W.T
    print(f"\nload                  f = {told(f, 2)}")
    print(f"mean share            P = {told(P)}")
    print(f"balance                   {balancing(f, P):.3f}")
    print(f"  even use                {balancing(even, P):.3f}")
    print(f"z                         {router_z(scores):.3f}")
    print(f"  “capital” alone         {router_z(scores[1]):.3f}")
    print(f"  its scores times ten    {router_z(10 * scores[1]):.3f}")
    extra = ALPHA * balancing(f, P) + BETA * router_z(scores)
    print(f"added to the loss         {extra:.3f}")
    print(f"with room for {room}, dropped: {', '.join(dropped)}")


if __name__ == "__main__":
    main()
