"""Tables in Markdown, as README shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Goal:
    """What must be reached, what was found, and whether it is."""

    name: str
    wanted: str
    found: str
    reached: bool


def at_most(name: str, value: float, most: float, unit: str = "") -> Goal:
    return Goal(name, f"≤ {most:g}{unit}", f"{value:.3g}{unit}", value <= most)


def at_least(name: str, value: float, least: float, unit: str = "") -> Goal:
    return Goal(name, f"≥ {least:g}{unit}", f"{value:.3g}{unit}", value >= least)


def show(head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table; numbers as they are, texts as given."""
    print("| " + " | ".join(head) + " |")
    print("|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(_cell(each) for each in row) + " |", flush=True)
    print()


def show_goals(goals: Sequence[Goal]) -> int:
    """Print what must be reached; the exit code is 1 if anything is missed."""
    show(
        ("must reach", "", "found", ""), [(g.name, g.wanted, g.found, "yes" if g.reached else "**no**") for g in goals]
    )
    return int(not all(goal.reached for goal in goals))


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if value >= 100 else f"{value:.2f}".rstrip("0").rstrip(".")
    return "–" if value is None else str(value)
