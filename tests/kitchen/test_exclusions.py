"""An exclusion covers what the person meant, however they wrote it, and says so when it means nothing to us."""

from __future__ import annotations

import pytest

from flavorbot.kitchen.foods import foods
from flavorbot.kitchen.groups import covers, meant_by

COVERED = [
    ("mushroms", "mushroom"), ("onoins", "onion"), ("brocolli", "broccoli"), ("chiken", "chicken thigh"),
    ("garlick", "garlic"), ("no onions", "onion"), ("Pilze", "oyster mushroom"), ("ail", "garlic-infused oil"),
    ("Zwiebeln", "spring onion"), ("poulet", "chicken thigh"), ("cruciferous vegetables", "kale"),
    ("leafy greens", "spinach"), ("herbs", "basil"), ("spices", "cumin"), ("pulses", "chickpea"),
    ("coriander", "coriander leaf"), ("cheese", "cheddar"), ("Käse", "feta"), ("nightshades", "aubergine"),
    ("without nuts", "walnut"), ("shelfish", "prawn"), ("chilies", "chilli"),
]  # fmt: skip
LEFT_ALONE = [
    ("garlic", "onion"), ("milk", "coconut milk"), ("butter", "peanut butter"), ("nuts", "nutmeg"),
    ("chicken", "chickpea"), ("pepper", "peppermint"), ("mushrooms", "aubergine"), ("xyzzy", "rice"),
]  # fmt: skip


@pytest.mark.parametrize(("word", "name"), COVERED)
def test_what_was_meant_is_left_out(word: str, name: str) -> None:
    assert covers(word, foods()[name])


@pytest.mark.parametrize(("word", "name"), LEFT_ALONE)
def test_what_was_not_meant_stays(word: str, name: str) -> None:
    if name in foods():
        assert not covers(word, foods()[name])


@pytest.mark.parametrize("word", ["xyzzy", "things my aunt likes", "…"])
def test_what_is_not_known_is_told(word: str) -> None:
    assert meant_by(word) is None
