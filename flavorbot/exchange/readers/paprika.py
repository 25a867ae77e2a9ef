"""Paprika's recipes: each a gzipped JSON object in the zip of a .paprikarecipes file.

Read from TandoorRecipes/recipes: cookbook/integration/paprika.py, mealie-recipes/mealie: services/migrations/paprika.py
and julianpoy/RecipeSage: paprikaImportJobHandler.ts. Its HTML export is a page of microdata (`readers/pages.py`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flavorbot.exchange.readers.cleaning import one_line, plain
from flavorbot.exchange.readers.found import Found
from flavorbot.exchange.readers.markup import inline
from flavorbot.exchange.readers.text import ingredient_lines, source_note, steps_of
from flavorbot.exchange.readers.times import minutes
from flavorbot.exchange.readers.told import Told, found

Json = Any
_PLACED = re.compile(r"\[(?:photo|recipe|timer):([^\[\]]*)\]")


def is_recipe(data: Json) -> bool:
    return isinstance(data, Mapping) and "directions" in data and isinstance(data.get("ingredients"), str)


def recipe_in(data: Mapping[str, Json]) -> Found:
    return found(_told(data))


def _told(data: Mapping[str, Json]) -> Told:
    return Told(
        title=_text(data.get("name")),
        description=_text(data.get("description")),
        ingredients=list(ingredient_lines(_text(data.get("ingredients")).split("\n"))),
        steps=list(steps_of(_text(data.get("directions")).split("\n"))),
        makes=_text(data.get("servings")),
        prep_minutes=minutes(data.get("prep_time")),
        cook_minutes=minutes(data.get("cook_time")),
        total_minutes=minutes(data.get("total_time")),
        meals=[_text(each) for each in _list(data.get("categories"))],
        notes=[_text(data.get("notes")), _difficulty(data), _source(data)],
        rating=data.get("rating"),
        image=data.get("image_url"),
        url=data.get("source_url"),
    )


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def _text(value: Json) -> str:
    """A field without Paprika's marks; a recipe it refers to is named, a picture is left out."""
    told = _PLACED.sub(lambda match: match[1] if match[0].startswith("[recipe") else "", plain(value))
    return "\n".join(inline(line) for line in told.split("\n"))


def _difficulty(data: Mapping[str, Json]) -> str:
    told = one_line(plain(data.get("difficulty")))
    return f"Difficulty: {told}" if told else ""


def _source(data: Mapping[str, Json]) -> str:
    """The name of the source where there is no page to link to."""
    return "" if data.get("source_url") else source_note(one_line(plain(data.get("source"))))
