"""What running text names, whatever a process remembers of it."""

from __future__ import annotations

import pytest

from flavorbot.kitchen import mentions as told

TEXTS = (
    "Melt 50 g butter, then fry the onion for 5 minutes.",
    "Melt 80 g butter, then fry the onion for 7 minutes.",
    "Fry an egg in the real butter.",
    "Chop the onion. Stir in the tahini and 2 cups of milk.",
    "Serve with a spoonful of pesto, without the nuts.",
    "Ajoutez le beurre et la farine, puis versez le lait.",
)


@pytest.fixture
def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test has the process remember is forgotten after it."""
    for name in ("_words_of", "_sentence"):
        monkeypatch.setattr(told, name, getattr(told, name))


@pytest.mark.usefixtures("forgetful")
def test_a_process_that_remembers_more_finds_the_same() -> None:
    before = [told.mentions(text) for text in TEXTS]
    told.remember_more(4)
    assert [told.mentions(text) for text in TEXTS] == before
    assert [told.mentions(text) for text in reversed(TEXTS)] == before[::-1]
    assert told._sentence.cache_info().maxsize == 4


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
