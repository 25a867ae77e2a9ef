"""What was typed into a form: kept to be shown again, and turned into the input that JSON would have been."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from flask import request

from flavorbot.errors import InvalidInput
from flavorbot.model import Recipe, Wish
from flavorbot.web.fields import printable
from flavorbot.web.schemas import RecipeInput, WishInput
from flavorbot.web.validation import parse
from flavorbot.writing import ingredient_lines, is_heading, read_ingredients, read_instructions

Values = dict[str, str | list[str]]
Errors = dict[str, str]

UNSHOWN = ("password", "request_id", "next", "seed", "version")
CHECKBOXES = ("diets", "allergies", "eaters", "equipment")
# Sent by forms that show the allergies: what is not ticked there was unticked by the person.
SHOWN = "allergies_shown"
WISH_FIELDS = (*WishInput.model_fields, SHOWN)
RECIPE_FIELDS = (*RecipeInput.model_fields, "version", "request_id")


def typed(names: Collection[str]) -> Values:
    """The fields of these names as they were sent; a text field sent several times becomes lines of one."""
    return {name: _typed(name) for name in names if name in request.form}


def shown(values: Values) -> Values:
    """What was typed, with a sign in place of what no page may hold."""
    return {
        name: printable(value) if isinstance(value, str) else [printable(each) for each in value]
        for name, value in values.items()
    }


def sent() -> list[tuple[str, str]]:
    """What people can read of the form that was sent, by the names of its fields."""
    texts = {name: "\n".join(request.form.getlist(name)) for name in request.form if name not in (*UNSHOWN, SHOWN)}
    return [(printable(name.replace("_", " ")), printable(text)) for name, text in texts.items() if text.strip()]


def errors_of(error: InvalidInput, fields: Collection[str]) -> Errors:
    """Messages by field; one about anything that the form does not show goes to the top."""
    errors: dict[str, list[str]] = {}
    for each in error.errors:
        errors.setdefault(each.field if each.field in fields else "", []).append(each.message)
    return {field: " ".join(messages) for field, messages in errors.items()}


def wish_input(values: Values) -> WishInput:
    """The generator form; `InvalidInput`."""
    return parse(WishInput, _given(values), strict=False)


def wish_values(wish: Wish) -> Values:
    """The generator form as it was when this wish was sent."""
    return {
        "ingredients": list(wish.ingredients),
        "wish": wish.wish,
        "category": wish.category or "",
        "cuisine": wish.cuisine or "",
        "diets": list(wish.diets),
        "allergies": list(wish.allergies),
        "exclude": list(wish.exclude),
        "eaters": list(wish.eaters),
        "servings": str(wish.servings),
        "max_minutes": _text(wish.max_minutes),
        "equipment": list(wish.equipment),
        "units": wish.units,
        "seed": _text(wish.seed),
        SHOWN: "1",
    }


def written_recipe(values: Values, before: Recipe | None = None) -> Recipe:
    """The recipe form; what `before` says in the same words keeps what the form cannot show. `InvalidInput`."""
    given = _given(values)
    lines, steps = (str(given.get(name, "")).splitlines() for name in ("ingredients", "instructions"))
    given["ingredients"] = [line for line in lines if line.strip() and not is_heading(line)]
    given["instructions"] = [step for step in steps if step.strip()]
    recipe = parse(RecipeInput, given, strict=False).recipe()
    recipe = replace(recipe, ingredients=read_ingredients(lines, before), instructions=read_instructions(steps, before))
    if before and (recipe.prep_minutes, recipe.cook_minutes) == (before.prep_minutes, before.cook_minutes):
        return replace(recipe, total_minutes=before.total_minutes)
    return recipe


def recipe_values(recipe: Recipe) -> Values:
    """The recipe form as it would have been typed."""
    return {
        "title": recipe.title,
        "description": recipe.description,
        "category": recipe.category,
        "cuisine": recipe.cuisine or "",
        "servings": str(recipe.servings),
        "prep_minutes": _text(recipe.prep_minutes),
        "cook_minutes": _text(recipe.cook_minutes),
        "ingredients": "\n".join(ingredient_lines(recipe)),
        "instructions": "\n".join(step.text for step in recipe.instructions),
        "tags": ", ".join(recipe.tags),
        "notes": recipe.notes,
        "rating": _text(recipe.rating),
        "image_url": recipe.image_url or "",
    }


def version_of(text: str) -> int:
    """The version that a form or an address names; 0, which is nobody's, where it names none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _typed(name: str) -> str | list[str]:
    sent = [value.replace("\r\n", "\n") for value in request.form.getlist(name)]
    return sent if name in CHECKBOXES else "\n".join(sent)


def _given(values: Values) -> dict[str, object]:
    """Without what was left blank: it counts as not sent."""
    return {name: value for name, value in values.items() if (value.strip() if isinstance(value, str) else value)}


def _text(number: int | None) -> str:
    return "" if number is None else str(number)
