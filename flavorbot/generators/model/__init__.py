"""A language model as the cook, under the kitchen's discipline; loaded only where one is configured."""

from flavorbot.generators.model.generator import ModelGenerator

__all__ = ["ModelGenerator"]
