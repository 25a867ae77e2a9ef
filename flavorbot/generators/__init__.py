"""Whoever invents recipes, behind `IGenerator`."""

from __future__ import annotations

from flavorbot.generators.builtin import BuiltInGenerator
from flavorbot.interfaces import IGenerator
from flavorbot.settings import Settings


def open_generator(settings: Settings) -> IGenerator:
    """The generator that these settings ask for; a model's client takes a second to load, so only where one is set."""
    if settings.model is None:
        return BuiltInGenerator()
    from flavorbot.generators.model import ModelGenerator
    from flavorbot.generators.model.client import ModelClient

    client = ModelClient(settings.model, settings.model_url, settings.model_key)
    return ModelGenerator(
        client, BuiltInGenerator(), deadline_s=settings.model_deadline_s, calls=settings.most_model_calls
    )
