"""What was typed into a form: kept to be shown again, and turned into the input that JSON would have been."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count, takewhile

from flask import request

from flavorbot.errors import FieldError, InvalidInput
from flavorbot.list_marks import unmarked_ingredients, unmarked_steps
from flavorbot.model import Recipe, Wish
from flavorbot.web.fields import printable
from flavorbot.web.schemas import CookedInput, RecipeInput, WishInput
from flavorbot.web.validation import parse
from flavorbot.writing import ingredient_lines, is_heading, read_ingredients, read_instructions

Values = dict[str, str | list[str]]
Errors = dict[str, str]

UNSHOWN = ("password", "current_password", "request_id", "next", "seed", "version")
CHECKBOXES = ("diets", "allergies", "eaters", "equipment")
# Sent by forms that show the allergies: what is not ticked there was unticked by the person.
SHOWN = "allergies_shown"
WISH_FIELDS = (*WishInput.model_fields, SHOWN)
COOKED_FIELDS = tuple(CookedInput.model_fields)
RECIPE_FIELDS = (*RecipeInput.model_fields, "version", "request_id")


def typed(names: Collection[str]) -> Values:
    """The fields of these names as they were sent; a text field sent several times, or in parts, becomes lines of one.

    The parts of a field are named `ingredients.0`, `ingredients.1` and so on: see templates/recipes/merged_field.html.
    """
    return {name: _typed(name) for name in names if name in request.form or f"{name}.0" in request.form}


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
        known = each.field.partition(".")[0] in fields
        errors.setdefault(each.field if known else "", []).append(each.message)
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
    lines = unmarked_ingredients(_lines(given, "ingredients"), ingredient_lines(before) if before else ())
    steps = unmarked_steps(_lines(given, "instructions"), [step.text for step in before.instructions] if before else ())
    places = {
        "ingredients": [place for place, line in enumerate(lines) if line and not is_heading(line)],
        "instructions": [place for place, step in enumerate(steps) if step],
    }
    given["ingredients"] = [lines[place] for place in places["ingredients"]]
    given["instructions"] = [steps[place] for place in places["instructions"]]
    try:
        recipe = parse(RecipeInput, given, strict=False).recipe()
    except InvalidInput as error:
        raise InvalidInput([_at_line(each, places.get(each.field, ())) for each in error.errors]) from None
    recipe = replace(recipe, ingredients=read_ingredients(lines, before), instructions=read_instructions(steps, before))
    if before and (recipe.prep_minutes, recipe.cook_minutes) == (before.prep_minutes, before.cook_minutes):
        return replace(recipe, total_minutes=before.total_minutes)
    return recipe


def _lines(given: Mapping[str, object], name: str) -> list[str]:
    return [line for line in str(given.get(name, "")).splitlines() if line.strip()]


def _at_line(error: FieldError, places: Sequence[int]) -> FieldError:
    """The error under the name of the line it is about, `ingredients.7`, counted as people count those filled in."""
    if error.entry is None or error.entry >= len(places):
        return error
    number = places[error.entry] + 1
    return FieldError(f"{error.field}.{number}", f"Line {number}, {error.message}")


def cooked_input(values: Values) -> CookedInput:
    """The form at the end of cooking; `InvalidInput`."""
    return parse(CookedInput, _given(values), strict=False)


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
    sent = [value.replace("\r\n", "\n") for value in (*request.form.getlist(name), *_parts(name))]
    return sent if name in CHECKBOXES else "\n".join(sent)


def _parts(name: str) -> Iterator[str]:
    names = (f"{name}.{number}" for number in count())
    yield from (request.form[part] for part in takewhile(request.form.__contains__, names))


def _given(values: Values) -> dict[str, object]:
    """Without what was left blank: it counts as not sent."""
    return {name: value for name, value in values.items() if (value.strip() if isinstance(value, str) else value)}


def _text(number: int | None) -> str:
    return "" if number is None else str(number)
