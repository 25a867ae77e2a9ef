"""Dishes that people know by name, and what a cuisine is known by."""

from __future__ import annotations

from collections import Counter

import pytest

from flavorbot.errors import InvalidInput
from flavorbot.generators.builtin import BuiltInGenerator
from flavorbot.generators.builtin.book import cuisines, formulas, tags
from flavorbot.generators.builtin.classics import classics, named_in
from flavorbot.generators.builtin.request import read_request
from flavorbot.kitchen.foods import foods
from flavorbot.kitchen.reading import read_line
from flavorbot.model import Recipe, Wish
from tests.generators.wishes import cooked

SEEDS = range(12)


def _foods(recipe: Recipe) -> set[str]:
    return {food.name for item in recipe.ingredients if (food := read_line(item.name).food)}


def test_every_classic_names_what_there_is() -> None:
    known = {word for name in foods() for word in tags(foods()[name])}
    for classic in classics():
        assert classic.formula in formulas()
        assert set(classic.foods) <= set(foods())
        assert not {word for group in classic.of for word in group} - known
        assert classic.cuisine is None or classic.cuisine in cuisines()


@pytest.mark.parametrize("classic", [each for each in classics() if each.names], ids=lambda each: each.names[0])
def test_a_dish_named_is_the_dish_cooked(classic: object) -> None:
    named = next(each for each in classics() if each is classic)
    wish = Wish(wish=f"please cook {named.names[0]} for 4")
    request = read_request(wish)
    assert request.classic is not None
    assert set(named.foods) <= {food.name for food in request.foods}
    recipe = BuiltInGenerator().generate(wish).recipe
    assert recipe.tags[0] == formulas()[named.formula].kind
    assert len(_foods(recipe) & set(named.foods)) >= 0.7 * len(named.foods)


@pytest.mark.parametrize(
    ("has", "cuisine", "kind"),
    [
        (("beef mince", "kidney beans", "tinned tomatoes"), None, "chilli"),
        (("lentils", "sweet potato", "spinach"), "Indian", "dal"),
        (("prawns", "coconut milk", "green beans"), "Thai", "curry"),
        (("eggs", "potatoes", "onion"), "Spanish", "frittata"),
        (("haddock", "leeks", "potatoes"), None, "pie"),
        (("rhubarb", "strawberries"), None, "crumble"),
        (("sausages", "potatoes"), None, "mash"),
        (("spaghetti", "bacon", "eggs"), None, "pasta"),
    ],
)
def test_what_everybody_would_cook_comes_most_often_and_not_alone(
    has: tuple[str, ...], cuisine: str | None, kind: str
) -> None:
    category = "dessert" if kind == "crumble" else None
    found = cooked([Wish(ingredients=has, cuisine=cuisine, category=category)], SEEDS)
    kinds = Counter(each.recipe.tags[0] for each in found)
    assert kinds.most_common(1)[0][0] == kind
    assert len(kinds) >= 2


def test_a_dish_that_is_not_wanted_is_not_cooked() -> None:
    found = cooked([Wish(wish="no paella please, something with rice and prawns")], SEEDS)
    assert all(each.recipe.tags[0] != "paella" for each in found)


def test_hummus_is_made_alone_and_bought_beside_other_things() -> None:
    assert read_request(Wish(wish="hummus")).classic is not None
    assert read_request(Wish(wish="a sandwich with hummus")).classic is None


def test_a_dish_with_its_meat_ruled_out_says_what_takes_its_place() -> None:
    answer = BuiltInGenerator().generate(Wish(wish="vegan paella"))
    assert answer.recipe.tags[0] == "paella"
    assert {"Chicken thigh", "Prawn"} <= {notice.message.split(" is ")[0] for notice in answer.notices}


def test_a_dish_we_do_not_know_is_refused_by_its_name() -> None:
    with pytest.raises(InvalidInput, match="We do not cook quiche yet"):
        BuiltInGenerator().generate(Wish(wish="quiche"))


@pytest.mark.parametrize(
    ("wish", "cut", "kind"),
    [
        ("beef chilli", "beef mince", "chilli"),
        ("lamb burgers", "lamb mince", "patties"),
        ("turkey burgers", "turkey mince", "patties"),
        ("beef tacos", "beef mince", "tacos"),
        ("beef bolognese", "beef mince", "ragù"),
        ("beef stir-fry", "beef steak", "stir-fry"),
        ("beef fried rice", "beef steak", "fried rice"),
        ("lamb kebabs", "lamb chop", "grill"),
        ("roast beef", "roasting beef", "roast"),
        ("beef stew", "stewing beef", "casserole"),
        ("steak tacos", "beef steak", "tacos"),
        ("a stir-fry of turkey breasts", "turkey breast", "stir-fry"),
    ],
)
def test_meat_without_a_cut_is_the_one_for_the_dish(wish: str, cut: str, kind: str) -> None:
    answer = BuiltInGenerator().generate(Wish(wish=wish, seed=1))
    assert answer.recipe.tags[0] == kind
    assert cut in _foods(answer.recipe)
    assert len([notice for notice in answer.notices if "beef mince" in notice.message]) <= 1


@pytest.mark.parametrize("wish", ["braising steak chilli", "chicken breasts burgers", "lamb shoulder tacos"])
def test_a_cut_that_is_named_is_not_taken_for_another(wish: str) -> None:
    assert not any("mince" in food.name for food in read_request(Wish(wish=wish)).foods)


def test_names_within_words_are_no_dishes() -> None:
    assert named_in("a phoenix of a dinner") is None


@pytest.mark.parametrize("name", [name for name, cuisine in cuisines().items() if cuisine.signature])
def test_a_cuisine_asked_for_can_be_tasted(name: str) -> None:
    """Of the first list of its signature, nearly every savoury dish has a food."""
    cuisine = cuisines()[name]
    wishes = [
        Wish(ingredients=("chicken thighs", "carrots"), cuisine=name),
        Wish(ingredients=("tofu", "spinach"), cuisine=name),
    ]
    found = [_foods(each.recipe) & set(cuisine.signature[0]) for each in cooked(wishes, SEEDS)]
    assert sum(bool(each) for each in found) >= 0.85 * len(found)


@pytest.mark.parametrize(
    ("wish", "kinds"), [("a pasta salad", {"pasta salad"}), ("chicken noodle soup", {"noodle soup"})]
)
def test_the_longer_name_of_a_kind_is_meant(wish: str, kinds: set[str]) -> None:
    assert read_request(Wish(wish=wish)).kinds == kinds


@pytest.mark.parametrize(
    ("wish", "kind"),
    [
        (Wish(ingredients=("rice", "mushrooms", "parmesan")), "one-pot grains"),
        (Wish(ingredients=("pearl barley", "mushrooms", "thyme")), "one-pot grains"),
        (Wish(ingredients=("bread", "eggs", "milk"), category="breakfast"), "french toast"),
        (Wish(ingredients=("tofu", "pak choi", "soy sauce", "ginger")), "stir-fry"),
        (Wish(ingredients=("carrots", "spinach", "onions"), diets=("vegan",)), "dal"),
    ],
)
def test_a_known_dish_comes_more_often_than_any_other(wish: Wish, kind: str) -> None:
    kinds = Counter(each.recipe.tags[0] for each in cooked([wish], range(10)))
    assert kinds[kind] == max(kinds.values()), kinds


def test_pakoras_need_neither_egg_nor_wheat() -> None:
    wish = Wish(ingredients=("onions", "spinach"), wish="onion bhajis", diets=("vegan", "gluten_free"))
    for each in cooked([wish], SEEDS):
        assert each.recipe.tags[0] == "fritters"
        assert {"chickpea flour", "cumin"} <= _foods(each.recipe)


def test_a_dish_without_anything_from_far_away_is_left_out_of_the_choice() -> None:
    found = cooked([Wish(ingredients=("halloumi", "peppers", "couscous"))], range(10))
    assert all(each.recipe.tags[0] not in ("dal", "curry") for each in found)


@pytest.mark.parametrize("grain", ["bulgur", "rice", "quinoa", "pasta", "potatoes"])
def test_a_salad_of_a_grain_has_the_grain(grain: str) -> None:
    for made in cooked([Wish(ingredients=(grain, "tomatoes"), wish=f"{grain} salad")], SEEDS):
        assert "salad" in made.recipe.tags[0]
        assert any(grain[:5] in item.name for item in made.recipe.ingredients), made.recipe.title


@pytest.mark.parametrize("cuisine", ["japanese", "korean", "thai"])
def test_a_bowl_of_the_east_has_no_olive_oil(cuisine: str) -> None:
    for made in cooked([Wish(ingredients=("salmon", "rice"), cuisine=cuisine)], SEEDS):
        assert "olive oil" not in {item.name for item in made.recipe.ingredients}, made.recipe.title
