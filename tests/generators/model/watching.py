"""Somebody who watches a recipe being made, and remembers what was shown."""

from __future__ import annotations

from collections.abc import Callable

from flavorbot.kitchen.units import amount_text
from flavorbot.model import Ingredient, Instruction


class Watcher:
    """`seen` is everything in its order, `shown` what has not been taken back; goes when `left` says so."""

    def __init__(self, left: Callable[[Watcher], bool] = lambda _: False) -> None:
        self.seen: list[tuple[str, str]] = []
        self._left = left

    def stage(self, message: str) -> None:
        self._add("stage", message)

    def title(self, text: str) -> None:
        self._add("title", text)

    def line(self, ingredient: Ingredient) -> None:
        self._add("line", f"{amount_text(ingredient)} {ingredient.name}".strip())

    def step(self, instruction: Instruction) -> None:
        self._add("step", instruction.text)

    def restart(self) -> None:
        self._add("restart", "")

    def has_left(self) -> bool:
        return self._left(self)

    def _add(self, kind: str, text: str) -> None:
        self.seen.append((kind, text))

    def of(self, kind: str) -> list[str]:
        return [text for each, text in self.seen if each == kind]

    @property
    def kinds(self) -> list[str]:
        """What was seen, repetitions once."""
        found = [kind for kind, _ in self.seen]
        return [kind for place, kind in enumerate(found) if place == 0 or found[place - 1] != kind]

    @property
    def shown(self) -> list[tuple[str, str]]:
        taken_back = max((place for place, (kind, _) in enumerate(self.seen) if kind == "restart"), default=-1)
        return [each for each in self.seen[taken_back + 1 :] if each[0] != "stage"]
