"""A recipe as schema.org's `Recipe` in JSON-LD (https://schema.org/Recipe), and one of ours read back from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter, ValidationError

from flavorbot.model import Instruction, Nutrition, Recipe
from flavorbot.writing import ingredient_line

Json = Any
EXACT = "application/vnd.flavorbot.recipe+json"
"""The media type of the whole recipe that goes along: schema.org knows amounts as text alone."""
_RECIPE = TypeAdapter(Recipe)
_DIETS = {
    "vegan": "VeganDiet",
    "vegetarian": "VegetarianDiet",
    "gluten_free": "GlutenFreeDiet",
    "halal": "HalalDiet",
    "kosher": "KosherDiet",
}
_NUTRIENTS = {
    "proteinContent": "protein_g",
    "fatContent": "fat_g",
    "carbohydrateContent": "carbohydrate_g",
    "fiberContent": "fibre_g",
}
_SODIUM_IN_SALT = 0.393
"""Grams of sodium in a gram of salt, by their atomic weights; EU 1169/2011 takes 1 / 2.5."""


def to_jsonld(recipe: Recipe) -> dict[str, Json]:
    """The recipe for whoever reads schema.org, and in `encoding` all of it for `from_jsonld`; no field is null."""
    return dict(_filled(recipe)) | {"encoding": _exact(recipe)}


def from_jsonld(data: Mapping[str, Json]) -> Recipe | None:
    """The recipe that FlavorBot wrote into `data`, without its id and times; None where none is, or none that holds."""
    encodings = data.get("encoding")
    for found in encodings if isinstance(encodings, list) else [encodings]:
        if isinstance(found, Mapping) and found.get("encodingFormat") == EXACT:
            try:
                return _without_place(_RECIPE.validate_json(str(found.get("text"))))
            except ValidationError:
                return None
    return None


def _without_place(recipe: Recipe) -> Recipe:
    return replace(recipe, id=None, created_at=None, updated_at=None, version=0)


def _exact(recipe: Recipe) -> dict[str, Json]:
    text = _RECIPE.dump_json(_without_place(recipe)).decode()
    return {"@type": "MediaObject", "encodingFormat": EXACT, "text": text}


def _filled(recipe: Recipe) -> Iterator[tuple[str, Json]]:
    values = {
        "@context": "https://schema.org",
        "@type": "Recipe",
        "name": recipe.title,
        "description": recipe.description,
        "image": recipe.image_url,
        "recipeYield": f"{recipe.servings} serving{'s' * (recipe.servings != 1)}",
        "prepTime": duration(recipe.prep_minutes),
        "cookTime": duration(recipe.cook_minutes),
        "totalTime": duration(recipe.total_minutes),
        "recipeCategory": recipe.category,
        "recipeCuisine": recipe.cuisine,
        "keywords": ", ".join(recipe.tags),
        "suitableForDiet": [f"https://schema.org/{_DIETS[diet]}" for diet in recipe.diets if diet in _DIETS],
        "recipeIngredient": [ingredient_line(item) for item in recipe.ingredients],
        "recipeInstructions": [_step(step, place) for place, step in enumerate(recipe.instructions, 1)],
        "nutrition": _nutrition(recipe.nutrition) if recipe.nutrition else None,
        "isBasedOn": recipe.source.url,
        "dateCreated": recipe.created_at.isoformat() if recipe.created_at else None,
        "dateModified": recipe.updated_at.isoformat() if recipe.updated_at else None,
    }
    return ((name, value) for name, value in values.items() if value)


def duration(minutes: int | None) -> str | None:
    """Minutes as ISO 8601 has them: PT1H30M."""
    if minutes is None:
        return None
    hours, rest = divmod(minutes, 60)
    return "PT" + f"{hours}H" * bool(hours) + f"{rest}M" * bool(rest or not hours)


def _step(step: Instruction, place: int) -> dict[str, Json]:
    told = {"@type": "HowToStep", "position": place, "text": step.text}
    return told | ({"timeRequired": duration(step.minutes)} if step.minutes else {})


def _nutrition(known: Nutrition) -> dict[str, Json]:
    told = {"@type": "NutritionInformation", "servingSize": "1 serving", "calories": f"{known.kcal:.0f} kcal"}
    grams = {name: f"{getattr(known, attribute):.1f} g" for name, attribute in _NUTRIENTS.items()}
    return told | grams | {"sodiumContent": f"{known.salt_g * _SODIUM_IN_SALT * 1000:.0f} mg"}
