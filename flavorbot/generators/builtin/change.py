"""A refinement as understood."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from flavorbot.generators.builtin.qualities import is_meant
from flavorbot.generators.builtin.swapping import Swap
from flavorbot.kitchen.foods import Food
from flavorbot.kitchen.needs import Needs
from flavorbot.kitchen.reading import read_line
from flavorbot.model import Notice, Recipe, Wish


@dataclass(slots=True)
class Change:
    """A refinement as understood: the wish it leads to, and what was asked, for looking whether it came about.

    `asked` are new entries of `Wish.qualities`, `added` foods to be in the dish, `needs` what was newly barred.
    """

    before: Recipe
    wish: Wish
    needs: Needs
    asked: tuple[str, ...] = ()
    added: tuple[Food, ...] = ()
    swaps: list[Swap] = field(default_factory=list)
    without: tuple[str, ...] = ()
    cuisine: str | None = None
    category: str | None = None
    max_minutes: int | None = None
    units: str | None = None
    people: bool = False
    another: bool = False
    notices: list[Notice] = field(default_factory=list)

    @property
    def model(self) -> Recipe:
        """The recipe before, without what is to be swapped."""
        kept = tuple(item for item in self.before.ingredients if not any(_goes(item.name, swap) for swap in self.swaps))
        return replace(self.before, ingredients=kept)


def _goes(name: str, swap: Swap) -> bool:
    food = read_line(name).food
    return bool(food and is_meant(swap.old, food) and food not in (swap.new or ()))
