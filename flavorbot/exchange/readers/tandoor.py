"""Tandoor's own export: a zip that holds a zip for each recipe, with recipe.json in it.

Read from TandoorRecipes/recipes: cookbook/integration/default.py and RecipeExportSerializer in cookbook/serializer.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from flavorbot.bounds import LINE, NOTE
from flavorbot.exchange.readers.cleaning import LONGEST, one_line, plain
from flavorbot.exchange.readers.found import Found
from flavorbot.exchange.readers.markup import unmarked
from flavorbot.exchange.readers.measured import measured
from flavorbot.exchange.readers.times import minutes
from flavorbot.exchange.readers.told import Told, found
from flavorbot.model import Ingredient, Instruction
from flavorbot.writing import ingredient_line

Json = Any
Row = Mapping[str, Json]
_PLACEHOLDER = re.compile(r"\{\{\s*ingredients\[(\d{1,3})\](?:\.(\w+))?\s*\}\}")
_TEMPLATE = re.compile(r"\{%.*?%\}|\{\{\s*scale\((\d+(?:\.\d+)?)\)\s*\}\}")


def is_recipe(data: Json) -> bool:
    return isinstance(data, Mapping) and isinstance(data.get("steps"), list) and "working_time" in data


def recipe_in(data: Row) -> Found:
    return found(_told(data))


def _told(data: Row) -> Told:
    steps = [step for step in data.get("steps", ()) if isinstance(step, Mapping)]
    return Told(
        title=plain(data.get("name")),
        description=plain(data.get("description")),
        ingredients=[line for step in steps for line in _ingredients(step, many=len(steps) > 1)],
        steps=[told for step in steps for told in _instructions(step)],
        makes=_makes(data),
        prep_minutes=minutes(data.get("working_time")),
        cook_minutes=minutes(data.get("waiting_time")),
        tags=[_name(each) for each in _list(data.get("keywords"))],
        rating=data.get("rating"),
        url=data.get("source_url"),
    )


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def _name(value: Json) -> str:
    return one_line(plain(value.get("name") if isinstance(value, Mapping) else value))


def _makes(data: Row) -> str:
    """The number of servings, in the word that Tandoor keeps for them."""
    word = plain(data.get("servings_text"))
    return f"{plain(data.get('servings'))} {word or 'servings'}"


def _ingredients(step: Row, many: bool) -> Iterator[str | Ingredient]:
    """The step's ingredients; a header begins a section, and so does a step with a name where there are several."""
    section = _name(step.get("name")) if many else ""
    if section:
        yield f"{section}:"
    for line in _rows(step):
        if line.get("is_header"):
            section = one_line(plain(line.get("note")))
            yield f"{section}:"
        elif food := _name(line.get("food")):
            amount = None if line.get("no_amount") else _amount(line)
            yield measured(amount, _name(line.get("unit")), food, line.get("note"), section)
        elif note := one_line(plain(line.get("note"))):
            yield Ingredient(name=note, section=section or None)


def _rows(step: Row) -> list[Row]:
    return [line for line in _list(step.get("ingredients")) if isinstance(line, Mapping)]


def _amount(line: Row) -> object:
    """Tandoor writes decimals as numbers or texts; 0 stands for none."""
    amount = line.get("amount")
    return None if amount in (0, "0") or str(amount).strip("0.") == "" else amount


def _instructions(step: Row) -> Iterator[Instruction]:
    """The paragraphs of a step, behind its name; its time is that of its only one."""
    told = _filled(plain(step.get("instruction")), _rows(step))
    texts = [text for line in told.split("\n") if (text := unmarked(line))]
    name = _name(step.get("name"))
    if name and texts:
        texts[0] = f"{name.rstrip(':. ')}: {texts[0]}"
    for text in texts:
        yield Instruction(text=text, minutes=minutes(step.get("time")) if len(texts) == 1 else None)


def _filled(text: str, rows: Sequence[Row]) -> str:
    """The instruction with the ingredients that it names by their numbers."""

    @cache
    def named(place: int, what: str | None) -> str:
        row = rows[place] if place < len(rows) else {}
        if what in ("amount", "note"):
            return one_line(row.get(what))[:NOTE]
        if what in ("unit", "food"):
            return _name(row.get(what))[:LINE]
        return ingredient_line(measured(_amount(row), _name(row.get("unit"))[:LINE], _name(row.get("food"))[:LINE]))

    filled = _PLACEHOLDER.sub(lambda match: named(int(match[1]), match[2]), text)
    return _TEMPLATE.sub(lambda match: match[1] or "", filled[:LONGEST])
