"""Count what a mixture such as GLaM holds and what a token uses."""

M = 8192  # numbers in the vector of a token
H = 32_768  # hidden units of a feed-forward network or an expert
HEADS, HEAD = 128, 128  # attention heads, and numbers in each
LAYERS, MIXTURES = 64, 32  # all layers, and those with experts
VOCABULARY = 256_000


def parameters(experts: int, chosen: int) -> tuple[int, int]:
    """Return how many parameters are held, and how many are used."""
    attention = 4 * M * HEADS * HEAD * LAYERS
    dense = 3 * M * H * (LAYERS - MIXTURES)
    always = attention + dense + VOCABULARY * M
    expert = 2 * M * H * MIXTURES  # one in each mixture layer
    return always + experts * expert, always + chosen * expert


def show(experts: int, chosen: int) -> None:
    """Print a line, in billions."""
    held, used = parameters(experts, chosen)
    print(f"  {experts:7}   {chosen:6}   {held / 1e9:7,.1f}", end="   ")
    print(f"{used / 1e9:5.1f}   {used / held:6.1%}")


if __name__ == "__main__":
    print("  experts   chosen      held    used    share")
    for experts in (2, 4, 8, 16, 32, 64, 128, 256):
        show(experts, 2)
    print()
    for chosen in (1, 2, 4, 8):
        show(64, chosen)
