"""The table of figures that people read."""

from __future__ import annotations

from collections.abc import Iterable

from tests.evaluation.figures import Figure

SHOWN = 5


def show(figures: Iterable[Figure], heading: str, shown: int = SHOWN) -> int:
    """Prints each figure as it comes; of what falls short, up to `shown` cases. The exit code: 1 if any does."""
    print(f"{heading}\n")
    print(f"  {'measure':46} {'found':>20}   must be")
    missed = 0
    for figure in figures:
        print(f"{' ' if figure.reached else '✗'} {figure.name:46} {figure.found:>20}   {figure.wanted}", flush=True)
        missed += not figure.reached
        for words in figure.misses[: shown if not figure.reached else 0]:
            print(f"      {words[:230]}")
    print(f"\n{missed} figures miss their target" if missed else "\nEvery figure reaches its target")
    return 1 if missed else 0
