"""Drafts that an older version stored still load."""

from __future__ import annotations

import json
import zlib

from flavorbot.model import Wish
from flavorbot.storage.codec import pack_wish, unpack_wish


def test_a_wish_without_qualities_loads() -> None:
    stored = zlib.compress(json.dumps({"ingredients": ["rice"], "wish": "quick", "servings": 4}).encode())
    assert unpack_wish(stored) == Wish(ingredients=("rice",), wish="quick", servings=4)


def test_qualities_are_kept() -> None:
    wish = Wish(ingredients=("rice",), qualities=("hot", "hot", "more rice"))
    assert unpack_wish(pack_wish(wish)) == wish
    assert b"qualities" not in zlib.decompress(pack_wish(Wish(ingredients=("rice",))))
