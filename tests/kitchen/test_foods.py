"""The food table: complete, consistent, and safe to decide diets and allergies by."""

from __future__ import annotations

import time
from collections.abc import Iterator
from importlib import resources

import pytest

from flavorbot.kitchen.foods import Food, foods, read_shelf
from flavorbot.kitchen.text import fold
from flavorbot.model import ALLERGENS, DIETS

ROLES = {
    "protein", "starch", "hard", "medium", "soft", "leafy", "aromatic", "mushroom", "fruit", "fat", "acid",
    "liquid", "dairy", "cheese", "spice", "herb", "seasoning", "sweet", "nut", "binder", "condiment", "garnish",
    "drink",
}  # fmt: skip
VEGAN_KINDS = {"plant", "fungus", "mineral", "water"}
MEAT_KINDS = {"pork", "beef", "lamb", "game", "rabbit", "poultry", "mixed_meat"}
KINDS = VEGAN_KINDS | MEAT_KINDS | {
    "milk", "egg", "honey", "fish", "scaleless", "crustacean", "mollusc", "insect", "gelatine", "unsure",
}  # fmt: skip
FLAGS = {
    "grain", "pulse", "legume", "refined_sugar", "starchy", "sugary", "fodmap", "alcohol", "maybe_alcohol",
    "rennet", "blood", "offal", "raw_milk", "raw_egg", "mercury", "choking", "oats_ok", "toxic_raw",
    "maybe_meat",
}  # fmt: skip
CUISINES = {
    "african", "american", "brazilian", "british", "caribbean", "chinese", "eastern_european", "ethiopian", "french",
    "german", "greek", "indian", "indonesian", "italian", "japanese", "korean", "mexican", "middle_eastern", "moroccan",
    "nordic", "spanish", "thai", "turkish", "vietnamese",
}  # fmt: skip
METHODS = {"boil", "steam", "fry", "roast", "simmer", "bake", "grill", "microwave", "raw"}
OVEN = {"roast", "bake"}
ANIMAL_ALLERGENS = frozenset({"crustaceans", "eggs", "fish", "milk", "molluscs"})
LOW_CARB_BARS = {"grain", "pulse", "refined_sugar", "starchy", "sugary"}
TREE_NUTS = {
    "almond", "cashew", "walnut", "hazelnut", "pecan", "pistachio", "pine nut", "macadamia nut", "brazil nut",
    "ground almonds", "almond butter", "marzipan", "almond milk", "chocolate hazelnut spread", "dukkah", "romesco",
}  # fmt: skip
NOT_NUTS = {
    "chestnut",
    "coconut",
    "nutmeg",
    "water chestnut",
    "tiger nut",
    "butternut squash",
    "coconut milk",
    "shea butter",
}
TABLE = foods()


def each(**wanted: object) -> Iterator[Food]:
    return (food for food in TABLE.values() if all(getattr(food, name) == value for name, value in wanted.items()))


def named(wrong: Iterator[str]) -> list[str]:
    return sorted(wrong)


def test_the_table_is_as_large_as_promised() -> None:
    assert len(TABLE) >= 600
    assert sum(len(food.aliases) for food in TABLE.values()) >= 1500


def test_each_file_names_its_source() -> None:
    for file in resources.files("flavorbot.kitchen").joinpath("data").iterdir():
        if file.name.endswith(".csv"):
            first = file.read_text(encoding="utf-8").split("\n", 1)[0]
            assert first.startswith("#"), file.name
            assert "USDA FoodData Central" in first, file.name
            assert "1169/2011" in first, file.name


@pytest.mark.parametrize(("cell", "allowed"), [("contains", set(ALLERGENS)), ("may", set(ALLERGENS)), ("flags", FLAGS)])
def test_lists_hold_only_known_words(cell: str, allowed: set[str]) -> None:
    assert not named(
        f"{food.name}: {getattr(food, cell) - allowed}" for food in TABLE.values() if getattr(food, cell) - allowed
    )


def test_roles_and_kinds_are_known_words() -> None:
    assert not named(food.name for food in TABLE.values() if food.role not in ROLES or food.kind not in KINDS)


def test_cuisines_are_known_words() -> None:
    assert not named(food.name for food in TABLE.values() if set(food.cuisines) - CUISINES)


def test_energy_follows_from_the_other_figures() -> None:
    assert not named(
        f"{food.name}: {food.kcal}, {_energies(food)}" for food in TABLE.values() if not _energy_fits(food)
    )


def _energies(food: Food) -> tuple[float, float]:
    fixed = 4 * food.protein_g + 9 * food.fat_g
    digested = fixed + 4 * max(food.carbohydrate_g - food.fibre_g, 0) + 2 * food.fibre_g
    return round(digested, 1), round(fixed + 4 * food.carbohydrate_g, 1)


def _energy_fits(food: Food) -> bool:
    if food.kcal < 20 or "alcohol" in food.flags or food.category == "alcohol" or "vinegar" in food.name:
        return True
    return any(abs(food.kcal - energy) <= 0.15 * energy for energy in _energies(food))


def test_figures_per_100_g_are_possible() -> None:
    for food in TABLE.values():
        assert 0 <= food.protein_g + food.fat_g + food.carbohydrate_g <= 102, food.name
        assert 0 <= food.fibre_g <= food.carbohydrate_g + 0.5, food.name
        assert 0 <= food.salt_g <= 100, food.name
        assert food.source, food.name


def test_contains_and_may_never_overlap() -> None:
    assert not named(food.name for food in TABLE.values() if food.contains & food.may)


def test_nothing_of_vegan_kind_contains_an_animal() -> None:
    kinds = VEGAN_KINDS | {"unsure", "honey"}
    assert not named(food.name for food in TABLE.values() if food.kind in kinds and food.contains & ANIMAL_ALLERGENS)


@pytest.mark.parametrize(
    ("kind", "allergen"),
    [("milk", "milk"), ("egg", "eggs"), ("fish", "fish"), ("scaleless", "fish"), ("crustacean", "crustaceans")],
)
def test_animal_kinds_carry_their_allergen(kind: str, allergen: str) -> None:
    assert not named(food.name for food in each(kind=kind) if allergen not in food.contains)


def test_tree_nuts_are_nuts_and_lookalikes_are_not() -> None:
    assert not named(name for name in TREE_NUTS if "nuts" not in TABLE[name].contains)
    assert not named(name for name in NOT_NUTS if "nuts" in TABLE[name].contains | TABLE[name].may)


@pytest.mark.parametrize(
    ("allergen", "names"),
    [
        (
            "fish",
            "worcestershire sauce|caesar dressing|tapenade|surimi|dashi|ponzu|bombay duck|fish sauce|kimchi|anchovy",
        ),
        ("molluscs", "oyster sauce|clamato|xo sauce|squid|snail"),
        ("crustaceans", "shrimp paste|surimi|xo sauce|prawn"),
        ("gluten", "soy sauce|couscous|bulgur|seitan|freekeh|farro|orzo|breadcrumbs|malt|beer|rye bread|oats|spelt"),
        ("soybeans", "miso|tamari|textured soya protein|tofu|lecithin|gluten-free soy sauce"),
        ("milk", "ghee|whey|lactose-free milk|non-dairy creamer|coconut milk powder|butter|custard"),
        ("eggs", "mayonnaise|aioli|quorn|grana padano|surimi|meringue|egg noodles|hollandaise"),
        ("peanuts", "peanut|peanut butter|peanut sauce|groundnut oil"),
        ("sesame", "tahini|hummus|halva|za'atar|furikake|sesame oil|baba ganoush|dukkah"),
        ("celery", "celery|celeriac|old bay seasoning|v8|yeast extract|mirepoix|stock cube"),
        ("mustard", "mustard|old bay seasoning|piccalilli|panch phoron|mustard oil"),
        ("sulphites", "white wine|red wine|dried apricot|golden raisin"),
        ("lupin", "lupin bean"),
    ],
)
def test_hidden_sources_are_known(allergen: str, names: str) -> None:
    assert not named(name for name in names.split("|") if allergen not in TABLE[name].contains)


@pytest.mark.parametrize(
    ("allergen", "names"),
    [
        ("milk", "coconut milk|peanut butter|cocoa butter|shea butter|cream of tartar|butter bean|butternut squash"),
        ("gluten", "buckwheat|sushi rice|rice noodles|gluten-free soy sauce|quinoa|polenta|gluten-free oats"),
        ("eggs", "aubergine|vegan mayonnaise"),
        ("molluscs", "oyster mushroom|king oyster mushroom|salsify|rocky mountain oysters"),
        ("crustaceans", "crab apple"),
        ("milk", "quince paste|lamb's lettuce|head cheese|custard apple|jackfruit"),
    ],
)
def test_innocent_lookalikes_are_clear(allergen: str, names: str) -> None:
    assert not named(name for name in names.split("|") if allergen in TABLE[name].contains | TABLE[name].may)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("sweetbreads", "beef"), ("rocky mountain oysters", "beef"), ("head cheese", "pork"), ("bombay duck", "scaleless"),
     ("honeydew melon", "plant"), ("chicken-of-the-woods", "fungus"), ("lard", "pork"), ("cochineal", "insect"),
     ("royal jelly", "honey"), ("quorn", "egg"), ("gelatine", "gelatine"), ("isinglass", "fish")],
)  # fmt: skip
def test_misleading_names_have_their_true_kind(name: str, kind: str) -> None:
    assert TABLE[name].kind == kind


def test_what_hides_in_a_food_is_explained() -> None:
    for name in ("worcestershire sauce", "couscous", "ghee", "parmesan", "surimi", "soy sauce", "pesto", "kimchi"):
        assert TABLE[name].because


def test_pairs_are_foods_of_the_table() -> None:
    assert not named(f"{food.name}: {name}" for food in TABLE.values() for name in food.pairs if name not in TABLE)
    assert not named(
        food.name for food in TABLE.values() if food.name in food.pairs or len(set(food.pairs)) < len(food.pairs)
    )


def test_swaps_answer_known_reasons_with_foods() -> None:
    reasons = {*ALLERGENS, *DIETS, "pork", "alcohol"}
    wrong = (f"{food.name}: {reason} {name}" for food in TABLE.values() for reason, name in food.swaps.items()
             if reason not in reasons or name not in TABLE)  # fmt: skip
    assert not named(wrong)


def test_swaps_comply_with_their_reason() -> None:
    wrong = (f"{food.name}: {reason} {name}" for food in TABLE.values() for reason, name in food.swaps.items()
             if not _complies(TABLE[name], reason))  # fmt: skip
    assert not named(wrong)


def _complies(food: Food, reason: str) -> bool:
    present = food.contains | food.may
    if reason in ALLERGENS:
        return reason not in present
    if reason == "vegan":
        return food.kind in VEGAN_KINDS and not present & ANIMAL_ALLERGENS and "maybe_meat" not in food.flags
    if reason == "vegetarian":
        meatless = food.kind not in MEAT_KINDS | {
            "fish",
            "scaleless",
            "crustacean",
            "mollusc",
            "gelatine",
            "insect",
            "unsure",
        }
        return (
            meatless and not food.flags & {"rennet", "maybe_meat"} and not present & {"fish", "crustaceans", "molluscs"}
        )
    if reason in ("keto", "low_carb"):
        return not food.flags & LOW_CARB_BARS
    if reason in ("halal", "kosher", "pork", "alcohol"):
        return food.kind not in {"pork", "mixed_meat", "gelatine"} and not food.flags & {"alcohol", "maybe_meat"}
    return (
        "fodmap" not in food.flags if reason == "low_fodmap" else not food.flags & {"refined_sugar", "grain", "pulse"}
    )


@pytest.mark.parametrize(
    ("reason", "names"),
    [
        (
            "vegan",
            "chicken breast|beef mince|salmon|prawn|egg|milk|butter|cream|yogurt|cheddar|honey|fish sauce|bacon",
        ),
        ("milk", "milk|butter|cream|yogurt|cheddar|parmesan|ghee|feta|mozzarella"),
        ("gluten", "soy sauce|pasta|bread|couscous|plain flour|breadcrumbs|flour tortilla|egg noodles|beer|oats"),
        ("eggs", "egg|mayonnaise|egg noodles|grana padano"),
        ("nuts", "almond|cashew|walnut|pesto|ground almonds|almond milk"),
        ("peanuts", "peanut|peanut butter|groundnut oil"),
        ("soybeans", "soy sauce|tofu|miso|edamame|tempeh"),
        ("fish", "fish sauce|worcestershire sauce|anchovy|salmon"),
        ("pork", "bacon|ham|pork chop|sausage|lard|chorizo"),
        ("alcohol", "white wine|red wine|mirin|beer|vanilla extract|rum"),
        ("low_fodmap", "onion|garlic|chickpea|milk"),
        ("sesame", "tahini|sesame oil|sesame seed"),
        ("celery", "celery|vegetable stock"),
        ("mustard", "mustard|mustard seed"),
        ("sulphites", "white wine|dried apricot"),
    ],
)
def test_usual_offenders_have_a_swap(reason: str, names: str) -> None:
    assert not named(name for name in names.split("|") if reason not in TABLE[name].swaps)


def test_servings_rise_from_least_to_most() -> None:
    wrong = (food.name for food in TABLE.values() if food.serving_g and list(food.serving_g) != sorted(food.serving_g))
    assert not named(wrong)


def test_cooking_times_and_heats_are_possible() -> None:
    for food in TABLE.values():
        for method, (minutes, celsius) in food.cook.items():
            assert method in METHODS, food.name
            assert (celsius is not None) == (method in OVEN), food.name
            assert 0 <= minutes <= 240, food.name
            assert minutes or method == "raw", food.name


def test_raw_flesh_and_eggs_name_a_safe_temperature() -> None:
    raw_meat = {"meat", "poultry", "fish", "shellfish", "egg"}
    cooked = (food for food in TABLE.values() if food.category in raw_meat and food.role == "protein")
    assert not named(
        food.name for food in cooked if food.safe_c is None and set(food.cook) - {"raw"} and "raw" not in food.cook
    )


def test_poultry_and_mince_reach_their_temperature() -> None:
    assert not named(food.name for food in each(category="poultry") if food.safe_c not in (None, 74))
    assert not named(food.name for food in each(category="meat") if "mince" in food.name and (food.safe_c or 0) < 71)
    assert not named(
        food.name for food in TABLE.values() if food.safe_c is not None and food.safe_c not in (63, 71, 74)
    )


def test_foods_to_build_a_dish_on_are_complete() -> None:
    shelves = {"vegetable", "mushroom", "meat", "poultry", "fish", "pulse", "grain", "pasta"}
    for food in TABLE.values():
        if (
            food.category in shelves
            and food.role in {"protein", "starch", "hard", "medium", "soft", "leafy"}
            and food.pairs
        ):
            assert food.serving_g, food.name
            assert food.kcal > 0, food.name


def test_no_name_belongs_to_two_foods() -> None:
    owners: dict[str, str] = {}
    for food in TABLE.values():
        for name in {fold(name) for name in (food.name, food.plural, *food.aliases)}:
            assert owners.setdefault(name, food.name) == food.name, name


def test_names_are_lower_case_and_clean() -> None:
    for food in TABLE.values():
        for name in (food.name, food.plural, *food.aliases):
            assert name == name.lower().strip(), name
            assert not set(name) & set("|;,"), name


def test_a_bad_cell_names_its_file_and_row() -> None:
    head = "name,plural,aliases,role,kind,contains,may,because,flags,kcal,protein_g\n"
    with pytest.raises(ValueError, match=r"fruit\.csv, row 'fig'"):
        list(read_shelf("fruit.csv", head + "fig,,,fruit,plant,,,,,many,0\n"))


def test_the_table_reads_in_a_blink() -> None:
    foods.cache_clear()
    began = time.perf_counter()
    foods()
    assert time.perf_counter() - began < 0.5
