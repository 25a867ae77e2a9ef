"""Nothing that breaks someone's needs is ever returned, whatever a model writes and wherever it writes it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flavorbot.generators.builtin.request import read_request
from flavorbot.generators.model import ModelGenerator
from flavorbot.kitchen.checker import check_recipe
from flavorbot.model import Generated, Instruction, Wish
from tests.generators.model.conftest import WISH, good_recipe, line, step
from tests.generators.model.server import Server, writes

CASES = (
    (replace(WISH, allergies=("peanuts",)), ("peanut", "peanut butter", "satay sauce", "groundnut oil")),
    (replace(WISH, allergies=("milk",)), ("butter", "cheddar", "ghee", "cream", "whey powder")),
    (replace(WISH, allergies=("eggs", "fish")), ("egg", "mayonnaise", "anchovy", "fish sauce", "Caesar dressing")),
    (replace(WISH, allergies=("gluten", "sesame")), ("soy sauce", "couscous", "tahini", "pasta", "beer")),
    (replace(WISH, allergies=("mustard", "celery")), ("mustard", "celery", "piccalilli", "vegetable stock")),
    (replace(WISH, exclude=("coriander", "kohlrabi leaves")), ("coriander leaf", "cilantro", "kohlrabi leaves")),
    (Wish(ingredients=("chickpeas", "rice", "broccoli"), diets=("vegan",)), ("chicken breast", "honey", "gelatine")),
    (Wish(ingredients=("oats", "banana"), eaters=("infant",)), ("honey", "whole almonds", "rum")),
    (replace(WISH, diets=("halal",)), ("bacon", "white wine", "mirin", "lard")),
)
PLACES = ("title", "summary", "list", "step", "prep", "swap", "everywhere")


def spoilt(name: str, place: str) -> dict[str, Any]:
    """The good recipe with a forbidden food at one place."""
    recipe = good_recipe()
    everywhere = place == "everywhere"
    if place == "title" or everywhere:
        recipe["title"] = f"Rice with {name}"
    if place == "summary" or everywhere:
        recipe["summary"] = f"Rich with {name}."
    if place in ("list", "swap") or everywhere:
        recipe["ingredients"].append(line(name, 50))
    if place in ("step", "swap") or everywhere:
        recipe["steps"].insert(3, step(f"Stir in the {name} and the garlic, then top with more {name}.", name))
    if place == "prep" or everywhere:
        recipe["ingredients"][1]["prep"] = f"tossed in {name}"
    return recipe


def holds(wish: Wish, made: Generated) -> bool:
    """Whether nothing speaks against it, the description and the notes of the list included."""
    recipe = made.recipe
    whole = replace(recipe, instructions=(*recipe.instructions, Instruction(text=recipe.description)))
    checked = check_recipe(whole, read_request(wish).needs)
    against = [
        finding
        for finding in checked.findings
        if finding.severity == "error" or finding.kind in ("allergen", "may_contain", "excluded")
    ]
    return not against and set(wish.diets) <= set(checked.diets)


@pytest.mark.parametrize(("wish", "forbidden"), CASES)
def test_a_forbidden_food_is_never_returned(
    model: ModelGenerator, server: Server, wish: Wish, forbidden: tuple[str, ...]
) -> None:
    for name in forbidden:
        for place in PLACES:
            server.answers = [writes(spoilt(name, place))]
            made = model.generate(wish)
            assert holds(wish, made), (name, place, made.recipe)
            told = f"{made.recipe.title} {made.recipe.description}".casefold()
            assert not re.search(rf"(?<!vegan )(?<!oat )(?<!-free )(?<!low-fodmap )\b{name.casefold()}\b", told)


def test_one_peanut_does_not_cost_the_recipe(model: ModelGenerator, server: Server) -> None:
    server.answers = [writes(spoilt("peanut butter", "everywhere"))]
    made = model.generate(replace(WISH, allergies=("peanuts",)))
    assert made.recipe.source.kind == "model"
    assert "peanut" not in repr(made.recipe)
    assert len(server.requests) == 1


words = st.sampled_from(
    "peanut butter|peanuts|the|and|stir in|garlic|rice|satay|nuts|without|no|chicken breast|until golden|for 5 minutes"
    "|groundnut|oil|sauce|with|.|, |serve|cook|bleach|raw egg|74 °C|<b>|broccoli|add|a pinch of|arachis oil".split("|")
)
sentences = st.lists(words, min_size=1, max_size=14).map(" ".join)
lines = st.builds(line, words, st.floats(), st.sampled_from(["g", "piece", "cup", ""]), sentences)
recipes = st.fixed_dictionaries(
    {
        "title": sentences,
        "summary": sentences,
        "ingredients": st.lists(lines, max_size=4).map(lambda extra: [*good_recipe()["ingredients"], *extra]),
        "steps": st.lists(st.builds(step, sentences, words), max_size=4).map(
            lambda extra: [*good_recipe()["steps"], *extra]
        ),
    }
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(recipes)
def test_no_heap_of_words_gets_a_peanut_through(model: ModelGenerator, server: Server, recipe: dict[str, Any]) -> None:
    wish = replace(WISH, allergies=("peanuts",))
    server.answers = [writes(json.loads(json.dumps(recipe).replace("Infinity", "0").replace("NaN", "0")))]
    made = model.generate(wish)
    assert holds(wish, made)
    assert not {"<", ">"} & set(repr([made.recipe.title, made.recipe.description, made.recipe.instructions]))


def test_text_is_never_markup_or_a_link(model: ModelGenerator, server: Server) -> None:
    bad = "<img src=x onerror=alert(1)> [x](javascript:alert(1)) https://evil.example/ {{7*7}}"
    recipe = good_recipe() | {"title": f"Rice {bad}", "summary": f"Warm {bad}"}
    recipe["steps"][3]["text"] += bad
    recipe["ingredients"][0]["prep"] = bad
    server.answers = [writes(recipe)]
    shown = repr(model.generate(WISH).recipe)
    for part in ("<", "onerror", "javascript:", "evil.example", "{{"):
        assert part not in shown.replace("<repr", "")
