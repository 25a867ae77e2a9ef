"""What running text says of the foods that it names."""

from __future__ import annotations

import pytest

from flavorbot.kitchen import mentions as told


@pytest.mark.parametrize(
    ("text", "measured"),
    [
        ("Stir in 50 g butter.", True),
        ("Stir in 2 cups of butter.", True),
        ("Stir in a cup of butter for 5 minutes.", False),
        ("Stir in the butter for 5 minutes.", False),
        ("Stir in another butter.", True),
        ("Stir in your favourite butter.", True),
        ("Stir in favourite soft butter.", True),
        ("Butter the tin, add ½ tbsp butter.", True),
        ("Stir in the butter.", False),
    ],
)
def test_an_amount_or_a_shop_stands_right_before_the_name(text: str, measured: bool) -> None:
    assert any(each.measured for each in told.mentions(text) if each.entry.name == "butter") == measured
