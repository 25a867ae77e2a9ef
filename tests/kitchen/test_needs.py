"""Which foods suit which needs."""

from __future__ import annotations

import pytest

from flavorbot.kitchen.diets import meets
from flavorbot.kitchen.foods import Food, foods
from flavorbot.kitchen.needs import Needs, allowed, why_not
from flavorbot.model import ALLERGENS, DIETS


def food(name: str) -> Food:
    return foods()[name]


@pytest.mark.parametrize(
    ("name", "diet", "answer"),
    [
        ("carrot", "vegan", True), ("honey", "vegan", False), ("parmesan", "vegetarian", False),
        ("cheddar", "vegetarian", True), ("egg", "vegetarian", True), ("chicken stock", "pescatarian", False),
        ("salmon", "pescatarian", True), ("oats", "gluten_free", False), ("gluten-free oats", "gluten_free", True),
        ("ghee", "dairy_free", False), ("lactose-free milk", "dairy_free", False), ("peanut", "nut_free", False),
        ("almond", "nut_free", False), ("tofu", "soy_free", False), ("bacon", "halal", False),
        ("white wine", "halal", False), ("gelatine", "halal", None), ("chicken breast", "halal", True),
        ("prawn", "kosher", False), ("squid", "kosher", False), ("salmon", "kosher", True),
        ("garlic", "low_fodmap", False), ("rice", "paleo", False), ("peanut", "paleo", False),
        ("rice", "keto", False), ("potato", "keto", False), ("salmon", "keto", True),
        ("dark chocolate", "vegan", None), ("white wine", "vegan", None), ("sugar", "vegan", None),
    ],
)  # fmt: skip
def test_diets_follow_the_rules(name: str, diet: str, answer: bool | None) -> None:
    assert meets(food(name), diet) is answer


def test_no_vegan_food_contains_anything_animal() -> None:
    animal = {"milk", "eggs", "fish", "crustaceans", "molluscs"}
    assert not [item.name for item in foods().values() if meets(item, "vegan") and (item.contains | item.may) & animal]


def test_vegan_foods_are_vegetarian_and_dairy_free() -> None:
    vegan = [item for item in foods().values() if meets(item, "vegan")]
    assert all(meets(item, diet) for item in vegan for diet in ("vegetarian", "dairy_free", "egg_free"))


@pytest.mark.parametrize("allergen", ALLERGENS)
def test_nothing_allowed_contains_or_may_contain_the_allergen(allergen: str) -> None:
    suiting = [item for item in foods().values() if allowed(item, Needs(allergies=(allergen,)))]
    assert suiting
    assert not [item.name for item in suiting if allergen in item.contains | item.may]


@pytest.mark.parametrize("diet", DIETS)
def test_every_diet_leaves_something_to_cook(diet: str) -> None:
    assert len([item for item in foods().values() if allowed(item, Needs(diets=(diet,)))]) > 50


@pytest.mark.parametrize(
    ("word", "barred", "left"),
    [
        ("seafood", "prawn", "chicken breast"), ("meat", "bacon", "salmon"), ("dairy", "butter", "coconut milk"),
        ("milk", "milk", "coconut milk"), ("mushrooms", "shiitake mushroom", "carrot"), ("nuts", "almond", "nutmeg"),
        ("oyster", "oyster sauce", "oyster mushroom"), ("butter", "butter", "peanut butter"),
        ("chicken", "chicken stock", "chicken-of-the-woods"), ("onions", "red onion", "garlic"),
        ("shellfish", "mussel", "salmon"), ("alcohol", "white wine", "red wine vinegar"),
        ("eggs", "mayonnaise", "aubergine"), ("beans", "black bean", "rice"),
    ],
)  # fmt: skip
def test_exclusions_cover_what_people_mean(word: str, barred: str, left: str) -> None:
    assert not allowed(food(barred), Needs(exclude=(word,)))
    assert allowed(food(left), Needs(exclude=(word,)))


def test_the_reason_names_the_hidden_source() -> None:
    reason = why_not(food("worcestershire sauce"), Needs(allergies=("fish",)))
    assert reason is not None
    assert "anchovies" in reason


def test_allergies_may_be_in_a_persons_words() -> None:
    assert not allowed(food("prawn"), Needs(allergies=("shellfish",)))
    assert not allowed(food("kiwi"), Needs(allergies=("kiwi",)))


def test_no_needs_allow_everything() -> None:
    assert all(why_not(item, Needs()) is None for item in foods().values())


@pytest.mark.parametrize("name", ["salt", "soy sauce", "bacon", "chicken stock", "miso"])
def test_babies_get_nothing_salty(name: str) -> None:
    assert not allowed(foods()[name], Needs(eaters=("infant",)))
    assert "salty" in (why_not(foods()[name], Needs(eaters=("infant",))) or "")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("feta", "salty"), ("soy sauce", "salty"), ("stock cube", "salty"), ("sugar", "sugar"),
        ("maple syrup", "sugar"), ("agave syrup", "sugar"), ("apple juice", "sugar"), ("milk chocolate", "sugar"),
        ("chilli", "hot"), ("chilli powder", "hot"), ("curry powder", "hot"), ("pine nut", "choke"),
        ("almond", "choke"), ("pumpkin seed", "choke"), ("cherry tomato", "choke"), ("honey", "botulism"),
    ],
)  # fmt: skip
def test_what_babies_must_not_have_is_told(name: str, why: str) -> None:
    assert why in (why_not(food(name), Needs(eaters=("infant",))) or "")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("soy sauce", "salty"), ("vegetable stock", "salty"), ("miso", "salty"), ("chilli", "hot"),
        ("hot sauce", "salty"), ("red curry paste", "hot"), ("pine nut", "choke"), ("popcorn", "choke"),
    ],
)  # fmt: skip
def test_what_small_children_should_not_have_is_told(name: str, why: str) -> None:
    assert why in (why_not(food(name), Needs(eaters=("young_child",))) or "")


@pytest.mark.parametrize(
    "name", ["salt", "baking powder", "cheddar", "paprika", "curry powder", "ground almonds", "jam"]
)
def test_small_children_get_what_they_may_eat(name: str) -> None:
    assert allowed(food(name), Needs(eaters=("young_child",)))


def test_an_allergy_bars_all_that_its_word_means() -> None:
    for name in ("pumpkin seed", "sesame seed", "sunflower seed"):
        assert not allowed(food(name), Needs(allergies=("seeds",)))
    assert not allowed(food("chicken stock"), Needs(allergies=("garlic",)))


@pytest.mark.parametrize("name", ["maple syrup", "agave syrup", "honey", "sugar", "molasses"])
@pytest.mark.parametrize("diet", ["low_carb", "keto"])
def test_no_syrup_is_low_in_carbohydrate(name: str, diet: str) -> None:
    assert meets(food(name), diet) is False


def test_fruit_may_be_part_of_a_low_carb_dish() -> None:
    assert meets(food("strawberry"), "low_carb")
    assert meets(food("blueberry"), "low_carb")


@pytest.mark.parametrize(
    "name",
    ["cheddar", "wholemeal bread", "chicken breast", "carrot", "egg", "lentil", "salmon", "oats", "chickpea", "raisin",
     "cumin", "paprika", "peanut butter", "yogurt", "rice", "tofu"],
)  # fmt: skip
def test_babies_get_what_babies_eat(name: str) -> None:
    assert allowed(foods()[name], Needs(eaters=("infant",)))
