"""Mealie's recipes: one as its export and its API write it, and the tables of its backup.

Read from mealie-recipes/mealie: services/exporter (recipes/<slug>/<slug>.json in a zip, names in snake case),
schema/recipe (names in camel case from the API) and TandoorRecipes/recipes: cookbook/integration/mealie1.py (the tables
of database.json in a backup).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from flavorbot.exchange.readers.cleaning import one_line, plain
from flavorbot.exchange.readers.found import Found, attempted
from flavorbot.exchange.readers.measured import measured
from flavorbot.exchange.readers.times import minutes
from flavorbot.exchange.readers.told import Told, found
from flavorbot.model import Ingredient

Json = Any
Row = Mapping[str, Json]


def is_recipe(data: Json) -> bool:
    return isinstance(data, Mapping) and "slug" in data and ("recipeIngredient" in data or "recipe_ingredient" in data)


def is_backup(data: Json) -> bool:
    return isinstance(data, Mapping) and isinstance(data.get("recipes_ingredients"), list) and "recipes" in data


def recipe_in(data: Row) -> Found:
    return found(_told(data), one_line(data.get("slug")).replace("-", " "))


def recipes_in_backup(tables: Row) -> Iterator[Found]:
    """Every recipe of a backup, put together from its tables."""
    parts = {name: _by_recipe(tables, name) for name in ("recipes_ingredients", "recipe_instructions", "notes")}
    foods, units = _by_id(tables, "ingredient_foods"), _by_id(tables, "ingredient_units")
    labels = {name: _labels(tables, *names) for name, names in _LABELS.items()}
    for recipe in _rows(tables, "recipes"):
        key = str(recipe.get("id"))
        lines = [
            {**line, "food": foods.get(str(line.get("food_id"))), "unit": units.get(str(line.get("unit_id")))}
            for line in parts["recipes_ingredients"][key]
        ]
        told = {
            **recipe,
            "recipe_ingredient": lines,
            "recipe_instructions": parts["recipe_instructions"][key],
            "notes": parts["notes"][key],
            **{name: found_labels[key] for name, found_labels in labels.items()},
        }
        yield attempted(partial(recipe_in, told), recipe.get("name"))


_LABELS = {
    "tags": ("recipes_to_tags", "tag_id", "tags"),
    "recipe_category": ("recipes_to_categories", "category_id", "categories"),
}


def _rows(tables: Row, name: str) -> list[Row]:
    rows = tables.get(name)
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


def _by_id(tables: Row, name: str) -> dict[str, Row]:
    return {str(row.get("id")): row for row in _rows(tables, name)}


def _by_recipe(tables: Row, name: str) -> defaultdict[str, list[Row]]:
    """The rows of each recipe, in order of their positions."""
    found_rows: defaultdict[str, list[Row]] = defaultdict(list)
    for row in sorted(_rows(tables, name), key=_position):
        found_rows[str(row.get("recipe_id"))].append(row)
    return found_rows


def _position(row: Row) -> float:
    position = row.get("position")
    return float(position) if isinstance(position, int | float) else 0.0


def _labels(tables: Row, links: str, key: str, names: str) -> defaultdict[str, list[Json]]:
    known = _by_id(tables, names)
    found_labels: defaultdict[str, list[Json]] = defaultdict(list)
    for link in _rows(tables, links):
        found_labels[str(link.get("recipe_id"))].append(known.get(str(link.get(key))))
    return found_labels


def _told(data: Row) -> Told:
    return Told(
        title=plain(data.get("name")),
        description=plain(data.get("description")),
        ingredients=list(_ingredients(_of(data, "recipeIngredient", "recipe_ingredient"))),
        steps=list(_steps(_of(data, "recipeInstructions", "recipe_instructions"))),
        makes=_makes(data),
        prep_minutes=minutes(_of(data, "prepTime", "prep_time")),
        cook_minutes=minutes(_of(data, "performTime", "perform_time") or _of(data, "cookTime", "cook_time")),
        total_minutes=minutes(_of(data, "totalTime", "total_time")),
        meals=_names(_of(data, "recipeCategory", "recipe_category")),
        tags=_names(data.get("tags")),
        notes=[_note(each) for each in _list(data.get("notes")) + _list(data.get("comments"))],
        rating=data.get("rating"),
        url=_of(data, "orgURL", "org_url"),
    )


def _of(data: Row, *names: str) -> Json:
    return next((data[name] for name in names if data.get(name) is not None), None)


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def _names(value: Json) -> list[str]:
    return [plain(_name(each)) for each in _list(value)]


def _name(value: Json) -> Json:
    return value.get("name") if isinstance(value, Mapping) else value


def _makes(data: Row) -> str:
    """Servings as a number, and what the yield says besides."""
    servings, told = _of(data, "recipeServings", "recipe_servings"), plain(_of(data, "recipeYield", "recipe_yield"))
    many = f"{servings:g} servings" if isinstance(servings, int | float) and servings > 0 else ""
    count = _of(data, "recipeYieldQuantity", "recipe_yield_quantity")
    if isinstance(count, int | float) and count > 0 and told and not told[0].isdigit():
        told = f"{count:g} {told}"
    return ", ".join(filter(None, [many, told]))


def _ingredients(lines: Json) -> Iterator[str | Ingredient]:
    """A line's title is the heading of a section that begins with it."""
    section = ""
    for line in _list(lines):
        if isinstance(line, Mapping):
            if title := one_line(plain(line.get("title"))):
                section = title
                yield f"{title}:"
            yield _line(line, section)
        else:
            yield plain(line)


def _line(line: Row, section: str) -> str | Ingredient:
    """The food with its amount; where Mealie knows no food, its note is the line as it was typed."""
    food = _name(line.get("food")) or _name(_of(line, "referencedRecipe", "referenced_recipe"))
    if food:
        return measured(line.get("quantity"), _name(line.get("unit")) or "", food, line.get("note"), section)
    typed = plain(line.get("note")) or plain(_of(line, "originalText", "original_text")) or plain(line.get("display"))
    quantity, unit = line.get("quantity"), plain(_name(line.get("unit")))
    told = isinstance(quantity, int | float) and quantity and (unit or quantity != 1)
    return f"{quantity:g} {unit} {typed}" if told and not typed[:1].isdigit() else typed


def _steps(steps: Json) -> Iterator[str]:
    """A step's title is the heading of those that follow."""
    for step in _list(steps):
        if isinstance(step, Mapping):
            heading = one_line(plain(step.get("title"))) or one_line(plain(step.get("summary")))
            text = plain(step.get("text"))
            yield f"{heading.rstrip(':. ')}: {text}" if heading and text else heading or text
        else:
            yield plain(step)


def _note(note: Json) -> str:
    if not isinstance(note, Mapping):
        return plain(note)
    title, text = one_line(plain(note.get("title"))), plain(note.get("text"))
    return f"{title}: {text}" if title and title.casefold() not in ("note", "notes") else text
