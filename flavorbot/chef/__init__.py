"""The chef, who answers questions about a recipe, behind `IChef`."""

from __future__ import annotations

from flavorbot.chef.builtin import BuiltInChef
from flavorbot.interfaces import IChef, IGenerator
from flavorbot.settings import Settings


def open_chef(settings: Settings, generator: IGenerator) -> IChef:
    """The chef who changes recipes with this generator; its model speaks, where it has one, and is loaded only then."""
    house = BuiltInChef(generator)
    if generator.name != "model":
        return house
    from flavorbot.chef.model import ModelChef
    from flavorbot.generators.model import ModelGenerator

    if not isinstance(generator, ModelGenerator):
        return house
    return ModelChef(house, generator, deadline_s=settings.model_deadline_s)
