"""What is seen of a sentence at a glance is what reading it whole finds."""

from __future__ import annotations

import pytest

from flavorbot.kitchen.foods import foods
from flavorbot.kitchen.glances import glance, words_of
from flavorbot.kitchen.lexicon import find, index
from flavorbot.kitchen.mentions import mentions, read_sentence

NAMES_WITH_AND = sorted(key for key in index().spaced if " and " in key)


def read_whole(sentence: str) -> frozenset[str | None]:
    spans = find(words_of(sentence))
    return frozenset(span.entry.food.name if span.entry.food else None for span in spans if span.entry.kind != "idiom")


@pytest.mark.parametrize("sentence", ["{}", "Fry the onion and {} and serve, with rice", "Stir in {}, butter and milk"])
def test_a_name_may_have_and_in_it(sentence: str) -> None:
    assert len(NAMES_WITH_AND) > 100
    for text in map(sentence.format, NAMES_WITH_AND):
        assert glance(text).names - {None} == read_whole(text) - {None}, text


def test_each_food_is_seen_beside_another() -> None:
    for name in foods():
        for text in (f"Fry the leek, {name} and salt", f"Fry the leek and {name}, then salt", f"{name} and {name}"):
            meant = read_sentence((text, False, 0)).mentions(frozenset())
            assert glance(text).names >= {each.entry.food and each.entry.food.name for each in meant}, text


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Crush the garlic, finely chop the shallots and quarter the leek.", {"garlic", "shallot", "leek"}),
        ("Bake for 20 minutes and 30 seconds.", set()),
        ("Spread with the butter knife.", set()),
        ("Fry until crisp, and mash the leek.", {"leek"}),
        ("Fry the sole.", {"sole"}),
        ("", set()),
        (", and", set()),
    ],
)
def test_what_it_names(sentence: str, names: set[str]) -> None:
    assert glance(sentence).names == names


@pytest.mark.parametrize(
    "sentence", ["Add the xyzzle.", "Add the milkk and stir.", "Scatter with oleander.", "Servez les crisps."]
)
def test_what_has_to_be_looked_at_is_not_passed_over(sentence: str) -> None:
    assert None in glance(sentence).names
    assert mentions(sentence)


@pytest.mark.parametrize(
    ("text", "english"),
    [("Fry the onion", True), ("Salt and oil", True), ("Onion, fried", False), ("Sale e olio", False)],
)
def test_one_word_says_that_a_text_is_english(text: str, english: bool) -> None:
    assert glance(text).is_english == english
