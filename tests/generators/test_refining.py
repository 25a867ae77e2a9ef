"""What `IGenerator.refine` promises, by comparing the recipe before with the one after."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from flavorbot.errors import InvalidInput
from flavorbot.generators.builtin import BuiltInGenerator
from flavorbot.generators.builtin.measuring import holds
from flavorbot.generators.builtin.qualities import qualities
from flavorbot.kitchen.checker import check_recipe
from flavorbot.kitchen.foods import Food
from flavorbot.kitchen.groups import covers
from flavorbot.kitchen.needs import Needs
from flavorbot.kitchen.reading import read_line
from flavorbot.model import Generated, Recipe, Wish

WISH = Wish(ingredients=("chicken thighs", "peppers", "rice"), seed=3)
WISHES = (
    WISH,
    Wish(ingredients=("pasta", "mushrooms", "cream"), seed=1),
    Wish(ingredients=("salmon", "potatoes"), seed=2, allergies=("nuts",)),
    Wish(ingredients=("chickpeas", "spinach"), diets=("vegetarian",), exclude=("celery",), seed=5),
    Wish(ingredients=("apples", "oats"), category="dessert", seed=1),
)
RELATIVE = {
    "less salt": "low_salt",
    "lighter": "light",
    "more protein": "protein",
    "less fat": "low_fat",
    "quicker": "quick",
    "spicier": "hot",
    "milder": "mild",
    "more vegetables": "vegetables",
    "creamier": "creamy",
    "crunchier": "crunchy",
    "more sauce": "saucy",
    "less sweet": "less_sweet",
    "cheaper": "cheap",
    "simpler": "simple",
    "bigger portions": "big",
    "plus vite": "quick",
    "weniger Salz": "low_salt",
    "spicer": "hot",
}
DIETARY = {
    "vegan": "vegan",
    "vegetarisch": "vegetarian",
    "sin gluten": "gluten_free",
    "dairy free": "dairy_free",
    "make it halal": "halal",
    "low carb": "low_carb",
}
ANYTHING = (
    *RELATIVE, *DIETARY, "for 6", "no oven", "in the air fryer", "one pot", "swap the rice", "without onion",
    "add spinach", "swap the chicken for prawns", "I'm out of cream", "make it Thai", "as a soup", "for kids",
    "for my baby", "I'm pregnant", "something else", "vegan with chicken", "for 4, quicker and without onion",
    "ohne Zwiebeln",
)  # fmt: skip


@pytest.fixture(scope="module")
def dish(generator: BuiltInGenerator) -> Generated:
    return generator.generate(WISH)


@pytest.fixture(scope="module")
def dishes(generator: BuiltInGenerator) -> list[Generated]:
    return [generator.generate(wish) for wish in WISHES]


def _refined(generator: BuiltInGenerator, dish: Generated, instruction: str) -> Generated:
    return generator.refine(dish.wish, dish.recipe, instruction)


def _chillies(made: Generated) -> float:
    return sum(item.quantity or 0 for item in made.recipe.ingredients if "chilli" in item.name)


def _tried(generator: BuiltInGenerator, dish: Generated, instruction: str) -> Generated | None:
    """What comes of it; None for a refusal, which must stand at the only field there is."""
    fields: set[str] = set()
    try:
        return _refined(generator, dish, instruction)
    except InvalidInput as refused:
        fields = {error.field for error in refused.errors}
    assert fields == {"instruction"}
    return None


def _names(generated: Generated) -> str:
    return ", ".join(item.name for item in generated.recipe.ingredients)


def _foods(recipe: Recipe) -> list[Food]:
    return [food for item in recipe.ingredients if (food := read_line(item.name).food)]


def _messages(generated: Generated) -> list[str]:
    return [notice.message for notice in generated.notices]


def _refusal(generator: BuiltInGenerator, dish: Generated, instruction: str) -> str:
    with pytest.raises(InvalidInput) as caught:
        _refined(generator, dish, instruction)
    return caught.value.errors[0].message


@pytest.mark.parametrize("instruction", RELATIVE)
def test_a_quality_comes_about_or_is_refused(
    generator: BuiltInGenerator, dishes: list[Generated], instruction: str
) -> None:
    tried = [(each, _tried(generator, each, instruction)) for each in dishes]
    done = [(before, after) for before, after in tried if after]
    assert done
    assert all(holds(after.recipe, qualities()[RELATIVE[instruction]], before.recipe) for before, after in done)


@pytest.mark.parametrize("instruction", DIETARY)
def test_a_diet_is_kept(generator: BuiltInGenerator, dishes: list[Generated], instruction: str) -> None:
    found = [after for each in dishes if (after := _tried(generator, each, instruction))]
    assert len(found) >= 4
    assert all(DIETARY[instruction] in after.recipe.diets for after in found)


@pytest.mark.parametrize("instruction", ANYTHING)
def test_needs_stay_in_force(generator: BuiltInGenerator, dishes: list[Generated], instruction: str) -> None:
    for before in dishes:
        if after := _tried(generator, before, instruction):
            wish = after.wish
            for name in ("diets", "allergies", "exclude", "eaters"):
                assert set(getattr(before.wish, name)) <= set(getattr(wish, name))
            needs = Needs(diets=wish.diets, allergies=wish.allergies, exclude=wish.exclude, eaters=wish.eaters)
            assert not [each for each in check_recipe(after.recipe, needs).findings if each.severity == "error"]


@pytest.mark.parametrize("instruction", ANYTHING)
def test_what_is_told_is_so(generator: BuiltInGenerator, dishes: list[Generated], instruction: str) -> None:
    for before in dishes:
        if after := _tried(generator, before, instruction):
            told = " ".join(_messages(after))
            old, new = ({item.name for item in each.recipe.ingredients} for each in (before, after))
            for said in re.findall(r"Left out: ([^.:]*)\.", told):
                assert not new & set(re.split(r", | and ", said))
            for said in re.findall(r"(?:New in it: |Added )([^.]*)\.", told):
                assert set(re.split(r", | and ", said)) <= new
            for gone, come in re.findall(r"Swapped ([^.]*?) for ([^.,]*)[.,]", told):
                assert set(re.split(r", | and ", gone)) <= old - new
                assert set(re.split(r", | and ", come)) <= new
            if after.recipe != before.recipe:
                assert told


@pytest.mark.parametrize(("instruction", "servings"), [("for 6", 6), ("double it", 4), ("just for me", 1)])
def test_other_servings_are_the_same_recipe(
    generator: BuiltInGenerator, dishes: list[Generated], instruction: str, servings: int
) -> None:
    for before in dishes:
        after = _refined(generator, before, instruction).recipe
        assert (after.servings, after.title) == (servings, before.recipe.title)
        assert _foods(after) == _foods(before.recipe)
        assert len(after.instructions) == len(before.recipe.instructions)
        if after.nutrition and before.recipe.nutrition:
            assert after.nutrition.kcal == pytest.approx(before.recipe.nutrition.kcal, rel=0.15)


def test_servings_in_the_text_do_not_come_back(generator: BuiltInGenerator) -> None:
    first = generator.generate(replace(WISH, wish="chicken soup for 2"))
    six = _refined(generator, first, "for 6")
    assert _refined(generator, six, "less salt").recipe.servings == 6
    assert _refined(generator, six, "as a salad").recipe.tags[0].endswith("salad")


def test_quicker_takes_less_time(generator: BuiltInGenerator, dish: Generated) -> None:
    assert (_refined(generator, dish, "quicker").recipe.total_minutes or 0) < (dish.recipe.total_minutes or 0)


def test_the_quickest_is_not_made_quicker(generator: BuiltInGenerator) -> None:
    made = generator.generate(Wish(ingredients=("bread", "cheddar"), max_minutes=5, seed=1))
    while quicker := _tried(generator, made, "quicker"):
        made = quicker
    assert "already the quickest" in _refusal(generator, made, "quicker")


def test_vegan_swaps_the_meat(generator: BuiltInGenerator, dish: Generated) -> None:
    refined = _refined(generator, dish, "vegan")
    assert "vegan" in refined.recipe.diets
    assert refined.recipe.tags[0] == dish.recipe.tags[0]


def test_spicier_adds_something_hot(generator: BuiltInGenerator, dish: Generated) -> None:
    hot = _refined(generator, dish, "spicier")
    assert _chillies(hot) > _chillies(dish)
    assert "chilli" not in _names(_refined(generator, hot, "milder"))


@pytest.mark.parametrize(
    "instruction",
    [
        "swap the chicken for prawns",
        "replace the chicken with prawns, please",
        "use prawns instead of chicken",
        "instead of chicken use prawns",
        "Garnelen statt Huhn",
        "same but with prawns",
    ],
)
def test_swapping_brings_the_other_food(generator: BuiltInGenerator, dish: Generated, instruction: str) -> None:
    refined = _refined(generator, dish, instruction)
    assert "prawn" in _names(refined)
    assert "chicken" not in _names(refined)


def test_a_swap_may_be_taken_back(generator: BuiltInGenerator, dish: Generated) -> None:
    there = _refined(generator, dish, "swap the chicken for prawns")
    back = _refined(generator, there, "swap the prawns for chicken")
    assert "chicken" in _names(back)
    assert "prawn" not in _names(back)


@pytest.mark.parametrize(
    "instruction", ["swap the rice", "I'm out of rice", "with noodles", "swap rice for something else"]
)
def test_something_stands_in_for_the_rice(generator: BuiltInGenerator, instruction: str) -> None:
    dish = generator.generate(replace(WISH, wish="a stir-fry"))
    refined = _refined(generator, dish, instruction)
    assert "rice" not in [food.name for food in _foods(refined.recipe)]
    assert any(message.startswith("Swapped rice for ") for message in _messages(refined))
    assert refined.recipe.tags[0] == dish.recipe.tags[0]


@pytest.mark.parametrize("instruction", ["without rice", "no rice", "leave out the rice", "withuot rice", "sans riz"])
def test_without_leaves_a_food_out(generator: BuiltInGenerator, dish: Generated, instruction: str) -> None:
    assert not any(covers("rice", food) for food in _foods(_refined(generator, dish, instruction).recipe))


def test_more_and_less_change_the_amounts_alone(generator: BuiltInGenerator, dish: Generated) -> None:
    refined = _refined(generator, dish, "more chicken, less rice")
    assert (refined.recipe.title, len(refined.recipe.ingredients)) == (dish.recipe.title, len(dish.recipe.ingredients))
    assert _messages(refined) == ["More chicken.", "Less rice."]
    assert refined.recipe.ingredients[0].quantity > dish.recipe.ingredients[0].quantity  # type: ignore[operator]


def test_no_oven_is_remembered(generator: BuiltInGenerator, dish: Generated) -> None:
    assert "oven" not in _refined(generator, dish, "no oven").wish.equipment


def test_every_change_is_told(generator: BuiltInGenerator, dish: Generated) -> None:
    assert _messages(_refined(generator, dish, "for 4 and vegetarian"))[:2] == ["Now for 4.", "Now vegetarian."]


def test_another_recipe_is_another_dish(generator: BuiltInGenerator, dish: Generated) -> None:
    other = _refined(generator, dish, "something else").recipe
    assert other.title != dish.recipe.title
    assert other.tags[0] != dish.recipe.tags[0]


def test_nonsense_is_refused(generator: BuiltInGenerator, dish: Generated) -> None:
    assert "blargh" in _refusal(generator, dish, "blargh")


def test_half_a_sense_is_told(generator: BuiltInGenerator, dish: Generated) -> None:
    refined = _refined(generator, dish, "for 4 and blargh")
    assert [notice.subject for notice in refined.notices if notice.kind == "unknown"] == ["blargh"]


@pytest.mark.parametrize("instruction", ["vegan with chicken", "spicier and milder", "add nuts"])
def test_contradictions_are_named(generator: BuiltInGenerator, dishes: list[Generated], instruction: str) -> None:
    before = dishes[2]
    try:
        told = _messages(_refined(generator, before, instruction))
    except InvalidInput as refused:
        told = [error.message for error in refused.errors]
    assert any(re.search(r"is not vegan|at once|contain nuts", message) for message in told)


def test_fewer_ingredients_are_fewer(generator: BuiltInGenerator) -> None:
    wish = Wish(ingredients=("chicken breast", "peppers"), seed=2)
    recipe = generator.generate(wish).recipe
    simpler = generator.refine(wish, recipe, "fewer ingredients")
    assert len(simpler.recipe.ingredients) < len(recipe.ingredients)
    assert [notice.subject for notice in simpler.notices] == ["ingredients"]


def test_more_people_than_we_cook_for_are_told(generator: BuiltInGenerator, dish: Generated) -> None:
    refined = _refined(generator, dish, "for 60")
    assert refined.recipe.servings == 24
    assert [notice.kind for notice in refined.notices if "60" in notice.message] == ["conflict"]


def test_there_is_another_soup_of_whatever_makes_only_one_kind(generator: BuiltInGenerator) -> None:
    for seed in range(12):
        dish = generator.generate(Wish(ingredients=("rice", "eggs"), seed=seed))
        soup = generator.refine(dish.wish, dish.recipe, "as a soup")
        other = generator.refine(replace(soup.wish, seed=7 * seed + 1), soup.recipe, "something else")
        assert "soup" in other.recipe.tags[0]
        assert other.recipe.title != soup.recipe.title
