"""Recipes as the built-in kitchen has made them, one of each sort, kept so that questions about them stay the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from pydantic import TypeAdapter

from flavorbot.model import Recipe, Wish


def _kitchen() -> Mapping[str, tuple[Recipe, Wish]]:
    """Each recipe with the wish that it was made for."""
    kept = json.loads(Path(__file__).with_name("kitchen.json").read_text(encoding="utf-8"))
    recipe, wish = TypeAdapter(Recipe), TypeAdapter(Wish)
    return {
        name: (recipe.validate_python(each["recipe"]), wish.validate_python(each["wish"]))
        for name, each in kept.items()
    }


KITCHEN = _kitchen()
