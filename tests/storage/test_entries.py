"""What the index keeps of a recipe, however far back it reaches for its words."""

from __future__ import annotations

import json
import zlib

from flavorbot.storage import entries

KNOWN = entries._words(entries.FORMAT).decode()


def test_an_entry_is_read_as_it_was_packed() -> None:
    card = ["Crème brûlée", "dessert", None, 4, ["cream", KNOWN[:200], KNOWN[-200:]]]
    packed = entries.pack_entry(json.dumps(card, ensure_ascii=False), ("torch", "sugar"))
    assert entries.unpack_entry(packed) == (card, ("torch", "sugar"))
    assert len(packed) < 500


def test_one_that_reaches_over_all_known_words_is_read() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, entries.LONGEST_WINDOW, zdict=KNOWN.encode())
    text = json.dumps([KNOWN[:200], "torch"], ensure_ascii=False).encode()
    packed = packer.compress(text) + packer.flush()
    assert len(packed) < 30
    assert entries.unpack_entry(entries.FORMAT + packed) == ([KNOWN[:200]], ("torch",))
