"""What a card tells against someone's needs."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from flavorbot.kitchen.cards import against
from flavorbot.kitchen.needs import Needs
from flavorbot.model import Card

NOW = datetime(2026, 1, 1, tzinfo=UTC)
CARD = Card(
    id="1", title="Cheese omelette", category="dinner", cuisine=None, servings=2, total_minutes=10,
    diets=("vegetarian", "gluten_free"), allergens=("eggs", "milk"), tags=(), rating=None,
    words=("egg", "cheddar", "chives"), created_at=NOW, updated_at=NOW, version=1,
)  # fmt: skip


@pytest.mark.parametrize(
    ("needs", "reasons"),
    [
        (Needs(), ()),
        (Needs(allergies=("milk", "fish")), ("contains milk",)),
        (Needs(allergies=("milk", "eggs")), ("contains eggs, milk",)),
        (Needs(diets=("vegetarian", "vegan")), ("not known to be vegan",)),
        (Needs(exclude=("cheese", "mushrooms")), ("is or may be made with cheese",)),
    ],
)
def test_reasons_are_told_in_order(needs: Needs, reasons: tuple[str, ...]) -> None:
    assert against(CARD, needs) == reasons
