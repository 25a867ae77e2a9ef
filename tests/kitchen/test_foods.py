"""The food table: every row complete, possible and consistent with the others."""

from __future__ import annotations

from importlib import resources

import pytest

from flavorbot.kitchen.foods import Food, foods, read_shelf
from flavorbot.kitchen.text import fold
from flavorbot.model import ALLERGENS

ROLES = {
    "protein", "starch", "hard", "medium", "soft", "leafy", "aromatic", "mushroom", "fruit", "fat", "acid",
    "liquid", "dairy", "cheese", "spice", "herb", "seasoning", "sweet", "nut", "binder", "condiment", "garnish",
    "drink",
}  # fmt: skip
KINDS = {
    "plant", "fungus", "mineral", "water", "pork", "beef", "lamb", "game", "rabbit", "poultry", "mixed_meat", "milk",
    "egg", "honey", "fish", "scaleless", "crustacean", "mollusc", "insect", "gelatine", "unsure",
}  # fmt: skip
FLAGS = {
    "grain", "pulse", "legume", "refined_sugar", "starchy", "sugary", "fodmap", "alcohol", "maybe_alcohol",
    "rennet", "blood", "offal", "raw_milk", "raw_egg", "listeria", "mercury", "choking", "oats_ok", "toxic_raw",
    "maybe_meat",
}  # fmt: skip
CUISINES = {
    "african", "american", "brazilian", "british", "caribbean", "chinese", "eastern_european", "ethiopian", "french",
    "german", "greek", "indian", "indonesian", "italian", "japanese", "korean", "mexican", "middle_eastern", "moroccan",
    "nordic", "spanish", "thai", "turkish", "vietnamese",
}  # fmt: skip
METHODS = {"boil", "steam", "fry", "roast", "simmer", "bake", "grill", "microwave", "raw"}
OVEN = {"roast", "bake"}
TABLE = foods()


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
    assert not sorted(
        f"{food.name}: {getattr(food, cell) - allowed}" for food in TABLE.values() if getattr(food, cell) - allowed
    )


def test_roles_and_kinds_are_known_words() -> None:
    assert not sorted(food.name for food in TABLE.values() if food.role not in ROLES or food.kind not in KINDS)


def test_cuisines_are_known_words() -> None:
    assert not sorted(food.name for food in TABLE.values() if set(food.cuisines) - CUISINES)


def test_energy_follows_from_the_other_figures() -> None:
    assert not sorted(
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
    assert not sorted(food.name for food in TABLE.values() if food.contains & food.may)


def test_pairs_are_foods_of_the_table() -> None:
    assert not sorted(f"{food.name}: {name}" for food in TABLE.values() for name in food.pairs if name not in TABLE)
    assert not sorted(
        food.name for food in TABLE.values() if food.name in food.pairs or len(set(food.pairs)) < len(food.pairs)
    )


def test_servings_rise_from_least_to_most() -> None:
    wrong = (food.name for food in TABLE.values() if food.serving_g and list(food.serving_g) != sorted(food.serving_g))
    assert not sorted(wrong)


def test_cooking_times_and_heats_are_possible() -> None:
    for food in TABLE.values():
        for method, (minutes, celsius) in food.cook.items():
            assert method in METHODS, food.name
            assert (celsius is not None) == (method in OVEN), food.name
            assert 0 <= minutes <= 240, food.name
            assert minutes or method == "raw", food.name


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
