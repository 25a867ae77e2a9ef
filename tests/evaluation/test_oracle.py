"""The second opinion sees what it must, and is not fooled by look-alikes."""

from __future__ import annotations

import pytest

from flavorbot.kitchen.needs import Needs
from flavorbot.model import ALLERGENS, Ingredient, Instruction, Recipe
from tests.evaluation.oracle import violations


def found(needs: Needs, *names: str, step: str = "Cook.") -> list[str]:
    items = tuple(Ingredient(name=name) for name in names)
    return list(violations(Recipe(title="Dinner", ingredients=items, instructions=(Instruction(text=step),)), needs))


NAMED = {
    "gluten": "couscous", "crustaceans": "prawns", "eggs": "eggs", "fish": "anchovies", "peanuts": "peanut butter",
    "soybeans": "soy sauce", "milk": "crème fraîche", "nuts": "walnuts", "celery": "celeriac", "mustard": "mustard",
    "sesame": "tahini", "sulphites": "white wine", "lupin": "lupin flour", "molluscs": "oyster sauce",
}  # fmt: skip


@pytest.mark.parametrize(("allergen", "name"), list(NAMED.items()))
def test_every_allergen_is_seen(allergen: str, name: str) -> None:
    assert set(NAMED) == set(ALLERGENS)
    assert found(Needs(allergies=(allergen,)), "rice", name)
    assert found(Needs(allergies=(allergen,)), "rice", step=f"Stir in the {name}.")


@pytest.mark.parametrize(
    ("diet", "name"),
    [("vegan", "honey"), ("vegetarian", "parmesan"), ("pescatarian", "ham"), ("halal", "cider"), ("kosher", "mussels")],
)
def test_diets_are_broken_by_their_words(diet: str, name: str) -> None:
    assert found(Needs(diets=(diet,)), name)


@pytest.mark.parametrize(
    "name",
    ["coconut milk", "vegan butter", "gluten-free soy sauce", "oyster mushrooms", "butter beans", "rice noodles"],
)
def test_look_alikes_break_nothing(name: str) -> None:
    needs = Needs(allergies=("milk", "gluten", "molluscs", "crustaceans", "eggs", "nuts"), diets=("vegan", "halal"))
    assert found(needs, name) == []
