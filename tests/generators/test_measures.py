"""How good the built-in generator's recipes are, over all wishes of `wishes.py`."""

from __future__ import annotations

import re
from statistics import median

from flavorbot.generators.builtin.request import read_request
from flavorbot.kitchen.checker import check_recipe
from flavorbot.kitchen.foods import Food
from flavorbot.kitchen.nutrition import weigh
from flavorbot.kitchen.reading import find_foods, read_line
from flavorbot.kitchen.strays import strays
from flavorbot.model import Generated, Recipe


def test_no_recipe_breaks_a_rule(cooked: list[Generated]) -> None:
    broken = [
        (each.recipe.title, finding.message)
        for each in cooked
        for finding in check_recipe(each.recipe, read_request(each.wish).needs).findings
        if finding.severity == "error"
    ]
    assert broken == []


def test_steps_name_every_ingredient(cooked: list[Generated]) -> None:
    forgotten = [(each.recipe.title, _listed(each.recipe) - _named(each.recipe)) for each in cooked]
    assert [entry for entry in forgotten if entry[1]] == []


def test_steps_name_nothing_unlisted(cooked: list[Generated]) -> None:
    found = [(each.recipe.title, _strays(each.recipe)) for each in cooked]
    assert [entry for entry in found if entry[1]] == []


def test_steps_are_few_and_readable(cooked: list[Generated]) -> None:
    lengths = [len(step.text.split()) for each in cooked for step in each.recipe.instructions]
    assert all(4 <= len(each.recipe.instructions) <= 10 for each in cooked)
    assert 10 <= median(lengths) <= 20
    assert max(lengths) <= 36


def test_sentences_have_no_loose_ends(cooked: list[Generated]) -> None:
    texts = [text for each in cooked for text in (each.recipe.title, each.recipe.description, *_texts(each.recipe))]
    assert [text for text in texts if re.search(r"[\[\]{}|]| ,|\.\.|  |\band and\b|, \.|as you serve", text)] == []


def test_times_add_up(cooked: list[Generated]) -> None:
    for each in cooked:
        recipe, minutes = each.recipe, [step.minutes or 0 for step in each.recipe.instructions]
        assert recipe.total_minutes == (recipe.prep_minutes or 0) + (recipe.cook_minutes or 0)
        assert max(minutes) <= (recipe.total_minutes or 0) <= sum(minutes)
        assert (recipe.total_minutes or 0) <= (each.wish.max_minutes or 999)


def test_meat_and_fish_state_their_temperature(cooked: list[Generated]) -> None:
    for each in cooked:
        needed = [food.safe_c for food in _foods(each.recipe) if food.safe_c and food.kind not in ("egg", "plant")]
        stated = [step.temperature_c or 0 for step in each.recipe.instructions]
        assert not needed or max(stated) >= max(needed), each.recipe.title


def test_mains_feed_a_person(cooked: list[Generated]) -> None:
    mains = [each.recipe.nutrition for each in cooked if each.recipe.category in ("lunch", "dinner")]
    assert all(mains)
    fed = [nutrition for nutrition in mains if nutrition and 300 <= nutrition.kcal <= 900]
    strong = [nutrition for nutrition in mains if nutrition and nutrition.protein_g >= 15]
    assert len(fed) >= 0.95 * len(mains)
    assert len(strong) >= 0.85 * len(mains)


def test_keto_stays_under_twelve_grams(cooked: list[Generated]) -> None:
    keto = [each.recipe.nutrition for each in cooked if "keto" in each.wish.diets]
    assert keto
    assert all(nutrition and nutrition.carbohydrate_g - nutrition.fibre_g <= 12 for nutrition in keto)


def test_amounts_lie_within_the_foods_range(cooked: list[Generated]) -> None:
    shares = [share for each in cooked for share in _shares(each.recipe)]
    absurd = [share for share in shares if not 0.4 <= share <= 2]
    assert len(absurd) <= 0.02 * len(shares)


def test_what_goes_together_is_used(cooked: list[Generated]) -> None:
    asked, used = 0, 0
    for each in cooked:
        names = {food.name for food in read_request(each.wish).foods}
        asked += len(names)
        used += len(names & _listed(each.recipe))
        told = {notice.subject for notice in each.notices}
        assert len(names - _listed(each.recipe)) <= len(told), each.recipe.title
    assert used >= 0.97 * asked


def _texts(recipe: Recipe) -> list[str]:
    return [step.text for step in recipe.instructions]


def _foods(recipe: Recipe) -> list[Food]:
    return [food for item in recipe.ingredients if (food := read_line(item.name).food)]


def _listed(recipe: Recipe) -> set[str]:
    return {food.name for food in _foods(recipe)}


def _named(recipe: Recipe) -> set[str]:
    text = " ".join(_texts(recipe))
    return {food.name for food in (*find_foods(text), *find_foods(text.replace(" juice", "")))}


def _strays(recipe: Recipe) -> set[str]:
    readings = [read_line(item.name) for item in recipe.ingredients]
    found = strays(readings, "", _texts(recipe))
    return {mention.entry.food.name for mention in found if mention.entry.food} - {"water"}


def _shares(recipe: Recipe) -> list[float]:
    """Each weighed line's grams a serving: 1 within the food's range, else the part of the bound that it misses."""
    found = []
    for item in recipe.ingredients:
        food, grams = weigh(item)
        if food and grams and food.serving_g and food.name != "salt":
            least, _, most = food.serving_g
            each = grams / recipe.servings
            found.append(each / least if each < least else each / most if each > most else 1.0)
    return found
