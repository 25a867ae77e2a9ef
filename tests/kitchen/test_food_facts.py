"""The food table: what is in a food and where it comes from, by which allergies and diets are decided."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from flavorbot.kitchen.diets import meets
from flavorbot.kitchen.foods import Food, foods
from flavorbot.model import ALLERGENS, DIETS

VEGAN_KINDS = {"plant", "fungus", "mineral", "water"}
MEAT_KINDS = {"pork", "beef", "lamb", "game", "rabbit", "poultry", "mixed_meat"}
ANIMAL_ALLERGENS = frozenset({"crustaceans", "eggs", "fish", "milk", "molluscs"})
LOW_CARB_BARS = {"grain", "pulse", "refined_sugar", "starchy", "sugary"}
TREE_NUTS = {
    "almond", "cashew", "walnut", "hazelnut", "pecan", "pistachio", "pine nut", "macadamia nut", "brazil nut",
    "ground almonds", "almond butter", "marzipan", "almond milk", "chocolate hazelnut spread", "dukkah", "romesco",
}  # fmt: skip
NOT_NUTS = {
    "chestnut", "coconut", "nutmeg", "water chestnut", "tiger nut", "butternut squash", "coconut milk", "shea butter",
}  # fmt: skip
TABLE = foods()


def each(**wanted: object) -> Iterator[Food]:
    return (food for food in TABLE.values() if all(getattr(food, name) == value for name, value in wanted.items()))


def test_nothing_of_vegan_kind_contains_an_animal() -> None:
    kinds = VEGAN_KINDS | {"unsure", "honey"}
    assert not sorted(food.name for food in TABLE.values() if food.kind in kinds and food.contains & ANIMAL_ALLERGENS)


@pytest.mark.parametrize(
    ("kind", "allergen"),
    [("milk", "milk"), ("egg", "eggs"), ("fish", "fish"), ("scaleless", "fish"), ("crustacean", "crustaceans")],
)
def test_animal_kinds_carry_their_allergen(kind: str, allergen: str) -> None:
    assert not sorted(food.name for food in each(kind=kind) if allergen not in food.contains)


def test_tree_nuts_are_nuts_and_lookalikes_are_not() -> None:
    assert not sorted(name for name in TREE_NUTS if "nuts" not in TABLE[name].contains)
    assert not sorted(name for name in NOT_NUTS if "nuts" in TABLE[name].contains | TABLE[name].may)


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
    assert not sorted(name for name in names.split("|") if allergen not in TABLE[name].contains)


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
    assert not sorted(name for name in names.split("|") if allergen in TABLE[name].contains | TABLE[name].may)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("sweetbreads", "beef"), ("rocky mountain oysters", "beef"), ("head cheese", "pork"), ("bombay duck", "scaleless"),
     ("honeydew melon", "plant"), ("chicken-of-the-woods", "fungus"), ("lard", "pork"), ("cochineal", "insect"),
     ("royal jelly", "honey"), ("quorn", "egg"), ("gelatine", "gelatine"), ("isinglass", "fish")],
)  # fmt: skip
def test_misleading_names_have_their_true_kind(name: str, kind: str) -> None:
    assert TABLE[name].kind == kind


@pytest.mark.parametrize(
    ("dish", "allergens"),
    [
        ("waldorf salad", "celery|nuts|eggs"), ("pecan pie", "nuts|eggs|gluten"), ("carbonara", "eggs|milk"),
        ("eggnog", "eggs|milk"), ("advocaat", "eggs"), ("fregola", "gluten"), ("gado gado", "peanuts"),
        ("scotch woodcock", "eggs|fish"), ("angels on horseback", "molluscs"), ("spotted dick", "gluten"),
        ("hazelnut liqueur", "nuts"), ("orgeat", "nuts"), ("pad thai", "peanuts|fish"), ("kung pao chicken", "peanuts"),
        ("arancini", "gluten|milk"), ("moussaka", "milk"), ("kashk", "milk"), ("sulphite", "sulphites"),
        ("lysozyme", "eggs"), ("nuoc cham", "fish"), ("mentsuyu", "fish|soybeans|gluten"), ("poutine", "milk"),
    ],
)  # fmt: skip
def test_dishes_contain_what_they_are_made_of(dish: str, allergens: str) -> None:
    assert set(allergens.split("|")) <= TABLE[dish].contains


@pytest.mark.parametrize(
    ("names", "diet"),
    [
        (
            "red curry paste|vegan curry paste|indian curry paste|pesto|vegan pesto|dark chocolate|vegan chocolate"
            "|baked beans|chutney|tomato pasta sauce|bolognese sauce|curry powder|sausage|stock",
            "gluten_free",
        ),
        ("veggie burger|sorbet|bread|wholemeal bread|dark chocolate|pesto|tomato pasta sauce", "vegan"),
        ("red curry paste|curry sauce|stock cube|gravy granules|tomato soup|flour tortilla", "vegetarian"),
    ],
)
def test_products_that_differ_claim_no_diet(names: str, diet: str) -> None:
    assert not [name for name in names.split("|") if meets(TABLE[name], diet) is True]


def test_breads_agree_on_what_they_may_hold() -> None:
    loaves = ("bread", "wholemeal bread", "sourdough bread", "rye bread", "baguette", "pitta bread", "bagel", "naan")
    assert not [name for name in loaves if not {"soybeans", "sesame"} <= TABLE[name].contains | TABLE[name].may]
    soft = ("bread", "wholemeal bread", "baguette", "pitta bread", "bagel", "burger bun", "gluten-free bread")
    assert not [name for name in soft if "milk" not in TABLE[name].may]


def test_what_is_usually_sulphited_says_so() -> None:
    names = "prawn|lobster|crayfish|raisin|dried apricot|prune|dried cranberry|malt vinegar|cider vinegar|pickled onion"
    assert not [name for name in names.split("|") if "sulphites" not in TABLE[name].contains | TABLE[name].may]


def test_low_fodmap_knows_where_garlic_and_onion_hide() -> None:
    names = "mushroom stir-fry sauce|hot sauce|baba ganoush|tapenade|sausage|chorizo|burger patty|curry powder|v8"
    assert not [name for name in names.split("|") if meets(TABLE[name], "low_fodmap")]


@pytest.mark.parametrize("word", ["cheese", "jelly", "liqueur", "gumbo", "curry", "flavoured crisps", "emulsifier"])
def test_general_words_are_never_vegan_for_certain(word: str) -> None:
    food = TABLE[word]
    assert food.kind not in VEGAN_KINDS or food.may & ANIMAL_ALLERGENS or "maybe_meat" in food.flags


def test_what_hides_in_a_food_is_explained() -> None:
    for name in ("worcestershire sauce", "couscous", "ghee", "parmesan", "surimi", "soy sauce", "pesto", "kimchi"):
        assert TABLE[name].because


def test_swaps_answer_known_reasons_with_foods() -> None:
    reasons = {*ALLERGENS, *DIETS, "pork", "alcohol"}
    wrong = (f"{food.name}: {reason} {name}" for food in TABLE.values() for reason, name in food.swaps.items()
             if reason not in reasons or name not in TABLE)  # fmt: skip
    assert not sorted(wrong)


def test_swaps_comply_with_their_reason() -> None:
    wrong = (f"{food.name}: {reason} {name}" for food in TABLE.values() for reason, name in food.swaps.items()
             if not _complies(TABLE[name], reason))  # fmt: skip
    assert not sorted(wrong)


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
    assert not sorted(name for name in names.split("|") if reason not in TABLE[name].swaps)


def test_raw_flesh_and_eggs_name_a_safe_temperature() -> None:
    raw_meat = {"meat", "poultry", "fish", "shellfish", "egg"}
    cooked = (food for food in TABLE.values() if food.category in raw_meat and food.role == "protein")
    assert not sorted(
        food.name for food in cooked if food.safe_c is None and set(food.cook) - {"raw"} and "raw" not in food.cook
    )


def test_poultry_and_mince_reach_their_temperature() -> None:
    assert not sorted(food.name for food in each(category="poultry") if food.safe_c not in (None, 74))
    assert not sorted(food.name for food in each(category="meat") if "mince" in food.name and (food.safe_c or 0) < 71)
    assert not sorted(
        food.name for food in TABLE.values() if food.safe_c is not None and food.safe_c not in (63, 71, 74)
    )
