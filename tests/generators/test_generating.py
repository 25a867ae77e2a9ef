"""What `IGenerator.generate` promises."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from flavorbot.errors import InvalidInput
from flavorbot.generators import open_generator
from flavorbot.generators.builtin import BuiltInGenerator
from flavorbot.generators.builtin.request import read_request
from flavorbot.interfaces import IGenerator
from flavorbot.kitchen.reading import read_line
from flavorbot.kitchen.seasons import in_season
from flavorbot.model import Generated, Recipe, Wish
from flavorbot.settings import Settings
from tests.generators.wishes import ALL, EASY

MANY_WAYS = [wish for wish in EASY if len(wish.ingredients) >= 3 and "stewing beef" not in wish.ingredients]
THREE = Wish(ingredients=("chicken breast", "broccoli", "rice"))


def test_the_generator_keeps_its_contract() -> None:
    generator: IGenerator = open_generator(Settings())
    assert generator.name == "built-in"


def test_same_wish_and_seed_same_recipe(generator: BuiltInGenerator) -> None:
    for wish in ALL[::7]:
        assert generator.generate(wish) == BuiltInGenerator().generate(wish)


def test_no_seed_counts_as_zero(generator: BuiltInGenerator) -> None:
    assert generator.generate(THREE).recipe == generator.generate(replace(THREE, seed=0)).recipe


@pytest.mark.parametrize("wish", MANY_WAYS, ids=lambda wish: wish.ingredients[0])
def test_ten_seeds_give_many_dishes(generator: BuiltInGenerator, wish: Wish) -> None:
    recipes = [generator.generate(replace(wish, seed=seed)).recipe for seed in range(10)]
    assert len({(recipe.tags[0], frozenset(item.name for item in recipe.ingredients)) for recipe in recipes}) >= 8
    assert len({recipe.tags[0] for recipe in recipes}) >= 4


def test_titles_seldom_repeat(cooked: list[Generated]) -> None:
    titles = {each.recipe.title for each in cooked}
    assert len(titles) >= 0.85 * len(cooked)


def test_the_recipe_says_where_it_came_from(generator: BuiltInGenerator) -> None:
    recipe = generator.generate(THREE).recipe
    assert (recipe.source.kind, recipe.id, recipe.version) == ("built-in", None, 0)


def test_category_and_servings_are_kept(generator: BuiltInGenerator) -> None:
    recipe = generator.generate(Wish(category="dessert", servings=5)).recipe
    assert (recipe.category, recipe.servings) == ("dessert", 5)


def test_forbidden_food_is_replaced_and_told(generator: BuiltInGenerator) -> None:
    generated = generator.generate(Wish(ingredients=("chicken", "rice"), diets=("vegan",)))
    assert "vegan" in generated.recipe.diets
    assert [notice.kind for notice in generated.notices] == ["substituted"]


def test_unknown_food_is_left_out_and_told(generator: BuiltInGenerator) -> None:
    generated = generator.generate(Wish(ingredients=("flurble", "carrots")))
    assert [(notice.kind, notice.subject) for notice in generated.notices] == [("unknown", "flurble")]


def test_poison_among_foods_is_refused_by_name(generator: BuiltInGenerator) -> None:
    generated = generator.generate(Wish(ingredients=("bleach", "rice", "peas")))
    assert [(notice.kind, notice.subject) for notice in generated.notices] == [("hazard", "bleach")]


def test_unknown_cuisine_is_told(generator: BuiltInGenerator) -> None:
    generated = generator.generate(Wish(ingredients=("carrots",), cuisine="Klingon"))
    assert ("unknown", "Klingon") in [(notice.kind, notice.subject) for notice in generated.notices]


def test_a_named_kind_of_dish_is_made(generator: BuiltInGenerator) -> None:
    recipe = generator.generate(Wish(wish="I want a chicken soup")).recipe
    assert recipe.tags[0] == "soup"
    assert any("chicken" in item.name for item in recipe.ingredients)


def test_us_units_have_no_grams(generator: BuiltInGenerator) -> None:
    recipe = generator.generate(replace(THREE, units="us")).recipe
    assert {item.unit for item in recipe.ingredients}.isdisjoint({"g", "kg", "ml", "l"})
    assert not any("°C" in step.text for step in recipe.instructions)


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        (Wish(), "ingredients"),
        (Wish(ingredients=("bleach",)), "ingredients"),
        (Wish(ingredients=("flurble", "wibble")), "ingredients"),
        (Wish(ingredients=("stewing beef",), category="dinner", max_minutes=5), "max_minutes"),
        (Wish(ingredients=("carrots",), category="drink", equipment=("oven",)), "equipment"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(generator: BuiltInGenerator, wish: Wish, field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        generator.generate(wish)
    assert field in [error.field for error in caught.value.errors]


@pytest.mark.parametrize("said", ["leftover roast chicken", "cooked beef", "leftover pork chops"])
def test_leftovers_are_only_heated(generator: BuiltInGenerator, said: str) -> None:
    for seed in range(6):
        recipe = generator.generate(Wish(ingredients=(said, "peppers"), seed=seed)).recipe
        assert any(item.name.startswith("cooked") for item in recipe.ingredients)
        assert not re.search(r"no pink left|\braw\b|browned and cooked through", _steps(recipe))


def test_cooked_rice_is_heated_once(generator: BuiltInGenerator) -> None:
    made = generator.generate(Wish(ingredients=("leftover rice", "eggs", "peas")))
    assert "steaming hot" in _steps(made.recipe)
    assert any(notice.kind == "hazard" and "once only" in notice.message for notice in made.notices)


def test_what_is_in_season_is_likelier(generator: BuiltInGenerator) -> None:
    def of_summer(month: int) -> float:
        made = [generator.generate(Wish(ingredients=("eggs",), seed=seed, month=month)) for seed in range(40)]
        foods = [food for each in made for item in each.recipe.ingredients if (food := read_line(item.name).food)]
        known = [in_season(food, 7) for food in foods if in_season(food, 7) is not None]
        return sum(map(bool, known)) / len(known)

    assert of_summer(7) > of_summer(1) + 0.15


@pytest.mark.parametrize(
    "wish",
    [
        Wish(ingredients=("tripe", "carrots", "rice")),
        Wish(ingredients=("salt cod", "quorn", "carrots")),
        Wish(ingredients=("chicken breast", "broccoli"), max_minutes=13),
    ],
)
def test_what_cannot_be_cooked_sinks_nothing_else(generator: BuiltInGenerator, wish: Wish) -> None:
    made = generator.generate(wish)
    listed = {food.name for item in made.recipe.ingredients if (food := read_line(item.name).food)}
    told = {notice.subject for notice in made.notices if notice.kind == "unused"}
    assert {food.name for food in read_request(wish).foods} <= listed | told
    assert told


@pytest.mark.parametrize(("eater", "most"), [("infant", 1.4), ("young_child", 2.0)])
def test_small_children_get_little_salt(generator: BuiltInGenerator, eater: str, most: float) -> None:
    for foods in (("carrots", "chicken breast"), ("pasta", "tomatoes"), ("lentils", "rice"), ("ham", "peas")):
        recipe = generator.generate(Wish(ingredients=foods, eaters=(eater,))).recipe
        assert recipe.nutrition
        assert recipe.nutrition.salt_g <= most


def _steps(recipe: Recipe) -> str:
    return " ".join(step.text for step in recipe.instructions)
