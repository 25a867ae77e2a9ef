"""A recipe for as many servings, and in the units, that an address asks for."""

from __future__ import annotations

from dataclasses import dataclass

from flavorbot.kitchen.scaling import scaling_notes
from flavorbot.kitchen.units import in_units, scale
from flavorbot.model import Recipe
from flavorbot.web.incoming import read_query
from flavorbot.web.schemas import ShowQuery


@dataclass(frozen=True, slots=True)
class Shown:
    """A recipe as it is shown, and as it was written."""

    recipe: Recipe
    original: Recipe
    servings: int
    units: str

    def values(self) -> dict[str, object]:
        """What the templates of a recipe go by."""
        names = ("recipe", "original", "servings", "units")
        return {name: getattr(self, name) for name in names} | {"scaling": scaling_notes(self.original, self.servings)}


def as_asked(original: Recipe, units: str) -> Shown:
    """The recipe as the query says; `units` are those of the reader, where it does not say."""
    wanted = read_query(ShowQuery)
    servings, system = wanted.servings or original.servings, wanted.units or units
    scaled = scale(original, servings) if servings != original.servings else original
    return Shown(in_units(scaled, system), original, servings, system)
