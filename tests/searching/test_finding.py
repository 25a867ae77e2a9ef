"""What people type, and what they mean by it."""

from __future__ import annotations

import pytest

from flavorbot.kitchen.at_hand import is_at_hand
from tests.searching.boxes import found, titles


@pytest.mark.parametrize(
    ("q", "first"),
    [
        ("creme brulee", "Crème brûlée"),
        ("CRÈME BRÛLÉE", "Crème brûlée"),
        ("jalapeno", "Jalapeño cornbread"),
        ("jalapenos", "Jalapeño cornbread"),
        ("salmon en croute", "Salmon en croûte"),
        ("blueberry", "Blueberry pancakes"),
        ("pancake", "Blueberry pancakes"),
        ("apples", "Grandma’s apple pie"),
        ("grandma", "Grandma’s apple pie"),
        ("grandma's pie", "Grandma’s apple pie"),
        ("soup potato", "Leek and potato soup"),
        ("stir fry", "Tofu stir-fry"),
        ("eggplant", "Aubergine parmigiana"),
        ("味噌", "味噌汁 miso soup"),
        ("goose fat", "Roast potatoes"),
        ("torch", "Crème brûlée"),
    ],
)
def test_words_are_found_as_people_write_them(q: str, first: str) -> None:
    assert titles(q)[0] == first


@pytest.mark.parametrize(
    ("q", "first"),
    [
        ("chikpea", "Chickpea curry"),
        ("spagetti", "Spaghetti carbonara"),
        ("carbonarra", "Spaghetti carbonara"),
        ("bourgignon", "Beef bourguignon"),
        ("burguignon", "Beef bourguignon"),
        ("parmagiana", "Aubergine parmigiana"),
        ("aubergien", "Aubergine parmigiana"),
        ("blubery", "Blueberry pancakes"),
        ("tika massala", "Chicken tikka masala"),
        ("kimchee", "Kimchi fried rice"),
        ("cornbred", "Jalapeño cornbread"),
        ("coconutt cake", "Lime and coconut cake"),
    ],
)
def test_one_or_two_wrong_letters_are_forgiven(q: str, first: str) -> None:
    page = found(q)
    assert page.items[0].title == first


@pytest.mark.parametrize("q", ["kale", "xyzzy", "lamb", "duck", "figs", "rum", "pork chop", "q", "42"])
def test_what_is_not_there_is_not_invented(q: str) -> None:
    assert titles(q) == []


def test_near_words_are_not_mixed_up() -> None:
    assert titles("lime") == ["Lime and coconut cake", "Chickpea curry"]
    assert titles("pears") == ["Pear and walnut salad"]
    assert titles("lemons") == ["Lemon chicken traybake"]
    assert "Chickpea curry" not in titles("chicken")


def test_best_match_comes_first() -> None:
    assert titles("chicken") == ["Lemon chicken traybake", "Chicken tikka masala"]
    assert titles("butter")[-1] == "Leek and potato soup"
    assert titles("leek")[0] == "Leek and potato soup"


def test_every_word_must_be_met() -> None:
    assert titles("tofu rice") == []
    assert titles("chicken cream") == ["Chicken tikka masala"]


def test_the_last_word_may_still_grow() -> None:
    assert titles("chicken t") == ["Lemon chicken traybake", "Chicken tikka masala"]
    assert titles("spag") == ["Spaghetti carbonara"]
    assert titles("ch spag") == []


def test_words_that_say_nothing_are_left_aside() -> None:
    assert titles("the soup with the leeks") == ["Leek and potato soup"]


def test_what_was_mended_is_told() -> None:
    told = found("tika masala").found
    assert told is not None
    assert told.mended == (("tika", "tikka"),)
    assert told.words == (("tikka", False), ("masala", False))


def test_a_word_only_in_the_steps_is_told() -> None:
    page = found("torch")
    assert page.found is not None
    assert list(page.found.in_steps.values()) == [("torch",)]
    assert found("brulee").found.in_steps == {}  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("own", "wanted", "serves"),
    [
        ("red onion", "onion", True),
        ("onion", "spring onions", True),
        ("stock cube", "stock", True),
        ("chicken", "chicken thighs", True),
        ("butter", "cream", False),
        ("cream", "butter", False),
        ("salsa", "fish sauce", False),
        ("cod", "cod liver oil", False),
        ("prawns", "shrimp paste", False),
    ],
)
def test_what_only_shares_a_word_does_not_serve(own: str, wanted: str, serves: bool) -> None:
    assert is_at_hand(wanted, [own]) is serves


def test_what_is_at_hand_decides_with_what_may_be_missing() -> None:
    have = ("chicken", "lemons", "potatoes")
    assert titles("", on_hand=have) == []
    page = found("", on_hand=have, missing=1)
    assert page.items[0].title == "Lemon chicken traybake"
    assert page.found is not None
    assert page.found.missing[page.items[0].id] == ("thyme",)
    assert "Roast potatoes" in titles("", on_hand=have, missing=2)
