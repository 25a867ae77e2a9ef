"""Rice and pasta are done when the rest is, and times add up."""

from __future__ import annotations

import pytest

from flavorbot.generators.builtin import BuiltInGenerator
from flavorbot.generators.builtin.steps import Written
from flavorbot.generators.builtin.timing import minutes_left, placed, times
from flavorbot.model import Wish

_PREP = Written("Chop the onion.", 5, 5, prep=True)
_PASTA = Written("Boil the pasta.", 15, 2, beside=True)
_TOSS = Written("Toss it all.", 2, 2, join=True, meets=True)


def test_pasta_waits_little_for_its_sauce() -> None:
    sauce = [Written("Fry the onion.", 8, 8), Written("Add the cream.", 9, 9)]
    found = placed([_PASTA, _PREP, *sauce, _TOSS])
    assert found[0] is _PREP
    assert times(found).waiting <= 5


def test_a_long_simmer_leaves_time_for_rice() -> None:
    simmer = Written("Simmer.", 40, 40, free=True)
    found = placed([_PASTA, _PREP, simmer, _TOSS])
    assert [step.text for step in found] == ["Chop the onion.", "Simmer.", "Boil the pasta.", "Toss it all."]
    assert (times(found).total, times(found).waiting, minutes_left(found, 2)) == (47, 0, 15)


def test_a_quick_dish_begins_with_the_rice() -> None:
    found = placed([_PREP, Written("Fry.", 3, 3), _PASTA, _TOSS])
    assert found[0] is _PASTA
    assert times(found).total == 17


def test_chilli_has_cumin_and_chilli_powder() -> None:
    recipe = BuiltInGenerator().generate(Wish(wish="beef chilli with kidney beans", seed=3)).recipe
    assert {"cumin", "chilli powder"} <= {item.name for item in recipe.ingredients}


@pytest.mark.parametrize(
    "wish", ["pie with lentils and carrots", "paella with lentils and peas", "lentil salad with feta"]
)
@pytest.mark.parametrize("seed", range(3))
def test_what_takes_up_boiled_lentils_waits_for_them(wish: str, seed: int) -> None:
    recipe = BuiltInGenerator().generate(Wish(wish=wish, seed=seed)).recipe
    steps = [step for step in recipe.instructions if "lentils" in step.text]
    assert "25 minutes" in steps[0].text
    later = recipe.instructions[recipe.instructions.index(steps[1]) :]
    assert (recipe.total_minutes or 0) >= 25 + sum(step.minutes or 0 for step in later) - 1
