"""The language of the cookbook's sentences, and the names in its files."""

from __future__ import annotations

import pytest

from flavorbot.generators.builtin.book import PARTS, cuisines, formulas, shared_steps
from flavorbot.generators.builtin.naming import listed
from flavorbot.generators.builtin.phrasing import say

FILLED = {"meat": "the beef", "herb": "the mint"}

BESIDE_PLACES = frozenset(
    [
        *"base dry_pulse bulbs late fillet gnocchi only_duck rashers pairs crowd panful strands slow_lentil".split(),
        *("pome", *PARTS),
    ]
)
"""Names for some of the foods of a place, or of a class."""


def _resolve(places: tuple[str, ...], attribute: str) -> str | None:
    return next((FILLED[place] for place in places if place in FILLED), None)


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Fry {meat}.", "Fry the beef."),
        ("Fry {fish}.", None),
        ("Fry {meat}[ with {spice}][ and {herb}].", "Fry the beef and the mint."),
        ("[Add {fish}|Add {meat}|Stop].", "Add the beef."),
        ("[?fish:Fish!|?meat:Meat!] [!fish:none]", "Meat! None"),
        ("[Top with {herb}[ and {spice}]]", "Top with the mint"),
        ("{spice+herb} stays", "The mint stays"),
    ],
)
def test_empty_places_fall_away(sentence: str, said: str | None) -> None:
    assert say(sentence, _resolve) == said


def test_unbalanced_brackets_are_named() -> None:
    with pytest.raises(ValueError, match="bracket"):
        say("Fry [this", _resolve)


def test_lists_read_like_english() -> None:
    assert [listed(names) for names in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]


def test_the_book_covers_every_category() -> None:
    covered = {category for formula in formulas().values() for category in formula.categories}
    assert covered == {"breakfast", "lunch", "dinner", "snack", "dessert", "side", "drink"}
    assert len(formulas()) >= 24
    assert len(cuisines()) >= 12


def test_steps_name_only_places_of_their_dish() -> None:
    shared = set(map(id, shared_steps().values()))
    for formula in formulas().values():
        for step in (step for step in formula.steps if id(step) not in shared):
            timed = {place for places in step.plus for place in places.split("+")}
            assert set(step.needs) | timed <= {*formula.places, *BESIDE_PLACES}, formula.name
            for sentence in step.say:
                say(sentence, lambda places, attribute: "something")


def test_formulas_ask_only_for_places_they_have() -> None:
    for formula in formulas().values():
        asked = {*formula.require, *formula.fill, *formula.best, *formula.mains, *formula.one_of}
        assert asked <= set(formula.places), formula.name
        assert set(formula.cuisines) | formula.only <= set(cuisines()), formula.name
