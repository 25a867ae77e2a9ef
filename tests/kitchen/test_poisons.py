"""Poisons and things that are not food, in several languages, in the list and in the steps."""

from __future__ import annotations

import pytest

from flavorbot.kitchen.checker import check
from flavorbot.kitchen.lexicon import read_rows
from flavorbot.kitchen.reading import read_line


@pytest.mark.parametrize(
    "line",
    [
        "Maiglöckchen", "Knollenblätterpilz", "Fliegenpilz", "Tollkirsche", "Herbstzeitlose", "adelfa", "cicuta",
        "muguet", "amanite phalloïde", "ciguë", "aconit", "baies d'if", "mughetto", "oleandro", "Bleichmittel",
        "lejía", "eau de Javel", "candeggina", "pool shock", "sodium fluoride", "digoxin", "manchineel",
    ],
)  # fmt: skip
def test_poisons_are_known_in_other_languages(line: str) -> None:
    assert read_line(line).kind == "poison"


@pytest.mark.parametrize(
    "step",
    [
        "Mit Maiglöckchen garnieren.", "Garnir de muguet.", "Añadir adelfa.", "Guarnire con mughetto.",
        "Add lejía to taste.", "Ajouter de l'eau de Javel.", "Servir avec des feuilles d'if.",
    ],
)  # fmt: skip
def test_poisons_in_the_steps_are_told(step: str) -> None:
    assert [finding.kind for finding in check(["carrots"], [step]).findings if finding.kind == "poison"]


@pytest.mark.parametrize("line", ["Hundefutter", "savon", "comida para perros", "rabbit pellets", "bubble wrap"])
def test_things_are_not_food_in_other_languages(line: str) -> None:
    assert read_line(line).kind == "not_food"


@pytest.mark.parametrize(
    "line",
    [
        "rhubarb", "elderflower", "castor sugar", "clous de girofle", "button mushrooms", "elephant garlic",
        "chocolate buttons", "laurel leaves", "sweet chestnuts", "tiger prawns", "spider crab", "mustard oil",
    ],
)  # fmt: skip
def test_edible_foods_are_not_refused(line: str) -> None:
    assert read_line(line).kind not in ("poison", "not_food")


@pytest.mark.parametrize("step", ["It makes a lovely gift.", "If dry, add water.", "Cut into coins.", "Use a watch."])
def test_english_words_are_no_poison(step: str) -> None:
    assert not [finding for finding in check(["carrots"], [step]).findings if finding.kind == "poison"]


def test_each_refused_thing_has_a_reason() -> None:
    rows = [*read_rows("poisons.csv"), *read_rows("not_food.csv")]
    assert len(rows) > 150
    assert all(row["reason"] and row["name"] for row in rows)
