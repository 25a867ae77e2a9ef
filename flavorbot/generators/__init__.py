"""Whoever invents recipes, behind `IGenerator`."""

from __future__ import annotations

from flavorbot.generators.builtin import BuiltInGenerator
from flavorbot.interfaces import IGenerator
from flavorbot.settings import Settings


def open_generator(settings: Settings) -> IGenerator:
    """The generator that these settings ask for."""
    return BuiltInGenerator()
