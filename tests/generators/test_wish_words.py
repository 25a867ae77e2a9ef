"""What the words of a wish come to in a recipe, and what of them the person is told."""

from __future__ import annotations

import pytest

from flavorbot.generators import open_generator
from flavorbot.generators.builtin.measuring import holds
from flavorbot.generators.builtin.qualities import qualities
from flavorbot.kitchen.foods import foods
from flavorbot.kitchen.needs import Needs, allowed
from flavorbot.kitchen.reading import read_line
from flavorbot.model import Generated, Wish
from flavorbot.settings import Settings


def cooked(ingredients: tuple[str, ...], text: str = "", exclude: tuple[str, ...] = ()) -> Generated:
    return open_generator(Settings()).generate(Wish(ingredients=ingredients, wish=text, exclude=exclude, seed=1))


def fits(generated: Generated, needs: Needs) -> bool:
    read = [read_line(item.name).food for item in generated.recipe.ingredients]
    return all(food and allowed(foods()[food.name], needs) for food in read)


@pytest.mark.parametrize(
    ("ingredients", "text", "needs"),
    [
        (("pasta", "cream", "chicken breast"), "gluten- and dairy-free", Needs(diets=("gluten_free", "dairy_free"))),
        (("tofu", "soy sauce", "rice"), "soy makes me ill", Needs(allergies=("soybeans",))),
        (("almonds", "apples"), "nuts are a no-go", Needs(exclude=("nuts",))),
        (("chilli", "rice"), "no chilli", Needs(exclude=("chilli",))),
        (("beef mince", "rice"), "no meat today", Needs(diets=("vegetarian",))),
    ],
)
def test_nothing_that_the_words_bar_is_cooked(ingredients: tuple[str, ...], text: str, needs: Needs) -> None:
    assert fits(cooked(ingredients, text), needs)


@pytest.mark.parametrize("text", ["Jain", "я люблю суп", "my body rejects eggs", "fructose intolerance"])
def test_words_not_understood_are_told(text: str) -> None:
    assert [notice for notice in cooked(("rice", "peas"), text).notices if notice.kind == "unknown"]


def test_a_mended_word_is_told() -> None:
    messages = [notice.message for notice in cooked(("carrots",), "vegn").notices]
    assert "We read “vegn” as vegan." in messages


@pytest.mark.parametrize("entry", ["nut allergy", "anything with nuts", "allergic to nuts"])
def test_an_exclusion_may_be_a_sentence(entry: str) -> None:
    assert fits(cooked(("almonds", "rice"), exclude=(entry,)), Needs(exclude=("nuts",)))


def test_an_exception_is_cooked() -> None:
    recipe = cooked(("coconut milk", "rice"), "no nuts, except coconut").recipe
    assert "coconut milk" in [item.name for item in recipe.ingredients]


def test_a_refinement_tells_what_it_did_not_understand() -> None:
    first = cooked(("rice", "peas"))
    refined = open_generator(Settings()).refine(first.wish, first.recipe, "no nuts, zork diet")
    assert any("zork" in notice.subject for notice in refined.notices)


@pytest.mark.parametrize(
    ("text", "quality"),
    [
        ("something light", "light"),
        ("low salt please", "low_salt"),
        ("high protein", "protein"),
        ("a one pot dinner", "one_pot"),
        ("something crunchy", "crunchy"),
        ("cheap", "cheap"),
        ("spicy", "hot"),
        ("not too spicy", "mild"),
        ("few ingredients", "simple"),
        ("healthy and creamy", "creamy"),
        ("lots of vegetables", "vegetables"),
        ("without cooking", "no_cook"),
    ],
)
def test_a_quality_is_met_or_told(text: str, quality: str) -> None:
    for foods_given in (("chicken breast", "peppers"), ("salmon", "potatoes"), ("chickpeas",)):
        made = cooked(foods_given, text)
        told = [notice.subject for notice in made.notices if notice.kind == "conflict"]
        assert holds(made.recipe, qualities()[quality]) or quality in told


def test_food_at_hand_is_not_left_out_for_its_price() -> None:
    made = cooked(("salmon", "potatoes"), "cheap")
    assert "salmon" in [item.name for item in made.recipe.ingredients]
    assert "cheap" in [notice.subject for notice in made.notices]


@pytest.mark.parametrize(("text", "tool"), [("in the air fryer", "air-fryer"), ("slow cooker", "slow-cooker")])
def test_the_appliance_named_is_used(text: str, tool: str) -> None:
    assert cooked(("chicken thighs", "carrots"), text).recipe.tags[0].startswith(tool)


@pytest.mark.parametrize("wish", ["hash", "a compote", "pilaf", "fritters", "ragu", "ragù", "hearty stew"])
def test_kinds_of_dishes_are_understood(wish: str) -> None:
    made = cooked((), wish)
    assert not [notice.message for notice in made.notices if notice.kind == "unknown"]


def test_what_stands_beside_a_kind_of_dish_is_still_told() -> None:
    made = cooked((), "fritters with glorp")
    assert [notice.subject for notice in made.notices if notice.kind == "unknown"] == ["glorp"]
