"""The chef, who answers questions about a recipe, behind `IChef`."""

from __future__ import annotations

from flavorbot.chef.builtin import BuiltInChef
from flavorbot.interfaces import IChef, IGenerator


def open_chef(generator: IGenerator) -> IChef:
    """The chef who changes recipes with this generator."""
    return BuiltInChef(generator)
