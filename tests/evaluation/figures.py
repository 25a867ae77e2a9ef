"""One figure of the evaluation, and how a list of facts becomes one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, what it must be, and up to a few of the cases that fall short."""

    name: str
    found: str
    wanted: str
    reached: bool
    misses: tuple[str, ...] = ()


def share(name: str, facts: Iterable[tuple[bool, str]], least: float) -> Figure:
    """The part of the facts that hold, in percent; each fact comes with the words for when it does not."""
    known = list(facts)
    misses = [words for holds, words in known if not holds]
    value = 1 - len(misses) / len(known) if known else 1.0
    return Figure(name, f"{value:.2%} of {len(known):,}", _at_least(least), value >= least, tuple(misses))


def none(name: str, misses: Iterable[str], among: int) -> Figure:
    """How often something happens that must never happen."""
    known = tuple(misses)
    return Figure(name, f"{len(known)} of {among:,}", "0", not known, known)


def between(name: str, value: float, least: float, most: float, unit: str = "") -> Figure:
    """A number that lies within bounds, both included."""
    wanted = f"{least:g} to {most:g}{unit}" if least else f"at most {most:g}{unit}"
    return Figure(name, f"{value:.3g}{unit}", wanted, least <= value <= most)


def _at_least(part: float) -> str:
    return "100%" if part >= 1 else f"at least {part:.0%}"
