"""Needs and choices in free text."""

from __future__ import annotations

import pytest

from flavorbot.kitchen.wishes import read_wish


def test_a_long_wish_is_taken_apart() -> None:
    wish = read_wish("vegan dinner for 6 in 30 minutes, no mushrooms, I'm allergic to peanuts, lactose intolerant")
    assert wish.needs.diets == ("vegan", "dairy_free")
    assert wish.needs.allergies == ("peanuts",)
    assert wish.needs.exclude == ("mushrooms",)
    assert (wish.category, wish.servings, wish.max_minutes, wish.not_understood) == ("dinner", 6, 30, ())


@pytest.mark.parametrize(
    ("text", "allergies"),
    [
        ("allergic to shellfish", ("crustaceans", "molluscs")),
        ("my son has a severe peanut and tree nut allergy", ("peanuts", "nuts")),
        ("peanut allergy, egg allergy", ("eggs", "peanuts")),
        ("nut allergy in the family", ("peanuts", "nuts")),
        ("I can't eat eggs, milk or wheat", ("gluten", "eggs", "milk")),
        ("alergic to penuts", ("peanuts",)),
        ("allergies: sesame, mustard", ("mustard", "sesame")),
        ("allergic to prawns", ("crustaceans",)),
        ("she reacts to soy", ("soybeans",)),
        ("I'm not allergic to anything", ()),
        ("no allergies", ()),
        ("allergic to: milk, eggs, soya", ("eggs", "soybeans", "milk")),
        ("Allergies - peanuts, shellfish", ("crustaceans", "peanuts", "molluscs")),
        ("allergic to nuts. I love rice", ("peanuts", "nuts")),
        ("alérgico a los cacahuetes", ("peanuts",)),
        ("ich bin allergisch gegen Erdnüsse", ("peanuts",)),
    ],
)
def test_allergies_are_read_in_many_phrasings(text: str, allergies: tuple[str, ...]) -> None:
    assert read_wish(text).needs.allergies == allergies


@pytest.mark.parametrize(
    ("text", "exclude"),
    [
        ("I don't like onions or garlic, and I hate cilantro", ("onions", "garlic", "coriander leaf", "cilantro")),
        ("no red meat, no pork", ("red meat", "pork")),
        ("anything but broccoli", ("broccoli",)),
        ("no shellfish or soy please", ("shellfish", "soy")),
        ("free from dairy and eggs", ("dairy", "eggs")),
        ("allergic to kiwi", ("kiwi",)),
        ("Ohne Fleisch", ("meat",)),
        ("onion-free", ("onions",)),
        ("not too spicy", ()),
        ("none of us eat pork", ("pork",)),
        ("I'm off dairy", ("dairy",)),
        ("no nightshade vegetables", ("nightshades",)),
        ("hates fish, loves chicken", ("fish",)),
        ("keine Nüsse", ("nuts",)),
    ],
)
def test_exclusions_are_read_in_many_phrasings(text: str, exclude: tuple[str, ...]) -> None:
    assert read_wish(text).needs.exclude == exclude


@pytest.mark.parametrize(
    ("text", "diets"),
    [
        ("vegitarian", ("vegetarian",)),
        ("sin gluten", ("gluten_free",)),
        ("I'm coeliac", ("gluten_free",)),
        ("dairy-free and nut-free", ("dairy_free", "nut_free")),
        ("gluten-, dairy- and nut-free", ("gluten_free", "dairy_free", "nut_free")),
        ("egg & dairy free please", ("dairy_free", "egg_free")),
        ("no carbs", ("low_carb",)),
        ("low-FODMAP", ("low_fodmap",)),
        ("vegetarian but I eat fish", ("pescatarian",)),
        ("not vegan", ()),
        ("doesn't need to be gluten free", ()),
    ],
)
def test_diets_are_read_in_many_phrasings(text: str, diets: tuple[str, ...]) -> None:
    assert read_wish(text).needs.diets == diets


@pytest.mark.parametrize(
    ("text", "eaters"),
    [("I'm pregnant", ("pregnant",)), ("for my 8 month old", ("infant",)), ("with a toddler", ("young_child",))],
)
def test_eaters_are_read(text: str, eaters: tuple[str, ...]) -> None:
    assert read_wish(text).needs.eaters == eaters


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("1 hour 30 minutes", 90),
        ("half an hour", 30),
        ("under an hour", 60),
        ("no more than 20 mins", 20),
        ("soon", None),
    ],
)
def test_time_is_read(text: str, minutes: int | None) -> None:
    assert read_wish(text).max_minutes == minutes


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("diabetic friendly", ("diabetic",)),
        ("allergic to zorbax", ("allergic to zorbax",)),
        ("a low sodium jain dinner", ("jain",)),
        ("she is intolerant to lactose and zorbine", ("she is intolerant to lactose and zorbine",)),
        ("kid friendly", ()),
    ],
)
def test_needs_that_nothing_checks_are_told(text: str, strange: tuple[str, ...]) -> None:
    assert read_wish(text).not_understood == strange


def test_wanted_foods_are_told_from_unwanted_ones() -> None:
    wish = read_wish("Something Italian with chicken and rice, no dairy")
    assert (wish.ingredients, wish.cuisine) == (("chicken breast", "rice"), "italian")


def test_missing_equipment_is_read() -> None:
    assert read_wish("we have no oven or microwave").without == ("oven", "microwave")


@pytest.mark.parametrize(
    ("text", "qualities"),
    [
        ("make it spicier", ("hot",)),
        ("not too spicy", ("mild",)),
        ("it was too salty", ("low_salt",)),
        ("lighter and with more protein", ("light", "protein")),
        ("weniger Salz", ("low_salt",)),
        ("plus vite", ("quick",)),
        ("menos picante", ("mild",)),
        ("più leggero", ("light",)),
        ("quiker and spicer", ("quick", "hot")),
        ("no spicy food", ()),
        ("not creamy", ()),
        ("I fancy pasta", ()),
        ("light soy sauce", ()),
    ],
)
def test_what_a_dish_should_be_like_is_read(text: str, qualities: tuple[str, ...]) -> None:
    assert read_wish(text).qualities == qualities


def test_a_quality_turned_down_is_told() -> None:
    assert read_wish("not creamy").not_understood == ("not creamy",)


def test_more_less_and_missing_foods_are_told_apart() -> None:
    wish = read_wish("more garlic, less rice, I'm out of cream")
    assert (wish.more, wish.less, wish.missing) == (("garlic",), ("rice",), ("cream",))


def test_only_the_unknown_words_are_told_where_nothing_is_barred() -> None:
    assert read_wish("for 4 and blargh").not_understood == ("blargh",)
    assert read_wish("allergic to blargh").not_understood == ("allergic to blargh",)
