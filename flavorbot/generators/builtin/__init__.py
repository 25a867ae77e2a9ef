"""The built-in generator: recipes from formulas, without a network; the same wish and seed, the same recipe."""

from flavorbot.generators.builtin.generator import BuiltInGenerator

__all__ = ["BuiltInGenerator"]
